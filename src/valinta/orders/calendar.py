"""The week of an order and the visits it gives: days, times, time bands and holidays. Pure.

Quantities are hundredths of the service's unit. Times are local: a visit keeps its clock over a
change to summer time. A visit belongs to the band of the moment at which it begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from valinta.rules.bands import BandRules, NoBandError, band_at
from valinta.rules.public_holidays import holiday_name
from valinta.shared.money import half_up_div
from valinta.shared.periods import Period

FULL_UNIT = 100
_HOUR = 60
LONGEST_MINUTES = 24 * _HOUR


class BadWeek(ValueError):
    """A weekly pattern that cannot be kept: a weekday, time, length or quantity is wrong."""


@dataclass(frozen=True, slots=True, order=True)
class WeeklyVisit:
    """One visit of every week: ISO weekday (1 Monday to 7 Sunday), start, and how much.

    Either `minutes`, the length of a visit with a clock, or `quantity_hundredths` of the unit.
    """

    weekday: int
    starts: time
    minutes: int = 0
    quantity_hundredths: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.weekday <= 7:
            raise BadWeek("A weekday is a number from 1 (Monday) to 7 (Sunday).")
        if (self.minutes > 0) == (self.quantity_hundredths > 0) or self.minutes < 0:
            raise BadWeek("A visit has either a length in minutes or a quantity, above zero.")
        if self.minutes > LONGEST_MINUTES:
            raise BadWeek("A visit lasts at most 24 hours.")

    def quantity(self, unit: str) -> int:
        """How much of the unit one visit takes: its time for hours, else one whole unit."""
        if self.quantity_hundredths:
            return self.quantity_hundredths
        return half_up_div(self.minutes * FULL_UNIT, _HOUR) if unit == "hour" else FULL_UNIT


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit that the order plans for a day. `band` is a code; `minutes` 0 when not known."""

    on: date
    starts: time
    minutes: int
    quantity_hundredths: int
    band: str
    holiday: str | None = None

    @property
    def ends(self) -> time | None:
        """The time of day at which the visit is over; None when its length is not known."""
        if not self.minutes:
            return None
        return (datetime.combine(self.on, self.starts) + timedelta(minutes=self.minutes)).time()


def planned_visits(
    week: Iterable[WeeklyVisit], period: Period, unit: str, bands: BandRules
) -> Iterator[PlannedVisit]:
    """The visits of the period in order of time. Raises `OpenPeriod` for a period without an end.

    A day at whose time no band of the service holds (a service of weekdays on a public holiday)
    has no visit; `days_off` tells which they are.
    """
    for on, visit in _moments(week, period):
        try:
            band = band_at(on, visit.starts, bands)
        except NoBandError:
            continue
        quantity = visit.quantity(unit)
        yield PlannedVisit(on, visit.starts, visit.minutes, quantity, band, holiday_name(on))


def days_off(week: Iterable[WeeklyVisit], period: Period, bands: BandRules) -> list[date]:
    """Days of the week's pattern on which the service is not given: mostly public holidays."""
    off = set()
    for on, visit in _moments(week, period):
        try:
            band_at(on, visit.starts, bands)
        except NoBandError:
            off.add(on)
    return sorted(off)


def next_visit(
    week: Sequence[WeeklyVisit],
    period: Period,
    unit: str,
    bands: BandRules,
    *,
    after: datetime,
    without: frozenset[date] = frozenset(),
) -> PlannedVisit | None:
    """The first planned visit that begins after a local moment, days called off left out."""
    rest = period.intersection(Period(after.date()))
    if rest is None or not week:
        return None
    moment = after.replace(tzinfo=None)
    for visit in planned_visits(week, rest, unit, bands):
        if visit.on not in without and datetime.combine(visit.on, visit.starts) > moment:
            return visit
    return None


def count_by_month(visits: Iterable[PlannedVisit]) -> dict[date, int]:
    """How many visits each month has, by its first day."""
    return dict(Counter(visit.on.replace(day=1) for visit in visits))


def quantities_by_band(visits: Iterable[PlannedVisit]) -> dict[str, int]:
    """How much the visits take in all, by time band."""
    sums: Counter[str] = Counter()
    for visit in visits:
        sums[visit.band] += visit.quantity_hundredths
    return dict(sums)


def as_json(week: Iterable[WeeklyVisit]) -> list[dict[str, Any]]:
    """The week as it is kept with the order."""
    return [
        {"weekday": one.weekday, "starts": f"{one.starts:%H:%M}"}
        | ({"minutes": one.minutes} if one.minutes else {"quantity": one.quantity_hundredths})
        for one in sorted(week)
    ]


def from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[WeeklyVisit, ...]:
    """The week of an order as it was kept."""
    return tuple(
        WeeklyVisit(
            int(row["weekday"]),
            time.fromisoformat(row["starts"]),
            int(row.get("minutes", 0)),
            int(row.get("quantity", 0)),
        )
        for row in rows
    )


def _moments(week: Iterable[WeeklyVisit], period: Period) -> Iterator[tuple[date, WeeklyVisit]]:
    visits = sorted(week, key=lambda one: (one.weekday, one.starts))
    by_weekday: dict[int, list[WeeklyVisit]] = {}
    for visit in visits:
        by_weekday.setdefault(visit.weekday, []).append(visit)
    day, last = period.starts_on, period.last_on
    while day <= last:
        for visit in by_weekday.get(day.isoweekday(), ()):
            yield day, visit
        day += timedelta(days=1)
