"""The content of a request with visits: read in bounded memory, counted before anything is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from valinta.api.problems import Problem, ProblemCode
from valinta.visits.lines import NO_LINE

MOST_LINES = 100_000
JSON = "application/json"
NDJSON = "application/x-ndjson"
_PIECE = 64 * 1024
_IN_MEMORY = 4 * 1024 * 1024
Line = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Content:
    """What was sent: its digest, and its lines, to be read once."""

    digest: bytes
    lines: Iterator[Line]


@contextmanager
def content(request: HttpRequest) -> Iterator[Content]:
    """The lines of the request: NDJSON, or JSON as a list or as an object with `lines`.

    A line that is no JSON object is a line that cannot be read, and no reason to refuse the others.
    Raises the Problems unsupported_media_type, too_large, too_many_lines, no_lines and
    unreadable_body.
    """
    kind = (request.content_type or "").lower()
    if kind not in (JSON, NDJSON) or request.headers.get("Content-Encoding"):
        raise Problem(ProblemCode.UNSUPPORTED_TYPE)
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        digest = spooled(request, file, settings.API_LARGEST_REQUEST)
        file.seek(0)
        if kind == NDJSON:
            number = sum(1 for line in file if line.strip())
            file.seek(0)
            lines = _lines_of(file)
        else:
            listed = _listed(file.read())
            number, lines = len(listed), iter(map(_line, listed))
        if number > MOST_LINES:
            raise Problem(ProblemCode.TOO_MANY_LINES, facts={"most": MOST_LINES, "sent": number})
        if number == 0:
            raise Problem(ProblemCode.NO_LINES)
        yield Content(digest, lines)


def spooled(request: HttpRequest, file: IO[bytes], largest: int) -> bytes:
    """Put the content of the request into the file; its digest. Raises too_large, unreadable_body.

    On the way it is nowhere whole in memory.
    """
    size, digest = 0, hashlib.sha256()
    too_large = Problem(ProblemCode.TOO_LARGE, facts={"most_bytes": largest})
    if int(request.META.get("CONTENT_LENGTH") or 0) > largest:
        raise too_large
    try:
        while piece := request.read(_PIECE):
            size += len(piece)
            if size > largest:
                raise too_large
            digest.update(piece)
            file.write(piece)
    except UnreadablePostError as error:
        raise Problem(ProblemCode.UNREADABLE_BODY) from error
    return digest.digest()


def _lines_of(file: IO[bytes]) -> Iterator[Line]:
    for line in file:
        if line.strip():
            try:
                yield _line(_parsed(line))
            except Problem:
                yield NO_LINE


def _listed(text: bytes) -> list[Any]:
    given = _parsed(text)
    if isinstance(given, dict):
        given = given.get("lines")
    if not isinstance(given, list):
        raise Problem(ProblemCode.UNREADABLE_BODY)
    return given


def _line(given: object) -> Line:
    return given if isinstance(given, dict) else NO_LINE


def _parsed(text: bytes) -> Any:
    """JSON in UTF-8, and nothing that is not JSON. Raises the Problem unreadable_body."""
    try:
        return json.loads(text.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Problem(ProblemCode.UNREADABLE_BODY) from error


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON.")
