"""Days, months, times and quantities in words, in Finnish, Swedish and English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, get_month_names
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from valinta.shared.money import NO_BREAK_SPACE

LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}
_DAY = {"fi": "ccc d.M.", "sv": "EEE d.M.", "en": "EEE d MMM"}
_PLAIN_DAY = {"fi": "d.M.", "sv": "d.M.", "en": "d MMM"}
_YEAR = {"fi": "y", "sv": "y", "en": " y"}


def day_in_words(day: date, language: str, today: date | None = None) -> str:
    """The day with its weekday, “to 19.11.” or “Thu 19 Nov”, and the year when not today's."""
    pattern = _DAY[language]
    if today is not None and day.year != today.year:
        pattern += _YEAR[language]
    return _unbroken(_written(day, pattern, language))


def short_day(day: date, language: str, today: date | None = None) -> str:
    """The day without its weekday, for tight places beside other dates."""
    pattern = _PLAIN_DAY[language]
    if today is not None and day.year != today.year:
        pattern += _YEAR[language]
    return _unbroken(_written(day, pattern, language))


@lru_cache(maxsize=2048)
def _written(day: date, pattern: str, language: str) -> str:
    # A page says the same few days over and over, and Babel takes its time for each.
    return format_date(day, pattern, LOCALES[language])


def month_in_words(day: date, language: str) -> str:
    """The name of the day's month as it stands alone: “marraskuu”, “november”, “November”."""
    return str(get_month_names("wide", "stand-alone", LOCALES[language])[day.month])


def clock_time(moment: datetime, language: str) -> str:
    """A time of day: “9.00” in Finnish and Swedish, “9:00” in English."""
    local = timezone.localtime(moment)
    mark = ":" if language == "en" else "."
    return f"{local.hour}{mark}{local.minute:02d}"


def time_span(started: datetime | None, ended: datetime | None, language: str) -> str:
    """From when to when, “9.00–10.00”; empty when the times were not reported."""
    if started is None or ended is None:
        return ""
    return f"{clock_time(started, language)}–{clock_time(ended, language)}"


def quantity(hundredths: int, language: str) -> str:
    """A quantity in hundredths of a unit as a number: 1200 is “12”, 150 is “1,5” or “1.5”."""
    whole, rest = divmod(hundredths, 100)
    decimals = f"{rest:02d}".rstrip("0")
    return f"{whole}{'.' if language == 'en' else ','}{decimals}" if decimals else str(whole)


def progress(done: int, ordered: int, unit: str, language: str) -> str:
    """How much of what was ordered has been had: “8 / 12 visits”. In hundredths of the unit."""
    shown = {"done": quantity(done, language), "all": quantity(ordered, language)}
    texts = {
        "hour": gettext("%(done)s / %(all)s hours"),
        "visit": gettext("%(done)s / %(all)s visits"),
        "day": gettext("%(done)s / %(all)s days"),
        "week": gettext("%(done)s / %(all)s weeks"),
        "month": gettext("%(done)s / %(all)s months"),
    }
    return texts[unit] % shown


def amount_of(hundredths: int, unit: str, language: str) -> str:
    """A quantity with its unit: “12 h”, “4 visits”. In hundredths of the unit."""
    number = 1 if hundredths == 100 else max(2, hundredths // 100)
    texts = {
        "hour": ngettext("%(n)s hour", "%(n)s hours", number),
        "visit": ngettext("%(n)s visit", "%(n)s visits", number),
        "day": ngettext("%(n)s day", "%(n)s days", number),
        "week": ngettext("%(n)s week", "%(n)s weeks", number),
        "month": ngettext("%(n)s month", "%(n)s months", number),
    }
    return texts[unit] % {"n": quantity(hundredths, language)}


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence: “medicine delivery and shower help”."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _unbroken(date_words: str) -> str:
    """A date stays on one line."""
    return date_words.replace(" ", NO_BREAK_SPACE)
