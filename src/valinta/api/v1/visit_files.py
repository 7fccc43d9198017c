"""Large files of visits: sent as they are, taken in by a job, with progress and all the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.utils import translation
from ninja import Field, Query, Router, Schema

from valinta.api.door import ApiRequest, Needs, missing
from valinta.api.once import once
from valinta.api.paging import listed, page
from valinta.api.problems import Problem, ProblemCode
from valinta.api.scopes import Scope
from valinta.api.v1 import examples
from valinta.api.v1.visits import CountsOut, answered, programme_of
from valinta.api.v1.visits_in import NDJSON, spooled
from valinta.api.v1.words import ListQuery, Text, refusals
from valinta.organisers.streams import streamed
from valinta.processes.hand_in_file import (
    MOST_LINES,
    EmptyFile,
    FileTooLarge,
    FileTooLong,
    hand_in_file,
)
from valinta.processes.tidy_visit_files import kept_until
from valinta.visits.file_answers import answers
from valinta.visits.file_bytes import FileKind, NotAFileOfLines
from valinta.visits.files import VisitFile

router = Router(tags=["visits"])
KINDS = {"text/csv": FileKind.CSV, NDJSON: FileKind.NDJSON}
_IN_MEMORY = 1024 * 1024
_PIECE = 256 * 1024
_AT_A_TIME = 1_000


class FileQuery(Schema):
    """Which programme the file is for, and what the sender calls it."""

    programme: Annotated[Text, Field(max_length=40)] | None = Field(
        None, description="The code of the programme; needed when the company is in several."
    )
    name: Annotated[Text, Field(max_length=120)] = Field("visits", description="A name for it.")


class AnswersQuery(Schema):
    """Which answers are wanted."""

    outcome: Literal["taken", "in_review", "refused", "repeated"] | None = None


class VisitFileOut(Schema):
    """A file and how far it is.

    `lines` counts lines of text, the titles of a table are one; `lines_done` those that are
    answered.
    """

    id: int
    name: str
    kind: Literal["csv", "ndjson"]
    programme: str
    sent_at: datetime
    state: Literal["waiting", "working", "done"]
    percent: int = Field(ge=0, le=100)
    lines: int
    lines_done: int
    counts: CountsOut
    batch: int
    kept_until: date = Field(description="What was sent and its answers go on this day.")
    purged: bool


class VisitFilesOut(Schema):
    """Files, the newest first."""

    items: list[VisitFileOut]
    next_cursor: str | None


@router.post(
    "",
    response={202: VisitFileOut, **refusals(400, 409, 413, 415)},
    auth=Needs(Scope.VISITS_WRITE),
    url_name="visit_files",
    operation_id="send_visit_file",
    summary="Send a file of visits, up to 2,000,000 lines",
    openapi_extra=examples.SEND_VISIT_FILE,
)
def send_visit_file(request: ApiRequest, asked: Query[FileQuery]) -> HttpResponse:
    """The file is kept as it is and taken in afterwards; ask for it to see how far it is.

    Each line is answered by itself, and the company's own `reference` names a visit, so a file
    that was cut off, or sent twice, brings every visit once.
    """
    kind = KINDS.get((request.content_type or "").lower())
    if kind is None or request.headers.get("Content-Encoding"):
        raise Problem(ProblemCode.UNSUPPORTED_TYPE)
    programme = programme_of(request, asked.programme)
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        digest = spooled(request, file, settings.VISIT_FILE_LARGEST)

        def work() -> HttpResponse:
            file.seek(0)
            try:
                kept = hand_in_file(
                    programme=programme,
                    provider=request.caller.client.provider,
                    name=asked.name,
                    content=iter(lambda: file.read(_PIECE), b""),
                    by=request.caller.actor,
                    at=request.caller.at,
                    door="api_file",
                    kind=kind,
                )
            except NotAFileOfLines as error:
                raise Problem(ProblemCode.UNSUPPORTED_TYPE, facts={"seems": error.what}) from error
            except EmptyFile as error:
                raise Problem(ProblemCode.NO_LINES) from error
            except FileTooLong as error:
                facts = {"most": MOST_LINES}
                raise Problem(ProblemCode.TOO_MANY_LINES, facts=facts) from error
            except FileTooLarge as error:
                raise Problem(ProblemCode.TOO_LARGE, facts={"most_bytes": error.most}) from error
            made = VisitFileOut.model_validate(shown(kept)).model_dump_json()
            return HttpResponse(
                made,
                status=202,
                content_type="application/json",
                headers={"Location": f"/api/v1/visits/files/{kept.pk}"},
            )

        return once(request, digest, work)


@router.get(
    "",
    response={200: VisitFilesOut, **refusals(400)},
    auth=Needs(Scope.VISITS_READ),
    url_name="visit_files",
    operation_id="list_visit_files",
    summary="Files of visits that the company has sent",
)
def list_visit_files(request: ApiRequest, asked: Query[ListQuery]) -> dict[str, Any]:
    found, next_cursor = page(_own(request), asked.cursor, asked.limit)
    return listed([shown(one) for one in found], next_cursor)


@router.get(
    "/{int:file_id}",
    response={200: VisitFileOut, **refusals(404)},
    auth=Needs(Scope.VISITS_READ),
    url_name="visit_file",
    operation_id="get_visit_file",
    summary="How far a file is, and what came of its lines",
)
def get_visit_file(request: ApiRequest, file_id: int) -> dict[str, Any]:
    return shown(_find(request, file_id))


@router.get(
    "/{int:file_id}/answers",
    response={200: None, **refusals(404)},
    auth=Needs(Scope.VISITS_READ),
    url_name="visit_file_answers",
    operation_id="get_visit_file_answers",
    summary="The answer to each line so far, as NDJSON",
    openapi_extra=examples.VISIT_FILE_ANSWERS,
)
def get_visit_file_answers(
    request: ApiRequest, file_id: int, asked: Query[AnswersQuery]
) -> HttpResponseBase:
    """`line` is the number of the line of text, the first is 1. Words are in the asked language."""
    file = _find(request, file_id)
    caller = request.caller
    return streamed(
        _told(file, translation.get_language() or "en", asked.outcome),
        organiser_ids=[caller.client.organiser_id],
        user_id=caller.client.user_id,
        name=f"answers-{file.pk}.ndjson",
        content_type=NDJSON,
    )


def _told(file: VisitFile, language: str, outcome: str | None) -> Iterator[bytes]:
    part: list[str] = []
    for one in answers(file):
        if outcome is None or one.outcome == outcome:
            part.append(json.dumps(answered(one, language), ensure_ascii=False))
        if len(part) >= _AT_A_TIME:
            yield ("\n".join(part) + "\n").encode()
            part = []
    if part:
        yield ("\n".join(part) + "\n").encode()


def _own(request: ApiRequest) -> Any:
    caller = request.caller
    return (
        VisitFile.objects.visible_to(caller.actor)
        .filter(organiser_id=caller.client.organiser_id)
        .select_related("batch", "programme")
    )


def _find(request: ApiRequest, file_id: int) -> VisitFile:
    found: VisitFile | None = _own(request).filter(pk=file_id).first()
    return found or missing(request, "visit_file", file_id)


def shown(file: VisitFile) -> dict[str, Any]:
    """A file as the API gives it."""
    batch = file.batch
    return {
        "id": file.pk,
        "name": file.name,
        "kind": str(file.kind),
        "programme": file.programme.code,
        "sent_at": batch.received_at,
        "state": str(file.state),
        "percent": file.percent,
        "lines": file.lines,
        "lines_done": file.lines_done,
        "counts": {
            "taken": batch.taken,
            "in_review": batch.in_review,
            "refused": batch.refused,
            "repeated": batch.repeated,
        },
        "batch": batch.pk,
        "kept_until": kept_until(file),
        "purged": file.purged_at is not None,
    }
