"""Visits that were reported wrongly: taken back, or reported as they were, until settlement."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.utils import timezone, translation
from ninja import Field, Router, Schema

from valinta.api.door import ApiRequest, Needs, missing
from valinta.api.problems import Problem, ProblemCode
from valinta.api.scopes import Scope
from valinta.api.v1.answers import in_once
from valinta.api.v1.orders import own_orders
from valinta.api.v1.visit_shape import VisitOut, own_visits, shown
from valinta.api.v1.words import Day, Text, refusals
from valinta.orders.models import Order
from valinta.processes.report_visit import Entry, StillRefused, correct_report
from valinta.visits.messages import explain
from valinta.visits.models import Visit
from valinta.visits.withdrawing_actions import withdraw_visit

router = Router(tags=["visits"])
_Reason = Annotated[Text, Field(max_length=400)]
_Code = Annotated[Text, Field(max_length=40)]


class WithdrawIn(Schema):
    """Why the visit is taken back. The client reads it."""

    reason: _Reason = ""


class CorrectIn(Schema):
    """The visit as it was, under a reference of its own. Without an order it stays with its own."""

    reference: Annotated[Text, Field(min_length=1, max_length=60)]
    served_on: Day
    order: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    quantity: Annotated[Text, Field(max_length=40)] = ""
    band: _Code = ""
    worker: _Code = ""
    late_reason: _Reason = ""
    reason: _Reason = ""


@router.post(
    "/{int:visit_id}/withdraw",
    response={200: VisitOut, **refusals(400, 404, 409)},
    auth=Needs(Scope.VISITS_WRITE),
    url_name="visit_withdraw",
    operation_id="withdraw_visit",
    summary="Take a visit back before it is settled",
)
def withdraw(request: ApiRequest, visit_id: int, given: WithdrawIn) -> Any:
    """What was paid for it goes back. Its reference is never used again."""

    def work() -> dict[str, Any]:
        visit, caller = _own(request, visit_id), request.caller
        withdraw_visit(
            visit_id=visit.pk,
            reason=given.reason,
            funding_account_id=visit.order.service.programme.funding_account_id,
            by=caller.actor,
            at=caller.at,
        )
        return shown(_own(request, visit_id))

    return in_once(request, VisitOut, work)


@router.post(
    "/{int:visit_id}/correct",
    response={200: VisitOut, **refusals(400, 404, 409)},
    auth=Needs(Scope.VISITS_WRITE),
    url_name="visit_correct",
    operation_id="correct_visit",
    summary="Report a visit as it was, in place of one that is not settled yet",
)
def correct(request: ApiRequest, visit_id: int, given: CorrectIn) -> Any:
    """Both or neither: the visit is taken back, and the new one is the answer."""

    def work() -> dict[str, Any]:
        visit, caller = _own(request, visit_id), request.caller
        try:
            new = correct_report(
                visit=visit,
                order=_order(request, given.order) if given.order else visit.order,
                entry=_entry(given),
                reason=given.reason,
                by=caller.actor,
                at=caller.at,
            )
        except StillRefused as error:
            raise _refused(error) from error
        return shown(_own(request, new.pk))

    return in_once(request, VisitOut, work)


def _own(request: ApiRequest, visit_id: int) -> Visit:
    visit = own_visits(request).filter(pk=visit_id).first()
    return visit if visit is not None else missing(request, "visit", visit_id)


def _order(request: ApiRequest, order_id: int) -> Order:
    order = own_orders(request).filter(pk=order_id).first()
    return order if order is not None else missing(request, "order", order_id)


def _entry(given: CorrectIn) -> Entry:
    return Entry(
        reference=given.reference,
        served_on=given.served_on,
        started_at=_moment(given.started_at),
        ended_at=_moment(given.ended_at),
        quantity=given.quantity,
        band=given.band,
        worker=given.worker,
        late_reason=given.late_reason,
    )


def _moment(given: datetime | None) -> datetime | None:
    """A moment without a zone is one of the place where the service is given."""
    if given is None or given.tzinfo is not None:
        return given
    return timezone.make_aware(given)


def _refused(error: StillRefused) -> Problem:
    """The problem with what the door said of the line."""
    code = error.answer.code
    facts: dict[str, object] = {}
    if code is not None:
        words = explain(code, error.answer.facts, translation.get_language() or "en")
        facts = {"line": {"code": str(code), "what": words.what, "mend": words.mend}}
    return Problem(ProblemCode.LINE_REFUSED, facts=facts)
