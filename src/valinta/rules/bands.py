"""Which time band a moment belongs to. The bands are the organiser's and come as data.

A day is a public holiday, or a weekday that may also be an eve. A public holiday is not a Monday or
a Friday for the rules: a rule for Mondays never catches Easter Monday. A Sunday stays a Sunday.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from valinta.rules.law import RuleError
from valinta.rules.public_holidays import holiday_name, is_eve


class DayKind(StrEnum):
    """What a rule can say about a day."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    EVE = "eve"
    PUBLIC_HOLIDAY = "public_holiday"


class NoBandError(RuleError):
    """No rule covers a moment."""


class MomentWithoutZoneError(RuleError):
    """A moment has no time zone, so its day is not known."""


@dataclass(frozen=True, slots=True)
class BandRule:
    """A band on some kinds of day, from `starts` until before `ends`; no end is midnight.

    A rule whose end is before its start covers the small hours and the late evening of the same
    day, each moment judged by the day it is on.
    """

    code: str
    days: frozenset[DayKind]
    starts: time = time.min
    ends: time | None = None

    def covers(self, kinds: frozenset[DayKind], clock: time) -> bool:
        """Whether the rule holds on a day of these kinds at a time of day."""
        if self.days.isdisjoint(kinds):
            return False
        if self.ends is None:
            return clock >= self.starts
        if self.ends > self.starts:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends


@dataclass(frozen=True, slots=True)
class BandRules:
    """An organiser's bands, in order: the first rule that covers a moment decides.

    `eves_of` names the public holidays (in English) whose day before counts as an eve.
    """

    rules: tuple[BandRule, ...]
    eves_of: frozenset[str] = frozenset()
    zone: str = "Europe/Helsinki"


_WEEKDAYS = tuple(DayKind)[:7]


@lru_cache(maxsize=4096)
def kinds_of(day: date, eves_of: frozenset[str]) -> frozenset[DayKind]:
    """What kinds of day a date is."""
    weekday = _WEEKDAYS[day.weekday()]
    if holiday_name(day) is not None:
        sunday = {DayKind.SUNDAY} & {weekday}
        return frozenset({DayKind.PUBLIC_HOLIDAY, *sunday})
    return frozenset({weekday, DayKind.EVE} if is_eve(day, of=eves_of) else {weekday})


def band_at(day: date, clock: time, rules: BandRules) -> str:
    """Code of the band at a local time on a day. Raises NoBandError when no rule covers it."""
    kinds = kinds_of(day, rules.eves_of)
    for rule in rules.rules:
        if rule.covers(kinds, clock):
            return rule.code
    raise NoBandError(
        f"No time band covers {day.isoformat()} at {clock.isoformat('minutes')} "
        f"({', '.join(sorted(kinds))}). Add a rule for it to the programme's bands."
    )


def band_of(moment: datetime, rules: BandRules) -> str:
    """Code of the band a moment belongs to, judged on the clock of the rules' time zone.

    Raises MomentWithoutZoneError for a moment without a zone, and NoBandError.
    """
    if moment.tzinfo is None:
        raise MomentWithoutZoneError("A moment needs a time zone to have a time band.")
    local = moment.astimezone(ZoneInfo(rules.zone))
    return band_at(local.date(), local.time(), rules)


def gaps(rules: BandRules) -> list[tuple[DayKind, time]]:
    """Kinds of day and times from which no rule holds; empty when every moment has a band.

    Bands can only change where a rule starts or ends, so only those times are looked at. A pack is
    checked with this when it is loaded.
    """
    edges = sorted({time.min, *_edges(rules.rules)})
    return [
        (kind, clock)
        for kind in (*_WEEKDAYS, DayKind.PUBLIC_HOLIDAY)
        for clock in edges
        if not any(rule.covers(frozenset({kind}), clock) for rule in rules.rules)
    ]


def _edges(rules: Iterable[BandRule]) -> Iterable[time]:
    for rule in rules:
        yield rule.starts
        if rule.ends is not None:
            yield rule.ends
