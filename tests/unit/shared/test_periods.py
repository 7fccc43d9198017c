"""What half-open periods do and refuse, case by case."""

from datetime import UTC, date, datetime

import pytest

from valinta.shared.periods import BeyondCalendar, EmptyPeriod, OpenPeriod, Period


def day(text: str) -> date:
    return date.fromisoformat(text)


def period(starts_on: str, ends_on: str | None = None) -> Period:
    return Period(day(starts_on), day(ends_on) if ends_on else None)


SPRING = period("2019-03-01", "2019-06-01")


@pytest.mark.parametrize("ends_on", ["2019-03-01", "2019-02-28"])
def test_a_period_without_days_is_refused(ends_on: str) -> None:
    with pytest.raises(EmptyPeriod, match="holds no day"):
        period("2019-03-01", ends_on)


def test_a_moment_is_not_a_day() -> None:
    moment = datetime(2019, 3, 1, 12, tzinfo=UTC)
    with pytest.raises(TypeError, match="days"):
        Period(moment, None)
    with pytest.raises(TypeError, match="days"):
        Period(day("2019-01-01"), moment)
    with pytest.raises(TypeError, match="days"):
        SPRING.contains(moment)


def test_the_first_day_belongs_to_the_period_and_the_end_day_does_not() -> None:
    assert SPRING.contains(day("2019-03-01"))
    assert SPRING.contains(day("2019-05-31"))
    assert not SPRING.contains(day("2019-06-01"))
    assert not SPRING.contains(day("2019-02-28"))


def test_an_open_period_goes_on_until_further_notice() -> None:
    open_period = period("2019-03-01")
    assert open_period.is_open
    assert open_period.contains(date.max)
    assert not open_period.contains(day("2019-02-28"))


@pytest.mark.parametrize("question", ["days", "last_on"])
def test_an_open_period_has_no_length_and_no_last_day(question: str) -> None:
    with pytest.raises(OpenPeriod, match="no end day"):
        getattr(period("2019-03-01"), question)


def test_an_open_period_has_no_list_of_months() -> None:
    with pytest.raises(OpenPeriod, match="no end day"):
        period("2019-03-01").months()


def test_inclusive_days_become_a_half_open_period() -> None:
    assert Period.from_inclusive(day("2019-03-01"), day("2019-05-31")) == SPRING
    assert Period.from_inclusive(day("2019-03-01"), day("2019-03-01")).days == 1
    assert Period.from_inclusive(day("2019-03-01"), None) == period("2019-03-01")
    assert SPRING.last_on == day("2019-05-31")


def test_the_calendar_has_an_end() -> None:
    with pytest.raises(BeyondCalendar):
        Period.from_inclusive(day("2019-03-01"), date.max)
    with pytest.raises(BeyondCalendar):
        Period.month(9999, 12)


@pytest.mark.parametrize(
    ("year", "month", "days"), [(2019, 2, 28), (2020, 2, 29), (2019, 12, 31), (2019, 4, 30)]
)
def test_a_month_has_the_days_of_the_calendar(year: int, month: int, days: int) -> None:
    assert Period.month(year, month).starts_on == date(year, month, 1)
    assert Period.month(year, month).days == days


@pytest.mark.parametrize(
    ("other", "common"),
    [
        (period("2019-05-31", "2019-07-01"), period("2019-05-31", "2019-06-01")),
        (period("2019-06-01", "2019-07-01"), None),
        (period("2019-01-01", "2019-03-01"), None),
        (period("2019-04-01"), period("2019-04-01", "2019-06-01")),
        (period("2019-01-01", "2020-01-01"), SPRING),
    ],
)
def test_the_days_common_to_two_periods(other: Period, common: Period | None) -> None:
    assert SPRING.intersection(other) == common
    assert other.intersection(SPRING) == common
    assert SPRING.overlaps(other) is (common is not None)


def test_two_open_periods_have_the_later_one_in_common() -> None:
    later = period("2019-04-01")
    assert period("2019-03-01").intersection(later) == later


@pytest.mark.parametrize(
    ("other", "left"),
    [
        (period("2019-01-01", "2019-02-01"), [SPRING]),
        (period("2019-01-01"), []),
        (SPRING, []),
        (
            period("2019-04-01", "2019-05-01"),
            [period("2019-03-01", "2019-04-01"), period("2019-05-01", "2019-06-01")],
        ),
        (period("2019-04-01"), [period("2019-03-01", "2019-04-01")]),
        (period("2019-01-01", "2019-04-01"), [period("2019-04-01", "2019-06-01")]),
    ],
)
def test_what_is_left_when_days_are_taken_away(other: Period, left: list[Period]) -> None:
    assert SPRING.minus(other) == left


def test_an_open_period_stays_open_after_what_is_taken_away() -> None:
    assert period("2019-01-01").minus(SPRING) == [
        period("2019-01-01", "2019-03-01"),
        period("2019-06-01"),
    ]


@pytest.mark.parametrize(
    ("whole", "part", "covered"),
    [
        (SPRING, SPRING, True),
        (SPRING, period("2019-03-01"), False),
        (period("2019-03-01"), SPRING, True),
        (period("2019-03-02"), SPRING, False),
        (SPRING, period("2019-05-01", "2019-06-02"), False),
    ],
)
def test_a_period_covers_what_lies_inside_it(whole: Period, part: Period, covered: bool) -> None:
    assert whole.covers(part) is covered


def test_periods_are_adjacent_when_one_starts_where_the_other_ends() -> None:
    summer = period("2019-06-01")
    assert SPRING.is_adjacent_to(summer)
    assert summer.is_adjacent_to(SPRING)
    assert not SPRING.is_adjacent_to(period("2019-06-02"))
    assert not SPRING.is_adjacent_to(period("2019-05-31"))
    assert not summer.is_adjacent_to(summer)


def test_a_period_is_cut_at_the_turns_of_months() -> None:
    assert period("2019-11-15", "2020-01-02").months() == [
        period("2019-11-15", "2019-12-01"),
        period("2019-12-01", "2020-01-01"),
        period("2020-01-01", "2020-01-02"),
    ]
    assert Period.month(2019, 2).months() == [Period.month(2019, 2)]


def test_a_period_is_written_as_an_iso_interval() -> None:
    assert str(SPRING) == "2019-03-01/2019-06-01"
    assert str(period("2019-03-01")) == "2019-03-01/.."
