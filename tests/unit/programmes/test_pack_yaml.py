"""YAML is read without its surprises."""

from datetime import date
from pathlib import Path

import pytest

from valinta.programmes.pack.yaml_marks import MarkedYaml, read_marked


def read(tmp_path: Path, text: str) -> MarkedYaml:
    file = tmp_path / "some.yaml"
    file.write_text(text, encoding="utf-8")
    return read_marked(file)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("42.50", "42.50"), ("049", "049"), ("106", 106), ('"106"', "106"), ("18:00", "18:00"),
        ("no", "no"), ("true", True), ("null", None), ("~", None),
        ("2019-03-15", date(2019, 3, 15)), ('"2019-03-15"', "2019-03-15"),
        ("1e3", "1e3"), ("-5", -5), ("", None),
    ],
)  # fmt: skip
def test_a_plain_value_is_read_as_what_it_looks_like(
    written: str, value: object, tmp_path: Path
) -> None:
    assert read(tmp_path, f"key: {written}\n").contents == {"key": value}


def test_each_place_has_its_line_and_an_unknown_place_the_line_around_it(tmp_path: Path) -> None:
    marked = read(tmp_path, "a:\n  - b: 1\n    c: 2\n  - b: 3\n")
    assert marked.line_of(("a", 0, "c")) == 3
    assert marked.line_of(("a", 1, "c")) == 4
    assert marked.line_of(("x",)) == 1


def test_an_anchor_may_repeat_a_text(tmp_path: Path) -> None:
    marked = read(tmp_path, "a: &why because\nb: *why\n")
    assert marked.contents == {"a": "because", "b": "because"} and not marked.faults


def test_an_anchor_that_holds_itself_is_a_fault_and_ends(tmp_path: Path) -> None:
    marked = read(tmp_path, "a: &me\n  - *me\n")
    assert [fault.problem for fault in marked.faults] == ["an anchor repeats a list or a mapping"]


def test_a_list_as_a_key_is_a_fault(tmp_path: Path) -> None:
    marked = read(tmp_path, "a: 1\n? [b]\n: 2\n")
    assert [(fault.line, fault.problem) for fault in marked.faults] == [
        (2, "a key is a list or a mapping")
    ]
