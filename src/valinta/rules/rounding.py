"""Every rounding that the rules make, in one place.

Money is whole cents. A ratio of integers is rounded exactly, without floats, so that one person and
a million people get the same cent. Hours follow Act 734/1992 § 10 e as organisers apply it: part
hours go to the nearest whole hour, a half goes up.
"""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]

#: A quantity is counted in hundredths of its unit, a share in hundredths of a percent.
QUANTITY_SCALE = 100
SHARE_SCALE = 10_000


def half_up(numerator: int, denominator: int) -> int:
    """Round numerator/denominator to the nearest whole, a half away from zero.

    A negative amount mirrors the positive one, so a correction takes back exactly what was posted.
    Raises ZeroDivisionError when the denominator is zero, ValueError when it is negative.
    """
    if denominator < 0:
        raise ValueError("The denominator of a rounding must be positive.")
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return whole if numerator >= 0 else -whole


def half_up_many(numerators: Ints, denominator: int) -> Ints:
    """`half_up` for an array of non-negative numerators."""
    return (numerators + denominator // 2) // denominator


def amount_cents(quantity_hundredths: int, unit_cents: int) -> int:
    """Cents for a quantity (hundredths of a unit) at a price per unit, half up to the cent."""
    return half_up(quantity_hundredths * unit_cents, QUANTITY_SCALE)


def share_cents(base_cents: int, share_hundredths: int) -> int:
    """Cents of a share (hundredths of a percent) of a base, half up to the cent."""
    return half_up(base_cents * share_hundredths, SHARE_SCALE)


def whole_hours(hours: Decimal | float) -> int:
    """Service hours as the fee table counts them: the nearest whole hour, a half goes up.

    Any service at all counts as an hour: the table's first row is for four hours or fewer.
    """
    exact = hours if isinstance(hours, Decimal) else Decimal(str(hours))
    whole = int(exact.to_integral_value(rounding=ROUND_HALF_UP))
    return max(whole, 1) if exact > 0 else whole


def whole_hours_many(hours: ArrayLike) -> Ints:
    """`whole_hours` for an array of non-negative hours."""
    exact = np.asarray(hours, dtype=np.float64)
    whole = np.floor(exact + 0.5).astype(np.int64)
    return np.where(exact > 0, np.maximum(whole, 1), whole)


def up_to_step(cents: int, step_cents: int) -> int:
    """Raise an amount to the next multiple of a step: a voucher value in the client's favour."""
    if step_cents <= 0:
        raise ValueError("A rounding step must be at least one cent.")
    return -(-cents // step_cents) * step_cents


def down_to_step(cents: int, step_cents: int) -> int:
    """Lower an amount to a multiple of a step: a fee in the client's favour."""
    if step_cents <= 0:
        raise ValueError("A rounding step must be at least one cent.")
    return cents // step_cents * step_cents
