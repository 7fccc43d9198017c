"""Order a service for a week that repeats, a day, or an amount in a month: look first, then place.

`preview_order` and `order_service` work from the same facts, so what was shown is what is held.
Where `place_order` orders the same amount in every month, the visits of a week fall as the days of
each month do: four Mondays or five, a public holiday in its own time band.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from valinta.budgets.models import Pot
from valinta.catalogue.bands import bands_of
from valinta.catalogue.models import Offer
from valinta.clients.models import Enrolment
from valinta.orders.actions import (
    BudgetSpent,
    OrderBarred,
    OrderWanted,
    keep_week,
    must_order_for,
    place,
)
from valinta.orders.calendar import (
    PlannedVisit,
    WeeklyVisit,
    days_off,
    planned_visits,
    quantities_by_band,
)
from valinta.orders.models import Order, OrderKind
from valinta.plans.states import Way
from valinta.processes.order_facts import order_facts
from valinta.processes.order_rules import (
    barred_now,
    covering_refusal,
    must_be_enrolled,
    must_be_something,
    paying_way,
)
from valinta.processes.order_sums import PartPreview, PartSums, part_sums, previews
from valinta.processes.voucher_quantity import must_fit_vouchers
from valinta.programmes.queries import ProgrammeClosed
from valinta.providers.access import must_not_profit
from valinta.shared.periods import Period
from valinta.users.actor import Actor, system

_TRIES = 50


class NoVisitsThen(ValueError):
    """The week gives no visit in the period: none of its days falls in it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a client wants to order from an offer.

    With a `week`, its visits in the period. Without one, `quantities`: hundredths of the unit by
    time band ("" is the tray's first band), in each month, or in all for a one-off order.
    """

    offer: Offer
    kind: OrderKind
    period: Period
    week: tuple[WeeklyVisit, ...] = ()
    quantities: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OrderPreview:
    """What an order would be: its visits, the days off, and each month's money. Sums in cents."""

    way: Way
    visits: tuple[PlannedVisit, ...]
    days_off: tuple[date, ...]
    parts: tuple[PartPreview, ...]

    @property
    def held(self) -> int:
        """What is held in all."""
        return sum(part.held for part in self.parts)

    @property
    def self_pay(self) -> int:
        """What the client pays the provider beside a voucher, in all."""
        return sum(part.self_pay for part in self.parts)

    @property
    def short(self) -> tuple[PartPreview, ...]:
        """The months whose money does not reach."""
        return tuple(part for part in self.parts if part.left < 0)


@dataclass(frozen=True, slots=True)
class _Plan:
    way: Way
    visits: tuple[PlannedVisit, ...]
    off: tuple[date, ...]
    parts: tuple[PartSums, ...]


@transaction.atomic
def preview_order(*, enrolment: Enrolment, wanted: Wanted, at: datetime) -> OrderPreview:
    """What the order would be; nothing changes. Money that falls short is told in `short`.

    Raises what `order_service` raises, except BudgetSpent for a budget.
    """
    plan = _plan(_order_wanted(enrolment, wanted, system(enrolment.organiser_id), at), wanted)
    must_fit_vouchers([one.slice for one in plan.parts])
    pots = [one.slice.pot_id for one in plan.parts if one.slice.pot_id is not None]
    kept = Pot.objects.filter(pk__in=pots, service__isnull=False).values_list("pk", flat=True)
    return OrderPreview(plan.way, plan.visits, plan.off, previews(plan.parts, frozenset(kept)))


def order_service(*, enrolment: Enrolment, wanted: Wanted, by: Actor, at: datetime) -> Order:
    """Place the order, hold its money and keep its week, in one transaction.

    Raises NotYourClient, OwnCompany, NothingOrdered, NotEnrolled, ProgrammeClosed,
    ProviderNotApproved, NotInPlan, NoBudgetThen, NoPrice, NoVisitsThen, or BudgetSpent
    (VoucherUsed for a voucher).
    """
    must_order_for(enrolment.client, by, at)
    must_not_profit(
        client=enrolment.client, provider_id=wanted.offer.approval.provider_id, by=by, at=at
    )

    ordering = _order_wanted(enrolment, wanted, by, at)

    @transaction.atomic
    def once() -> Order:
        slices = [one.slice for one in _plan(ordering, wanted).parts]
        must_fit_vouchers(slices)
        order = place(ordering, slices)
        return keep_week(order=order, week=wanted.week, by=by, at=at) if wanted.week else order

    try:
        return _never_stopped(once) if wanted.offer.service.is_right else once()
    except OrderBarred as barred:
        raise barred_now(ordering) from barred


def _never_stopped(once: Callable[[], Order]) -> Order:
    """Order a subjective right: when another order empties the pot meanwhile, look again."""
    for _ in range(_TRIES - 1):
        with suppress(BudgetSpent):
            return once()
    return once()


def _order_wanted(enrolment: Enrolment, wanted: Wanted, by: Actor, at: datetime) -> OrderWanted:
    return OrderWanted(enrolment, wanted.offer, wanted.kind, wanted.period, by, at)


def _plan(ordering: OrderWanted, wanted: Wanted) -> _Plan:
    """All that the order would be, each rule checked, except whether the money reaches."""
    offer, enrolment = wanted.offer, ordering.enrolment
    must_be_enrolled(enrolment)
    visits, off = _visits(wanted)
    monthly = wanted.kind is OrderKind.PERIOD
    asked = [
        (period, _quantities(wanted, period, visits))
        for period in (wanted.period.months() if monthly else [wanted.period])
    ]
    # A month in which no day of the week falls has nothing to hold.
    asked = [(period, many) for period, many in asked if sum(many.values()) > 0]
    for _, many in asked or [(wanted.period, {})]:
        must_be_something(many)
    facts = order_facts(ordering, [period for period, _ in asked])
    if facts.closed_on is not None:
        raise ProgrammeClosed(enrolment.programme, facts.closed_on)
    if refusal := covering_refusal(offer, wanted.period, ordering.at.date()):
        raise refusal
    way = paying_way(facts.way)
    parts = tuple(
        part_sums(offer, way, part, many)
        for part, (_, many) in zip(facts.parts, asked, strict=True)
    )
    return _Plan(way, visits, off, parts)


def _visits(wanted: Wanted) -> tuple[tuple[PlannedVisit, ...], tuple[date, ...]]:
    if not wanted.week:
        return (), ()
    offer, service = wanted.offer, wanted.offer.service
    bands = bands_of({offer.pk: service})[offer.pk]
    visits = tuple(planned_visits(wanted.week, wanted.period, service.unit, bands))
    if not visits:
        raise NoVisitsThen(
            f"No visit falls in {wanted.period}. Choose other days of the week, another time or a"
            " longer period."
        )
    return visits, tuple(days_off(wanted.week, wanted.period, bands))


def _quantities(
    wanted: Wanted, period: Period, visits: tuple[PlannedVisit, ...]
) -> Mapping[str, int]:
    if not wanted.week:
        return wanted.quantities
    return quantities_by_band(one for one in visits if period.contains(one.on))
