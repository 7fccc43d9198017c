"""The one place of rounding."""

from decimal import Decimal

import numpy as np
import pytest

from valinta.rules.rounding import (
    amount_cents,
    down_to_step,
    half_up,
    half_up_many,
    share_cents,
    up_to_step,
    whole_hours,
    whole_hours_many,
)


def test_a_half_goes_away_from_zero() -> None:
    assert [half_up(n, 2) for n in (1, 3, -1, -3, 2, 0)] == [1, 2, -1, -2, 1, 0]
    assert [half_up(n, 3) for n in (1, 2, 4, 5)] == [0, 1, 1, 2]


def test_a_negative_denominator_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="positive"):
        half_up(1, -2)
    with pytest.raises(ZeroDivisionError):
        half_up(1, 0)


def test_amounts_and_shares_are_rounded_to_the_cent() -> None:
    assert amount_cents(50, 4_001) == 2_001
    assert share_cents(84_700, 2_000) == 16_940
    assert share_cents(5, 1_000) == 1


def test_steps_favour_the_client() -> None:
    assert [up_to_step(cents, 10) for cents in (2_117, 2_120)] == [2_120, 2_120]
    assert [down_to_step(cents, 100) for cents in (16_940, 16_900)] == [16_900, 16_900]
    for step in (up_to_step, down_to_step):
        with pytest.raises(ValueError, match="at least one cent"):
            step(1, 0)


def test_arrays_are_rounded_as_single_figures_are() -> None:
    numerators = np.arange(0, 400, dtype=np.int64)
    for denominator in (1, 2, 3, 100):
        expected = [half_up(int(n), denominator) for n in numerators]
        assert half_up_many(numerators, denominator).tolist() == expected


def test_hours_of_one_and_many_are_counted_alike() -> None:
    hours = [n / 4 for n in range(60)]
    assert whole_hours_many(hours).tolist() == [whole_hours(Decimal(str(h))) for h in hours]
