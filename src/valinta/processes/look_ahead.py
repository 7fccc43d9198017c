"""What ending an order or changing its provider would do: the same work, done and taken back.

Whatever is shown before the client says yes is therefore what happens after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn, TypeVar

from django.db import transaction

from valinta.catalogue.models import Offer
from valinta.ledger.models import Account
from valinta.orders.calendar import WeeklyVisit
from valinta.orders.models import Order, Slice
from valinta.processes.stop_order import stop_order
from valinta.processes.switch_provider import switch_provider
from valinta.users.actor import Actor

# The reason is asked on the same page on which this is shown, so there is none yet.
_LOOKING = "-"
Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class MonthMoney:
    """Cents of the month (or day) that begins on `starts_on`."""

    starts_on: date
    cents: int


@dataclass(frozen=True, slots=True)
class StopPreview:
    """When the order would end (exclusive), what returns at once by month, and what stays held.

    What stays is for visits until then; the part that they do not use returns later.
    """

    ends_on: date
    returns: tuple[MonthMoney, ...]
    stays: int

    @property
    def returned(self) -> int:
        """What returns at once in all, in cents."""
        return sum(month.cents for month in self.returns)


@dataclass(frozen=True, slots=True)
class SwitchPreview:
    """What a change of provider would do: the old order's end, and what the new one holds."""

    stop: StopPreview
    starts_on: date
    holds: tuple[MonthMoney, ...]

    @property
    def held(self) -> int:
        """What the new order holds in all, in cents."""
        return sum(month.cents for month in self.holds)


def look_at_stop(order: Order, actor: Actor, moment: datetime) -> StopPreview:
    """What `stop_order` would do now; nothing changes. Raises what it raises."""
    before = _held(order)

    def work() -> StopPreview:
        stopped = stop_order(order=_own(order), reason=_LOOKING, by=actor, at=moment)
        return _stopped(order, before, stopped.ends_on)

    return _taken_back(work)


def look_at_switch(
    order: Order,
    offer: Offer,
    quantities: Mapping[str, int],
    week: Sequence[WeeklyVisit],
    actor: Actor,
    moment: datetime,
) -> SwitchPreview:
    """What `switch_provider` would do now; nothing changes. Raises what it raises."""
    before = _held(order)

    def work() -> SwitchPreview:
        switched = switch_provider(
            order=_own(order),
            offer=offer,
            quantities=quantities,
            reason=_LOOKING,
            by=actor,
            at=moment,
            week=week,
        )
        stop = _stopped(order, before, switched.ends_on)
        new = switched.new.slices.order_by("valid").values_list("valid", "reserved_cents")
        holds = tuple(MonthMoney(valid.lower, cents) for valid, cents in new)
        return SwitchPreview(stop, switched.ends_on, holds)

    return _taken_back(work)


class _Look(Exception):
    """Carries what was seen out of the transaction that is taken back."""


def _taken_back(work: Callable[[], Seen]) -> Seen:
    seen: list[Seen] = []

    def look() -> NoReturn:
        with transaction.atomic():
            seen.append(work())
            raise _Look

    try:
        look()
    except _Look:
        return seen[0]


def _own(order: Order) -> Order:
    """The order as an object of its own, so that the caller's stays as it is."""
    return Order.objects.select_related("enrolment__programme", "client").get(pk=order.pk)


def _held(order: Order) -> dict[int, MonthMoney]:
    """What each slice of the order holds now, by the account that holds it."""
    slices = Slice.objects.filter(order=order).order_by("valid")
    accounts = Account.objects.in_bulk(slices.values_list("hold_id", flat=True))
    return {
        one.hold_id: MonthMoney(one.valid.lower, accounts[one.hold_id].balance_cents)
        for one in slices
    }


def _stopped(order: Order, before: Mapping[int, MonthMoney], ends_on: date) -> StopPreview:
    after = _held(order)
    returns = (
        MonthMoney(was.starts_on, was.cents - after[hold].cents) for hold, was in before.items()
    )
    stays = sum(month.cents for month in after.values())
    return StopPreview(ends_on, tuple(one for one in returns if one.cents), stays)
