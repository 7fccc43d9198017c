"""A whole population in one run, and how fast."""

from collections.abc import Callable
from datetime import date
from time import process_time

import numpy as np
import pytest

from valinta.rules.home_care_fee import monthly_fee
from valinta.rules.law import AmountOutOfRangeError
from valinta.rules.population import month_of_many, monthly_budgets

ON = date(2024, 5, 1)


def fastest(times: int, run: Callable[[], None]) -> float:
    """Seconds of the processor in the fastest lap: what others do meanwhile does not count."""
    laps = []
    for _ in range(times):
        start = process_time()
        run()
        laps.append(process_time() - start)
    return min(laps)


def test_fee_and_budget_come_out_side_by_side() -> None:
    found = month_of_many(
        monthly_income_cents=[150_000, 60_000],
        household_size=[1, 1],
        service_hours_per_month=[12, 40],
        assessed_quantity_hundredths=[1_250, 333],
        unit_cost_cents=[4_200, 2_999],
        on=ON,
    )
    assert found.fee_cents.tolist() == [16_940, 0]
    assert found.budget_cents.tolist() == [52_500, 9_987]


def test_a_budget_too_large_for_the_engine_is_refused_not_wrapped() -> None:
    with pytest.raises(AmountOutOfRangeError, match="monthly_budget_cents"):
        monthly_budgets(assessed_quantity_hundredths=[2_000_000], unit_cost_cents=[200_000], on=ON)


def test_a_million_people_take_under_a_second() -> None:
    draw = np.random.default_rng(912)
    people = 1_000_000
    incomes = draw.integers(0, 600_000, people)
    sizes = draw.integers(1, 8, people)
    hours = draw.integers(0, 60, people)
    quantities = draw.integers(0, 10_000, people)
    costs = draw.integers(2_000, 6_000, people)

    def run() -> None:
        found = month_of_many(
            monthly_income_cents=incomes,
            household_size=sizes,
            service_hours_per_month=hours,
            assessed_quantity_hundredths=quantities,
            unit_cost_cents=costs,
            on=ON,
        )
        assert len(found.fee_cents) == people

    assert fastest(2, run) < 1.0


def test_one_person_takes_under_two_milliseconds() -> None:
    def run() -> None:
        monthly_fee(
            monthly_income_cents=150_000, household_size=1, service_hours_per_month=12, on=ON
        )

    run()
    assert fastest(20, run) < 0.002
