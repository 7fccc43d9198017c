"""What-if: what a basket would cost by the rules of ordering, and what would be left (KEU-6).

Nothing is written and nothing is held. The rules are those of `place_order`, so a basket that fits
costs exactly this when its lines are ordered in their order; a property test holds the two to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from valinta.clients.models import Enrolment
from valinta.orders.cost import Cost, Reach, cost_of, reach_of
from valinta.plans.states import Way
from valinta.processes.basket_facts import (
    BasketFacts,
    NoPriceThen,
    PotNow,
    VoucherNow,
    basket_facts,
)
from valinta.processes.order_rules import covering_refusal
from valinta.processes.tried import (
    LineTried,
    MonthTried,
    Obstacle,
    PartTried,
    Payer,
    PotTried,
    Tried,
    VoucherTried,
)
from valinta.rules.voucher import FreeServiceAboveValueError
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.wishes.models import BasketLine


def try_basket(*, enrolment: Enrolment, lines: Sequence[BasketLine], at: datetime) -> Tried:
    """Weigh one basket against the client's money as it is now."""
    return weigh(lines, basket_facts(enrolment=enrolment, lines=lines, at=at))


def weigh(lines: Sequence[BasketLine], facts: BasketFacts) -> Tried:
    """Weigh a basket: each line takes of what the lines before it leave."""
    till = _Till(facts)
    tried = tuple(_line(line, facts, till) for line in lines)
    return Tried(tried, _months(tried, facts, till), till.vouchers())


@dataclass(slots=True)
class _Till:
    """What is left as the lines take their money, by pot and voucher."""

    facts: BasketFacts
    pots: dict[int, int] = field(init=False)
    cents: dict[int, int] = field(init=False)
    quantities: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.pots = {pot.id: pot.cents for pot in self.facts.pots}
        self.cents = {one.id: one.cents for one in self.facts.vouchers}
        self.quantities = {one.id: one.quantity for one in self.facts.vouchers}

    def vouchers(self) -> tuple[VoucherTried, ...]:
        return tuple(
            VoucherTried(one.names, one.unit, one.quantity, self.quantities[one.id])
            for one in self.facts.vouchers
        )


def _line(line: BasketLine, facts: BasketFacts, till: _Till) -> LineTried:
    if line.ordered_at is not None:
        return LineTried(line)
    way = facts.ways.get(line.service_id)
    period = period_of(line, facts, way)
    if period is None:
        return LineTried(line, obstacle=Obstacle.PAST)
    parts = period.months() if line.each_month else [period]
    try:
        obstacle = _obstacle(line, period, facts)
        if obstacle is not None:
            return LineTried(line, period, None, (), obstacle)
        if way == Way.BUDGET:
            return _from_pots(line, period, parts, facts, till)
        if way == Way.VOUCHER:
            return _from_voucher(line, period, parts, facts, till)
        priced = tuple(PartTried(part, _price(line, part, facts)) for part in parts)
    except NoPriceThen:
        return LineTried(line, period, obstacle=Obstacle.NO_PRICE)
    except FreeServiceAboveValueError:
        return LineTried(line, period, obstacle=Obstacle.ABOVE_VALUE)
    return LineTried(line, period, None, priced, Obstacle.NOT_IN_PLAN)


def period_of(line: BasketLine, facts: BasketFacts, way: str | None) -> Period | None:
    """The days that an order of the line would be for, from today on; None when they are past.

    The decision's own first and last day cut a month short, but never leave a month out.
    """
    month = line.first_month
    year, number = divmod(month.year * 12 + month.month - 1 + line.months, 12)
    end = date(year, number + 1, 1)
    if end <= facts.on:
        return None
    wanted = Period(max(month, facts.on), end)
    if way == Way.VOUCHER:
        grants = [one.period for one in facts.vouchers if one.service_id == line.service_id]
    else:
        grants = [pot.period for pot in facts.pots if pot.service_id in (line.service_id, None)]
    ends = [one.ends_on for one in grants if one.ends_on is not None]
    if not ends:
        return wanted
    granted = Period(min(one.starts_on for one in grants), max(ends))
    cut = wanted.intersection(granted)
    same = cut is not None and len(cut.months()) == len(wanted.months())
    return cut if same else wanted


