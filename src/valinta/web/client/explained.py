"""Why the budget is as big as it is, and what became of it month by month. Reads only.

The number of queries does not depend on how many lines, months or vouchers there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, F, Sum
from django.db.models.functions import Coalesce

from valinta.budgets.models import Pot
from valinta.catalogue.models import ReferencePrice
from valinta.clients.models import Client
from valinta.ledger.kinds import CauseKind, TransferKind
from valinta.ledger.queries import moved_because_of
from valinta.needs.models import AllocationLine, Need
from valinta.plans.models import Decision, PlanLine
from valinta.plans.states import DecisionState, Way
from valinta.programmes.queries import carries_over
from valinta.programmes.ranges import as_period
from valinta.web.client.outlook import Outlook, outlook
from valinta.web.client.picture import VoucherPicture, voucher_pictures
from valinta.web.picture import Segment, segments


@dataclass(frozen=True, slots=True)
class Reason:
    """A line of the computation. Cents; the quantity in hundredths of the service's unit.

    `points` and `point_cents` where needs are counted in points; `priced_from` is the first day of
    the price, and an `assumed` one is an example. The pack's own note of where a price comes from
    is for those who keep the pack, in their language.
    """

    line: AllocationLine
    points: int | None
    point_cents: int | None
    priced_from: date
    assumed: bool
    mandatory_because: str

    @property
    def is_adjustment(self) -> bool:
        return self.line.explanation == "adjustment"


@dataclass(frozen=True, slots=True)
class WayRow:
    """One way of organising: its services and the month's money for them, in cents."""

    way: Way
    lines: tuple[PlanLine, ...]

    @property
    def cents(self) -> int:
        return sum(line.monthly_cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the budget, in cents. What is not carried in, given back or left was paid."""

    month: date
    granted: int
    carried_in: int
    gone: int
    booked: int
    kept: int
    free: int

    @property
    def paid(self) -> int:
        """What went, or is owed, to providers."""
        return self.granted + self.carried_in - self.gone - self.booked - self.kept - self.free

    @property
    def segments(self) -> list[Segment]:
        """The month's bar."""
        parts = (("paid", self.paid), ("booked", self.booked), ("kept", self.kept))
        return segments((*parts, ("free", self.free)))


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything on the page. `how` is the programme's own sentence of how it counts."""

    decision: Decision | None
    how: dict[str, str]
    reasons: list[Reason]
    ways: list[WayRow]
    vouchers: list[VoucherPicture]
    past: list[MonthRow]
    coming: list[MonthRow]
    carries_over: bool
    outlook: Outlook

    @property
    def total(self) -> int:
        """What the need comes to in a month, in cents."""
        return sum(one.line.cents for one in self.reasons)

    @property
    def ends_on(self) -> date | None:
        """The last day of the decision, when it has one."""
        end: date | None = self.decision.valid.upper if self.decision else None
        return end - timedelta(days=1) if end else None

    @property
    def is_empty(self) -> bool:
        return self.decision is None and not self.vouchers


def explained(client: Client, on: date) -> Explained:
    """Read the page's facts for a day."""
    decision = _decision(client, on)
    ways = _ways(decision)
    months = _months(client.pk)
    programme = decision.enrolment.programme if decision else None
    rule = decision.plan.allocation.rule if decision and decision.plan else None
    told = programme.terms.get("allocation", {}) if programme else {}
    return Explained(
        decision=decision,
        how=told.get("names", {}) if rule and told.get("model") == rule.model else {},
        reasons=_reasons(decision, ways),
        ways=ways,
        vouchers=voucher_pictures(client.pk, on),
        past=[one for one in months if one.month < on.replace(day=1)],
        coming=[one for one in months if one.month >= on.replace(day=1)],
        carries_over=programme is not None and carries_over(programme),
        outlook=outlook(client.pk, on),
    )


def _decision(client: Client, on: date) -> Decision | None:
    """The decision that is in force on the day; before its first day, the one to come."""
    found = list(
        Decision.objects.filter(enrolment__client=client, state=DecisionState.IN_FORCE)
        .select_related("plan__allocation__rule", "enrolment__programme")
        .order_by("-valid")
    )
    today = (one for one in found if as_period(one.valid).contains(on))
    return next(today, next(iter(found), None))


def _ways(decision: Decision | None) -> list[WayRow]:
    if decision is None:
        return []
    rows: dict[str, list[PlanLine]] = {}
    lines = PlanLine.objects.filter(plan_id=decision.plan_id).select_related("service")
    for line in lines.order_by("-monthly_cents", "pk"):
        rows.setdefault(line.way, []).append(line)
    return [WayRow(way, tuple(rows[way])) for way in Way if way in rows]


def _reasons(decision: Decision | None, ways: list[WayRow]) -> list[Reason]:
    if decision is None or decision.plan is None:
        return []
    allocation = decision.plan.allocation
    rule: Any = allocation.rule.parameters
    needs = Need.objects.filter(assessment_id=allocation.assessment_id)
    points = dict(needs.values_list("service_id", "points"))
    on = allocation.made_at.date()
    lines = list(allocation.lines.select_related("service").order_by("number"))
    prices = ReferencePrice.objects.filter(
        service__in=[line.service_id for line in lines], valid__contains=on
    )
    prices = prices.select_related("service").order_by("kind", "-band_id")
    by_unit_cost = rule.get("unit_cents", {})
    listed: dict[int, Any] = {
        price.service_id: price for price in prices if price.service.code not in by_unit_cost
    }
    why = {line.service_id: line.reason for row in ways for line in row.lines if line.mandatory}
    return [
        Reason(
            line=line,
            points=points.get(line.service_id),
            point_cents=rule.get("cents_per_point"),
            priced_from=listed.get(line.service_id, allocation.rule).valid.lower,
            assumed=line.service_id in listed and listed[line.service_id].assumed,
            mandatory_because=why.get(line.service_id, ""),
        )
        for line in lines
    ]


def _months(client_id: int) -> list[MonthRow]:
    """Every month of every budget the client has had, oldest first."""
    held = Sum(F("slices__hold__credits") - F("slices__hold__debits"))
    pots = list(
        Pot.objects.filter(budget__enrolment__client_id=client_id)
        .annotate(
            left=F("account__credits") - F("account__debits"),
            held=Coalesce(held, 0, output_field=BigIntegerField()),
        )
        .order_by("valid", "pk")
    )
    budgets = {pot.budget_id for pot in pots}
    came: dict[int, int] = {}
    went: dict[int, int] = {}
    for moved in moved_because_of(CauseKind.BUDGET, sorted(budgets)):
        if moved.kind is TransferKind.GRANT:
            came[moved.credit_id] = came.get(moved.credit_id, 0) + moved.cents
        elif moved.kind is TransferKind.EXPIRE:
            went[moved.debit_id] = went.get(moved.debit_id, 0) + moved.cents
    rows: dict[tuple[date, int], list[Pot]] = {}
    for pot in pots:
        rows.setdefault((pot.valid.lower, pot.budget_id), []).append(pot)
    return [
        MonthRow(
            month=first,
            granted=sum(pot.granted_cents for pot in own),
            carried_in=sum(came.get(pot.account_id, 0) for pot in own),
            gone=sum(went.get(pot.account_id, 0) for pot in own),
            booked=sum(_cents(pot, "held") for pot in own),
            kept=sum(_cents(pot, "left") for pot in own if pot.service_id is not None),
            free=sum(_cents(pot, "left") for pot in own if pot.service_id is None),
        )
        for (first, _), own in rows.items()
    ]


def _cents(pot: Pot, what: str) -> int:
    return int(getattr(pot, what))
