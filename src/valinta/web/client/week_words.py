"""The week of an order in words: “Mondays and Thursdays 9:00–10:00”."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.orders.calendar import WeeklyVisit
from valinta.web.wording import joined

WEEKDAYS: dict[int, str | Promise] = {
    1: _("Mondays"),
    2: _("Tuesdays"),
    3: _("Wednesdays"),
    4: _("Thursdays"),
    5: _("Fridays"),
    6: _("Saturdays"),
    7: _("Sundays"),
}
WEEKDAY_NAMES: dict[int, str | Promise] = {
    1: _("Monday"),
    2: _("Tuesday"),
    3: _("Wednesday"),
    4: _("Thursday"),
    5: _("Friday"),
    6: _("Saturday"),
    7: _("Sunday"),
}
_WORKING = frozenset({1, 2, 3, 4, 5})
_ALL = frozenset(range(1, 8))


def week_in_words(week: Sequence[WeeklyVisit], unit: str, language: str) -> str:
    """On which days and at which times the visits are; empty without a week.

    A service that fills whole days has no time of day.
    """
    by_time: dict[tuple[time, int], set[int]] = {}
    for visit in week:
        key = (visit.starts, visit.minutes) if unit != "day" else (time.min, 0)
        by_time.setdefault(key, set()).add(visit.weekday)
    parts = [_part(days, *when, language) for when, days in sorted(by_time.items())]
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def clock(moment: time, language: str) -> str:
    """A time of day: “9.00” in Finnish and Swedish, “9:00” in English."""
    mark = ":" if language == "en" else "."
    return f"{moment.hour}{mark}{moment.minute:02d}"


def clock_span(starts: time, minutes: int, language: str) -> str:
    """From when to when; only the beginning when the length is not known."""
    if not minutes:
        return clock(starts, language)
    total = starts.hour * 60 + starts.minute + minutes
    ends = time(total // 60 % 24, total % 60)
    return f"{clock(starts, language)}–{clock(ends, language)}"


def minutes_in_words(minutes: int) -> str:
    """A length of time: “45 min”, “1 h 30 min”."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return gettext("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)s h") % {"hours": hours}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def _part(days: set[int], starts: time, minutes: int, language: str) -> str:
    if days == _ALL:
        when = gettext("every day")
    elif days == _WORKING:
        when = gettext("from Monday to Friday")
    else:
        when = joined([str(WEEKDAYS[day]) for day in sorted(days)])
    if starts == time.min and not minutes:
        return when
    span = clock_span(starts, minutes, language)
    return gettext("%(days)s %(time)s") % {"days": when, "time": span}
