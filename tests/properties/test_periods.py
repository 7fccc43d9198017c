"""Laws of half-open periods, checked day by day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from valinta.shared.periods import Period

DAYS = st.dates(date(2018, 1, 1), date(2022, 1, 1))
HORIZON = date(2040, 1, 1)


@st.composite
def bounded(draw: st.DrawFn) -> Period:
    starts_on = draw(DAYS)
    return Period(starts_on, starts_on + timedelta(days=draw(st.integers(1, 800))))


PERIODS = st.one_of(bounded(), DAYS.map(Period))


@given(PERIODS, PERIODS, DAYS)
def test_a_day_is_common_exactly_when_it_is_in_both(one: Period, two: Period, day: date) -> None:
    common = one.intersection(two)
    in_common = common is not None and common.contains(day)
    assert in_common == (one.contains(day) and two.contains(day))
    assert one.intersection(two) == two.intersection(one)
    assert one.overlaps(two) == (common is not None)


@given(PERIODS, PERIODS, DAYS)
def test_a_day_is_left_exactly_when_it_is_in_one_and_not_the_other(
    one: Period, two: Period, day: date
) -> None:
    left = one.minus(two)
    assert sum(part.contains(day) for part in left) == (one.contains(day) and not two.contains(day))
    assert not any(part.overlaps(two) for part in left)


@given(PERIODS, PERIODS)
def test_what_is_left_and_what_is_common_make_the_whole(one: Period, two: Period) -> None:
    limit = Period(date(2000, 1, 1), HORIZON)
    pieces = one.minus(two) + ([common] if (common := one.intersection(two)) else [])
    bounded_pieces = [piece.intersection(limit) for piece in pieces]
    whole = one.intersection(limit)
    assert whole is not None
    assert sum(piece.days for piece in bounded_pieces if piece) == whole.days


@given(PERIODS, PERIODS)
def test_covering_means_that_nothing_is_left(one: Period, two: Period) -> None:
    assert one.covers(two) == (two.minus(one) == [])


@given(PERIODS, PERIODS)
def test_adjacent_periods_never_overlap(one: Period, two: Period) -> None:
    assert one.is_adjacent_to(two) == two.is_adjacent_to(one)
    assert not (one.is_adjacent_to(two) and one.overlaps(two))


@given(bounded())
def test_months_follow_each_other_and_make_the_whole(period: Period) -> None:
    months = period.months()
    assert months[0].starts_on == period.starts_on
    assert months[-1].ends_on == period.ends_on
    assert sum(month.days for month in months) == period.days
    for month in months:
        assert Period.month(month.starts_on.year, month.starts_on.month).covers(month)
    for before, after in zip(months, months[1:], strict=False):
        assert before.ends_on == after.starts_on


@given(bounded())
def test_inclusive_days_round_trip(period: Period) -> None:
    assert Period.from_inclusive(period.starts_on, period.last_on) == period
    assert period.contains(period.last_on)
