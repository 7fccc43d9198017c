"""Place an order: all is open and approved, the service is in the plan, the money is held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime

from django.db import transaction

from valinta.catalogue.models import Offer
from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.orders.actions import (
    BudgetSpent,
    OrderWanted,
    SliceWanted,
    must_order_for,
    place,
)
from valinta.orders.models import Order, OrderKind
from valinta.plans.states import Way
from valinta.processes.order_facts import OrderFacts, PartFacts, order_facts
from valinta.processes.order_on_budget import order_on_budget
from valinta.processes.voucher_quantity import must_fit_vouchers
from valinta.programmes.queries import ProgrammeClosed
from valinta.programmes.ranges import as_period
from valinta.providers.access import must_not_profit
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


class ProviderSuspended(ProviderNotApproved):
    """The provider gets no new orders now; those that run go on."""


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
    must_not_profit(client=enrolment.client, provider_id=offer.approval.provider_id, by=by, at=at)
    if sum(quantities.values()) <= 0 or min(quantities.values()) < 0:
        raise NothingOrdered("Say how much is ordered: more than zero.")
    if enrolment.state != EnrolmentState.ENROLLED:
        raise NotEnrolled("The client is not in the programme now, so nothing can be ordered.")
    parts = period.months() if kind is OrderKind.PERIOD else [period]
    wanted = OrderWanted(enrolment, offer, kind, period, by, at)
    refusal = _not_approved(offer, period, at.date())
    for _ in range(_TRIES):
        order = None if refusal else _on_budget(wanted, parts, quantities)
        if order is not None:
            return order
        facts = order_facts(wanted, parts)
        if facts.closed_on is not None:
            raise ProgrammeClosed(enrolment.programme, facts.closed_on)
        if refusal:
            raise refusal
        if _way(facts) is Way.VOUCHER:
            return _on_voucher(wanted, facts, quantities)
        _must_have_budget(facts, quantities)
        # What refused the order is gone again: somebody changed it in between.
    raise NoBudgetThen("What decides this order is being changed just now. Order again.")


def _on_budget(
    wanted: OrderWanted, parts: Sequence[Period], quantities: Mapping[str, int]
) -> Order | None:
    """Order a subjective right again when another order empties the pot meanwhile."""
    if wanted.offer.service.is_right:
        for _ in range(_TRIES - 1):
            with suppress(BudgetSpent):
                return order_on_budget(wanted, parts, quantities)
    return order_on_budget(wanted, parts, quantities)


def _on_voucher(wanted: OrderWanted, facts: OrderFacts, quantities: Mapping[str, int]) -> Order:
    slices = [_slice(wanted.offer, part, quantities) for part in facts.parts]
    # The voucher stays locked from the look at what is left of it until the order is there.
    with transaction.atomic():
        must_fit_vouchers(slices)
        return place(wanted, slices)


def must_take_orders(offer: Offer, on: date) -> None:
    """Raise ProviderSuspended when the provider of the offer gets no new orders on the day."""
    suspended_on = offer.approval.suspended_on
    if suspended_on is not None and suspended_on <= on:
        raise ProviderSuspended(
            "The provider takes no new orders just now. Choose another provider."
        )


def _not_approved(offer: Offer, period: Period, on: date) -> ProviderNotApproved | None:
    try:
        must_take_orders(offer, on)
    except ProviderSuspended as refusal:
        return refusal
    for what, valid in (("approval", offer.approval.valid), ("offer", offer.valid)):
        if not as_period(valid).covers(period):
            return ProviderNotApproved(
                f"The provider's {what} does not cover {period}. Choose days within it or"
                " another provider."
            )
    return None


def _way(facts: OrderFacts) -> Way:
    if facts.way not in (Way.BUDGET, Way.VOUCHER):
        raise NotInPlan(
            "This service is not bought with a budget or voucher in the plan in force."
            " Ask the case manager to add it to the plan."
        )
    return Way(facts.way)


def _must_have_budget(facts: OrderFacts, quantities: Mapping[str, int]) -> None:
    for part in facts.parts:
        if part.pot_id is None:
            raise NoBudgetThen(
                f"There is no budget in force for {part.period}. Order days within one budget"
                " month."
            )
        for band in quantities:
            part.price(band)


def _slice(offer: Offer, part: PartFacts, quantities: Mapping[str, int]) -> SliceWanted:
    if part.voucher_id is None or part.voucher_account_id is None:
        raise NoBudgetThen(f"There is no accepted voucher for this service on {part.period}.")
    cost = _voucher_cost(offer, part, quantities)
    quantity = sum(quantities.values())
    source = part.voucher_account_id
    return SliceWanted(part.period, quantity, cost, source, voucher_id=part.voucher_id)


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
