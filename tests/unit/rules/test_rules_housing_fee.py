"""Fee of long-term care round the clock: Act 734/1992 § 7 c."""

from datetime import date

import pytest

from valinta.rules.annual_ceiling import ceiling
from valinta.rules.housing_fee import CareForm, monthly_fee, monthly_fees
from valinta.rules.law import FigureNotInForceError

IN_2023 = date(2023, 6, 15)


def test_the_fee_is_at_most_85_percent_of_net_income() -> None:
    fee = monthly_fee(net_income_cents=200_000, on=IN_2023)
    assert (fee.cents, fee.left_cents) == (170_000, 30_000)
    assert not fee.limited_by_allowance
    assert "§ 7 c" in fee.reference


def test_the_spending_allowance_is_always_left() -> None:
    fee = monthly_fee(net_income_cents=100_000, on=IN_2023)
    assert (fee.cents, fee.left_cents, fee.limited_by_allowance) == (83_300, 16_700, True)


def test_an_income_below_the_allowance_bears_no_fee() -> None:
    assert monthly_fee(net_income_cents=16_000, on=IN_2023).cents == 0


def test_the_larger_income_of_a_couple_is_assessed_jointly() -> None:
    fee = monthly_fee(net_income_cents=200_000, spouse_net_income_cents=100_000, on=IN_2023)
    assert (fee.cents, fee.assessed_jointly) == (127_500, True)


@pytest.mark.parametrize("spouse", [200_000, 250_000])
def test_the_smaller_or_equal_income_of_a_couple_is_assessed_alone(spouse: int) -> None:
    fee = monthly_fee(net_income_cents=200_000, spouse_net_income_cents=spouse, on=IN_2023)
    assert (fee.cents, fee.assessed_jointly) == (170_000, False)


def test_joint_assessment_leaves_the_allowance_out_of_own_income() -> None:
    fee = monthly_fee(net_income_cents=60_000, spouse_net_income_cents=59_000, on=IN_2023)
    assert fee.cents == 60_000 - 16_700


@pytest.mark.parametrize(
    ("form", "on", "allowance"),
    [
        (CareForm.HOUSING, date(2021, 7, 1), 16_400),
        (CareForm.HOUSING, date(2022, 1, 1), 16_700),
        (CareForm.FAMILY_CARE, IN_2023, 16_700),
        (CareForm.INSTITUTION, IN_2023, 11_200),
    ],
)
def test_each_form_of_care_has_its_dated_allowance(
    form: CareForm, on: date, allowance: int
) -> None:
    assert monthly_fee(net_income_cents=100_000, on=on, form=form).allowance_cents == allowance


def test_a_year_without_a_sourced_allowance_needs_a_confirmed_one() -> None:
    with pytest.raises(FigureNotInForceError):
        monthly_fee(net_income_cents=100_000, on=date(2026, 1, 1))
    fee = monthly_fee(
        net_income_cents=100_000, on=date(2026, 1, 1), confirmed_allowance_cents=19_000
    )
    assert fee.left_cents == 19_000


def test_nothing_is_computed_before_the_section_was_in_force() -> None:
    with pytest.raises(FigureNotInForceError):
        monthly_fees(
            net_income_cents=[100_000], on=date(2021, 6, 30), confirmed_allowance_cents=16_000
        )


def test_many_clients_get_what_each_would_get_alone() -> None:
    incomes = [0, 16_700, 50_001, 111_333, 111_334, 250_003]
    many = monthly_fees(net_income_cents=incomes, on=IN_2023).tolist()
    assert many == [monthly_fee(net_income_cents=own, on=IN_2023).cents for own in incomes]


@pytest.mark.parametrize(
    ("on", "euros"),
    [
        (date(2017, 5, 1), 691),
        (date(2021, 5, 1), 683),
        (date(2023, 12, 31), 692),
        (date(2024, 1, 1), 762),
        (date(2026, 11, 22), 815),
    ],
)
def test_the_annual_ceiling_is_that_of_the_year(on: date, euros: int) -> None:
    assert ceiling(on=on).value == euros * 100


def test_the_ceiling_of_an_unsourced_year_is_not_guessed() -> None:
    with pytest.raises(FigureNotInForceError):
        ceiling(on=date(2018, 5, 1))
