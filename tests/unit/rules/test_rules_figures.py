"""The parameter files: every figure is whole, dated and sourced."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from valinta.rules.law import PARAMETERS, Figure, figure, tax_benefit_system

RULES = PARAMETERS.parent


def entries(node: dict[str, Any], inherited: object, trail: str) -> Iterator[tuple[str, Any, Any]]:
    """Every dated value below a node, with the reference that covers it."""
    reference = node.get("metadata", {}).get("reference", inherited)
    for day, entry in node.get("values", {}).items():
        own = entry.get("metadata", {}).get("reference", reference)
        yield f"{trail}@{day}", entry["value"], own
    for number, bracket in enumerate(node.get("brackets", [])):
        for part in ("threshold", "amount"):
            for day, entry in bracket[part].items():
                yield f"{trail}.{number}.{part}@{day}", entry["value"], reference
    for name, child in node.items():
        if isinstance(child, dict) and name not in {"values", "metadata"}:
            yield from entries(child, reference, f"{trail}.{name}")


ALL_ENTRIES = [
    entry
    for path in sorted(PARAMETERS.rglob("*.yaml"))
    for entry in entries(
        yaml.safe_load(path.read_text(encoding="utf-8")),
        None,
        path.relative_to(PARAMETERS).as_posix(),
    )
]


def test_the_walk_finds_the_whole_hour_table() -> None:
    amounts = [trail for trail, _, _ in ALL_ENTRIES if ".amount@" in trail]
    assert len(amounts) == 6 * 35


# On which days banks carry out payments is settled by the banks; no act says it.
NOT_OF_THE_LAW = {"bank_days.yaml": "Practice of banks: "}


def test_every_figure_names_its_law_and_where_it_was_read() -> None:
    for trail, value, reference in ALL_ENTRIES:
        if value is None:
            continue
        assert reference is not None, trail
        law, address = reference
        practice = NOT_OF_THE_LAW.get(trail.split(".yaml")[0] + ".yaml")
        assert law.startswith(practice or ("Act ", "Acts ", "Decree ", "Directive ")), trail
        assert address.startswith(("http://", "https://")), trail


def test_every_figure_is_a_whole_number_or_a_list_of_names() -> None:
    for trail, value, _ in ALL_ENTRIES:
        assert value is None or isinstance(value, (int, list)), trail


def test_the_law_is_loaded_once() -> None:
    assert tax_benefit_system() is tax_benefit_system()


def test_a_figure_tells_since_when_and_from_where() -> None:
    found = figure("home_care_fee.income_limit.persons_2", date(2023, 8, 1))
    assert isinstance(found, Figure)
    assert (found.value, found.since) == (110_300, date(2022, 1, 1))
    assert "§ 10 e" in found.reference


def test_a_row_of_a_table_takes_the_tables_reference() -> None:
    found = figure("home_care_fee.percent.persons_1.8.amount", date(2024, 8, 1))
    assert found.value == 2_000
    assert "1201/2020" in found.reference


def test_an_unknown_figure_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KeyError):
        figure("home_care_fee.no_such_table", date(2024, 1, 1))


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {name.name for n in ast.walk(tree) if isinstance(n, ast.Import) for name in n.names}
    return found | {str(n.module) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}


def test_the_rules_import_neither_django_nor_any_other_room() -> None:
    modules = sorted(RULES.glob("*.py"))
    assert len(modules) > 10
    for path in modules:
        for name in imports_of(path):
            assert not name.startswith("django"), path.name
            assert not name.startswith("valinta.") or name.startswith("valinta.rules"), path.name
