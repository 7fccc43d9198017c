"""Lines as people and programs send them: read, or unreadable in a named field; never a crash."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import money_scene as ms
from valinta.visits.lines import FIELDS, LOCAL, OPTIONAL, copy_row, read_line, read_lines

GOOD: dict[str, object] = {
    "order": "7",
    "reference": "r1",
    "served_on": "2019-03-18",
    "quantity": "1,50",
}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("reference", ""),
        ("reference", "x" * 61),
        ("served_on", ""),
        ("served_on", "18.3.2019"),
        ("served_on", "2019-02-30"),
        ("started_at", "yesterday"),
        ("started_at", "0001-01-01T00:00:00+14:00"),
        ("ended_at", "2019-03-18T08:00"),
        ("quantity", ""),
        ("quantity", "1.005"),
        ("quantity", "NaN"),
        ("quantity", "-Infinity"),
        ("quantity", "1e999999"),
        ("quantity", "9" * 3000),
        ("quantity", "1." + "0" * 3000),
        ("quantity", "one"),
        ("band", "x" * 41),
        ("worker", "x" * 41),
        ("late_reason", "x" * 401),
    ],
)
def test_a_field_that_cannot_be_read_is_named(field: str, text: str) -> None:
    line = read_line(1, GOOD | {field: text})
    expected = "started_at" if (field, text[:4]) == ("ended_at", "2019") else field
    assert line.unreadable == expected


def test_a_line_is_read_with_comma_or_point_and_keeps_its_number() -> None:
    first, second = read_lines([GOOD, GOOD | {"quantity": "1.5", "reference": "r2"}], first=41)
    assert (first.number, second.number) == (41, 42)
    assert first.quantity_hundredths == second.quantity_hundredths == 150
    assert (first.order, first.served_on, first.unreadable) == (7, date(2019, 3, 18), "")


def test_without_a_quantity_the_time_counts_and_without_a_day_the_start_does() -> None:
    line = read_line(
        1,
        {
            "order": 7,
            "reference": "r1",
            "started_at": "2019-03-18T22:30:00+00:00",
            "ended_at": datetime(2019, 3, 19, 1, 50, tzinfo=LOCAL),
        },
    )
    # Half past ten in the evening in London is past midnight here: the next day, and 80 minutes.
    assert (line.served_on, line.quantity_hundredths) == (date(2019, 3, 19), 133)


def test_an_order_that_is_no_number_names_no_order() -> None:
    assert read_line(1, GOOD | {"order": "seven"}).order is None
    assert read_line(1, GOOD | {"order": "9" * 19}).order is None
    assert read_line(1, GOOD | {"order": "٧"}).order is None


@given(st.dictionaries(st.sampled_from([*FIELDS, *OPTIONAL]), st.text(st.characters())))
def test_no_text_whatever_stops_the_reading_of_a_file(sent: dict[str, str]) -> None:
    line = read_line(1, sent)
    row = copy_row(line)
    assert row.count("\n") == 1
    assert row.count("\t") == 10
    assert row.encode()


@given(
    st.dictionaries(
        st.sampled_from(["served_on", "started_at", "ended_at", "quantity"]),
        st.one_of(
            st.datetimes().map(lambda moment: moment.isoformat()),
            st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat()),
            st.dates().map(lambda day: day.isoformat()),
            st.decimals().map(str),
        ),
    )
)
def test_no_moment_or_number_stops_it_either(sent: dict[str, object]) -> None:
    line = read_line(1, GOOD | sent)
    assert copy_row(line).encode()


@pytest.mark.django_db
def test_strange_lines_come_back_one_by_one_and_the_good_ones_are_taken() -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 60_000)])
    order = ms.order(scene, member)
    strange = [
        ms.line(order, "tab\there", 18),
        ms.line(order, "back\\slash", 18),
        ms.line(order, "\\N", 18),
        ms.line(order, "half\ud800", 18),
        ms.line(order, "quote'\";--", 18),
        ms.line(order, "ä–😀", 18, worker="Åke"),
        {},
        {"order": None, "reference": None},
        ms.line(order, "year-one", 18, served_on="0001-01-01"),
        ms.line(order, "far", 18, served_on="9999-12-31"),
        ms.line(order, "nul\x00", 18),
    ]
    taken = ms.report(scene, strange)
    outcomes = [one.outcome for one in taken.answers]
    assert outcomes == ["taken"] * 6 + ["refused"] * 4 + ["taken"]
    again = ms.report(scene, strange)
    assert [one.outcome for one in again.answers][:6] == ["repeated"] * 6
    assert ms.faults() == []
