"""What always holds of voucher values and splits."""

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from valinta.rules.income_tested_voucher import policy_of_former_act, value_of_hour
from valinta.rules.voucher import split_price, split_quantity

CENTS = st.integers(min_value=0, max_value=10_000_000)
QUANTITIES = st.integers(min_value=0, max_value=1_000_000)
HOUSEHOLDS = st.integers(min_value=1, max_value=40)
FORMER = policy_of_former_act(on=date(2014, 1, 1))


@given(price=CENTS, value=CENTS)
def test_payable_and_self_pay_are_the_price_and_payable_never_exceeds_the_value(
    price: int, value: int
) -> None:
    payable, self_pay = split_price(price, value, False)
    assert payable + self_pay == price
    assert 0 <= payable <= value
    assert self_pay == max(price - value, 0)


@given(price=CENTS, value=CENTS)
def test_a_free_service_never_leaves_self_pay(price: int, value: int) -> None:
    assume(price <= value)
    assert split_price(price, value, True) == (price, 0)


@given(price=CENTS, value=CENTS, quantity=QUANTITIES)
def test_a_quantity_splits_without_losing_a_cent(price: int, value: int, quantity: int) -> None:
    payable, self_pay = split_quantity(price, value, quantity, False)
    assert abs((payable + self_pay) * 100 - price * quantity) <= 50
    assert payable >= 0
    assert self_pay >= 0
    assert payable * 100 <= value * quantity + 50


@given(price=CENTS, lower=CENTS, higher=CENTS)
def test_a_higher_value_never_costs_the_client_more(price: int, lower: int, higher: int) -> None:
    assume(lower <= higher)
    dear = split_price(price, lower, False).self_pay_cents
    assert split_price(price, higher, False).self_pay_cents <= dear


@given(poorer=CENTS, richer=CENTS, household=HOUSEHOLDS)
def test_more_income_never_raises_an_income_tested_value(
    poorer: int, richer: int, household: int
) -> None:
    assume(poorer <= richer)
    low = value_of_hour(FORMER, monthly_income_cents=poorer, household_size=household)
    high = value_of_hour(FORMER, monthly_income_cents=richer, household_size=household)
    assert FORMER.floor_value_cents <= high.cents <= low.cents <= FORMER.full_value_cents
