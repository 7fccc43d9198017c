"""What a statement is made of, cent by cent: lines, their visits, corrections, and payments.

Reads only. The caller has narrowed the statement to what the reader may see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, OuterRef, QuerySet, Subquery, Sum

from valinta.providers.models import Provider
from valinta.settlements.models import (
    TOLD,
    Payment,
    RunVisit,
    Statement,
    StatementLine,
    StatementQuerySet,
)
from valinta.visits.models import Correction, Visit


@dataclass(frozen=True, slots=True)
class Worked:
    """A line of a statement with what the clients paid for the same visits, and its first and last
    day. `line` has its order's client, its service and its band at hand.
    """

    line: StatementLine
    self_pay_cents: int
    first_on: date
    last_on: date

    @property
    def quantity_hundredths(self) -> int:
        return self.line.quantity_hundredths

    @property
    def unit(self) -> str:
        """What the quantity is counted in."""
        return self.line.service.unit


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction with the statement in which its visit was settled first."""

    correction: Correction
    settled_in_id: int


def statements_of(provider: Provider, organiser_ids: frozenset[int]) -> StatementQuerySet:
    """The company's statements in these organisers, newest first, as the company is told them."""
    return (
        Statement.objects.all()
        .filter(provider=provider, organiser_id__in=organiser_ids, run__state__in=TOLD)
        .select_related("run__programme", "organiser", "payment")
        .order_by("-run__approved_at", "-pk")
    )


def lines_of(statement: Statement) -> QuerySet[StatementLine]:
    """The statement's lines, by service, order, band and price."""
    return statement.lines.select_related("order__client__organiser", "service", "band").order_by(
        "service__code", "order_id", "band__code", "price_cents", "pk"
    )


def with_self_pay(statement: Statement, lines: list[StatementLine]) -> list[Worked]:
    """The lines with what their visits say of the client's own part. One query."""
    rows = (
        _visits(statement)
        .filter(order_id__in={one.order_id for one in lines})
        .values("order_id", "band_id", "price_cents")
        .annotate(own=Sum("self_pay_cents"), first=Min("served_on"), last=Max("served_on"))
        .order_by()
    )
    found = {(one["order_id"], one["band_id"], one["price_cents"]): one for one in rows}
    made = []
    for line in lines:
        sums = found[line.order_id, line.band_id, line.price_cents]
        made.append(Worked(line, sums["own"], sums["first"], sums["last"]))
    return made


def visits_of(line: StatementLine) -> QuerySet[Visit]:
    """The visits that a line adds up, by day."""
    return (
        _visits(line.statement)
        .filter(order_id=line.order_id, band_id=line.band_id, price_cents=line.price_cents)
        .order_by("served_on", "started_at", "pk")
    )


def all_visits(statement: Statement) -> QuerySet[Visit]:
    """Every visit that the statement pays for, in the order of its lines."""
    return _visits(statement).order_by(
        "order__service__code", "order_id", "band__code", "price_cents", "served_on", "pk"
    )


def corrections_of(statement: Statement) -> list[Corrected]:
    """The corrections that the statement settles, by visit. One query.

    Those of visits that were rejected before any run cancel out with the visit, and are not here.
    """
    first = Statement.objects.filter(
        run__runvisit__visit_id=OuterRef("visit_id"), provider_id=statement.provider_id
    )
    rows = (
        Correction.objects.filter(
            runcorrection__run_id=statement.run_id,
            visit__provider_id=statement.provider_id,
            visit__runvisit__isnull=False,
        )
        .annotate(settled_in=Subquery(first.values("pk")[:1]))
        .select_related("visit__order__service", "visit__band", "visit__client__organiser")
        .order_by("visit__served_on", "visit_id", "pk")
    )
    return [Corrected(one, one.settled_in) for one in rows]


def paid_again_in(statement: Statement) -> list[Payment]:
    """Earlier payments that the bank returned and that this statement pays again."""
    rows = Payment.objects.filter(
        repaid_in_id=statement.run_id, statement__provider_id=statement.provider_id
    )
    return list(rows.select_related("statement").order_by("pk"))


def payment_of(statement: Statement) -> Payment | None:
    """The statement's payment; none when nothing is paid."""
    return getattr(statement, "payment", None)


def carried_from(statement: Statement) -> Statement | None:
    """The statement that left the balance carried into this one, when there is any."""
    if not statement.carried_in_cents:
        return None
    return (
        Statement.objects.filter(
            provider_id=statement.provider_id,
            run__programme_id=statement.run.programme_id,
            run__state__in=TOLD,
            run_id__lt=statement.run_id,
        )
        .order_by("-run_id")
        .first()
    )


def self_pay_cents(statement: Statement) -> int:
    """What the clients paid the company themselves for the statement's visits."""
    return _visits(statement).aggregate(own=Sum("self_pay_cents"))["own"] or 0


def days_of(statement: Statement) -> tuple[date, date] | None:
    """The first and the last day of the work; none when there is only other money."""
    days = _visits(statement).aggregate(first=Min("served_on"), last=Max("served_on"))
    return (days["first"], days["last"]) if days["first"] else None


def _visits(statement: Statement) -> QuerySet[Visit]:
    in_run = RunVisit.objects.filter(run_id=statement.run_id)
    return Visit.objects.filter(provider_id=statement.provider_id, pk__in=in_run.values("visit_id"))
