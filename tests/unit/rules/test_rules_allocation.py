"""Allocation models: need to euros, explained per line."""

import numpy as np
import pytest

from valinta.rules.allocation import (
    AllocationInput,
    MissingFactError,
    UnknownModelError,
    allocate,
    budgets_of_many,
    total_cents,
)
from valinta.rules.law import RuleError


def test_hours_are_paid_at_the_unit_cost_of_their_service() -> None:
    lines = allocate(
        model="hours_x_unit_cost",
        lines=[
            AllocationInput("home_care", 1_250, mandatory=True),
            AllocationInput("cleaning", 333, unit_cents=2_999),
        ],
        parameters={"unit_cents": {"home_care": 4_200}},
    )
    assert [line.cents for line in lines] == [52_500, 9_987]
    assert total_cents(lines) == 62_487
    assert lines[0].explanation_code == "allocation.hours_x_unit_cost"
    assert lines[0].facts == {
        "quantity_hundredths": 1_250,
        "unit_cents": 4_200,
        "mandatory": True,
        "price_source": "programme",
    }
    assert lines[1].facts["price_source"] == "line"


def test_points_are_paid_by_the_euro_value_of_a_point() -> None:
    (line,) = allocate(
        model="points_x_euro",
        lines=[AllocationInput("mobility", 100, points=7)],
        parameters={"cents_per_point": 1_550},
    )
    assert (line.cents, line.unit_cents) == (10_850, 10_850)
    assert (line.facts["points"], line.facts["cents_per_point"]) == (7, 1_550)


def test_services_used_now_are_paid_at_their_current_price() -> None:
    (line,) = allocate(
        model="current_services_price",
        lines=[AllocationInput("day_activity", 800, unit_cents=6_375)],
        parameters={},
    )
    assert line.cents == 51_000


def test_an_unknown_model_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownModelError, match="points_x_euro"):
        allocate(model="by_feel", lines=[], parameters={})


@pytest.mark.parametrize(
    ("model", "parameters"),
    [
        ("hours_x_unit_cost", {"unit_cents": {"other": 1}}),
        ("points_x_euro", {"cents_per_point": 100}),
        ("current_services_price", {"unit_cents": {"home_care": 100}}),
    ],
)
def test_a_line_without_its_figure_is_refused(model: str, parameters: dict[str, object]) -> None:
    with pytest.raises(MissingFactError, match="home_care"):
        allocate(model=model, lines=[AllocationInput("home_care", 100)], parameters=parameters)


@pytest.mark.parametrize(
    ("model", "line"),
    [
        ("hours_x_unit_cost", AllocationInput("a", -1, unit_cents=1)),
        ("hours_x_unit_cost", AllocationInput("a", 1, unit_cents=-1)),
        ("points_x_euro", AllocationInput("a", 100, points=-1)),
    ],
)
def test_negative_figures_are_refused(model: str, line: AllocationInput) -> None:
    with pytest.raises(RuleError):
        allocate(model=model, lines=[line], parameters={"cents_per_point": 100})


def test_budgets_of_many_equal_the_sum_of_rounded_lines() -> None:
    draw = np.random.default_rng(569)
    quantities = draw.integers(0, 20_000, (50, 4))
    prices = np.array([4_201, 2_999, 33, 6_375])
    many = budgets_of_many(quantities, prices)
    for i in range(50):
        lines = allocate(
            model="current_services_price",
            lines=[
                AllocationInput(str(j), int(quantities[i, j]), unit_cents=int(prices[j]))
                for j in range(4)
            ],
            parameters={},
        )
        assert many[i] == total_cents(lines)


def test_budgets_of_many_refuse_a_negative_quantity() -> None:
    with pytest.raises(RuleError):
        budgets_of_many(np.array([[-1]]), np.array([1]))
