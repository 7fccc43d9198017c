"""How long the money lasts: the range holds the point, more money lasts longer, never the past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from valinta.budgets.forecast import Forecast, Pace, Purse, Watched, forecast, pace
from valinta.shared.periods import Period

TODAY = date(2020, 11, 11)
NOVEMBER = Period.month(2020, 11)
DECEMBER = Period.month(2020, 12)


@st.composite
def watched(draw: st.DrawFn) -> Watched:
    costs = draw(st.lists(st.integers(1, 50_000), min_size=4, max_size=60))
    return Watched(
        draw(st.integers(14, 28)), len(costs), sum(costs), sum(cost**2 for cost in costs)
    )


@st.composite
def purses(draw: st.DrawFn) -> list[Purse]:
    made = []
    for month in (NOVEMBER, DECEMBER, Period.month(2021, 1))[: draw(st.integers(1, 3))]:
        left = draw(st.integers(0, 400_000))
        made.append(Purse(month, left, draw(st.integers(0, left))))
    return made


def told(one: Watched, money: list[Purse], carries_over: bool = False) -> Forecast:
    speed = pace(one)
    assert speed is not None
    return forecast(money, speed, TODAY, carries_over=carries_over)


@given(watched(), purses(), st.booleans())
def test_the_range_holds_the_point_and_never_begins_before_today(
    one: Watched, money: list[Purse], carries_over: bool
) -> None:
    found = told(one, money, carries_over)
    assert TODAY <= found.soonest <= found.likely <= found.latest <= found.ends_on
    assert found.ends_on == money[-1].period.last_on


@given(watched(), purses(), st.booleans(), st.integers(0, 2), st.integers(0, 300_000))
def test_more_money_never_ends_sooner(
    one: Watched, money: list[Purse], carries_over: bool, which: int, more: int
) -> None:
    assume(which < len(money))
    richer = list(money)
    old = money[which]
    richer[which] = Purse(old.period, old.left + more, old.held)
    before, after = told(one, money, carries_over), told(one, richer, carries_over)
    for part in ("soonest", "likely", "latest"):
        assert getattr(after, part) >= getattr(before, part)


@given(watched(), purses())
def test_money_that_carries_over_never_ends_sooner(one: Watched, money: list[Purse]) -> None:
    assert told(one, money, carries_over=True).likely >= told(one, money).likely


@given(watched())
def test_the_bounds_hold_the_pace_and_narrow_with_more_visits(one: Watched) -> None:
    speed = pace(one)
    longer = pace(Watched(one.days, one.visits * 9, one.cents * 9, one.squares * 9))
    assert speed is not None
    assert longer is not None
    assert 0 <= speed.slow <= speed.likely <= speed.fast
    assert longer.fast / longer.likely < speed.fast / speed.likely
    assert longer.slow / longer.likely >= speed.slow / speed.likely


@pytest.mark.parametrize(
    ("days", "visits"), [(13, 10), (28, 3), (0, 0)], ids=["too short", "too few", "nothing"]
)
def test_too_little_to_go_by_gives_no_pace(days: int, visits: int) -> None:
    assert pace(Watched(days, visits, visits * 100, visits * 10_000)) is None


def test_a_pace_by_hand() -> None:
    """Ten visits of 40 € in twenty days are 20 € a day; 100 € are five days, today included."""
    speed = pace(Watched(20, 10, 400_00, 10 * 40_00**2))
    assert speed is not None
    assert speed.likely == 20_00
    # The exact bounds of 10 at four chances in five are 6.22 and 15.41; Byar comes close.
    assert (round(speed.slow / 40_00 * 20, 2), round(speed.fast / 40_00 * 20, 2)) == (6.22, 15.4)
    found = forecast([Purse(NOVEMBER, 100_00)], speed, TODAY)
    assert found == Forecast(
        likely=date(2020, 11, 15),
        soonest=date(2020, 11, 13),
        latest=date(2020, 11, 18),
        ends_on=date(2020, 11, 30),
    )
    assert not found.lasts
    assert not found.is_sure


def test_what_orders_hold_is_spent_by_the_end_of_the_month() -> None:
    slow = Pace(0, 0, 0)
    held = forecast([Purse(NOVEMBER, 200_00, 200_00)], slow, TODAY)
    assert (held.likely, held.lasts, held.is_sure) == (date(2020, 11, 30), True, True)
    quick = Pace(40_00, 50_00, 60_00)
    assert not forecast([Purse(NOVEMBER, 200_00, 200_00)], quick, TODAY).lasts


def test_a_month_pays_for_itself_only_when_nothing_carries_over() -> None:
    steady = Pace(10_00, 10_00, 10_00)
    money = [Purse(NOVEMBER, 400_00), Purse(DECEMBER, 200_00)]
    assert forecast(money, steady, TODAY).likely == DECEMBER.starts_on + timedelta(days=19)
    assert forecast(money, steady, TODAY, carries_over=True).lasts


def test_a_forecast_needs_some_money_to_look_at() -> None:
    with pytest.raises(ValueError, match="purse"):
        forecast([], Pace(1, 1, 1), TODAY)
