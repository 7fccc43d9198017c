"""What always holds of the fees of the law."""

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from valinta.rules import home_care_fee, housing_fee

INCOMES = st.integers(min_value=0, max_value=5_000_000)
SIZES = st.integers(min_value=1, max_value=12)
HOURS = st.integers(min_value=0, max_value=200)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2025, 12, 31))
HOUSING_DAYS = st.dates(min_value=date(2021, 7, 1), max_value=date(2023, 12, 31))


def home_care(income: int, size: int, hours: int, on: date) -> int:
    return home_care_fee.monthly_fee(
        monthly_income_cents=income, household_size=size, service_hours_per_month=hours, on=on
    ).cents


@given(poorer=INCOMES, richer=INCOMES, size=SIZES, hours=HOURS, on=DAYS)
def test_more_income_never_lowers_a_home_care_fee(
    poorer: int, richer: int, size: int, hours: int, on: date
) -> None:
    assume(poorer <= richer)
    assert home_care(poorer, size, hours, on) <= home_care(richer, size, hours, on)


@given(income=INCOMES, size=SIZES, fewer=HOURS, more=HOURS, on=DAYS)
def test_more_hours_never_lower_a_home_care_fee(
    income: int, size: int, fewer: int, more: int, on: date
) -> None:
    assume(fewer <= more)
    assert home_care(income, size, fewer, on) <= home_care(income, size, more, on)


@given(income=INCOMES, size=SIZES, hours=HOURS, on=DAYS)
def test_a_larger_household_never_pays_more_from_the_same_income(
    income: int, size: int, hours: int, on: date
) -> None:
    assert home_care(income, size + 1, hours, on) <= home_care(income, size, hours, on)


@given(own=INCOMES, spouse=st.none() | INCOMES, on=HOUSING_DAYS)
def test_housing_leaves_the_allowance_or_the_whole_income(
    own: int, spouse: int | None, on: date
) -> None:
    fee = housing_fee.monthly_fee(net_income_cents=own, spouse_net_income_cents=spouse, on=on)
    assert 0 <= fee.cents <= own
    assert fee.left_cents >= min(own, fee.allowance_cents)
    assert fee.cents + fee.left_cents == own
