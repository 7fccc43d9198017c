"""docs/mission.md lists every row of the mission, and tells the truth about what shows it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

from tests.mission import MARK
from tests.repository.files import ROOT

DOCUMENT = ROOT / "docs" / "mission.md"
# How many rows each programme has in the mission.
ROWS = {"KEU": 13, "KAI": 8, "HAM": 10, "SIU": 9, "OST": 8}
ROW = re.compile(r"^\| (?P<row>[A-Z]{3}-\d+) \| (?P<what>[^|]+) \| (?P<shown>[^|]+) \|$", re.M)
TEST = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<path>[^)]+)\)")
NOT_YET = "not yet"

Shown = dict[str, set[tuple[str, str]]]


def _listed() -> Shown:
    """By row: the files and test functions that the document names."""
    return {
        match["row"]: {
            (
                str((DOCUMENT.parent / test["path"]).resolve().relative_to(ROOT)),
                _name(test["words"]),
            )
            for test in TEST.finditer(match["shown"])
        }
        for match in ROW.finditer(DOCUMENT.read_text())
    }


def _name(words: str) -> str:
    return f"test_{words.replace(' ', '_')}"


def _marked() -> Shown:
    """By row: the files and test functions that carry `@shows`."""
    found: Shown = defaultdict(set)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef):
                for row in _rows_above(function):
                    found[row].add((str(path.relative_to(ROOT)), function.name))
    return dict(found)


def _rows_above(function: ast.FunctionDef) -> list[str]:
    return [
        argument.value
        for mark in function.decorator_list
        if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "shows"
        for argument in mark.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def test_every_row_of_the_mission_is_listed_once_and_in_order() -> None:
    rows = [match["row"] for match in ROW.finditer(DOCUMENT.read_text())]
    assert rows == [f"{name}-{n}" for name, last in ROWS.items() for n in range(1, last + 1)]


def test_the_document_names_the_tests_that_are_marked_and_no_others() -> None:
    listed = {row: tests for row, tests in _listed().items() if tests}
    assert listed == _marked()


def test_a_row_names_a_test_or_says_not_yet() -> None:
    for match in ROW.finditer(DOCUMENT.read_text()):
        names_a_test = TEST.search(match["shown"]) is not None
        assert names_a_test != (match["shown"] == NOT_YET), match["row"]


def test_rows_are_marked_with_shows_alone() -> None:
    """The mark itself, put on by hand, would pass by the tests above."""
    by_hand = re.compile(rf"mark\.{MARK}\b")
    found = [
        str(path.relative_to(ROOT))
        for path in sorted(Path(ROOT, "tests").rglob("*.py"))
        if by_hand.search(path.read_text())
    ]
    assert found == []
