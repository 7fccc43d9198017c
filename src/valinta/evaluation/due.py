"""When a measure of the programme is due for one client. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from valinta.evaluation.states import Moment


@dataclass(frozen=True, slots=True)
class Due:
    """A measure to be asked: the moment, its number (0, or counted from 1 for during), the days.

    `closes_on` is the first day on which it is no longer answered.
    """

    measure: Mapping[str, Any]
    moment: Moment
    number: int
    due_on: date
    opens_on: date
    closes_on: date


def due_today(
    measure: Mapping[str, Any], started_on: date, ended_on: date | None, today: date
) -> Iterator[Due]:
    """The times that a measure (as the programme's terms have it) is open today.

    Nothing for one that is not our own: its results are taken in, and its questions not asked here.
    """
    asking = measure.get("asking")
    if asking is None:
        return
    for moment, number, on in _days(measure["moments"], asking, started_on, ended_on, today):
        opens_on = max(started_on, on - timedelta(days=asking["open_before_days"]))
        closes_on = on + timedelta(days=asking["open_after_days"])
        if moment == Moment.AFTER and ended_on is not None:
            opens_on = max(opens_on, ended_on)
        if opens_on <= today < closes_on:
            yield Due(measure, moment, number, on, opens_on, closes_on)


def _days(
    moments: list[str],
    asking: Mapping[str, Any],
    started_on: date,
    ended_on: date | None,
    today: date,
) -> Iterator[tuple[Moment, int, date]]:
    if Moment.BEFORE in moments:
        yield Moment.BEFORE, 0, started_on
    if Moment.DURING in moments:
        for number in _numbers(asking, started_on, today):
            on = months_after(started_on, number * asking["every_months"])
            if ended_on is None or on < ended_on:
                yield Moment.DURING, number, on
    if Moment.AFTER in moments and ended_on is not None:
        yield Moment.AFTER, 0, ended_on + timedelta(days=asking["after_end_days"])


def _numbers(asking: Mapping[str, Any], started_on: date, today: date) -> range:
    """The numbers whose day can be near today: the last one before it, and the next."""
    months = (today.year - started_on.year) * 12 + today.month - started_on.month
    last = max(months // asking["every_months"], 0)
    return range(max(last - 1, 1), last + 2)


def months_after(day: date, count: int) -> date:
    """The same day so many months later, or the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
