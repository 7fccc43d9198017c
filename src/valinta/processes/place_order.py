"""Place an order: all is open and approved, the service is in the plan, the money is held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from valinta.catalogue.models import Offer
from valinta.clients.models import Enrolment
from valinta.orders.actions import (
    BudgetSpent,
    OrderBarred,
    OrderWanted,
    must_order_for,
    place,
)
from valinta.orders.models import Order, OrderKind
from valinta.plans.states import Way
from valinta.processes.order_facts import OrderFacts, order_facts
from valinta.processes.order_on_budget import order_on_budget
from valinta.processes.order_rules import (
    NoBudgetThen,
    NotEnrolled,
    NothingOrdered,
    NotInPlan,
    ProviderNotApproved,
    barred_now,
    covering_refusal,
    must_be_enrolled,
    must_be_something,
    no_budget,
    paying_way,
)
from valinta.processes.order_sums import part_sums
from valinta.processes.voucher_quantity import must_fit_vouchers
from valinta.programmes.queries import ProgrammeClosed
from valinta.providers.access import must_not_profit
from valinta.shared.periods import Period
from valinta.users.actor import Actor

_TRIES = 50


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
    must_be_something(quantities)
    must_be_enrolled(enrolment)
    quantities = {band: many for band, many in quantities.items() if many}
    parts = period.months() if kind is OrderKind.PERIOD else [period]
    wanted = OrderWanted(enrolment, offer, kind, period, by, at)
    refusal = covering_refusal(offer, period, at.date())
    for _ in range(_TRIES):
        order = None if refusal else _on_budget(wanted, parts, quantities)
        if order is not None:
            return order
        facts = order_facts(wanted, parts)
        if facts.closed_on is not None:
            raise ProgrammeClosed(enrolment.programme, facts.closed_on)
        if refusal:
            raise refusal
        if paying_way(facts.way) is Way.VOUCHER:
            return _on_voucher(wanted, facts, quantities)
        _must_have_budget(facts, quantities)
        # What refused the order is gone again: somebody changed it in between.
    raise NoBudgetThen("What decides this order is being changed just now. Order again.")


def _on_budget(
    wanted: OrderWanted, parts: Sequence[Period], quantities: Mapping[str, int]
) -> Order | None:
    """Order a subjective right again when another order empties the pot meanwhile."""
    try:
        return _tried(wanted, parts, quantities)
    except OrderBarred as barred:
        raise barred_now(wanted) from barred


def _tried(
    wanted: OrderWanted, parts: Sequence[Period], quantities: Mapping[str, int]
) -> Order | None:
    if wanted.offer.service.is_right:
        for _ in range(_TRIES - 1):
            with suppress(BudgetSpent):
                return order_on_budget(wanted, parts, quantities)
    return order_on_budget(wanted, parts, quantities)


def _on_voucher(wanted: OrderWanted, facts: OrderFacts, quantities: Mapping[str, int]) -> Order:
    sums = [part_sums(wanted.offer, Way.VOUCHER, part, quantities) for part in facts.parts]
    slices = [one.slice for one in sums]
    # The voucher stays locked from the look at what is left of it until the order is there.
    try:
        with transaction.atomic():
            must_fit_vouchers(slices)
            return place(wanted, slices)
    except OrderBarred as barred:
        raise barred_now(wanted) from barred


def _must_have_budget(facts: OrderFacts, quantities: Mapping[str, int]) -> None:
    for part in facts.parts:
        if part.pot_id is None:
            raise no_budget(part.period)
        for band in quantities:
            part.price(band)


__all__ = [
    "BudgetSpent",
    "NoBudgetThen",
    "NotEnrolled",
    "NotInPlan",
    "NothingOrdered",
    "ProviderNotApproved",
    "place_order",
]
