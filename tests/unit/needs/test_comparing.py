"""Two assessments side by side."""

from __future__ import annotations

from valinta.needs.comparing import Turn, compare, fresh


def test_what_grew_what_fell_what_is_new_and_what_is_gone() -> None:
    found = {one.service: one for one in compare({"a": 400, "b": 300, "c": 2, "d": 1},
                                                 {"a": 600, "b": 100, "c": 2, "e": 5})}  # fmt: skip
    assert {code: one.turn for code, one in found.items()} == {
        "a": Turn.GROWN, "b": Turn.FALLEN, "c": Turn.SAME, "d": Turn.GONE, "e": Turn.NEW,
    }  # fmt: skip
    assert {code: one.change for code, one in found.items()} == {
        "a": 200, "b": 200, "c": 0, "d": 1, "e": 5,
    }  # fmt: skip


def test_a_goal_that_was_not_there_is_fresh() -> None:
    assert fresh(["Kotona"], ["Kirjastoon", "Kotona"]) == ["Kirjastoon"]
