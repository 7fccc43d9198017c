"""The one tax-benefit system of the process: dated figures from YAML, formulas from OpenFisca."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from valinta.rules import variables
from valinta.rules.rounding import Ints

PARAMETERS = Path(__file__).parent / "parameters"
_INT32 = np.iinfo(np.int32)


class RuleError(ValueError):
    """A rule cannot be applied to what it was given."""


class FigureNotInForceError(RuleError):
    """The law, as far as it has been entered with a source, has no such figure on that day."""

    def __init__(self, path: str, on: date) -> None:
        super().__init__(
            f"No sourced figure for '{path}' on {on.isoformat()}. Enter it with its reference "
            f"under rules/parameters, or give the organiser's confirmed figure."
        )
        self.path = path
        self.on = on


class AmountOutOfRangeError(RuleError):
    """An input is negative or larger than the vector engine can hold (32 bits)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the law: its value, the day it came into force and where it is from."""

    value: Any
    since: date
    reference: str


@cache
def tax_benefit_system() -> TaxBenefitSystem:
    """The law, loaded once for the process."""
    system = TaxBenefitSystem([variables.Client])
    system.load_parameters(str(PARAMETERS))
    system.add_variables(*variables.ALL)
    return system


@cache
def figure(path: str, on: date) -> Figure:
    """The figure at a dotted path in force on a day.

    A row of a table is named by its number (`table.persons_1.0.amount`); it takes the table's
    reference. Raises FigureNotInForceError when it has no value that day, KeyError for an unknown
    path.
    """
    node = tax_benefit_system().parameters
    inherited: Sequence[str] = ()
    for name in path.split("."):
        node = node.brackets[int(name)] if hasattr(node, "brackets") else node.children[name]
        inherited = node.metadata.get("reference", inherited)
    for entry in node.values_list:  # newest first
        if entry.instant_str > on.isoformat():
            continue
        if entry.value is None:
            break
        reference = "; ".join(entry.metadata.get("reference", inherited))
        return Figure(entry.value, date.fromisoformat(entry.instant_str), reference)
    raise FigureNotInForceError(path, on)


def whole(path: str, on: date) -> int:
    """The figure at a path as an integer (cents, hundredths of a percent, ...)."""
    return int(figure(path, on).value)


def by_household(path: str, on: date) -> tuple[tuple[int, ...], int]:
    """Figures of a table by household size (1 to 6), and the step for each further person."""
    sizes = tuple(whole(f"{path}.{name}", on) for name in variables.HOUSEHOLDS)
    return sizes, whole(f"{path}.further_person", on)


def month_of(on: date) -> str:
    """The calendar month of a day, as OpenFisca writes it."""
    return f"{on.year:04d}-{on.month:02d}"


def fits(name: str, values: ArrayLike) -> NDArray[np.int32]:
    """Whole non-negative values as the 32-bit integers that the engine keeps.

    Raises AmountOutOfRangeError rather than letting a large amount wrap around.
    """
    array = np.atleast_1d(np.asarray(values))
    if not np.issubdtype(array.dtype, np.integer):
        raise AmountOutOfRangeError(f"'{name}' must be whole numbers, not {array.dtype}.")
    if array.size and (int(array.min()) < 0 or int(array.max()) > _INT32.max):
        raise AmountOutOfRangeError(f"'{name}' must be between 0 and {_INT32.max}.")
    return array.astype(np.int32)


def simulate(
    inputs: Mapping[str, ArrayLike], outputs: Sequence[str], *, on: date
) -> dict[str, Ints]:
    """Run the formulas for the month of a day, for as many clients as the inputs hold.

    Inputs and outputs are named variables of `valinta.rules.variables`. An input may also be the
    name of a computed variable: its formula is then not used. All arrays have the same length.
    """
    columns = {name: _column(name, values) for name, values in inputs.items()}
    counts = {len(column) for column in columns.values()}
    if len(counts) != 1:
        raise RuleError(f"Inputs have different lengths: {sorted(counts)}. Give one value each.")
    simulation = SimulationBuilder.build_default_simulation(tax_benefit_system(), counts.pop())
    month = month_of(on)
    for name, column in columns.items():
        simulation.set_input(name, month, column)
    return {name: simulation.calculate(name, month).astype(np.int64) for name in outputs}


def _column(name: str, values: ArrayLike) -> NDArray[Any]:
    array = np.atleast_1d(np.asarray(values))
    return array if array.dtype == np.bool_ else fits(name, array)
