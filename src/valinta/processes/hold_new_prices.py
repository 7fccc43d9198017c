"""Orders placed before a new price was told hold enough for it, and those that lack are known.

A visit costs the price of its day. So when a price is told, what an order holds for the days from
then on changes by the difference, at once: the client sees what is left to use, and the company is
not refused later for a price that it told in time. What is held for days before stays as it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet

from valinta.catalogue.models import Offer, Price
from valinta.jobs.registry import job
from valinta.ledger.models import Account
from valinta.orders.models import Order
from valinta.orders.repricing_actions import hold_at_new_price, hold_what_lacks
from valinta.orders.states import OPEN
from valinta.processes.hand_in_file import must_be_system
from valinta.processes.stop_on_day import open_orders_after
from valinta.processes.worth_of_days import OrderMoney, SliceMoney, order_money
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor


@dataclass(frozen=True, slots=True)
class Rise:
    """What an order holds more (below zero: less) at a new price, and what of it is not there.

    `parts` are cents by the id of the slice; `lacking` cents in all.
    """

    order: Order
    parts: Mapping[int, int]
    lacking: int

    @property
    def cents(self) -> int:
        """What it costs more in all."""
        return sum(self.parts.values())


def what_prices_change(
    *, offer: Offer, prices: Mapping[str, int], period: Period
) -> tuple[Rise, ...]:
    """What the open orders of an offer cost more with these prices in the days; nothing is kept.

    `prices` are cents by time band; bands that are not named keep theirs. The oldest order is
    looked at first, and what it takes is not there for the next. A fixed number of queries.
    """
    orders = open_orders_after(period.starts_on, offer=offer, client__died_on=None)
    known: dict[str, list[Price]] = defaultdict(list)
    rows = Price.objects.filter(offer=offer, superseded_at__isnull=True).select_related("band")
    for one in rows:
        known[one.band.code].append(one)
    money = order_money(orders)
    changed = [
        (one, parts)
        for one in orders
        if (parts := _changes(money[one.pk], _Prices(known, prices, period)))
    ]
    sources = {part.part.source_id for one, _parts in changed for part in money[one.pk].parts}
    free = {key: one.balance_cents for key, one in Account.objects.in_bulk(sources).items()}
    return tuple(Rise(one, parts, _lacking(money[one.pk], parts, free)) for one, parts in changed)


def hold_new_prices(*, rises: Iterable[Rise], by: Actor, at: datetime) -> None:
    """Hold for the orders what they cost more, or give back what they cost less."""
    for one in rises:
        hold_at_new_price(order=one.order, changes=one.parts, by=by, at=at)


@job("hold_new_prices", each="25 2 * * *")
def hold_lacking(*, organiser_id: int, by: Actor, at: datetime) -> int:
    """Each morning, hold for orders that lack money at a new price what has become free since.

    Says for how many something still lacks.
    """
    must_be_system(by, organiser_id)
    orders = lacking_orders(at.date()).filter(organiser_id=organiser_id).select_related("client")
    return sum(hold_what_lacks(order=one, by=by, at=at) > 0 for one in orders)


def lacking_orders(today: date) -> QuerySet[Order]:
    """Open orders that lack money at a new price for a month that is not over."""
    return Order.objects.filter(
        state__in=OPEN,
        slices__lacking_cents__gt=0,
        slices__valid__overlap=(today, None),
        valid__overlap=F("slices__valid"),
    ).distinct()


@dataclass(frozen=True, slots=True)
class _Prices:
    """The prices of an offer by band as they are known, and as they are to be in some days."""

    known: Mapping[str, Sequence[Price]]
    new: Mapping[str, int]
    period: Period

    def on(self, day: date) -> dict[str, int]:
        """Cents of a unit by band on the day, as they are known."""
        return {
            band: one.cents for band, rows in self.known.items() for one in rows if day in one.valid
        }

    def then(self, day: date) -> dict[str, int]:
        """Cents of a unit by band on the day, as they are to be."""
        return self.on(day) | (dict(self.new) if self.period.contains(day) else {})


def _changes(money: OrderMoney, prices: _Prices) -> dict[int, int]:
    """What each slice costs more, by its id; those that cost the same are left out."""
    found = {}
    for one in money.parts:
        days = one.days.intersection(prices.period)
        if days is None:
            continue
        values = money.values.get(one.part.voucher_id or 0, {})
        voucher = values if one.part.voucher_id is not None else None
        if money.bands is None:
            found[one.part.pk] = _by_amount(one, days.starts_on, prices, voucher)
        else:
            found[one.part.pk] = _by_week(money, days, prices, voucher)
    return {part: cents for part, cents in found.items() if cents}


def _by_week(
    money: OrderMoney, days: Period, prices: _Prices, voucher: Mapping[str, int] | None
) -> int:
    """The difference of the visits that the week plans for the days."""
    sums: Counter[tuple[str, int, int]] = Counter()
    for visit in money.visits(days, money.given_back):
        before, after = prices.on(visit.on), prices.then(visit.on)
        if visit.band in before and visit.band in after:
            key = visit.band, before[visit.band], after[visit.band]
            sums[key] += visit.quantity_hundredths
    return sum(
        _payable(after, band, voucher, many) - _payable(before, band, voucher, many)
        for (band, before, after), many in sums.items()
    )


def _by_amount(
    money: SliceMoney, on: date, prices: _Prices, voucher: Mapping[str, int] | None
) -> int:
    """The difference of what is left of an amount, of which nobody knows the days.

    All of it may be used at the new price. Nor is its time band kept: when what is held is the
    price of one band, it is that; else the band that rises most, so that the money is enough.
    """
    left = max(money.part.quantity_hundredths - money.used, 0)
    base = max(money.held - money.waiting, 0) + money.part.lacking_cents
    before, after = prices.on(on), prices.then(on)
    pays = {
        band: (_payable(cents, band, voucher, left), _payable(after[band], band, voucher, left))
        for band, cents in before.items()
    }
    likely = [pay for pay in pays.values() if pay[0] == base] or [
        (base, -(-base * then // now)) for now, then in pays.values() if now
    ]
    return max((then for _now, then in likely), default=base) - base


def _payable(cents: int, band: str, voucher: Mapping[str, int] | None, quantity: int) -> int:
    unit = cents if voucher is None else min(cents, voucher.get(band, 0))
    return Money(unit).times(quantity).cents


def _lacking(money: OrderMoney, parts: Mapping[int, int], free: dict[int, int]) -> int:
    """What is not there of what the slices cost more; `free` is what is left afterwards."""
    lacking = 0
    for one in money.parts:
        cents, source = parts.get(one.part.pk, 0), one.part.source_id
        taken = min(cents, max(free[source], 0))
        free[source] -= taken
        if cents > 0 and not money.order.service.is_right:
            lacking += cents - taken
    return lacking