def _obstacle(line: BasketLine, period: Period, facts: BasketFacts) -> Obstacle | None:
    if not facts.is_enrolled:
        return Obstacle.NOT_ENROLLED
    if not all(facts.is_open(day) for day in (facts.on, period.starts_on, period.last_on)):
        return Obstacle.PROGRAMME_CLOSED
    if line.offer is not None and covering_refusal(line.offer, period, facts.on):
        return Obstacle.PROVIDER_NOT_APPROVED
    return None


def _price(line: BasketLine, part: Period, facts: BasketFacts) -> Cost:
    return cost_of(partial(facts.price_on, line, part.starts_on), line.quantities)


def _from_pots(
    line: BasketLine, period: Period, parts: Sequence[Period], facts: BasketFacts, till: _Till
) -> LineTried:
    pots: list[PotNow] = []
    for part in parts:
        pot = facts.pot(line.service_id, part)
        if pot is None:
            return LineTried(line, period, obstacle=Obstacle.NO_MONEY_THEN)
        pots.append(pot)
    costs = [_price(line, part, facts) for part in parts]
    tried = []
    for part, pot, cost in zip(parts, pots, costs, strict=True):
        reach = _take(till.pots, pot.id, cost, is_right=line.service.is_right)
        tried.append(PartTried(part, cost, reach.beyond, reach.organiser))
    payer = Payer.FREE if pots[0].service_id is None else Payer.KEPT
    return LineTried(line, period, payer, tuple(tried))


def _from_voucher(
    line: BasketLine, period: Period, parts: Sequence[Period], facts: BasketFacts, till: _Till
) -> LineTried:
    vouchers: list[VoucherNow] = []
    for part in parts:
        voucher = facts.voucher(line.service_id, part)
        if voucher is None:
            return LineTried(line, period, obstacle=Obstacle.NO_MONEY_THEN)
        vouchers.append(voucher)
    costs = [
        cost_of(
            partial(facts.price_on, line, part.starts_on),
            line.quantities,
            one.values,
            line.service.is_free_by_law,
        )
        for part, one in zip(parts, vouchers, strict=True)
    ]
    tried, short, quantity = [], 0, sum(line.quantities.values())
    for part, one, cost in zip(parts, vouchers, costs, strict=True):
        reach = _take(till.cents, one.id, cost, is_right=False)
        short += max(0, quantity - max(till.quantities[one.id], 0))
        till.quantities[one.id] = max(0, till.quantities[one.id] - quantity)
        tried.append(PartTried(part, cost, reach.beyond))
    return LineTried(line, period, Payer.VOUCHER, tuple(tried), short=short)


def _take(purses: dict[int, int], purse_id: int, cost: Cost, *, is_right: bool) -> Reach:
    """Take the cost of a part out of what is left in a pot or voucher, as far as that goes."""
    reach = reach_of(cost.payable, Money(purses[purse_id]), is_right=is_right)
    purses[purse_id] -= reach.held
    return reach


def _months(tried: Sequence[LineTried], facts: BasketFacts, till: _Till) -> tuple[MonthTried, ...]:
    """The months that the basket touches, each with the pots of it."""
    parts = [part for one in tried if one.obstacle is None for part in one.parts]
    months = sorted({part.period.starts_on.replace(day=1) for part in parts})
    return tuple(_month(month, parts, facts, till) for month in months)


def _month(month: date, parts: Sequence[PartTried], facts: BasketFacts, till: _Till) -> MonthTried:
    own = [part for part in parts if part.period.starts_on.replace(day=1) == month]
    pots = [pot for pot in facts.pots if pot.period.starts_on.replace(day=1) == month]
    free = [pot for pot in pots if pot.service_id is None]
    return MonthTried(
        month=month,
        free=PotTried({}, sum(p.cents for p in free), sum(till.pots[p.id] for p in free)),
        kept=tuple(
            PotTried(pot.names, pot.cents, till.pots[pot.id])
            for pot in pots
            if pot.service_id is not None
        ),
        beyond=sum(part.beyond for part in own),
        self_pay=sum(part.cost.self_pay.cents for part in own),
    )


__all__ = ["LineTried", "Obstacle", "Payer", "Tried", "basket_facts", "try_basket", "weigh"]
