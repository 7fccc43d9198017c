"""Which open orders fit a new decision, and which do not and why, before anything is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from valinta.orders.models import Order, Slice
from valinta.orders.states import OPEN
from valinta.plans.models import PlanLine, ServicePlan
from valinta.plans.states import Way
from valinta.processes.granting import shares_of, voucher_sums
from valinta.shared.periods import Period


class WhyNot(StrEnum):
    """Why an open order cannot go on under the new decision as it is."""

    NOT_IN_PLAN = "not_in_plan"
    OTHER_WAY = "other_way"
    NO_MONEY = "no_money"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Misfit:
    """An order that does not fit: why, from which day, and the cents that lack for that month."""

    order: Order
    why: WhyNot
    on: date
    lacks: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """A slice that moves to the new money: what it holds now in cents, and from which day on."""

    part: Slice
    cents: int
    on: date


@dataclass(frozen=True, slots=True)
class Carried:
    """What a new decision does to the open orders: those that go on, and those that cannot."""

    moves: tuple[Move, ...]
    misfits: tuple[Misfit, ...]

    @property
    def orders(self) -> list[Order]:
        """The orders of which something moves, each once."""
        return list({one.part.order_id: one.part.order for one in self.moves}.values())

    @property
    def cents(self) -> int:
        """What moves in all, in cents."""
        return sum(one.cents for one in self.moves)


# A pot by the first day of its month and the service it is kept for, or a voucher by its service.
Place = tuple[date | None, int | None]


@dataclass
class _Room:
    """What there will be in each new pot and voucher, in cents, as orders take from it."""

    plan: ServicePlan
    period: Period
    values: Mapping[str, int]
    left: dict[Place, int] = field(default_factory=dict)
    lines: dict[int, PlanLine] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lines = list(self.plan.lines.select_related("service").order_by("id"))
        bought = [line for line in lines if line.way in (Way.BUDGET, Way.VOUCHER)]
        self.lines = {line.service_id: line for line in bought}
        for month in self.period.months():
            for share in shares_of(lines):
                kept_for = share.service.pk if share.service else None
                self.left[month.starts_on, kept_for] = share.amount.cents
        vouchers = [line for line in bought if line.way == Way.VOUCHER]
        for service_id, money in voucher_sums(vouchers, self.period, self.values).items():
            self.left[None, service_id] = money.cents

    def place(self, line: PlanLine, day: date) -> Place:
        if line.way == Way.VOUCHER:
            return None, line.service_id
        months = self.period.months()
        month = next(one for one in months if one.starts_on <= day <= one.last_on)
        return month.starts_on, line.service_id if line.mandatory else None


def what_carries(
    *,
    plan: ServicePlan,
    period: Period,
    today: date,
    income_tested_cents: Mapping[str, int] | None = None,
    without: Collection[int] = (),
) -> Carried:
    """Lay the client's open orders on the new plan's money, oldest first.

    An order fits as a whole or not at all. `without` are ids of orders that will have ended. Slices
    that lie before the new period stay with the money that holds them.
    """
    room = _Room(plan, period, income_tested_cents or {})
    orders = Order.objects.filter(enrolment_id=plan.enrolment_id, state__in=OPEN).exclude(
        pk__in=list(without)
    )
    found_orders = list(orders.select_related("service", "provider", "client").order_by("pk"))
    parts = _parts_of(found_orders)
    moves: list[Move] = []
    misfits: list[Misfit] = []
    for order in found_orders:
        own = list(_moves(order, parts[order.pk], period, today))
        found = _misfit(order, own, room)
        if found is not None:
            misfits.append(found)
        else:
            moves += own
    return Carried(tuple(moves), tuple(misfits))


def _parts_of(orders: list[Order]) -> defaultdict[int, list[Slice]]:
    """The slices of all the orders, by order and day, with what they hold."""
    parts: defaultdict[int, list[Slice]] = defaultdict(list)
    for part in Slice.objects.filter(order__in=orders).select_related("hold").order_by("valid"):
        parts[part.order_id].append(part)
    return parts


def _moves(order: Order, parts: list[Slice], period: Period, today: date) -> Iterator[Move]:
    starts_on = period.starts_on
    for part in parts:
        part.order = order
        begins_after = part.valid.lower >= starts_on
        goes_on = starts_on <= today and (part.valid.upper is None or part.valid.upper > starts_on)
        held = part.hold.balance_cents
        if held and (begins_after or goes_on):
            yield Move(part, held, max(part.valid.lower, starts_on))


def _misfit(order: Order, own: list[Move], room: _Room) -> Misfit | None:
    """Take the order's money from the room; what it took is put back when it does not fit."""
    taken: dict[Place, int] = {}
    for move in own:
        line = room.lines.get(order.service_id)
        if line is None:
            return _undo(room, taken, Misfit(order, WhyNot.NOT_IN_PLAN, move.on))
        if (move.part.voucher_id is not None) != (line.way == Way.VOUCHER):
            return _undo(room, taken, Misfit(order, WhyNot.OTHER_WAY, move.on))
        if room.period.ends_on is not None and move.on >= room.period.ends_on:
            return _undo(room, taken, Misfit(order, WhyNot.OUTSIDE, move.on))
        place = room.place(line, move.on)
        if room.left.get(place, 0) < move.cents:
            lacks = move.cents - room.left.get(place, 0)
            return _undo(room, taken, Misfit(order, WhyNot.NO_MONEY, move.on, lacks))
        room.left[place] -= move.cents
        taken[place] = taken.get(place, 0) + move.cents
    return None


def _undo(room: _Room, taken: Mapping[Place, int], misfit: Misfit) -> Misfit:
    for place, cents in taken.items():
        room.left[place] += cents
    return misfit
