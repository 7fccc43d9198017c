"""When a measure is open: before, during and after, counted from a client's own days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valinta.evaluation.due import due_today, months_after
from valinta.evaluation.states import Moment

ASKING = {
    "every_months": 2,
    "after_end_days": 30,
    "open_before_days": 14,
    "open_after_days": 21,
}
MEASURE: dict[str, Any] = {
    "code": "koe",
    "moments": ["before", "during", "after"],
    "asking": ASKING,
}
STARTED = date(2019, 1, 16)
Opened = list[tuple[Moment, int]]


def opened(today: date, ended: date | None = None, measure: dict[str, Any] = MEASURE) -> Opened:
    return [(one.moment, one.number) for one in due_today(measure, STARTED, ended, today)]


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2019, 1, 15), []),
        (date(2019, 1, 16), [(Moment.BEFORE, 0)]),
        (date(2019, 2, 5), [(Moment.BEFORE, 0)]),
        (date(2019, 2, 6), []),
        (date(2019, 3, 1), []),
        (date(2019, 3, 2), [(Moment.DURING, 1)]),
        (date(2019, 4, 5), [(Moment.DURING, 1)]),
        (date(2019, 4, 6), []),
        (date(2019, 5, 2), [(Moment.DURING, 2)]),
        (date(2021, 1, 16), [(Moment.DURING, 12)]),
    ],
)
def test_before_is_from_enrolment_on_and_during_around_each_second_month(
    today: date, due: Opened
) -> None:
    assert opened(today) == due


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2019, 3, 10), []),
        (date(2019, 3, 26), []),
        (date(2019, 3, 27), [(Moment.AFTER, 0)]),
        (date(2019, 4, 30), [(Moment.AFTER, 0)]),
        (date(2019, 5, 1), []),
    ],
)
def test_after_the_end_nothing_but_after_is_asked(today: date, due: Opened) -> None:
    # The end is the tenth of March, before the first day of during.
    assert opened(today, date(2019, 3, 11)) == due


def test_after_never_opens_before_the_end() -> None:
    measure = MEASURE | {"asking": ASKING | {"after_end_days": 3}}
    (due,) = due_today(measure, STARTED, date(2019, 3, 11), date(2019, 3, 11))
    assert (due.moment, due.opens_on) == (Moment.AFTER, date(2019, 3, 11))
    assert not list(due_today(measure, STARTED, date(2019, 3, 11), date(2019, 3, 10)))


def test_a_licensed_measure_is_never_asked() -> None:
    assert opened(STARTED, measure=MEASURE | {"asking": None}) == []


def test_the_last_day_of_a_short_month_stands_for_a_day_that_it_lacks() -> None:
    assert months_after(date(2018, 12, 31), 2) == date(2019, 2, 28)
    assert months_after(date(2019, 10, 31), 4) == date(2020, 2, 29)


@given(st.integers(min_value=0, max_value=1500), st.integers(min_value=1, max_value=12))
def test_on_no_day_is_a_measure_open_twice_and_no_during_is_forgotten(
    days: int, months: int
) -> None:
    asking = ASKING | {"every_months": months, "open_before_days": 6, "open_after_days": 20}
    measure = MEASURE | {"asking": asking}
    today = STARTED + timedelta(days=days)
    during = [
        one for one in due_today(measure, STARTED, None, today) if one.moment == Moment.DURING
    ]
    assert len(during) <= 1
    wanted = {
        number
        for number in range(1, 60)
        if months_after(STARTED, number * months) - timedelta(days=6)
        <= today
        < months_after(STARTED, number * months) + timedelta(days=20)
    }
    assert {one.number for one in during} == wanted
