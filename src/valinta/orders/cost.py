"""What an order costs, who pays it and what of it is held: the one place for these rules. Pure.

Quantities are hundredths of the unit by time band, prices and values whole cents for a unit. All
ways of ordering, and looking before ordering, come here. What is priced inside a statement of the
database takes its arithmetic from the `…_sql` functions; property tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from valinta.catalogue.queries import UnitPrice
from valinta.rules.voucher import split_quantity
from valinta.shared.money import Money

PriceOf = Callable[[str], UnitPrice]


@dataclass(frozen=True, slots=True)
class BandCost:
    """How much is ordered in a time band, its price, and who pays."""

    band: str
    quantity_hundredths: int
    price_cents: int
    payable_cents: int
    self_pay_cents: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a part of an order costs, band by band.

    `payable` is for the budget or voucher, `self_pay` is left to the client; together the price.
    """

    bands: tuple[BandCost, ...]

    @property
    def payable(self) -> Money:
        return Money(sum(one.payable_cents for one in self.bands))

    @property
    def self_pay(self) -> Money:
        return Money(sum(one.self_pay_cents for one in self.bands))

    @property
    def price(self) -> Money:
        return self.payable + self.self_pay


@dataclass(frozen=True, slots=True)
class Reach:
    """How far free money goes for a cost, in cents.

    `held` is there. `beyond` is not: an order with any is refused. `organiser` is what the
    organiser's funding pays past an empty pot.
    """

    held: int
    beyond: int
    organiser: int

    @property
    def asked(self) -> int:
        """What an order asks its pot or voucher to hold; with `beyond` it is refused."""
        return self.held + self.beyond


def cost_of(
    price_of: PriceOf,
    quantities: Mapping[str, int],
    values: Mapping[str, int] | None = None,
    free_by_law: bool = False,
) -> Cost:
    """What the quantities cost, each band rounded by itself; a band of nothing is left out.

    A budget (`values` None) pays the whole price. A voucher pays the lower of price and value, unit
    by unit, and the rest is the client's (act 569/2009 section 10). Raises what `price_of` raises,
    and FreeServiceAboveValueError.
    """
    bands = []
    for band, many in quantities.items():
        if not many:
            continue
        price = price_of(band)
        value = price.cents if values is None else values.get(price.band, 0)
        split = split_quantity(price.cents, value, many, values is not None and free_by_law)
        bands.append(
            BandCost(price.band, many, price.cents, split.payable_cents, split.self_pay_cents)
        )
    return Cost(tuple(bands))


def reach_of(cost: Money, free: Money, *, is_right: bool) -> Reach:
    """How far the free money of a pot goes.

    A subjective right is never stopped by an empty pot: what there is is held, and visits past it
    are paid by the organiser's funding and flagged. Vouchers stop where they are used up.
    """
    held = min(cost.cents, max(free.cents, 0))
    lacking = cost.cents - held
    return Reach(held, 0, lacking) if is_right else Reach(held, lacking, 0)


def amount_sql(cents: str, hundredths: str) -> str:
    """SQL for a quantity at a price of the unit, half up to the cent, as `Money.times`."""
    return f"({cents}::bigint * {hundredths} + 50) / 100"


def payable_sql(price: str, value: str, hundredths: str, on_budget: str) -> str:
    """SQL for what is payable of a band: on a budget the price, else the lower of price and value.

    A voucher without a value for the band pays nothing.
    """
    value = f"coalesce({value}, CASE WHEN {on_budget} THEN {price} ELSE 0 END)"
    return amount_sql(f"least({price}, {value})", hundredths)


def asked_sql(cost: str, free: str, is_right: str) -> str:
    """SQL for `Reach.asked`: all of the cost, but of a subjective right at most what is free."""
    return f"CASE WHEN {is_right} AND {cost} > {free} THEN {free} ELSE {cost} END"
