"""The week of an order gives its visits: days, times, time bands, holidays and the next one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valinta.catalogue.bands import band_rules
from valinta.orders.calendar import (
    BadWeek,
    WeeklyVisit,
    as_json,
    count_by_month,
    days_off,
    from_json,
    next_visit,
    planned_visits,
    quantities_by_band,
)
from valinta.rules.public_holidays import holiday_name
from valinta.shared.periods import Period

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]


def window(days: list[str], start: int, end: int, *, holidays: bool) -> dict[str, object]:
    return {
        "weekdays": days,
        "from_minute": start * 60,
        "to_minute": end * 60,
        "holidays": holidays,
    }


DAY = ("weekday-day", [window(WEEKDAYS, 7, 18, holidays=False)])
EVENING = ("weekday-evening", [window(WEEKDAYS, 18, 22, holidays=False)])
SATURDAY = ("saturday", [window(["sat"], 7, 22, holidays=False)])
SUNDAY = ("sunday-holiday", [window(["sun"], 7, 22, holidays=True)])
EVERY_BAND = band_rules([DAY, EVENING, SATURDAY, SUNDAY])
WEEKDAYS_ONLY = band_rules([DAY])
ANY_TIME = band_rules([("any-time", [window([*WEEKDAYS, "sat", "sun"], 0, 24, holidays=True)])])

MON_THU = (WeeklyVisit(1, time(9), 60), WeeklyVisit(4, time(9), 60))

clocks = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))
visits = st.builds(WeeklyVisit, st.integers(1, 7), clocks, st.integers(1, 1440))
weeks = st.lists(visits, min_size=1, max_size=5, unique=True).map(tuple)
days = st.dates(date(2018, 1, 1), date(2027, 12, 31))
periods = st.builds(
    lambda first, length: Period(first, first + timedelta(days=length)), days, st.integers(1, 120)
)


def test_mondays_and_thursdays_of_november_2020_are_nine_visits() -> None:
    found = list(planned_visits(MON_THU, Period.month(2020, 11), "hour", EVERY_BAND))
    assert [one.on.day for one in found] == [2, 5, 9, 12, 16, 19, 23, 26, 30]
    assert {one.band for one in found} == {"weekday-day"}
    assert sum(one.quantity_hundredths for one in found) == 9_00
    assert (found[0].starts, found[0].ends) == (time(9), time(10))


def test_a_public_holiday_is_in_its_own_band_or_has_no_visit() -> None:
    # Independence day of 2021 is a Monday.
    december = Period(date(2021, 12, 1), date(2021, 12, 10))
    mondays = (WeeklyVisit(1, time(9), 90),)
    (visit,) = planned_visits(mondays, december, "hour", EVERY_BAND)
    assert (visit.on, visit.band) == (date(2021, 12, 6), "sunday-holiday")
    assert visit.holiday == "Independence Day"
    assert list(planned_visits(mondays, december, "hour", WEEKDAYS_ONLY)) == []
    assert days_off(mondays, december, WEEKDAYS_ONLY) == [date(2021, 12, 6)]
    assert days_off(mondays, december, EVERY_BAND) == []


def test_an_evening_and_a_sunday_have_bands_of_their_own() -> None:
    week = (WeeklyVisit(2, time(18), 30), WeeklyVisit(7, time(10), 30))
    found = list(
        planned_visits(week, Period(date(2020, 11, 16), date(2020, 11, 23)), "hour", EVERY_BAND)
    )
    assert [(one.on.day, one.band) for one in found] == [
        (17, "weekday-evening"),
        (22, "sunday-holiday"),
    ]
    assert quantities_by_band(found) == {"weekday-evening": 50, "sunday-holiday": 50}


def test_a_visit_is_one_unit_unless_the_unit_is_time() -> None:
    assert WeeklyVisit(1, time(9), 45).quantity("visit") == 100
    assert WeeklyVisit(1, time(9), 45).quantity("hour") == 75
    assert WeeklyVisit(1, time(9), 50).quantity("hour") == 83
    assert WeeklyVisit(1, time(9), 0, 200).quantity("day") == 200


@pytest.mark.parametrize(
    "wrong", [(0, 60, 0), (8, 60, 0), (1, 0, 0), (1, 60, 100), (1, -5, 0), (1, 1441, 0)]
)
def test_a_week_that_cannot_be_is_refused(wrong: tuple[int, int, int]) -> None:
    weekday, minutes, quantity = wrong
    with pytest.raises(BadWeek):
        WeeklyVisit(weekday, time(9), minutes, quantity)


def test_the_next_visit_is_later_today_or_on_another_day_that_is_not_called_off() -> None:
    term = Period(date(2020, 11, 1), date(2020, 12, 1))
    thursday = datetime.fromisoformat("2020-11-19T08:59")

    def following(after: datetime, *off: date) -> date | None:
        found = next_visit(MON_THU, term, "hour", EVERY_BAND, after=after, without=frozenset(off))
        return found and found.on

    assert following(thursday) == date(2020, 11, 19)
    assert following(thursday.replace(hour=9, minute=0)) == date(2020, 11, 23)
    assert following(thursday, date(2020, 11, 19)) == date(2020, 11, 23)
    assert following(datetime.fromisoformat("2020-11-30T12:00")) is None
    assert next_visit((), term, "hour", EVERY_BAND, after=thursday) is None


@given(weeks, periods)
def test_every_visit_is_in_the_period_on_a_day_of_the_week_and_in_order(
    week: tuple[WeeklyVisit, ...], period: Period
) -> None:
    found = list(planned_visits(week, period, "hour", ANY_TIME))
    assert all(period.contains(one.on) for one in found)
    assert {(one.on.isoweekday(), one.starts) for one in found} <= {
        (one.weekday, one.starts) for one in week
    }
    assert [(one.on, one.starts) for one in found] == sorted((one.on, one.starts) for one in found)
    assert len(found) == sum(
        (period.starts_on + timedelta(days=day)).isoweekday() == one.weekday
        for one in week
        for day in range(period.days)
    )


@given(weeks, periods)
def test_cut_at_the_turns_of_months_there_are_as_many_visits_as_in_one_go(
    week: tuple[WeeklyVisit, ...], period: Period
) -> None:
    whole = list(planned_visits(week, period, "hour", EVERY_BAND))
    by_month = [
        one for month in period.months() for one in planned_visits(week, month, "hour", EVERY_BAND)
    ]
    assert by_month == whole
    assert sum(count_by_month(whole).values()) == len(whole)
    assert sum(quantities_by_band(whole).values()) == sum(one.quantity_hundredths for one in whole)


@given(weeks, periods)
def test_each_day_of_the_week_has_its_visit_or_is_a_day_off(
    week: tuple[WeeklyVisit, ...], period: Period
) -> None:
    given_on = {(one.on, one.starts) for one in planned_visits(week, period, "hour", WEEKDAYS_ONLY)}
    off = set(days_off(week, period, WEEKDAYS_ONLY))
    for number in range(period.days):
        day = period.starts_on + timedelta(days=number)
        for one in week:
            if one.weekday != day.isoweekday():
                continue
            covered = (
                time(7) <= one.starts < time(18) and one.weekday <= 5 and holiday_name(day) is None
            )
            assert ((day, one.starts) in given_on) == covered
            assert covered or day in off


@given(weeks, periods, st.integers(-5, 130), st.integers(0, 1439))
def test_the_next_visit_is_the_first_of_those_planned_after_the_moment(
    week: tuple[WeeklyVisit, ...], period: Period, day: int, minute: int
) -> None:
    moment = datetime.combine(period.starts_on, time()) + timedelta(days=day, minutes=minute)
    planned = planned_visits(week, period, "visit", EVERY_BAND)
    later = [one for one in planned if datetime.combine(one.on, one.starts) > moment]
    assert next_visit(week, period, "visit", EVERY_BAND, after=moment) == next(iter(later), None)


@given(weeks)
def test_a_week_is_read_as_it_was_kept(week: tuple[WeeklyVisit, ...]) -> None:
    assert from_json(as_json(week)) == tuple(sorted(week))
