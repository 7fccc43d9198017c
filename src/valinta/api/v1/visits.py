"""Visits: report up to 100,000 at a time, with an answer for each line; see what became of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from django.db import OperationalError
from django.http import HttpResponse
from django.utils import translation
from ninja import Field, Query, Router, Schema

from valinta.api.door import ApiRequest, Needs, missing
from valinta.api.once import once
from valinta.api.paging import listed, page
from valinta.api.problems import Problem, ProblemCode
from valinta.api.scopes import Scope
from valinta.api.v1 import examples
from valinta.api.v1.visit_shape import OPEN, CheckStateName, VisitOut, own_visits, shown
from valinta.api.v1.visits_in import content
from valinta.api.v1.words import (
    Day,
    ListQuery,
    Text,
    VisitStateName,
    refusals,
)
from valinta.processes.named_bands import banded
from valinta.processes.take_in_visits import take_in_visits
from valinta.programmes.models import Programme
from valinta.providers.models import Approval
from valinta.visits.intake import LineAnswer
from valinta.visits.messages import explain

router = Router(tags=["visits"])


class CountsOut(Schema):
    """How many lines had which outcome."""

    taken: int
    in_review: int
    refused: int
    repeated: int


class LineOut(Schema):
    """What became of one line. `what` and `mend` are in the language of Accept-Language."""

    line: int = Field(description="The first is 1.")
    reference: str
    outcome: Literal["taken", "in_review", "refused", "repeated"]
    visit: int | None
    code: str | None = None
    what: str | None = None
    mend: str | None = None


class BatchOut(Schema):
    """What became of all lines; `batch` is null for a dry run, which keeps nothing."""

    batch: int | None
    dry_run: bool
    counts: CountsOut
    lines: list[LineOut]


class VisitsOut(Schema):
    """Visits, the newest first."""

    items: list[VisitOut]
    next_cursor: str | None


class ReportQuery(Schema):
    """How the lines are taken in."""

    dry_run: bool = Field(False, description="Judge every line and keep nothing.")
    programme: Annotated[Text, Field(max_length=40)] | None = Field(
        None, description="The code of the programme; needed when the company is in several."
    )


class VisitsQuery(ListQuery):
    """Which visits are wanted."""

    state: VisitStateName | None = None
    order: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    reference: Annotated[Text, Field(max_length=60)] | None = None
    served_from: Day | None = None
    served_before: Day | None = None
    check: CheckStateName | None = Field(
        None, description="Those drawn for a check that is open, or that found this."
    )


@router.post(
    "",
    response={200: BatchOut, **refusals(400, 409, 413, 415, 503)},
    auth=Needs(Scope.VISITS_WRITE),
    url_name="visits",
    operation_id="report_visits",
    summary="Report visits, 1 to 100,000 lines",
    openapi_extra=examples.REPORT_VISITS,
)
def report_visits(request: ApiRequest, asked: Query[ReportQuery]) -> HttpResponse:
    """Good lines are kept and paid, bad lines are answered; no request is refused for one line.

    The company's own `reference` names a visit: the same line sent again is answered as repeated
    and changes nothing, so a request that was cut off is simply sent again. With an
    Idempotency-Key the first answer itself is given again.
    """
    programme = programme_of(request, asked.programme)
    with content(request) as sent:

        def work() -> HttpResponse:
            return _take_in(request, programme, sent.lines, asked.dry_run)

        return once(request, sent.digest, work)


def _take_in(
    request: ApiRequest, programme: Programme, lines: Iterable[Any], dry_run: bool
) -> HttpResponse:
    caller, said = request.caller, list[str]()
    language = translation.get_language() or "en"

    def keep(answers: list[LineAnswer]) -> None:
        said.extend(json.dumps(answered(one, language), ensure_ascii=False) for one in answers)

    try:
        taken = take_in_visits(
            programme=programme,
            provider=caller.client.provider,
            lines=banded(lines, caller.client.provider, programme),
            by=caller.actor,
            at=caller.at,
            door="api",
            dry_run=dry_run,
            on_answers=keep,
        )
    except OperationalError as error:
        raise Problem(ProblemCode.BUSY, headers={"Retry-After": "5"}) from error
    counts = taken.counts
    head = {
        "batch": taken.batch_id,
        "dry_run": dry_run,
        "counts": {
            "taken": counts.taken,
            "in_review": counts.in_review,
            "refused": counts.refused,
            "repeated": counts.repeated,
        },
    }
    whole = f'{json.dumps(head)[:-1]}, "lines": [{", ".join(said)}]}}'
    return HttpResponse(whole, content_type="application/json")


@router.get(
    "",
    response={200: VisitsOut, **refusals(400)},
    auth=Needs(Scope.VISITS_READ),
    url_name="visits",
    operation_id="list_visits",
    summary="Visits that the company has reported",
)
def list_visits(request: ApiRequest, asked: Query[VisitsQuery]) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        "state": asked.state,
        "order_id": asked.order,
        "reference": asked.reference,
        "served_on__gte": asked.served_from,
        "served_on__lt": asked.served_before,
        "check_made__found": "" if asked.check == OPEN else asked.check,
    }
    rows = own_visits(request).filter(
        **{name: value for name, value in wanted.items() if value is not None}
    )
    found, next_cursor = page(rows, asked.cursor, asked.limit)
    return listed([shown(one) for one in found], next_cursor)


@router.get(
    "/{int:visit_id}",
    response={200: VisitOut, **refusals(404)},
    auth=Needs(Scope.VISITS_READ),
    url_name="visit",
    operation_id="get_visit",
    summary="One visit",
)
def get_visit(request: ApiRequest, visit_id: int) -> dict[str, Any]:
    visit = own_visits(request).filter(pk=visit_id).first()
    return shown(visit if visit is not None else missing(request, "visit", visit_id))


def answered(answer: LineAnswer, language: str) -> dict[str, object]:
    """The answer to a line as the API gives it, with its words in the language."""
    said: dict[str, object] = {
        "line": answer.line,
        "reference": answer.reference,
        "outcome": str(answer.outcome),
        "visit": answer.visit_id,
    }
    if answer.code is not None:
        words = explain(answer.code, answer.facts, language)
        said |= {"code": str(answer.code), "what": words.what, "mend": words.mend}
    return said


def programme_of(request: ApiRequest, code: str | None) -> Programme:
    """The programme that is named, or the only one in which the company is or was approved."""
    client = request.caller.client
    approved = Approval.objects.filter(
        organiser_id=client.organiser_id, provider_id=client.provider_id
    )
    found = Programme.objects.filter(pk__in=approved.values("programme_id"))
    programmes = list(found if code is None else found.filter(code=code))
    if len(programmes) == 1:
        return programmes[0]
    codes = sorted(found.values_list("code", flat=True))
    facts = {"errors": [{"field": "programme", "one_of": codes}]}
    raise Problem(ProblemCode.INVALID_REQUEST, facts=facts)
