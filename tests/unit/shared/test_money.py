"""What money does and refuses, case by case."""

import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

from valinta.shared.money import (
    LanguageNotKnown,
    Money,
    NotAnAmount,
    NotSplittable,
    format_euros,
    half_up_div,
    parse_euros,
)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0),
        ("1240", 124000),
        ("12,5", 1250),
        ("12.50", 1250),
        ("0,01", 1),
        ("1 240,50 €", 124050),
        ("1\u00a0240,50\u00a0€", 124050),
        ("1\u202f240\u202f000", 124000000),
        ("€1,240.50", 124050),
        ("EUR 12.00", 1200),
        ("12,00eur", 1200),
        ("1.240,50", 124050),
        ("-12,50", -1250),
        ("\u221212,50 €", -1250),
        ("-€12.50", -1250),
        ("€ -12.50", -1250),
        ("  7  ", 700),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, cents: int) -> None:
    assert parse_euros(text) == Money(cents)
    assert Money.of(text) == Money(cents)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "€", "abc", "12,345", "1,240", "1.240", "1 24", "12 3456", "1,2,3", "12,",
        ",50", "1e3", "0x10", "NaN", "--5", "-€-5", "€5€", "€ 5 EUR", "5 $", "٣", "½", "5\n6",
        "1,240 000.00", "1" * 60,
    ],
)  # fmt: skip
def test_text_that_is_no_single_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount, match="not an amount in euros"):
        parse_euros(text)


@pytest.mark.parametrize("wrong", [1.5, "12", None, True, Decimal(5), Fraction(1)])
def test_money_is_made_of_whole_cents_only(wrong: object) -> None:
    with pytest.raises(TypeError, match="whole cents"):
        Money(wrong)


@pytest.mark.parametrize("number", [5, 5.0, Decimal(5), Fraction(5), True])
def test_a_bare_number_is_a_type_error_wherever_money_is_asked_for(number: object) -> None:
    money = Money(500)
    attempts = (
        lambda: money + number,
        lambda: number + money,
        lambda: money - number,
        lambda: money < number,
        lambda: money >= number,
        lambda: money == number,
        lambda: money != number,
    )
    for attempt in attempts:
        with pytest.raises(TypeError):
            attempt()


@pytest.mark.parametrize("factor", [1.5, Decimal(2), True, Money(2)])
def test_money_is_multiplied_by_whole_numbers_only(factor: object) -> None:
    with pytest.raises(TypeError):
        Money(100) * factor


def test_text_is_required_where_text_is_read() -> None:
    with pytest.raises(TypeError, match="read from text"):
        Money.of(12)


def test_arithmetic_stays_in_cents() -> None:
    assert Money(1050) + Money(-50) == Money(1000)
    assert Money(1050) - Money(2000) == Money(-950)
    assert Money(333) * 3 == Money(999)
    assert -Money(5) == Money(-5)
    assert Money.total([]) == Money(0)
    assert Money.total([Money(1), Money(2), Money(3)]) == Money(6)


def test_money_is_ordered_hashed_and_tested_for_zero_by_its_cents() -> None:
    assert Money(-1) < Money(0) < Money(1)
    assert max(Money(3), Money(7)) == Money(7)
    assert len({Money(5), Money(5), Money(6)}) == 2
    assert Money(1)
    assert not Money(0)
    assert Money(5) != "5"


def test_money_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Money(5).cents = 6


def test_money_survives_a_queue() -> None:
    assert pickle.loads(pickle.dumps(Money(-1250))) == Money(-1250)


@pytest.mark.parametrize(
    ("numerator", "denominator", "quotient"),
    [
        (5, 10, 1), (4, 10, 0), (15, 10, 2), (25, 10, 3), (-5, 10, -1), (-4, 10, 0), (-15, 10, -2),
        (5, -10, -1), (-5, -10, 1), (0, 7, 0), (7, 7, 1), (1, 3, 0), (2, 3, 1),
    ],
)  # fmt: skip
def test_halves_are_rounded_away_from_zero(numerator: int, denominator: int, quotient: int) -> None:
    assert half_up_div(numerator, denominator) == quotient


def test_nothing_is_divided_by_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        half_up_div(1, 0)


@pytest.mark.parametrize(
    ("cents", "hundredths", "expected"),
    [(3333, 150, 5000), (1, 50, 1), (1, 49, 0), (-1, 50, -1), (2999, 25, 750), (1000, 0, 0)],
)
def test_a_price_times_a_quantity_is_half_up_to_the_cent(
    cents: int, hundredths: int, expected: int
) -> None:
    assert Money(cents).times(hundredths) == Money(expected)


def test_a_quantity_is_counted_in_whole_hundredths() -> None:
    with pytest.raises(TypeError, match="hundredths"):
        Money(100).times(1.5)


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(50, 1), (100, 1), (49, 0), (Decimal("33.3"), 0), (Fraction(200, 3), 1), (250, 3)],
)
def test_a_share_is_half_up_to_the_cent(percent: int | Decimal | Fraction, expected: int) -> None:
    assert Money(1).share(percent) == Money(expected)


def test_a_share_is_exact_where_floats_are_not() -> None:
    assert Money(100_000_000_000_000_001).share(Decimal("10")) == Money(10_000_000_000_000_000)
    with pytest.raises(TypeError, match="percentage"):
        Money(100).share(33.3)


@pytest.mark.parametrize(
    ("cents", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (100, [0, 1, 0, 2], [0, 33, 0, 67]),
        (5, [1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 0, 0]),
        (0, [3, 4], [0, 0]),
        (99, [7], [99]),
    ],
)
def test_a_split_gives_left_over_cents_to_who_lost_most(
    cents: int, weights: list[int], parts: list[int]
) -> None:
    assert [part.cents for part in Money(cents).split(weights)] == parts


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [-1, 2], [3, -1]])
def test_weights_that_say_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(NotSplittable, match="cannot be split"):
        Money(100).split(weights)


@pytest.mark.parametrize("weights", [[0.5, 0.5], [True, 1]])
def test_weights_are_whole_numbers(weights: list[int]) -> None:
    with pytest.raises(TypeError, match="weight"):
        Money(100).split(weights)


@pytest.mark.parametrize(
    ("cents", "language", "text"),
    [
        (124000, "fi", "1\u00a0240,00\u00a0€"),
        (124000, "sv", "1\u00a0240,00\u00a0€"),
        (124000, "en", "€1,240.00"),
        (-123456789, "fi", "\u22121\u00a0234\u00a0567,89\u00a0€"),
        (-5, "en", "-€0.05"),
        (7, "sv-fi", "0,07\u00a0€"),
        (7, "en_GB", "€0.07"),
    ],
)
def test_money_is_written_as_each_language_writes_it(cents: int, language: str, text: str) -> None:
    assert format_euros(Money(cents), language) == text


def test_a_language_nobody_wrote_rules_for_is_refused() -> None:
    with pytest.raises(LanguageNotKnown, match="fi, sv or en"):
        format_euros(Money(1), "de")


def test_money_in_a_log_names_its_currency() -> None:
    assert str(Money(-1205)) == "-12.05 EUR"
