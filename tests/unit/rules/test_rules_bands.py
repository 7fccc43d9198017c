"""Time bands and Finnish public holidays."""

from datetime import UTC, date, datetime, time

import pytest

from valinta.rules.bands import (
    BandRule,
    BandRules,
    DayKind,
    MomentWithoutZoneError,
    NoBandError,
    band_at,
    band_of,
    gaps,
)
from valinta.rules.public_holidays import holiday_name, is_eve

WORKING = frozenset(tuple(DayKind)[:5])
HOLY = frozenset({DayKind.SUNDAY, DayKind.PUBLIC_HOLIDAY})
SATURDAY = frozenset({DayKind.SATURDAY})
EVERY = frozenset(DayKind)

RULES = BandRules(
    rules=(
        BandRule("holiday", HOLY),
        BandRule("eve", frozenset({DayKind.EVE}), time(18)),
        BandRule("night", EVERY, time(22), time(7)),
        BandRule("saturday", SATURDAY, time(7), time(18)),
        BandRule("saturday_evening", SATURDAY, time(18)),
        BandRule("day", WORKING, time(7), time(18)),
        BandRule("evening", WORKING, time(18), time(22)),
    ),
    eves_of=frozenset({"Christmas Day", "Midsummer Day", "New Year's Day"}),
)


@pytest.mark.parametrize(
    ("day", "clock", "band"),
    [
        (date(2019, 3, 4), time(7), "day"),
        (date(2019, 3, 4), time(6, 59), "night"),
        (date(2019, 3, 4), time(17, 59, 59), "day"),
        (date(2019, 3, 4), time(18), "evening"),
        (date(2019, 3, 4), time(22), "night"),
        (date(2019, 3, 9), time(12), "saturday"),
        (date(2019, 3, 9), time(19), "saturday_evening"),
        (date(2019, 3, 10), time(12), "holiday"),
        (date(2019, 4, 22), time(12), "holiday"),
        (date(2019, 12, 6), time(12), "holiday"),
        (date(2019, 12, 24), time(12), "day"),
        (date(2019, 12, 24), time(18), "eve"),
        (date(2019, 12, 31), time(20), "eve"),
        (date(2019, 6, 21), time(17), "day"),
        (date(2019, 6, 21), time(19), "eve"),
        (date(2019, 4, 30), time(19), "evening"),
    ],
)
def test_a_moment_belongs_to_the_first_band_that_covers_it(
    day: date, clock: time, band: str
) -> None:
    assert band_at(day, clock, RULES) == band


def test_a_moment_is_judged_on_the_finnish_clock() -> None:
    assert band_of(datetime(2019, 3, 3, 22, 30, tzinfo=UTC), RULES) == "night"
    assert band_of(datetime(2019, 3, 3, 21, 30, tzinfo=UTC), RULES) == "holiday"
    assert band_of(datetime(2019, 7, 1, 4, 0, tzinfo=UTC), RULES) == "day"
    assert band_of(datetime(2019, 1, 2, 4, 0, tzinfo=UTC), RULES) == "night"


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2019, 3, 3, 12, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(MomentWithoutZoneError):
        band_of(naive, RULES)


def test_a_weekday_rule_never_catches_a_public_holiday() -> None:
    only_weekdays = BandRules(rules=(BandRule("day", WORKING | SATURDAY),))
    with pytest.raises(NoBandError, match="2019-04-22 at 12:00"):
        band_at(date(2019, 4, 22), time(12), only_weekdays)


def test_a_holiday_on_a_sunday_is_still_a_sunday() -> None:
    sundays = BandRules(rules=(BandRule("sunday", frozenset({DayKind.SUNDAY})),))
    assert band_at(date(2026, 12, 6), time(12), sundays) == "sunday"


def test_gaps_tell_which_days_and_times_have_no_band() -> None:
    assert gaps(RULES) == []
    holed = BandRules(rules=(BandRule("day", EVERY, time(7), time(18)), BandRule("s", SATURDAY)))
    found = gaps(holed)
    assert (DayKind.MONDAY, time.min) in found
    assert (DayKind.PUBLIC_HOLIDAY, time(18)) in found
    assert not any(kind is DayKind.SATURDAY for kind, _ in found)


def test_the_public_holidays_of_2019_are_the_thirteen_of_the_acts() -> None:
    found = {
        day.isoformat()[5:]
        for day in (date.fromordinal(date(2019, 1, 1).toordinal() + n) for n in range(365))
        if holiday_name(day)
    }
    assert found == {
        *("01-01", "01-06", "04-19", "04-21", "04-22", "05-01", "05-30"),
        *("06-09", "06-22", "11-02", "12-06", "12-25", "12-26"),
    }


def test_an_eve_is_the_day_before_a_named_holiday_and_no_holiday_itself() -> None:
    assert is_eve(date(2019, 12, 24), of={"Christmas Day"})
    assert not is_eve(date(2019, 12, 25), of={"Second Day of Christmas"})
    assert not is_eve(date(2019, 12, 24), of={"New Year's Day"})
    assert is_eve(date(2019, 12, 31), of={"New Year's Day"})
