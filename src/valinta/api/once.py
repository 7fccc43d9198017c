"""Requests that are sent again: the same Idempotency-Key gets the same answer, and does no more."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpResponse

from valinta.api.door import ApiRequest
from valinta.api.models import KeptAnswer
from valinta.api.problems import Problem, ProblemCode
from valinta.organisers import clock

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
REPLAYED = "Idempotency-Replayed"
_KEY = re.compile(r"[\x21-\x7e]{1,100}")


def once(request: ApiRequest, content: bytes, work: Callable[[], HttpResponse]) -> HttpResponse:
    """Do the work and keep its answer under the request's key; a repetition gets that answer.

    `content` is a digest of what was sent. Without the header the work is simply done. When the
    first one was killed in the middle, the next one does the work again. Raises the Problems
    request_in_progress and idempotency_key_reused.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return work()
    if not _KEY.fullmatch(key):
        raise Problem(ProblemCode.INVALID_REQUEST, facts={"errors": [{"field": HEADER}]})
    client = request.caller.client
    print_ = _fingerprint(request, content)
    with _alone(client.pk, key):
        kept = _kept(request, key, print_)
        if kept.fingerprint != print_:
            raise Problem(ProblemCode.KEY_REUSED)
        if kept.status is not None:
            return _again(kept)
        answer = work()
        kept.status, kept.content_type = answer.status_code, answer.headers["Content-Type"]
        kept.body = zlib.compress(answer.content, level=1)
        kept.save()
        return answer


def _fingerprint(request: ApiRequest, content: bytes) -> str:
    said = f"{request.method} {request.get_full_path()} {request.headers.get('Content-Type', '')}"
    return hashlib.sha256(said.encode() + b"\0" + content).hexdigest()


def _kept(request: ApiRequest, key: str, print_: str) -> KeptAnswer:
    client, now = request.caller.client, clock.moment()
    KeptAnswer.objects.filter(client=client, key=key, made_at__lt=now - KEPT).delete()
    with transaction.atomic():
        row, _is_new = KeptAnswer.objects.get_or_create(
            client=client,
            key=key,
            defaults={
                "organiser_id": client.organiser_id,
                "fingerprint": print_,
                "made_at": now,
            },
        )
    return row


def _again(kept: KeptAnswer) -> HttpResponse:
    return HttpResponse(
        zlib.decompress(bytes(kept.body)),
        status=kept.status,
        content_type=kept.content_type,
        headers={REPLAYED: "true"},
    )


@contextmanager
def _alone(client_id: int, key: str) -> Iterator[None]:
    """Be the only one that works on the key: the lock goes with a killed session."""
    with connection.cursor() as cursor:
        mark = [f"api:{client_id}:{key}"]
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", mark)
        if not cursor.fetchone()[0]:
            raise Problem(ProblemCode.IN_PROGRESS, headers={"Retry-After": "5"})
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", mark)
