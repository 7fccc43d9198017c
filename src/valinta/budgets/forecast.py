"""Until when the money lasts at the present pace. Pure arithmetic: days, cents, and no database.

Method. Visits are taken to come at random at a steady rate (a compound Poisson process), watched
over the last weeks. With n visits that cost alike, the expected number lies with four chances in
five between Byar's bounds for a Poisson count; visits of unequal price count as the number
(sum of costs)² / (sum of squared costs) of equal ones, so a few dear visits make the range wider.
The bounds of the count, times the mean cost, divided by the days watched, give the cents for a day.

What orders hold is known: it is spent by the end of its month or voucher at the latest, so a day
never costs less than what is held shared evenly over the days that are left.

Fewer than `FEWEST_VISITS` visits or `FEWEST_DAYS` days watched say too little: there is no pace
then. Visits reported late make the pace look slower than it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, sqrt

from valinta.shared.periods import Period

WATCHED_DAYS = 28
FEWEST_VISITS = 4
FEWEST_DAYS = 14
# The standard normal's quantile that leaves a tenth on either side.
_Z = 1.2816


@dataclass(frozen=True, slots=True)
class Watched:
    """What was delivered while watching: days, visits, cents, and the sum of squared cents."""

    days: int
    visits: int
    cents: int
    squares: int


@dataclass(frozen=True, slots=True)
class Pace:
    """Cents for a day: the most likely, and what it is with four chances in five between."""

    slow: float
    likely: float
    fast: float


@dataclass(frozen=True, slots=True)
class Purse:
    """Money for some days, in cents: what is not yet paid, and of it what orders hold."""

    period: Period
    left: int
    held: int = 0


@dataclass(frozen=True, slots=True)
class Forecast:
    """The last day that the money covers: most likely, at the soonest and at the latest.

    `ends_on` is the last day of the money itself; days never lie beyond it.
    """

    likely: date
    soonest: date
    latest: date
    ends_on: date

    @property
    def lasts(self) -> bool:
        """Whether the money most likely covers all of its days."""
        return self.likely == self.ends_on

    @property
    def is_sure(self) -> bool:
        """Whether the soonest and the latest day are the same."""
        return self.soonest == self.latest


def pace(watched: Watched) -> Pace | None:
    """The pace of the days watched, or None when they say too little. See the method above."""
    if watched.visits < FEWEST_VISITS or watched.days < FEWEST_DAYS or watched.cents <= 0:
        return None
    count = watched.cents**2 / watched.squares
    daily = watched.cents / watched.days
    return Pace(daily * _lower(count) / count, daily, daily * _upper(count) / count)


def forecast(
    purses: Sequence[Purse], speed: Pace, today: date, *, carries_over: bool = False
) -> Forecast:
    """Until when the purses last, one after the other, from today on.

    The first purse's period holds today. What is left of a purse goes on to the next when
    `carries_over`, and otherwise not. Raises ValueError without a purse, OpenPeriod for one
    without an end.
    """
    if not purses:
        raise ValueError("A forecast is made of some money: give at least one purse.")
    days = [
        _last_day(purses, daily, today, carries_over)
        for daily in (speed.fast, speed.likely, speed.slow)
    ]
    return Forecast(
        soonest=days[0], likely=days[1], latest=days[2], ends_on=purses[-1].period.last_on
    )


def _last_day(purses: Sequence[Purse], daily: float, today: date, carries_over: bool) -> date:
    over = 0.0
    for purse in purses:
        starts_on = max(today, purse.period.starts_on)
        days = (purse.period.last_on - starts_on).days + 1
        money = purse.left + over
        spent = max(daily, purse.held / days)
        covered = days if spent == 0 else floor(money / spent)
        if covered < days:
            return max(today, starts_on + timedelta(days=covered - 1))
        over = max(money - spent * days, 0.0) if carries_over else 0.0
    return purses[-1].period.last_on


def _lower(count: float) -> float:
    return count * max(0.0, 1 - 1 / (9 * count) - _Z / (3 * sqrt(count))) ** 3


def _upper(count: float) -> float:
    more = count + 1
    return more * (1 - 1 / (9 * more) + _Z / (3 * sqrt(more))) ** 3
