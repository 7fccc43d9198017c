"""Statements: what the organiser pays the company, line by line, and what came of the payment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.db.models import QuerySet
from ninja import Field, Query, Router, Schema

from valinta.api.door import ApiRequest, Needs, missing
from valinta.api.paging import listed, page
from valinta.api.scopes import Scope
from valinta.api.v1.words import ListQuery, hundredths, refusals
from valinta.settlements.models import Statement, StatementLine
from valinta.settlements.queries import corrections_of, lines_of

router = Router(tags=["statements"])


class PaymentOut(Schema):
    """What is paid, and whether the bank has done it."""

    state: Literal["in_transit", "paid", "returned"]
    reference: str
    cents: int
    answered_at: datetime | None
    return_reason: str


class StatementOut(Schema):
    """What is paid for work and corrections up to (not including) `cut_off_on`, in cents.

    `payment_cents` = work + corrections + returned + carried in − carried out. What is carried is
    zero or below: it is taken from the next payment.
    """

    id: int
    programme: str
    cut_off_on: date
    pays_on: date
    visits: int
    work_cents: int
    correction_cents: int
    returned_cents: int
    carried_in_cents: int
    payment_cents: int
    carried_out_cents: int
    payment: PaymentOut | None


class StatementsOut(Schema):
    """Statements, the newest first."""

    items: list[StatementOut]
    next_cursor: str | None


class StatementLineOut(Schema):
    """The work of one order, time band and price."""

    order: int
    service: str
    band: str
    price_cents: int
    visits: int
    quantity: str
    cents: int


class StatementCorrectionOut(Schema):
    """A difference of an earlier visit, in cents."""

    visit: int
    reference: str
    settled_in: int = Field(description="The statement on which the visit was first.")
    cents: int
    cause: str


class WholeStatementOut(StatementOut):
    """A statement with everything that it adds up."""

    lines: list[StatementLineOut]
    corrections: list[StatementCorrectionOut]


@router.get(
    "",
    response={200: StatementsOut, **refusals(400)},
    auth=Needs(Scope.STATEMENTS_READ),
    url_name="statements",
    operation_id="list_statements",
    summary="Statements of approved payment runs",
)
def list_statements(request: ApiRequest, asked: Query[ListQuery]) -> dict[str, Any]:
    found, next_cursor = page(_own(request), asked.cursor, asked.limit)
    return listed([_shown(one) for one in found], next_cursor)


@router.get(
    "/{int:statement_id}",
    response={200: WholeStatementOut, **refusals(404)},
    auth=Needs(Scope.STATEMENTS_READ),
    url_name="statement",
    operation_id="get_statement",
    summary="One statement with its lines and corrections",
)
def get_statement(request: ApiRequest, statement_id: int) -> dict[str, Any]:
    statement = _own(request).filter(pk=statement_id).first()
    if statement is None:
        missing(request, "statement", statement_id)
    return {
        **_shown(statement),
        "lines": [_line(one) for one in lines_of(statement)],
        "corrections": [
            {
                "visit": one.correction.visit_id,
                "reference": one.correction.visit.reference,
                "settled_in": one.settled_in_id,
                "cents": one.correction.cents,
                "cause": one.correction.cause,
            }
            for one in corrections_of(statement)
        ],
    }


def _own(request: ApiRequest) -> QuerySet[Statement]:
    client = request.caller.client
    return (
        Statement.objects.visible_to(request.caller.actor)
        .filter(organiser_id=client.organiser_id, provider_id=client.provider_id)
        .select_related("run__programme", "payment")
    )


def _shown(statement: Statement) -> dict[str, Any]:
    payment = getattr(statement, "payment", None)
    return {
        "id": statement.pk,
        "programme": statement.run.programme.code,
        "cut_off_on": statement.run.cut_off_on,
        "pays_on": statement.run.execute_on,
        "visits": statement.visits,
        "work_cents": statement.work_cents,
        "correction_cents": statement.correction_cents,
        "returned_cents": statement.returned_cents,
        "carried_in_cents": statement.carried_in_cents,
        "payment_cents": statement.payment_cents,
        "carried_out_cents": statement.carried_out_cents,
        "payment": payment
        and {
            "state": str(payment.state),
            "reference": payment.reference,
            "cents": payment.cents,
            "answered_at": payment.answered_at,
            "return_reason": payment.return_reason,
        },
    }


def _line(line: StatementLine) -> dict[str, Any]:
    return {
        "order": line.order_id,
        "service": line.service.code,
        "band": line.band.code,
        "price_cents": line.price_cents,
        "visits": line.visits,
        "quantity": hundredths(line.quantity_hundredths),
        "cents": line.cents,
    }
