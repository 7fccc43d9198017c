"""What an order costs: the rules of price, rounding and voucher, without a database.

Quantities are hundredths of the unit by time band, prices and values cents for a unit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from valinta.catalogue.queries import UnitPrice
from valinta.rules.voucher import split_quantity
from valinta.shared.money import Money

PriceOf = Callable[[str], UnitPrice]


@dataclass(frozen=True, slots=True)
class Cost:
    """What the budget or voucher pays, and what is left to the client. Together the price."""

    payable: Money
    self_pay: Money

    @property
    def price(self) -> Money:
        return self.payable + self.self_pay


def budget_cost(price_of: PriceOf, quantities: Mapping[str, int]) -> Cost:
    """The price of every band, each rounded by itself; a budget pays the whole of it."""
    amounts = (Money(price_of(band).cents).times(many) for band, many in quantities.items())
    return Cost(Money.total(amounts), Money(0))


def voucher_cost(
    price_of: PriceOf, values: Mapping[str, int], quantities: Mapping[str, int], free_by_law: bool
) -> Cost:
    """The lower of price and value, unit by unit (act 569/2009 section 10); the rest is self-pay.

    Raises FreeServiceAboveValueError.
    """
    payable = self_pay = Money(0)
    for band, many in quantities.items():
        price = price_of(band)
        split = split_quantity(price.cents, values.get(price.band, 0), many, free_by_law)
        payable += Money(split.payable_cents)
        self_pay += Money(split.self_pay_cents)
    return Cost(payable, self_pay)
