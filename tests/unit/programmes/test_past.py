"""No day before today may read differently; rows may be cut and joined as one likes."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from valinta.programmes.past import Fact, PastWouldChange, past_changes, stretches
from valinta.shared.periods import Period

START = date(2019, 1, 1)
TODAY = START + timedelta(days=20)


def fact(first: int, end: int | None, cents: int, name: str = "price") -> Fact:
    ends_on = None if end is None else START + timedelta(days=end)
    return Fact(name, Period(START + timedelta(days=first), ends_on), {"cents": cents})


def timeline(days: list[int | None]) -> list[Fact]:
    """One row for each day that has a price, however long it stays the same."""
    return [fact(at, at + 1, cents) for at, cents in enumerate(days) if cents is not None]


def merged(days: list[int | None]) -> list[Fact]:
    """The same with rows as long as they can be."""
    found: list[Fact] = []
    for at, cents in enumerate(days):
        if cents is None:
            continue
        if at and days[at - 1] == cents:
            starts_on = found.pop().period.starts_on
            end = START + timedelta(days=at + 1)
            found.append(Fact("price", Period(starts_on, end), {"cents": cents}))
        else:
            found.append(fact(at, at + 1, cents))
    return found


prices = st.lists(st.one_of(st.none(), st.integers(1, 3)), min_size=30, max_size=30)


@given(before=prices, after=prices, today=st.integers(0, 31))
def test_the_days_that_are_named_are_those_that_differ(
    before: list[int | None], after: list[int | None], today: int
) -> None:
    changes = past_changes(merged(before), timeline(after), START + timedelta(days=today))
    named = {
        at
        for at in range(30)
        for one in changes
        if one.period and one.period.contains(START + timedelta(days=at))
    }
    assert named == {at for at in range(min(today, 30)) if before[at] != after[at]}


def test_a_row_can_be_cut_where_nothing_changes() -> None:
    assert not past_changes([fact(0, None, 5)], [fact(0, 10, 5), fact(10, None, 5)], TODAY)


def test_an_open_row_ends_today_but_not_yesterday() -> None:
    was = [fact(0, None, 5)]
    assert not past_changes(was, [fact(0, 20, 5)], TODAY)
    (change,) = past_changes(was, [fact(0, 19, 5)], TODAY)
    assert change.period == Period(TODAY - timedelta(days=1), TODAY)
    assert (change.was, change.would_be) == ("cents 0.05 euros", "")
    assert change.mend == "put it back as it was, and end it on 2019-01-21 or later"


def test_one_change_over_many_rows_is_named_once() -> None:
    before = [fact(0, 5, 700), fact(5, None, 700)]
    (change,) = past_changes(before, [fact(0, None, 650)], TODAY)
    assert str(change) == (
        "price, 2019-01-01/2019-01-21: was cents 7.00 euros, would be cents 6.50 euros. To mend:"
        " put it back as it was until 2019-01-21 or later, and let the new one start then."
    )


def test_only_the_figures_that_differ_are_named() -> None:
    period = Period(START)
    before = Fact("rulebook", period, {"days": 3, "share": 500, "hours": 24})
    after = Fact("rulebook", period, {"days": 3, "share": 550, "weeks": 1})
    said = [(one.was, one.would_be) for one in past_changes([before], [after], TODAY)]
    assert said == [
        ("hours 24", ""),
        ("share 5.00 per cent", "share 5.50 per cent"),
        ("", "weeks 1"),
    ]


def test_stretches_are_cut_at_every_turn_and_leave_gaps_out() -> None:
    found = stretches([fact(0, 5, 1), fact(3, 8, 2, "other"), fact(10, None, 3)])
    days = [(one.starts_on.day, one.ends_on and one.ends_on.day) for one in found]
    assert days == [(1, 4), (4, 6), (6, 9), (11, None)]


def test_the_refusal_lists_every_change() -> None:
    changes = past_changes([fact(0, 5, 1), fact(0, 5, 1, "share")], [], TODAY)
    text = str(PastWouldChange("kainuu", changes))
    assert text.startswith("The programme kainuu was not loaded")
    assert text.count("To mend: ") == 2
