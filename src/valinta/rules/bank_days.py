"""The days on which banks in Finland carry out payments."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

from valinta.rules.law import figure
from valinta.rules.public_holidays import holiday_name

_SATURDAY = 5


@cache
def _eves_of_year(year: int) -> frozenset[date]:
    names = set(figure("bank_days.eves_without_banks", date(year, 1, 1)).value)
    found = holidays.country_holidays("FI", years=year, language="en_US")
    return frozenset(day for day, name in found.items() if name in names)


def is_bank_day(day: date) -> bool:
    """Whether banks carry out payments on the day."""
    return (
        day.weekday() < _SATURDAY
        and holiday_name(day) is None
        and day not in _eves_of_year(day.year)
    )


def bank_day_from(day: date) -> date:
    """The day itself, or the first bank day after it."""
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day
