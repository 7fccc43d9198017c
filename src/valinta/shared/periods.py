"""Half-open periods of days: the first day belongs to the period, the end day does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_DAY = timedelta(days=1)


class PeriodError(ValueError):
    """Something about a period that cannot be so."""


class EmptyPeriod(PeriodError):
    """The period would hold no day: it ends on or before the day it starts."""


class OpenPeriod(PeriodError):
    """The question needs an end day, and this period goes on until further notice."""


class BeyondCalendar(PeriodError):
    """The period would end after the last day that can be written, 31 December 9999."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``starts_on`` up to but not including ``ends_on``; ``None`` is open-ended.

    A period always holds at least one day: ``EmptyPeriod`` is raised otherwise. A moment
    (``datetime``) in place of a day is a ``TypeError``.
    """

    starts_on: date
    ends_on: date | None = None

    def __post_init__(self) -> None:
        _require_day(self.starts_on)
        if self.ends_on is not None and _require_day(self.ends_on) <= self.starts_on:
            raise EmptyPeriod(
                f"A period from {self.starts_on} to {self.ends_on} holds no day. The end day is "
                "not part of the period: give one later than the first day."
            )

    @classmethod
    def from_inclusive(cls, first: date, last: date | None) -> Period:
        """The period whose last day is ``last`` (half-open ends are one day later)."""
        if last is None:
            return cls(first)
        if _require_day(last) == date.max:
            raise BeyondCalendar("Leave the last day out to make a period without an end.")
        return cls(first, last + _DAY)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """One calendar month."""
        first = date(year, month, 1)
        return cls(first, _next_month(first))

    @property
    def is_open(self) -> bool:
        """Whether the period goes on until further notice."""
        return self.ends_on is None

    @property
    def last_on(self) -> date:
        """The last day that belongs to the period. Raises ``OpenPeriod``."""
        return self._end() - _DAY

    @property
    def days(self) -> int:
        """How many days the period holds. Raises ``OpenPeriod``."""
        return (self._end() - self.starts_on).days

    def contains(self, day: date) -> bool:
        """Whether the day belongs to the period."""
        _require_day(day)
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def covers(self, other: Period) -> bool:
        """Whether every day of ``other`` belongs to this period."""
        if self.ends_on is None:
            return self.starts_on <= other.starts_on
        return (
            self.starts_on <= other.starts_on
            and other.ends_on is not None
            and other.ends_on <= self.ends_on
        )

    def overlaps(self, other: Period) -> bool:
        """Whether some day belongs to both."""
        return self.intersection(other) is not None

    def intersection(self, other: Period) -> Period | None:
        """The days that belong to both, or ``None`` when there are none."""
        starts_on = max(self.starts_on, other.starts_on)
        ends = [end for end in (self.ends_on, other.ends_on) if end is not None]
        if ends and min(ends) <= starts_on:
            return None
        return Period(starts_on, min(ends) if ends else None)

    def minus(self, other: Period) -> list[Period]:
        """The days of this period that do not belong to ``other``: none, one or two periods."""
        if not self.overlaps(other):
            return [self]
        left = []
        if self.starts_on < other.starts_on:
            left.append(Period(self.starts_on, other.starts_on))
        if other.ends_on is not None and (self.ends_on is None or other.ends_on < self.ends_on):
            left.append(Period(other.ends_on, self.ends_on))
        return left

    def is_adjacent_to(self, other: Period) -> bool:
        """Whether one starts on the day the other ends: no gap between them and no overlap."""
        return self.ends_on == other.starts_on or other.ends_on == self.starts_on

    def months(self) -> list[Period]:
        """The period cut at the turns of calendar months, in order. Raises ``OpenPeriod``."""
        return list(self._slices(self._end()))

    def __str__(self) -> str:
        return f"{self.starts_on.isoformat()}/{self.ends_on.isoformat() if self.ends_on else '..'}"

    def _slices(self, ends_on: date) -> Iterator[Period]:
        cursor = self.starts_on
        while (turn := _next_month(cursor)) < ends_on:
            yield Period(cursor, turn)
            cursor = turn
        yield Period(cursor, ends_on)

    def _end(self) -> date:
        if self.ends_on is None:
            raise OpenPeriod(
                f"The period from {self.starts_on} has no end day. "
                "Take its intersection with a period that ends, and ask again."
            )
        return self.ends_on


def _next_month(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month, 12)
    if year > date.max.year:
        raise BeyondCalendar("Calendar months are counted up to November 9999.")
    return date(year, month + 1, 1)


def _require_day(day: date) -> date:
    if isinstance(day, datetime) or not isinstance(day, date):
        raise TypeError(f"A period is made of days (date), not of {day!r}.")
    return day
