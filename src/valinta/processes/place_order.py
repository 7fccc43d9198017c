"""Place an order: all is open and approved, the service is in the plan, the money is held."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from valinta.catalogue.models import Offer
from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.orders.actions import BudgetSpent, SliceWanted, must_order_for, place
from valinta.orders.models import Order, OrderKind
from valinta.plans.states import Way
from valinta.processes.order_facts import OrderFacts, PartFacts, order_facts
from valinta.processes.voucher_quantity import must_fit_vouchers
from valinta.programmes.queries import ProgrammeClosed
from valinta.programmes.ranges import as_period
from valinta.rules.voucher import split_quantity
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor

_TRIES = 50


class NotEnrolled(ValueError):
    """The client is not in the programme."""


class NotInPlan(ValueError):
    """A budget is spent only on services in the client's plan (HAM-7)."""


class ProviderNotApproved(ValueError):
    """The provider's approval or offer does not cover the days ordered."""


class NoBudgetThen(ValueError):
    """The client has no budget or voucher in force for some of the days."""


class NothingOrdered(ValueError):
    """The quantity is zero."""


def place_order(
    *,
    enrolment: Enrolment,
    offer: Offer,
    kind: OrderKind,
    period: Period,
    quantities: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> Order:
    """Order a service and hold its money.

    `quantities` are hundredths of the unit by time band ("" is the tray's first band): for a
    period order in each calendar month, for a one-off order in all. Raises ProgrammeClosed,
    NotEnrolled, NotInPlan, ProviderNotApproved, NoBudgetThen, NoPrice or BudgetSpent.
    """
    must_order_for(enrolment.client, by, at)
    if sum(quantities.values()) <= 0 or min(quantities.values()) < 0:
        raise NothingOrdered("Say how much is ordered: more than zero.")
    if enrolment.state != EnrolmentState.ENROLLED:
        raise NotEnrolled("The client is not in the programme now, so nothing can be ordered.")
    parts = period.months() if kind is OrderKind.PERIOD else [period]

    def look() -> OrderFacts:
        return order_facts(enrolment=enrolment, offer=offer, period=period, parts=parts, at=at)

    facts = look()
    if facts.closed_on is not None:
        raise ProgrammeClosed(enrolment.programme, facts.closed_on)
    _must_be_approved(offer, period)
    way = _way(facts)

    def once(facts: OrderFacts) -> Order:
        slices = [_slice(offer, way, part, quantities) for part in facts.parts]
        must_fit_vouchers(slices)
        return place(
            enrolment=enrolment,
            offer=offer,
            kind=kind,
            period=period,
            slices=slices,
            by=by,
            at=at,
        )

    if way is Way.VOUCHER:
        # The voucher stays locked from the look at what is left of it until the order is there.
        with transaction.atomic():
            return once(facts)
    if offer.service.is_right:
        return _never_stopped(lambda: once(look()))
    return once(facts)


def _never_stopped(once: Callable[[], Order]) -> Order:
    """Order a subjective right: when another order empties the pot meanwhile, look again."""
    for _ in range(_TRIES - 1):
        with suppress(BudgetSpent):
            return once()
    return once()


def _must_be_approved(offer: Offer, period: Period) -> None:
    for what, valid in (("approval", offer.approval.valid), ("offer", offer.valid)):
        if not as_period(valid).covers(period):
            raise ProviderNotApproved(
                f"The provider's {what} does not cover {period}. Choose days within it or"
                " another provider."
            )


def _way(facts: OrderFacts) -> Way:
    if facts.way not in (Way.BUDGET, Way.VOUCHER):
        raise NotInPlan(
            "This service is not bought with a budget or voucher in the plan in force."
            " Ask the case manager to add it to the plan."
        )
    return Way(facts.way)


def _slice(offer: Offer, way: Way, part: PartFacts, quantities: Mapping[str, int]) -> SliceWanted:
    quantity = sum(quantities.values())
    if way is Way.VOUCHER:
        if part.voucher_id is None or part.voucher_account_id is None:
            raise NoBudgetThen(f"There is no accepted voucher for this service on {part.period}.")
        cost = _voucher_cost(offer, part, quantities)
        source = part.voucher_account_id
        return SliceWanted(part.period, quantity, cost, source, voucher_id=part.voucher_id)
    if part.pot_id is None or part.pot_account_id is None or part.pot_cents is None:
        raise NoBudgetThen(
            f"There is no budget in force for {part.period}. Order days within one budget month."
        )
    cost = Money.total(
        Money(part.price(band).cents).times(hundredths) for band, hundredths in quantities.items()
    )
    if offer.service.is_right:
        # A subjective right is never stopped by an empty pot: what there is is held, and visits
        # past it are paid by the organiser's funding and flagged.
        cost = min(cost, Money(part.pot_cents), key=lambda money: money.cents)
    return SliceWanted(part.period, quantity, cost, part.pot_account_id, pot_id=part.pot_id)


def _voucher_cost(offer: Offer, part: PartFacts, quantities: Mapping[str, int]) -> Money:
    """What the organiser pays of the order: the lower of price and value, unit by unit."""
    total = Money(0)
    for band, hundredths in quantities.items():
        price = part.price(band)
        split = split_quantity(
            price.cents, part.values.get(price.band, 0), hundredths, offer.service.is_free_by_law
        )
        total += Money(split.payable_cents)
    return total


__all__ = ["BudgetSpent", "place_order"]
