"""Home-care fee: Act 734/1992 § 10 e, and the decree before it."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from valinta.rules.home_care_fee import (
    ConfirmedLimits,
    LocalPercentAboveLawError,
    monthly_fee,
    monthly_fees,
    monthly_hours,
)
from valinta.rules.law import AmountOutOfRangeError, FigureNotInForceError, RuleError

MAY_2024 = date(2024, 5, 3)
CONFIRMED = ConfirmedLimits(
    by_household_cents=(70_000, 130_000, 200_000, 250_000, 300_000, 350_000),
    further_person_cents=42_000,
    reference="Board 12.1.2026 § 4",
)


def percent_by_closed_form(hours: int, household: int) -> Decimal:
    """The fee table as a rule of thumb, worked out apart from the stored table."""
    column = min(household, 6) - 1
    start = (8, 7, 6, 6, 6, 6)[column]
    early = (2, Decimal("1.75"), Decimal("1.5"))[min(column, 2)]
    middle = (1, Decimal("0.75"), Decimal("0.5"))[min(column, 2)]
    cap = (35, 24, 19, 16, 14, 12)[column]
    to_8 = max(min(hours, 8) - 4, 0) * early
    to_16 = max(min(hours, 16) - 8, 0) * middle
    after = max(hours - 16, 0) * Decimal("0.5")
    return min(start + to_8 + to_16 + after, Decimal(cap))


@pytest.mark.parametrize("household", range(1, 8))
@pytest.mark.parametrize("hours", range(1, 61))
def test_every_row_of_the_table_agrees_with_the_closed_form(hours: int, household: int) -> None:
    fee = monthly_fee(
        monthly_income_cents=1_000_000,
        household_size=household,
        service_hours_per_month=hours,
        on=MAY_2024,
    )
    assert fee.percent == percent_by_closed_form(hours, household)


@pytest.mark.parametrize(
    ("on", "household", "euros"),
    [
        (date(2020, 1, 1), 1, 588),
        (date(2020, 1, 1), 7, 2924 + 357),
        (date(2021, 6, 30), 8, 2924 + 2 * 357),
        (date(2021, 7, 1), 2, 1084),
        (date(2021, 7, 1), 7, 2924 + 350),
        (date(2022, 1, 1), 3, 1731),
        (date(2023, 12, 31), 7, 2976 + 356),
        (date(2024, 1, 1), 1, 653),
        (date(2025, 12, 31), 4, 2338),
        (date(2025, 12, 31), 9, 3251 + 3 * 389),
    ],
)
def test_income_limits_change_on_their_day(on: date, household: int, euros: int) -> None:
    fee = monthly_fee(
        monthly_income_cents=0, household_size=household, service_hours_per_month=10, on=on
    )
    assert fee.income_limit_cents == euros * 100
    assert fee.cents == 0


@pytest.mark.parametrize(
    ("on", "euros"),
    [
        (date(2020, 12, 31), (588, 1084, 1701, 2103, 2546, 2924, 3281)),
        (date(2021, 12, 31), (588, 1084, 1701, 2103, 2546, 2924, 3274)),
        (date(2022, 7, 1), (598, 1103, 1731, 2140, 2591, 2976, 3332)),
        (date(2025, 7, 1), (653, 1205, 1891, 2338, 2830, 3251, 3640)),
    ],
)
def test_the_limits_of_every_household_are_those_published(
    on: date, euros: tuple[int, ...]
) -> None:
    many = monthly_fees(
        monthly_income_cents=[0] * 7,
        household_size=range(1, 8),
        service_hours_per_month=[10] * 7,
        on=on,
    )
    assert many.income_limit_cents.tolist() == [limit * 100 for limit in euros]


def test_the_worked_example_of_2024_is_169_euros_40() -> None:
    fee = monthly_fee(
        monthly_income_cents=150_000,
        household_size=1,
        service_hours_per_month=Decimal(12),
        on=MAY_2024,
    )
    assert fee.cents == 16_940
    assert fee.percent == 20
    assert fee.income_over_limit_cents == 84_700
    assert "§ 10 e" in fee.reference
    assert "1.1.2024" in fee.reference


def test_before_july_2021_the_share_depends_on_the_household_alone() -> None:
    shares = [
        monthly_fee(
            monthly_income_cents=500_000,
            household_size=size,
            service_hours_per_month=hours,
            on=date(2021, 6, 30),
        ).percent
        for hours in (5, 50)
        for size in (1, 2, 6, 8)
    ]
    assert shares == [35, 22, 11, 9] * 2


def test_the_old_share_never_falls_below_zero() -> None:
    fee = monthly_fee(
        monthly_income_cents=9_000_000,
        household_size=20,
        service_hours_per_month=10,
        on=date(2020, 3, 1),
    )
    assert fee.percent == 0
    assert fee.cents == 0


@pytest.mark.parametrize(
    ("hours", "counted"),
    [
        (Decimal("12.49"), 12),
        (Decimal("12.5"), 13),
        (12.5, 13),
        (Decimal("0.2"), 1),
        (0, 0),
    ],
)
def test_part_hours_go_to_the_nearest_whole_hour_and_a_half_goes_up(
    hours: Decimal | float, counted: int
) -> None:
    fee = monthly_fee(
        monthly_income_cents=200_000,
        household_size=1,
        service_hours_per_month=hours,
        on=MAY_2024,
    )
    assert fee.service_hours == counted
    assert (fee.cents > 0) == (counted > 0)


def test_a_cent_is_rounded_half_up() -> None:
    fee = monthly_fee(
        monthly_income_cents=65_300 + 1_250,
        household_size=1,
        service_hours_per_month=5,
        on=MAY_2024,
    )
    assert fee.cents == 125
    half = monthly_fee(
        monthly_income_cents=65_300 + 5, household_size=1, service_hours_per_month=5, on=MAY_2024
    )
    assert half.cents == 1


@pytest.mark.parametrize("on", [date(2019, 12, 31), date(2026, 1, 1)])
def test_a_day_without_sourced_figures_is_refused_and_says_how_to_mend_it(on: date) -> None:
    with pytest.raises(FigureNotInForceError, match="Enter it with its reference"):
        monthly_fee(
            monthly_income_cents=150_000, household_size=1, service_hours_per_month=12, on=on
        )
    with pytest.raises(FigureNotInForceError):
        monthly_fees(
            monthly_income_cents=[150_000],
            household_size=[1],
            service_hours_per_month=[12],
            on=on,
        )


def test_confirmed_limits_stand_in_for_a_year_without_sourced_ones() -> None:
    fee = monthly_fee(
        monthly_income_cents=170_000,
        household_size=1,
        service_hours_per_month=12,
        on=date(2026, 2, 1),
        confirmed_limits=CONFIRMED,
    )
    assert fee.cents == 20_000
    assert fee.reference.startswith("Board 12.1.2026 § 4")
    many = monthly_fees(
        monthly_income_cents=[170_000, 500_000],
        household_size=[1, 8],
        service_hours_per_month=[12, 12],
        on=date(2026, 2, 1),
        confirmed_limits=CONFIRMED,
    )
    assert many.income_limit_cents.tolist() == [70_000, 434_000]
    assert many.cents.tolist() == [20_000, 7_920]


def test_the_organisers_lower_share_is_used_and_a_higher_one_refused() -> None:
    def fee(local: int) -> int:
        return monthly_fee(
            monthly_income_cents=165_300,
            household_size=1,
            service_hours_per_month=12,
            on=MAY_2024,
            local_percent_hundredths=local,
        ).cents

    assert fee(1_500) == 15_000
    assert fee(2_000) == 20_000
    with pytest.raises(LocalPercentAboveLawError):
        fee(2_001)


def test_a_fee_never_exceeds_what_the_service_costs() -> None:
    fee = monthly_fee(
        monthly_income_cents=165_300,
        household_size=1,
        service_hours_per_month=12,
        on=MAY_2024,
        production_cost_cents=19_999,
    )
    assert (fee.cents, fee.capped_by_cost) == (19_999, True)
    free = monthly_fee(
        monthly_income_cents=165_300,
        household_size=1,
        service_hours_per_month=12,
        on=MAY_2024,
        production_cost_cents=20_000,
    )
    assert (free.cents, free.capped_by_cost) == (20_000, False)


@pytest.mark.parametrize("on", [date(2020, 6, 1), date(2021, 7, 1), date(2022, 6, 1), MAY_2024])
def test_one_and_many_agree_to_the_cent(on: date) -> None:
    draw = np.random.default_rng(734)
    incomes = draw.integers(0, 700_000, 200)
    sizes = draw.integers(1, 10, 200)
    hours = draw.integers(0, 180, 200) * 0.25
    many = monthly_fees(
        monthly_income_cents=incomes, household_size=sizes, service_hours_per_month=hours, on=on
    )
    for i in range(200):
        one = monthly_fee(
            monthly_income_cents=int(incomes[i]),
            household_size=int(sizes[i]),
            service_hours_per_month=float(hours[i]),
            on=on,
        )
        assert one.cents == many.cents[i]
        assert int(one.percent * 100) == many.percent_hundredths[i]
        assert one.income_limit_cents == many.income_limit_cents[i]


@pytest.mark.parametrize(
    ("income", "size", "hours", "error"),
    [
        (-1, 1, 10, AmountOutOfRangeError),
        (2**31, 1, 10, AmountOutOfRangeError),
        (100, 0, 10, RuleError),
        (100, 1_001, 10, RuleError),
        (100, 1, -1, AmountOutOfRangeError),
    ],
)
def test_impossible_figures_are_refused(
    income: int, size: int, hours: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        monthly_fee(
            monthly_income_cents=income,
            household_size=size,
            service_hours_per_month=hours,
            on=MAY_2024,
        )


def test_arrays_of_different_lengths_are_refused() -> None:
    with pytest.raises(RuleError, match="different lengths"):
        monthly_fees(
            monthly_income_cents=[1, 2],
            household_size=[1],
            service_hours_per_month=[1, 2],
            on=MAY_2024,
        )


def test_cents_must_be_whole() -> None:
    with pytest.raises(AmountOutOfRangeError, match="whole numbers"):
        monthly_fees(
            monthly_income_cents=[1.5],
            household_size=[1],
            service_hours_per_month=[1],
            on=MAY_2024,
        )


def test_weekly_hours_become_monthly_by_the_organisers_practice() -> None:
    assert monthly_hours(Decimal(7), month_days=Decimal(30)) == 30
