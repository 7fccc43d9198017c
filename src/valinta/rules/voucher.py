"""Value of a service voucher and how a price is split: Act 569/2009 §§ 7 to 10.

The organiser decides the values, so they are data: by unit, time band and period. Here is only
what the act says to do with them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from valinta.rules.law import RuleError
from valinta.rules.rounding import Ints, amount_cents


class NoVoucherValueError(RuleError):
    """No value has been decided for this unit and time band on this day."""


class AmbiguousVoucherValueError(RuleError):
    """Two decided values hold for one unit and time band on one day."""


class FreeServiceAboveValueError(RuleError):
    """A service that is free by law would leave the client something to pay (§ 7)."""


@dataclass(frozen=True, slots=True)
class UnitValue:
    """One decided value: cents per unit in a band, from `starts_on` until before `ends_on`."""

    unit: str
    band: str
    cents: int
    starts_on: date
    ends_on: date | None
    reference: str

    def holds(self, unit: str, band: str, on: date) -> bool:
        """Whether this value is the one for a unit and band on a day (half-open period)."""
        in_period = self.starts_on <= on and (self.ends_on is None or on < self.ends_on)
        return in_period and (self.unit, self.band) == (unit, band)


class PriceSplit(NamedTuple):
    """What the organiser pays and what is left to the client; together they are the price."""

    payable_cents: int
    self_pay_cents: int


def value_of_unit(
    values: Iterable[UnitValue], *, unit: str, band: str, on: date, raised_to_cents: int = 0
) -> UnitValue:
    """The voucher value of one unit in a time band on a day.

    `raised_to_cents` is an individual decision under § 8, which can raise the value, never lower
    it. Raises NoVoucherValueError or AmbiguousVoucherValueError.
    """
    found = [value for value in values if value.holds(unit, band, on)]
    if not found:
        raise NoVoucherValueError(
            f"No voucher value for unit '{unit}' in band '{band}' on {on.isoformat()}. "
            f"Decide one for the service."
        )
    if len(found) > 1:
        raise AmbiguousVoucherValueError(
            f"{len(found)} voucher values hold for unit '{unit}' in band '{band}' on "
            f"{on.isoformat()}. End the earlier one."
        )
    decided = found[0]
    if raised_to_cents <= decided.cents:
        return decided
    return UnitValue(
        unit, band, raised_to_cents, decided.starts_on, decided.ends_on, "Act 569/2009 § 8"
    )


def values_by_multiplier(
    base: UnitValue, multipliers_hundredths: Mapping[str, int]
) -> list[UnitValue]:
    """Values of every band from a base value and a multiplier for each band (115 is 1.15 times)."""
    return [
        UnitValue(
            base.unit,
            band,
            amount_cents(multiplier, base.cents),
            base.starts_on,
            base.ends_on,
            base.reference,
        )
        for band, multiplier in multipliers_hundredths.items()
    ]


def split_price(price_cents: int, value_cents: int, free_by_law: bool) -> PriceSplit:
    """Split the price of one unit: the organiser pays the lower of price and value (§ 10).

    Raises FreeServiceAboveValueError when the service is free by law and the price is above the
    value: the price must come down or the value be raised to it (§ 7). RuleError for a negative.
    """
    if price_cents < 0 or value_cents < 0:
        raise RuleError("A price and a voucher value cannot be negative.")
    if free_by_law and price_cents > value_cents:
        raise FreeServiceAboveValueError(
            f"The service is free by law, but its price of {price_cents} cents is above the "
            f"voucher value of {value_cents} cents. Lower the price or raise the value."
        )
    payable = min(price_cents, value_cents)
    return PriceSplit(payable, price_cents - payable)


def split_quantity(
    price_cents: int, value_cents: int, quantity_hundredths: int, free_by_law: bool
) -> PriceSplit:
    """Split the price of a quantity (hundredths of a unit).

    The price of the whole quantity is rounded once, the payable part once, and self-pay is the
    difference, so the two always add up to the price. Errors as in `split_price`.
    """
    if quantity_hundredths < 0:
        raise RuleError("A quantity cannot be negative.")
    per_unit = split_price(price_cents, value_cents, free_by_law)
    price = amount_cents(quantity_hundredths, price_cents)
    payable = amount_cents(quantity_hundredths, per_unit.payable_cents)
    return PriceSplit(payable, price - payable)


def split_prices(price_cents: Ints, value_cents: Ints) -> tuple[Ints, Ints]:
    """`split_price` for arrays of services that may leave self-pay: payable, self-pay."""
    payable = np.minimum(price_cents, value_cents)
    return payable, price_cents - payable


def units_above_value(
    prices: Sequence[UnitValue], values: Sequence[UnitValue], *, on: date
) -> list[UnitValue]:
    """Prices that a provider of a free service may not have on a day, for a check at approval."""
    current = (price for price in prices if price.holds(price.unit, price.band, on))
    return [
        price
        for price in current
        if price.cents > value_of_unit(values, unit=price.unit, band=price.band, on=on).cents
    ]
