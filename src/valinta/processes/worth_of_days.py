"""What the visits of some days of orders would take and cost, slice by slice.

However many orders are looked at, it is a fixed number of queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, Sum

from valinta.budgets.models import VoucherUnit
from valinta.catalogue.bands import bands_of
from valinta.catalogue.models import Price
from valinta.orders.calendar import PlannedVisit, from_json, planned_visits, quantities_by_band
from valinta.orders.models import Cancellation, Change, Order, Slice
from valinta.orders.states import ChangeKind
from valinta.rules.bands import BandRules
from valinta.rules.voucher import split_quantity
from valinta.shared.money import Money, half_up_div
from valinta.shared.periods import Period
from valinta.visits.states import VisitState


@dataclass(frozen=True, slots=True)
class Worth:
    """Of one slice: how much the visits take (hundredths), and the cents that are held for them."""

    part: Slice
    quantity_hundredths: int
    cents: int


@dataclass(frozen=True, slots=True)
class SliceMoney:
    """A slice with cents held, hundredths used by visits, and cents that wait for a person."""

    part: Slice
    held: int
    used: int
    waiting: int

    @property
    def days(self) -> Period:
        """The days of the slice."""
        return Period(self.part.valid.lower, self.part.valid.upper)

    def worth(self, quantity: int, cents: int) -> Worth:
        """No more than visits so far have left: of the quantity, and of the money held."""
        # A slice always orders something: a hundredth stays.
        left = max(self.part.quantity_hundredths - max(self.used, 1), 0)
        free = max(self.held - self.waiting, 0)
        return Worth(self.part, min(quantity, left), max(min(cents, free), 0))


@dataclass(frozen=True, slots=True)
class OrderMoney:
    """An order with what it takes to say what its days are worth.

    `called_off` are days that were called off; `given_back` those whose money has returned too.
    """

    order: Order
    parts: tuple[SliceMoney, ...]
    bands: BandRules | None
    prices: tuple[Price, ...]
    values: Mapping[int, Mapping[str, int]]
    called_off: frozenset[date]
    given_back: frozenset[date]

    @property
    def held(self) -> int:
        """What the order holds now, in cents."""
        return sum(one.held for one in self.parts)

    def visits(self, days: Period, without: Collection[date] = ()) -> list[PlannedVisit]:
        """The visits that the order's week plans for the days; none without a week."""
        own = Period(self.order.valid.lower, self.order.valid.upper).intersection(days)
        planned = self.week_in(own) if own else []
        return [one for one in planned if one.on not in without]

    def week_in(self, days: Period) -> list[PlannedVisit]:
        """What the order's week is in the days, whether the order still has them or not."""
        if self.bands is None:
            return []
        week = from_json(self.order.pattern)
        return list(planned_visits(week, days, self.order.service.unit, self.bands))

    def worth(self, days: Period, without: Collection[date] = ()) -> list[Worth]:
        """What is held for the days: by the order's week, else the days' share of each month."""
        visits = self.visits(days, without)
        found = []
        for one in self.parts:
            off = one.days.intersection(days)
            if off is None:
                continue
            if self.bands is None:
                quantity = half_up_div(one.part.quantity_hundredths * off.days, one.days.days)
                cents = half_up_div(one.part.reserved_cents * off.days, one.days.days)
                found.append(one.worth(quantity, cents))
                continue
            own = [visit for visit in visits if one.days.contains(visit.on)]
            if own:
                quantities = quantities_by_band(own)
                found.append(one.worth(sum(quantities.values()), self._cost(one, quantities)))
        return found

    def _cost(self, money: SliceMoney, quantities: Mapping[str, int]) -> int:
        """What the pot or voucher pays for these quantities by band, by the slice's prices."""
        first, voucher = money.part.valid.lower, money.part.voucher_id
        prices = {one.band.code: one.cents for one in self.prices if _holds(one, first)}
        if voucher is None:
            return sum(Money(prices[band]).times(many).cents for band, many in quantities.items())
        values, free = self.values.get(voucher, {}), self.order.service.is_free_by_law
        return sum(
            split_quantity(prices[band], values.get(band, 0), many, free).payable_cents
            for band, many in quantities.items()
        )


def order_money(orders: Iterable[Order]) -> dict[int, OrderMoney]:
    """Each order with its money, by the order's id."""
    found = list(orders)
    by_order = _parts(found)
    weekly = {one.offer_id: one.service for one in found if one.pattern}
    bands = bands_of(weekly) if weekly else {}
    prices: dict[int, list[Price]] = defaultdict(list)
    known = Price.objects.filter(offer__in=list(weekly), superseded_at__isnull=True)
    for price in known.select_related("band"):
        prices[price.offer_id].append(price)
    vouchers = {one.part.voucher_id for parts in by_order.values() for one in parts}
    values: dict[int, dict[str, int]] = defaultdict(dict)
    for unit in VoucherUnit.objects.filter(voucher__in=vouchers - {None}).select_related("band"):
        values[unit.voucher_id][unit.band.code] = unit.cents
    called: dict[int, set[date]] = defaultdict(set)
    for order_id, day in Cancellation.objects.filter(order__in=found).values_list(
        "order_id", "served_on"
    ):
        called[order_id].add(day)
    given = _given_back(found)
    return {
        one.pk: OrderMoney(
            order=one,
            parts=tuple(by_order[one.pk]),
            bands=bands.get(one.offer_id) if one.pattern else None,
            prices=tuple(prices[one.offer_id]),
            values=values,
            called_off=frozenset(called[one.pk]),
            given_back=frozenset(given[one.pk]),
        )
        for one in found
    }


def _holds(price: Price, on: date) -> bool:
    upper = price.valid.upper
    return price.valid.lower <= on and (upper is None or on < upper)


def _parts(orders: Sequence[Order]) -> dict[int, list[SliceMoney]]:
    counted = ~Q(visit__state=VisitState.REJECTED)
    rows = Slice.objects.filter(order__in=orders).annotate(
        now=F("hold__credits") - F("hold__debits"),
        used=Sum("visit__quantity_hundredths", filter=counted),
        waiting=Sum("visit__payable_cents", filter=Q(visit__state=VisitState.IN_REVIEW)),
    )
    found: dict[int, list[SliceMoney]] = defaultdict(list)
    for one in rows.order_by("order", "valid"):
        row: Any = one
        found[one.order_id].append(SliceMoney(one, row.now, row.used or 0, row.waiting or 0))
    return found


def _given_back(orders: Sequence[Order]) -> dict[int, set[date]]:
    kept = Change.objects.filter(
        client__in={one.client_id for one in orders},
        kind=ChangeKind.INTERRUPTION,
        undone_at__isnull=True,
    )
    found: dict[int, set[date]] = defaultdict(set)
    for facts in kept.values_list("facts", flat=True):
        for order_id, days in facts.get("days", {}).items():
            found[int(order_id)] |= {date.fromisoformat(day) for day in days}
    return found
