"""A new decision for a client whose services go on: open orders are carried over, to the cent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from valinta.budgets.models import Pot, Voucher
from valinta.orders.actions import end_order
from valinta.orders.carrying_actions import lift_holds, set_holds
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.plans.models import ServicePlan
from valinta.processes.end_former import end_former
from valinta.processes.granting import Granted, Granting, must_be_grantable, put_in_force
from valinta.processes.what_carries import Misfit, Move, what_carries
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class OrdersDoNotFit(ValueError):
    """Open orders that the new decision does not reach for; `misfits` names each and why."""

    def __init__(self, misfits: Sequence[Misfit]) -> None:
        self.misfits = tuple(misfits)
        numbers = ", ".join(str(one.order.pk) for one in misfits)
        super().__init__(
            f"These open orders do not fit the new decision: {numbers}. Change the plan, or say"
            " that they end with it."
        )


class BeginsMidMonth(ValueError):
    """A change that begins later begins on the first day of a month."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The new decision with its money, the orders that went over to it, and those that ended."""

    granted: Granted
    carried: list[Order]
    ended: list[Order]


@transaction.atomic
def change_decision(
    *,
    plan: ServicePlan,
    period: Period,
    by: Actor,
    at: datetime,
    income_tested_cents: Mapping[str, int] | None = None,
    ends_orders: Collection[int] = (),
    prepared_by_id: int | None = None,
    grounds: str = "",
) -> Changed:
    """Decide on a signed plan and let the client's open orders go on under the new decision.

    What an order holds for days of the new period moves from the former pot or voucher to the new
    one in one transaction; earlier days stay with the money that holds them. `ends_orders` are ids
    of orders that end because they do not fit (`what_carries` tells which). Without open orders it
    is `grant_budget`. Raises OrdersDoNotFit, BeginsMidMonth, ProgrammeClosed, NotEligible,
    NoVoucherValue, NoPower, PreparedByYou or PlanNotOpen; then nothing has changed.
    """
    by.must(Permission.MAKE_DECISIONS, plan.organiser_id)
    tested = income_tested_cents or {}
    granting = Granting(plan, period, by, at, tested, prepared_by_id, grounds)
    must_be_grantable(granting)
    ended = _end(plan, ends_orders, by, at)
    if granting.begins_later and period.starts_on.day != 1 and _open(plan).exists():
        raise BeginsMidMonth(
            "With services going on, a change that begins later begins on the first day of a"
            " month. Choose the first of a month, or today."
        )
    carried = what_carries(
        plan=plan, period=period, today=at.date(), income_tested_cents=income_tested_cents
    )
    if carried.misfits:
        raise OrdersDoNotFit(carried.misfits)
    lifted = lift_holds(parts=[move.part for move in carried.moves], by=by, at=at)
    end_former(granting)
    granted = put_in_force(granting)
    set_holds(lifted=lifted, sources=_sources(granted, carried.moves), by=by, at=at)
    return Changed(granted, carried.orders, ended)


def _open(plan: ServicePlan) -> QuerySet[Order]:
    return Order.objects.filter(enrolment_id=plan.enrolment_id, state__in=OPEN)


def _end(plan: ServicePlan, ids: Collection[int], by: Actor, at: datetime) -> list[Order]:
    """End those that were named, and keep the others from changing until the new money is there."""
    orders = list(_open(plan).select_for_update(no_key=True, of=("self",)).order_by("pk"))
    ending = [one for one in orders if one.pk in set(ids)]
    return [end_order(order=one, reason="new decision", by=by, at=at) for one in ending]


def _sources(granted: Granted, moves: Sequence[Move]) -> dict[int, Pot | Voucher]:
    """The new pot or voucher of each slice that moves."""
    vouchers = {one.service_id: one for one in granted.vouchers}
    pots = list(granted.budget.pots.order_by("pk")) if granted.budget else []
    kept = {one.service_id for one in pots}
    found: dict[int, Pot | Voucher] = {}
    for move in moves:
        service = move.part.order.service_id
        if move.part.voucher_id is not None:
            found[move.part.pk] = vouchers[service]
            continue
        wanted = service if service in kept else None
        found[move.part.pk] = next(
            pot
            for pot in pots
            if pot.service_id == wanted and pot.valid.lower <= move.on < pot.valid.upper
        )
    return found
