"""Calendars of an order's visits: months of weeks of days, as they are drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from valinta.orders.calendar import PlannedVisit
from valinta.shared.periods import Period


@dataclass(slots=True)
class Day:
    """A day of a month with its visits. `off`: the service is not given; `called_off`: said no."""

    on: date
    visits: list[PlannedVisit] = field(default_factory=list)
    off: bool = False
    called_off: bool = False
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its first day, its weeks from Monday to Sunday, and how many visits it has."""

    starts_on: date
    weeks: tuple[tuple[Day | None, ...], ...]
    count: int


def calendar_months(
    visits: Iterable[PlannedVisit],
    today: date,
    off: Collection[date] = (),
    called_off: Collection[date] = (),
) -> list[Month]:
    """The months that have a visit or a day off, in order."""
    by_day: dict[date, list[PlannedVisit]] = {}
    for visit in visits:
        by_day.setdefault(visit.on, []).append(visit)
    months = sorted({on.replace(day=1) for on in (*by_day, *off)})
    return [_month(first, by_day, today, set(off), set(called_off)) for first in months]


def _month(
    first: date,
    by_day: dict[date, list[PlannedVisit]],
    today: date,
    off: set[date],
    called_off: set[date],
) -> Month:
    length = Period.month(first.year, first.month).days
    cells: list[Day | None] = [None] * (first.isoweekday() - 1)
    count = 0
    for number in range(length):
        on = first + timedelta(days=number)
        said_no = on in called_off
        day = Day(on, by_day.get(on, []), on in off, said_no, on == today)
        count += 0 if said_no else len(day.visits)
        cells.append(day)
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
    return Month(first, weeks, count)
