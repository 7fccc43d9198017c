"""One place says what an order costs; the database's arithmetic is the same to the cent."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from valinta.catalogue.queries import UnitPrice
from valinta.orders.cost import amount_sql, asked_sql, cost_of, payable_sql, reach_of
from valinta.rules.voucher import FreeServiceAboveValueError
from valinta.shared.money import Money

PRICES = {"": UnitPrice(1, "day", 33_33), "evening": UnitPrice(2, "evening", 41_15)}
CENTS = st.integers(0, 90_000)
QUANTITY = st.integers(1, 60_000)
look = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def price(band: str) -> UnitPrice:
    return PRICES[band]


def asked(select: str, *given: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {select}", given)
        (found,) = cursor.fetchone()
    return int(found)


def test_a_budget_pays_the_whole_price_each_band_rounded_by_itself() -> None:
    cost = cost_of(price, {"": 50, "evening": 50})
    # 16.665 and 20.575 are rounded up one by one.
    assert [one.payable_cents for one in cost.bands] == [16_67, 20_58]
    assert (cost.price, cost.self_pay) == (Money(37_25), Money(0))


def test_a_voucher_pays_up_to_its_value_and_nothing_for_a_band_without_one() -> None:
    cost = cost_of(price, {"": 1_00, "evening": 2_00}, {"day": 30_00})
    assert [(one.payable_cents, one.self_pay_cents) for one in cost.bands] == [
        (30_00, 3_33),
        (0, 82_30),
    ]
    assert cost.price == Money(33_33 + 82_30)


def test_a_band_of_nothing_needs_no_price() -> None:
    assert cost_of(price, {"": 1_00, "night": 0}).price == Money(33_33)


def test_a_free_service_dearer_than_its_voucher_is_refused_and_on_a_budget_it_is_not() -> None:
    with pytest.raises(FreeServiceAboveValueError):
        cost_of(price, {"": 1_00}, {"day": 30_00}, free_by_law=True)
    assert cost_of(price, {"": 1_00}, free_by_law=True).payable == Money(33_33)


def test_an_empty_pot_stops_an_order_but_not_a_subjective_right() -> None:
    free = Money(20_00)
    short = reach_of(Money(50_00), free, is_right=False)
    right = reach_of(Money(50_00), free, is_right=True)
    assert (short.held, short.beyond, short.organiser, short.asked) == (20_00, 30_00, 0, 50_00)
    assert (right.held, right.beyond, right.organiser, right.asked) == (20_00, 0, 30_00, 20_00)


@given(cost=CENTS, free=CENTS, is_right=st.booleans())
@look
def test_the_database_asks_for_the_same_money(
    db: None, cost: int, free: int, is_right: bool
) -> None:
    sql = asked_sql("%s::bigint", "%s::bigint", "%s::boolean")
    # The statement names cost and free twice each.
    found = asked(sql, is_right, cost, free, free, cost)
    assert found == reach_of(Money(cost), Money(free), is_right=is_right).asked


@given(cents=CENTS, value=st.none() | CENTS, many=QUANTITY, budget=st.booleans())
@look
def test_the_database_counts_a_band_as_this_does(
    db: None, cents: int, value: int | None, many: int, budget: bool
) -> None:
    value = None if budget else value
    values = None if budget else {} if value is None else {"day": value}
    cost = cost_of(lambda _: UnitPrice(1, "day", cents), {"": many}, values)
    row = "(VALUES (%s::int, %s::int, %s::int, %s::boolean)) v (price, value, many, budget)"
    given = (cents, value, many, budget)
    payable = payable_sql("price", "value", "many", "budget")
    assert asked(f"{payable} FROM {row}", *given) == cost.payable.cents
    assert asked(f"{amount_sql('price', 'many')} FROM {row}", *given) == cost.price.cents
