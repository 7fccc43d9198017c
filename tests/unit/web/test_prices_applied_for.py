"""Prices in an application: above zero, below the ceiling, and never a slip of the pen."""

from __future__ import annotations

import pytest

from valinta.web.provider.apply_forms import PricesForm, field_of

FIELD = field_of("cleaning", "day")


def told(price: str, ceiling: int | None) -> str:
    """What is said at the field of a price; nothing of a good one."""
    form = PricesForm({("cleaning", "day"): ceiling}, {"version": "1", FIELD: price})
    return str(form.errors.get(FIELD, [""])[0])


@pytest.mark.parametrize("price", ["", "32,50", "32.5", "40", "0,01"])
def test_a_price_up_to_the_ceiling_is_taken(price: str) -> None:
    assert told(price, 40_00) == ""


@pytest.mark.parametrize("price", ["40,01", "9999"])
def test_a_price_above_the_ceiling_is_told_with_the_ceiling(price: str) -> None:
    assert "40" in told(price, 40_00)


@pytest.mark.parametrize("price", ["0", "-1", "much", "1e3", "NaN", "9" * 17, "1000000,01"])
@pytest.mark.parametrize("ceiling", [None, 40_00])
def test_what_no_price_is_is_refused_with_and_without_a_ceiling(
    price: str, ceiling: int | None
) -> None:
    assert told(price, ceiling)
