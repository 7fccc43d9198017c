"""Files with results of licensed instruments: numbers only, each fault on its line."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valinta.needs.result_files import Fault, Reading, read_results, template_of

TODAY = date(2026, 3, 1)
PERSON = "010342-901Y"
RAVA = {
    "code": "rava",
    "version": "RaVa",
    "scores": [{"code": "index", "lowest": "1.29", "highest": "4.02"}],
}
HEAD = "instrument;version;done_on;done_by;score;value"
LINE = "rava;RaVa;2026-02-01;Kotihoito;index;2,54"


def reading(*lines: str, head: str = HEAD) -> Reading:
    return read_results("\n".join([head, *lines]), [RAVA], PERSON, TODAY)


def test_a_number_is_kept_as_it_was_with_a_point() -> None:
    (one,) = reading(LINE).results
    assert (one.instrument, one.done_on, one.done_by) == ("rava", date(2026, 2, 1), "Kotihoito")
    assert one.scores == {"index": "2.54"}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (LINE.replace("2,54", "1.28"), Fault(2, "range", "1.29–4.02")),
        (LINE.replace("2,54", "4.03"), Fault(2, "range", "1.29–4.02")),
        (LINE.replace("2,54", "2.543"), Fault(2, "number", "2.543")),
        (LINE.replace("2,54", "hyvä"), Fault(2, "number", "hyvä")),
        (LINE.replace("index", "total"), Fault(2, "score", "total")),
        (LINE.replace("2026-02-01", "2026-02-30"), Fault(2, "day", "2026-02-30")),
        (LINE.replace("2026-02-01", "2.3.2026"), Fault(2, "future", "2.3.2026")),
        (LINE.replace("Kotihoito", ""), Fault(2, "who")),
        (LINE.replace("RaVa", "X"), Fault(2, "version", "RaVa")),
        (LINE.replace("rava;", "rai;"), Fault(2, "instrument", "rai")),
    ],
)
def test_what_is_wrong_is_told_by_its_line(line: str, fault: Fault) -> None:
    found = reading(line)
    assert found.faults == [fault]
    assert found.results == []


def test_a_column_of_words_is_refused_and_a_missing_one_is_named() -> None:
    assert reading(head=f"{HEAD};question").faults == [Fault(1, "column", "question")]
    assert reading(head=HEAD.replace(";score", "")).faults == [Fault(1, "no_column", "score")]


def test_a_line_of_another_person_is_refused() -> None:
    head = f"{HEAD};identity_code"
    assert reading(f"{LINE};{PERSON}", head=head).faults == []
    assert reading(f"{LINE};050555-902J", head=head).faults == [Fault(2, "person")]


def test_the_same_score_of_one_day_twice_is_told() -> None:
    assert reading(LINE, LINE).faults == [Fault(3, "twice", "index")]


def test_json_gives_the_same_as_csv() -> None:
    one: dict[str, Any] = {
        "instrument": "rava", "version": "RaVa", "done_on": "2026-02-01",
        "done_by": "Kotihoito", "scores": {"index": 2.54},
    }  # fmt: skip
    given_json = read_results(json.dumps([one]), [RAVA], PERSON, TODAY)
    (left,), (right,) = given_json.results, reading(LINE).results
    assert (left.scores, left.done_on, left.done_by) == (
        right.scores, right.done_on, right.done_by,
    )  # fmt: skip
    worded = read_results(json.dumps([one | {"answer": "en pysty"}]), [RAVA], PERSON, TODAY)
    assert worded.faults == [Fault(1, "column", "answer")]
    assert read_results("[{", [RAVA], PERSON, TODAY).faults == [Fault(0, "not_json")]


def test_an_empty_file_is_told() -> None:
    assert read_results("", [RAVA], PERSON, TODAY).faults == [Fault(0, "empty")]
    assert reading().faults == [Fault(0, "empty")]


def test_the_template_filled_in_is_taken() -> None:
    text = template_of([RAVA], TODAY).replace(";;index;", ";Kotihoito;index;3")
    found = read_results(text, [RAVA], PERSON, TODAY)
    assert (found.faults, [one.scores for one in found.results]) == ([], [{"index": "3"}])


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert read_results(text, [RAVA], PERSON, TODAY).results == []
