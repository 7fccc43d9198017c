"""Finnish public holidays and their eves, by day."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

import holidays

from valinta.rules.law import figure


@cache
def _of_year(year: int) -> dict[date, str]:
    """Public holidays of a year by English name, without the eves that are holidays by custom."""
    by_custom = set(figure("calendar.eves_by_custom", date(year, 1, 1)).value)
    found = holidays.country_holidays("FI", years=year, language="en_US")
    return {day: name for day, name in found.items() if name not in by_custom}


def holiday_name(day: date) -> str | None:
    """The English name of the public holiday on a day; None on any other day."""
    return _of_year(day.year).get(day)


def is_eve(day: date, *, of: Collection[str]) -> bool:
    """Whether a day comes just before one of the named public holidays, and is not one itself."""
    return holiday_name(day) is None and holiday_name(day + timedelta(days=1)) in of
