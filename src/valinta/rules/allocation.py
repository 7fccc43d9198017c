"""From assessed need to euros, explained line by line.

A programme names the model and gives its figures; nothing is weighed in secret. The lines of a
budget add up to it exactly, because each line is rounded to the cent by itself and the budget is
their sum.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from valinta.rules.law import RuleError
from valinta.rules.rounding import QUANTITY_SCALE, Ints, amount_cents, half_up_many

Fact = int | str | bool


class UnknownModelError(RuleError):
    """The programme names an allocation model that does not exist."""


class MissingFactError(RuleError):
    """A line lacks a figure that its model counts with."""


@dataclass(frozen=True, slots=True)
class AllocationInput:
    """One assessed need. Quantity in hundredths of a unit, `unit_cents` per unit."""

    code: str
    quantity_hundredths: int
    unit_cents: int | None = None
    points: int | None = None
    mandatory: bool = False


@dataclass(frozen=True, slots=True)
class AllocationLine:
    """One line of a budget: cents, and the facts that a client can be shown.

    `explanation_code` names the sentence, `facts` fill it in.
    """

    code: str
    quantity_hundredths: int
    unit_cents: int
    cents: int
    explanation_code: str
    facts: dict[str, Fact] = field(default_factory=dict)


Model = Callable[[AllocationInput, Mapping[str, Any]], tuple[int, dict[str, Fact]]]


def allocate(
    *, model: str, lines: Sequence[AllocationInput], parameters: Mapping[str, Any]
) -> list[AllocationLine]:
    """A budget line for each need, in the order given, by a programme's model.

    Models and their parameters:
    - `hours_x_unit_cost`: assessed quantity x what a unit costs the organiser; the cost is on the
      line or in `unit_cents` by service code.
    - `points_x_euro`: quantity x points x `cents_per_point`.
    - `current_services_price`: quantity of the services used now x their current price, which must
      be on the line.

    Raises UnknownModelError, MissingFactError, and RuleError for a negative figure.
    """
    if model not in MODELS:
        raise UnknownModelError(f"No allocation model '{model}'. Use one of {sorted(MODELS)}.")
    return [_line(model, line, parameters) for line in lines]


def total_cents(lines: Iterable[AllocationLine]) -> int:
    """The budget: the sum of its lines."""
    return sum(line.cents for line in lines)


def budgets_of_many(quantities_hundredths: Ints, unit_cents: Ints) -> Ints:
    """Budgets of many clients at once: one row each, one column per service.

    `unit_cents` has a price per column, or per client and column. Every cell is rounded as a line
    of its own, so a row is the total of `allocate` to the cent.
    """
    if quantities_hundredths.size and int(quantities_hundredths.min()) < 0:
        raise RuleError("A quantity cannot be negative.")
    cells = half_up_many(quantities_hundredths * unit_cents, QUANTITY_SCALE)
    budgets: Ints = cells.sum(axis=1, dtype=np.int64)
    return budgets


def _line(model: str, line: AllocationInput, parameters: Mapping[str, Any]) -> AllocationLine:
    unit_cents, facts = MODELS[model](line, parameters)
    if line.quantity_hundredths < 0 or unit_cents < 0:
        raise RuleError(f"Line '{line.code}' has a negative quantity or price.")
    common: dict[str, Fact] = {
        "quantity_hundredths": line.quantity_hundredths,
        "unit_cents": unit_cents,
        "mandatory": line.mandatory,
    }
    return AllocationLine(
        code=line.code,
        quantity_hundredths=line.quantity_hundredths,
        unit_cents=unit_cents,
        cents=amount_cents(line.quantity_hundredths, unit_cents),
        explanation_code=f"allocation.{model}",
        facts=common | facts,
    )


def _hours_x_unit_cost(
    line: AllocationInput, parameters: Mapping[str, Any]
) -> tuple[int, dict[str, Fact]]:
    if line.unit_cents is not None:
        return line.unit_cents, {"price_source": "line"}
    by_code = parameters.get("unit_cents", {})
    if line.code not in by_code:
        raise MissingFactError(
            f"Service '{line.code}' has no unit cost. Give it on the line or in the programme."
        )
    return int(by_code[line.code]), {"price_source": "programme"}


def _points_x_euro(
    line: AllocationInput, parameters: Mapping[str, Any]
) -> tuple[int, dict[str, Fact]]:
    if line.points is None or "cents_per_point" not in parameters:
        raise MissingFactError(
            f"Line '{line.code}' needs points, and the programme a price for a point "
            f"(cents_per_point)."
        )
    per_point = int(parameters["cents_per_point"])
    if line.points < 0 or per_point < 0:
        raise RuleError(f"Line '{line.code}' has negative points or a negative price of a point.")
    return line.points * per_point, {"points": line.points, "cents_per_point": per_point}


def _current_services_price(
    line: AllocationInput, parameters: Mapping[str, Any]
) -> tuple[int, dict[str, Fact]]:
    if line.unit_cents is None:
        raise MissingFactError(
            f"Service '{line.code}' has no current price. Give the price the client's service has."
        )
    return line.unit_cents, {"price_source": str(parameters.get("price_source", "current_service"))}


#: Every allocation model by the name that programmes use.
MODELS: dict[str, Model] = {
    "hours_x_unit_cost": _hours_x_unit_cost,
    "points_x_euro": _points_x_euro,
    "current_services_price": _current_services_price,
}
