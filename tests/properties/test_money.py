"""Laws of money that hold for every sum."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valinta.shared.money import Money, NotAnAmount, format_euros, half_up_div, parse_euros

CENTS = st.integers(-(10**14), 10**14)
SUMS = CENTS.map(Money)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any)


@given(SUMS, WEIGHTS)
def test_a_split_loses_nothing_and_is_fair_to_a_cent(money: Money, weights: list[int]) -> None:
    parts = money.split(weights)
    assert Money.total(parts) == money
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.cents - Fraction(money.cents * weight, sum(weights))) < 1
        assert weight or part == Money(0)


@given(SUMS, WEIGHTS)
def test_a_split_of_the_opposite_is_the_opposite_split(money: Money, weights: list[int]) -> None:
    assert (-money).split(weights) == [-part for part in money.split(weights)]


@given(SUMS, WEIGHTS, st.integers(1, 1000))
def test_only_the_proportions_of_weights_matter(
    money: Money, weights: list[int], factor: int
) -> None:
    assert money.split([weight * factor for weight in weights]) == money.split(weights)


@given(SUMS, SUMS, SUMS)
def test_sums_can_be_added_in_any_order(one: Money, two: Money, three: Money) -> None:
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert one + two - two == one
    assert Money.total([one, two, three]) == one + two + three


@given(SUMS, SUMS)
def test_order_is_the_order_of_differences(one: Money, two: Money) -> None:
    assert (one < two) == (one - two < Money(0))


@given(SUMS, st.sampled_from(["fi", "sv", "en"]))
def test_what_is_written_for_people_is_read_back_the_same(money: Money, language: str) -> None:
    assert parse_euros(format_euros(money, language)) == money


@given(st.text(max_size=60))
def test_any_text_is_an_amount_or_a_named_error(text: str) -> None:
    try:
        assert isinstance(parse_euros(text), Money)
    except NotAnAmount as refusal:
        assert refusal.text == text


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**12))
def test_rounding_agrees_with_decimal_arithmetic_and_mirrors(numerator: int, low: int) -> None:
    rounded = half_up_div(numerator, low)
    assert abs(Fraction(numerator, low) - rounded) <= Fraction(1, 2)
    assert half_up_div(-numerator, low) == -rounded
    assert half_up_div(-numerator, -low) == rounded


@given(CENTS, st.integers(-(10**6), 10**6))
def test_times_agrees_with_decimal_half_up(cents: int, hundredths: int) -> None:
    exact = Decimal(cents) * Decimal(hundredths) / 100
    assert Money(cents).times(hundredths).cents == int(exact.to_integral_value(ROUND_HALF_UP))


@given(SUMS, st.integers(0, 100))
def test_a_share_and_its_rest_are_within_a_cent_of_the_whole(money: Money, percent: int) -> None:
    both = money.share(percent) + money.share(100 - percent)
    assert abs((both - money).cents) <= 1
    assert money.share(100) == money


@given(SUMS, st.one_of(st.integers(), st.floats(), st.decimals(allow_nan=False)))
def test_no_bare_number_is_ever_added(money: Money, number: object) -> None:
    with pytest.raises(TypeError):
        money + number
