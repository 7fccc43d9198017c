"""Visits that were kept on a device without a connection: taken in when it is back, each once.

The device keeps a visit under a reference before it sends anything, so whatever is lost on the way
is sent again and answered as repeated. Nothing says where the device is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from valinta.orders.models import Order
from valinta.processes.report_visit import Entry, report_visit
from valinta.shared.ids import row_number
from valinta.users.permissions import Permission
from valinta.visits.codes import Code
from valinta.visits.lines import LOCAL
from valinta.visits.models import Visit
from valinta.visits.starting_actions import (
    OrderNotInUse,
    ReferenceTaken,
    StartedAlready,
    StartLiesAhead,
    start_visit,
)
from valinta.web.access import note_refusal
from valinta.web.middleware import CONTENT_POLICY, Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.visit_lines import words_of
from valinta.web.provider.visit_scope import PURPOSE, own_orders, worker_code

NEEDS = Permission.REPORT_VISITS
MOST_VISITS = 200
MOST_BYTES = 300_000
TOLD = {
    "in_review": "visit_in_review",
    "taken": "visit_recorded",
    "repeated": "visit_recorded",
    "started": "visit_started",
}
_SOURCE = Path(__file__).parents[1] / "static" / "valinta" / "offline.js"
Sent = Mapping[str, Any]
Answer = dict[str, str]


@require_http_methods(["GET", "POST"])
def kept(request: Request, provider_id: int) -> HttpResponse:
    """The moment it is here, and a token to send with; or what came of each visit that was kept."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    if request.method == "GET":
        now = page.at.astimezone(LOCAL).isoformat()
        return JsonResponse(
            {"now": now, "token": get_token(request), "user": request.actor.user_id}
        )
    visits = _read(request)
    if visits is None:
        return JsonResponse({"answers": []}, status=400)
    orders = {
        one.pk: one for one in own_orders(page).filter(pk__in=[_number(one) for one in visits])
    }
    answers = [_take(page, orders, one) for one in visits]
    outcomes = {one["outcome"] for one in answers}
    told = next((code for outcome, code in TOLD.items() if outcome in outcomes), "")
    if told:
        # The device asks for the page anew, which says it.
        page.tell(told)
    return JsonResponse({"answers": answers})


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The program that opens today's page without a connection. It holds nothing of anybody."""
    known = {"policy": CONTENT_POLICY, "parts": [static("valinta/kept.js")]}
    answer = HttpResponse(
        f"self.known = {json.dumps(known)};\n{_source()}", content_type="text/javascript"
    )
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@cache
def _source() -> str:
    return _SOURCE.read_text(encoding="utf-8")


def _read(request: Request) -> list[Sent] | None:
    """What was sent, when it can be read: a short list of objects."""
    try:
        body = request.read(MOST_BYTES + 1)
        visits = json.loads(body)["visits"] if len(body) <= MOST_BYTES else None
    except (UnreadablePostError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(visits, list) or len(visits) > MOST_VISITS:
        return None
    return visits if all(isinstance(one, dict) for one in visits) else None


def _number(sent: Sent) -> int:
    return row_number(str(sent.get("order", "")))


def _take(page: CompanyPage, orders: Mapping[int, Order], sent: Sent) -> Answer:
    number, reference = _number(sent), _words(sent, "reference")
    order = orders.get(number)
    if order is None:
        note_refusal(page.request, "order", number)
        return _refused(reference, Code.NOT_YOUR_CLIENT, {"order": number})
    if sent.get("kind") == "start":
        return _start(page, order, reference, sent)
    started, ended = _moment(sent, "started_at"), _moment(sent, "ended_at")
    for field, moment in (("started_at", started), ("ended_at", ended)):
        if moment is None and sent.get(field):
            return _refused(reference, Code.UNREADABLE, {"field": field})
    if started is None or ended is None:
        return _refused(reference, Code.UNREADABLE, {"field": "started_at"})
    entry = Entry(
        reference=reference,
        served_on=started.date(),
        started_at=started,
        ended_at=ended,
        worker=worker_code(page),
        late_reason=_words(sent, "late_reason"),
    )
    at = page.now(order.organiser)
    answer = report_visit(order=order, entry=entry, by=page.request.actor, at=at, door="phone")
    if answer.code is not None and answer.outcome == "refused":
        return _refused(reference, answer.code, answer.facts) | {"at": "server"}
    return {"reference": reference, "outcome": answer.outcome}


def _start(page: CompanyPage, order: Order, reference: str, sent: Sent) -> Answer:
    moment, at = _moment(sent, "started_at"), page.now(order.organiser)
    if moment is None:
        return _refused(reference, Code.UNREADABLE, {"field": "started_at"})
    try:
        begun = start_visit(
            order=order, reference=reference, started_at=moment, by=page.request.actor, at=at
        )
    except ReferenceTaken:
        own = Visit.objects.under([reference], order.provider_id, order.organiser_id)
        if own.exists():
            return {"reference": reference, "outcome": "repeated"}
        return _not_started(reference)
    except (OrderNotInUse, StartedAlready, StartLiesAhead):
        return _not_started(reference)
    return {"reference": reference, "outcome": "repeated" if begun.closed_at else "started"}


def _not_started(reference: str) -> Answer:
    return {
        "reference": reference,
        "outcome": "refused",
        "what": gettext("This visit could not be started: the order is not in use now."),
        "mend": gettext("Look at the orders, or enter the visit after it."),
    }


def _refused(reference: str, code: Code, facts: Mapping[str, object]) -> Answer:
    words = words_of(code, facts)
    return {
        "reference": reference, "outcome": "refused", "what": words.what, "mend": words.mend,
    }  # fmt: skip


def _words(sent: Sent, name: str) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str):
        return ""
    # NUL and halves of a character cannot be stored by the database.
    return value.replace("\x00", "").encode(errors="replace").decode()[:400]


def _moment(sent: Sent, name: str) -> datetime | None:
    """A moment with its zone, without seconds."""
    try:
        moment = datetime.fromisoformat(str(sent.get(name, "")))
        return moment.astimezone(LOCAL).replace(second=0, microsecond=0) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
