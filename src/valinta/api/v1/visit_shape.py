"""A visit as the API gives it: its state, money, check and corrections, and whose may be seen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils import translation
from ninja import Field, Schema

from valinta.api.door import ApiRequest
from valinta.api.v1.words import VisitStateName, hundredths
from valinta.processes.why_drawn import ASKED, why_drawn
from valinta.programmes.queries import rulebook_on
from valinta.visits.checks import Check
from valinta.visits.codes import Code
from valinta.visits.messages import explain
from valinta.visits.models import Visit

CheckStateName = Literal["open", "right", "wrong"]
OPEN = "open"


class CheckOut(Schema):
    """That a visit was drawn for a check, by which numbers, and what was found.

    A check holds up no payment. `number` is the first eight bytes of SHA-256 of `seed:visit` as a
    share of a million; a visit whose number is below its chance is drawn.
    """

    state: CheckStateName = Field(description="open: nobody has said yet what was found.")
    drawn_at: datetime
    why: str = Field(description="In the language of Accept-Language.")
    asked: str | None = Field(description="What is asked of the company while it is open.")
    chance: int = Field(description="In millionths.")
    number: int = Field(description="In millionths.")
    seed: str
    by_gap: bool = Field(description="Drawn because many visits had gone by without a check.")
    risks: list[str] = Field(
        description="What made the chance greater: new_provider, price_at_ceiling, no_times, "
        "no_code."
    )
    found_at: datetime | None
    words: str = Field(description="What the organiser says of it.")


class CorrectionOut(Schema):
    """A difference found later, in cents: above zero, the company is owed more."""

    cents: int
    cause: str
    known_at: datetime


class VisitOut(Schema):
    """A visit as it is now. Money is whole cents; `payable_cents` is what the organiser owes."""

    id: int
    order: int
    reference: str
    served_on: date
    started_at: datetime | None
    ended_at: datetime | None
    quantity: str
    band: str
    worker: str
    price_cents: int
    payable_cents: int
    self_pay_cents: int
    state: VisitStateName
    code: str | None
    what: str | None
    mend: str | None
    reason: str
    statement: int | None = Field(description="The statement that it is on, once it is settled.")
    corrections: list[CorrectionOut]
    check: CheckOut | None = Field(description="The check that it was drawn for.")


def own_visits(request: ApiRequest) -> QuerySet[Visit]:
    """The visits that the system may see: those of its provider with its organiser."""
    caller = request.caller
    return (
        Visit.objects.visible_to(caller.actor)
        .filter(organiser_id=caller.client.organiser_id, provider_id=caller.client.provider_id)
        .select_related("band", "runvisit__run", "order__service__programme", "check_made__drawing")
        .prefetch_related("corrections", "runvisit__run__statements")
    )


def shown(visit: Visit) -> dict[str, Any]:
    """A visit as the API gives it."""
    code = Code(visit.code) if visit.code else None
    words = explain(code, _facts(visit, code), translation.get_language() or "en") if code else None
    settled = getattr(visit, "runvisit", None)
    statements = settled.run.statements.all() if settled else ()
    return {
        "id": visit.pk,
        "order": visit.order_id,
        "reference": visit.reference,
        "served_on": visit.served_on,
        "started_at": visit.started_at,
        "ended_at": visit.ended_at,
        "quantity": hundredths(visit.quantity_hundredths),
        "band": visit.band.code,
        "worker": visit.worker,
        "price_cents": visit.price_cents,
        "payable_cents": visit.payable_cents,
        "self_pay_cents": visit.self_pay_cents,
        "state": str(visit.state),
        "code": str(code) if code else None,
        "what": words.what if words else None,
        "mend": words.mend if words else None,
        "reason": visit.reason,
        "statement": next(
            (one.pk for one in statements if one.provider_id == visit.provider_id), None
        ),
        "corrections": [
            {"cents": one.cents, "cause": one.cause, "known_at": one.known_at}
            for one in visit.corrections.all()
        ],
        "check": _check(getattr(visit, "check_made", None)),
    }


def _check(check: Check | None) -> dict[str, Any] | None:
    if check is None:
        return None
    return {
        "state": check.found or OPEN,
        "drawn_at": check.drawing.drawn_at,
        "why": why_drawn(check),
        "asked": None if check.found else str(ASKED),
        "chance": check.chance,
        "number": check.number,
        "seed": check.drawing.seed,
        "by_gap": check.by_gap,
        "risks": check.risks,
        "found_at": check.found_at,
        "words": check.words,
    }


def _facts(visit: Visit, code: Code) -> dict[str, object]:
    """What the sentence about a visit that is or was in review needs to be whole."""
    facts: dict[str, object] = {"served_on": visit.served_on.isoformat()}
    if code is Code.LATE_WITH_REASON:
        terms = rulebook_on(visit.order.service.programme, visit.served_on).parameters
        facts["within_days"] = terms["report_within_days"]
    return facts
