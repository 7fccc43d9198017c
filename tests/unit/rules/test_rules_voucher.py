"""Voucher values and the split of a price: Act 569/2009."""

from datetime import date

import numpy as np
import pytest

from valinta.rules.income_tested_voucher import (
    policy_of_former_act,
    value_by_client_fee,
    value_of_hour,
)
from valinta.rules.law import FigureNotInForceError, RuleError
from valinta.rules.voucher import (
    AmbiguousVoucherValueError,
    FreeServiceAboveValueError,
    NoVoucherValueError,
    UnitValue,
    split_price,
    split_prices,
    split_quantity,
    units_above_value,
    value_of_unit,
    values_by_multiplier,
)

MARCH = date(2023, 3, 1)
APRIL = date(2023, 4, 1)


def value(cents: int, *, unit: str = "hour", band: str = "day", since: date = MARCH) -> UnitValue:
    return UnitValue(unit, band, cents, since, None, "Board 1.2.2023 § 9")


def test_the_value_is_that_of_the_unit_the_band_and_the_day() -> None:
    values = [
        UnitValue("day", "any", 16_000, date(2023, 1, 1), APRIL, "first"),
        UnitValue("day", "any", 18_000, APRIL, None, "second"),
        value(3_600),
        value(4_140, band="evening"),
    ]
    assert value_of_unit(values, unit="day", band="any", on=date(2023, 3, 31)).cents == 16_000
    assert value_of_unit(values, unit="day", band="any", on=APRIL).reference == "second"
    assert value_of_unit(values, unit="hour", band="evening", on=APRIL).cents == 4_140


def test_a_missing_value_is_named() -> None:
    with pytest.raises(NoVoucherValueError, match="band 'sunday' on 2023-04-01"):
        value_of_unit([value(3_600)], unit="hour", band="sunday", on=APRIL)
    with pytest.raises(NoVoucherValueError):
        value_of_unit([value(3_600)], unit="hour", band="day", on=date(2023, 2, 28))


def test_two_values_at_once_are_refused() -> None:
    with pytest.raises(AmbiguousVoucherValueError):
        value_of_unit([value(3_600), value(3_700)], unit="hour", band="day", on=APRIL)


def test_an_individual_decision_can_raise_a_value_but_never_lower_it() -> None:
    def cents(raised: int) -> int:
        return value_of_unit(
            [value(3_600)], unit="hour", band="day", on=APRIL, raised_to_cents=raised
        ).cents

    assert [cents(raised) for raised in (0, 3_000, 3_600, 4_000)] == [3_600, 3_600, 3_600, 4_000]


def test_bands_may_be_multiples_of_a_base_value() -> None:
    values = values_by_multiplier(value(3_600), {"day": 100, "evening": 115, "sunday": 200})
    assert {v.band: v.cents for v in values} == {"day": 3_600, "evening": 4_140, "sunday": 7_200}


def test_the_organiser_pays_the_lower_of_price_and_value() -> None:
    assert split_price(4_000, 3_600, False) == (3_600, 400)
    assert split_price(3_500, 3_600, False) == (3_500, 0)


def test_a_service_free_by_law_leaves_nothing_to_pay() -> None:
    assert split_price(3_600, 3_600, True) == (3_600, 0)
    with pytest.raises(FreeServiceAboveValueError, match="Lower the price or raise the value"):
        split_price(3_601, 3_600, True)


def test_negative_prices_values_and_quantities_are_refused() -> None:
    for price, voucher in ((-1, 1), (1, -1)):
        with pytest.raises(RuleError):
            split_price(price, voucher, False)
    with pytest.raises(RuleError):
        split_quantity(1, 1, -1, False)


def test_a_quantity_is_rounded_once_and_self_pay_is_the_rest() -> None:
    assert split_quantity(4_001, 3_601, 50, False) == (1_801, 200)


def test_arrays_are_split_as_single_prices_are() -> None:
    payable, self_pay = split_prices(np.array([4_000, 3_500]), np.array([3_600, 3_600]))
    assert (payable.tolist(), self_pay.tolist()) == ([3_600, 3_500], [400, 0])


def test_prices_above_the_value_of_a_free_service_are_found_before_approval() -> None:
    prices = [value(3_700), value(4_000, band="evening"), value(9_999, since=date(2024, 1, 1))]
    values = [value(3_600), value(4_100, band="evening")]
    assert [p.cents for p in units_above_value(prices, values, on=APRIL)] == [3_700]


@pytest.mark.parametrize(
    ("income", "household", "cents"),
    [
        (56_300, 1, 2_700),
        (156_300, 1, 2_700 - 583),
        (900_000, 1, 700),
        (203_900, 2, 2_700 - 367),
        (279_900 + 34_200 + 60_000, 7, 2_700 - 100),
    ],
)
def test_the_former_formula_lowers_the_value_to_its_floor(
    income: int, household: int, cents: int
) -> None:
    policy = policy_of_former_act(on=date(2014, 6, 1))
    found = value_of_hour(policy, monthly_income_cents=income, household_size=household)
    assert found.cents == cents
    assert found.at_floor == (cents == 700)
    assert found.reduction_cents == 2_700 - cents


def test_a_value_may_be_rounded_up_in_the_clients_favour() -> None:
    policy = policy_of_former_act(on=date(2014, 6, 1), step_cents=10)
    found = value_of_hour(policy, monthly_income_cents=156_300, household_size=1)
    assert found.cents == 2_120


def test_the_former_formula_is_not_offered_after_the_act_was_repealed() -> None:
    with pytest.raises(FigureNotInForceError):
        policy_of_former_act(on=date(2015, 4, 1))


def test_an_impossible_household_is_refused() -> None:
    policy = policy_of_former_act(on=date(2014, 6, 1))
    for income, household in ((-1, 1), (1, 0)):
        with pytest.raises(RuleError):
            value_of_hour(policy, monthly_income_cents=income, household_size=household)


def test_a_value_can_leave_the_client_the_cost_of_the_monthly_fee() -> None:
    assert (
        value_by_client_fee(
            full_value_cents=3_600,
            floor_value_cents=700,
            monthly_fee_cents=16_940,
            monthly_hours=12,
        )
        == 3_600 - 1_412
    )
    with pytest.raises(RuleError):
        value_by_client_fee(
            full_value_cents=1, floor_value_cents=0, monthly_fee_cents=1, monthly_hours=0
        )
