"""Let an order end on a day that is given, and keep what it takes to undo that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from valinta.ledger.models import Account
from valinta.orders.actions import end_order, give_back, shorten_order
from valinta.orders.models import Order, Slice
from valinta.orders.reopening_actions import OrderWas, SliceWas
from valinta.orders.states import OPEN
from valinta.processes.worth_of_days import OrderMoney, Worth, order_money
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor

# What it takes to say what an order's days are worth, and to end it.
RELATED = ("service", "provider", "client", "enrolment__programme", "offer__approval")


@dataclass(frozen=True, slots=True)
class Stopping:
    """What ending an order does: cents that return at once, and that stay for visits until then."""

    returns: int
    stays: int


def open_orders_after(ends_on: date, **which: object) -> list[Order]:
    """Open orders of those chosen that go on on the day or later, in a fixed number of queries."""
    return list(all_open_after(ends_on, **which).select_related(*RELATED).order_by("pk"))


def all_open_after(ends_on: date, **which: object) -> QuerySet[Order]:
    """Open orders of those chosen that go on on the day or later, however many they are."""
    return Order.objects.filter(**which, state__in=OPEN, valid__overlap=(ends_on, None))


@transaction.atomic
def stop_on_day(
    *, order: Order, ends_on: date, reason: str, by: Actor, at: datetime, frees_rest: bool = False
) -> OrderWas:
    """End an order so that the day and those after it are no more in it.

    One whose days all lie ahead ends altogether. Of one that has begun, later months return at
    once; the month of the end stays held until its visits can no longer be reported, or with
    `frees_rest` only as much of it as the days until the end need. Says what it was before.
    """
    parts = list(order.slices.order_by("valid"))
    before, state = _held(parts), order.state
    was_until, was_reason = order.valid.upper, order.close_reason
    if ends_on <= order.valid.lower:
        end_order(order=order, reason=reason, by=by, at=at)
    else:
        if frees_rest:
            _free_rest(order, ends_on, by, at)
        shorten_order(order=order, ends_on=ends_on, reason=reason, by=by, at=at)
    after = _held(parts)
    slices = tuple(
        SliceWas(one.pk, one.valid.upper, one.quantity_hundredths, before[one.pk] - after[one.pk])
        for one in parts
    )
    return OrderWas(order.pk, state, was_until, was_reason, slices)


def what_stopping_does(
    orders: Iterable[Order], ends_on: date, *, frees_rest: bool = False
) -> dict[int, Stopping]:
    """What `stop_on_day` would do to each order, by its id; nothing changes."""
    return {
        key: _stopping(money, ends_on, frees_rest) for key, money in order_money(orders).items()
    }


def _stopping(money: OrderMoney, ends_on: date, frees_rest: bool) -> Stopping:
    ahead = sum(one.held for one in money.parts if one.part.valid.lower >= ends_on)
    if ends_on <= money.order.valid.lower:
        return Stopping(money.held, 0)
    rest = sum(one.cents for one in _rest(money, ends_on)) if frees_rest else 0
    return Stopping(ahead + rest, money.held - ahead - rest)


def _rest(money: OrderMoney, ends_on: date) -> list[Worth]:
    """What a month that has begun holds for the days after the end."""
    upper = money.order.valid.upper
    if upper is not None and upper <= ends_on:
        return []
    worth = money.worth(Period(ends_on, upper), money.given_back)
    return [one for one in worth if one.part.valid.lower < ends_on]


def _free_rest(order: Order, ends_on: date, by: Actor, at: datetime) -> None:
    """Give back what is held for the days after the end of a month that has begun."""
    money = order_money([order])[order.pk]
    held = {one.part.pk: one.held for one in money.parts}
    for one in _rest(money, ends_on):
        give_back(
            part=one.part,
            quantity_hundredths=one.part.quantity_hundredths - one.quantity_hundredths,
            amount=Money(held[one.part.pk] - one.cents),
            by=by,
            at=at,
        )


def _held(parts: list[Slice]) -> Mapping[int, int]:
    accounts = Account.objects.in_bulk([one.hold_id for one in parts])
    return {one.pk: accounts[one.hold_id].balance_cents for one in parts}
