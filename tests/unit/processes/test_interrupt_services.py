"""Days away: what is called off in time returns, what is late stays, and the end can move."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.unit.processes.changing import begin, held, live_on, moment, stage_of
from valinta.clients.models import Absence
from valinta.orders.models import Cancellation, Order
from valinta.processes.interrupt_services import (
    AwayAlready,
    end_interruption,
    interrupt_services,
    what_interruption_does,
)
from valinta.processes.verify_books import verify_books
from valinta.shared.money import Money
from valinta.shared.periods import Period

pytestmark = pytest.mark.django_db
# From Monday 11 March on, the visits of two weeks: 11, 14, 18 and 21.
AWAY = Period(date(2019, 3, 11), date(2019, 3, 25))


def cancelled(order: Order) -> dict[date, bool]:
    rows = Cancellation.objects.filter(order=order).order_by("served_on")
    return dict(rows.values_list("served_on", "in_time"))


def test_what_is_called_off_in_time_returns_at_once_and_what_is_late_stays() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    before, left = held(order), stage.left(aino, on=AWAY.starts_on)
    live_on(stage, AWAY.starts_on)
    enrolment = stage.enrolment(aino)
    look = what_interruption_does(
        client=aino, enrolment=enrolment, period=AWAY, at=moment(stage.on, 10)
    )
    assert look.orders[0].late == (date(2019, 3, 11),)
    assert look.orders[0].in_time == tuple(date(2019, 3, day) for day in (14, 18, 21))
    assert look.returns == 3 * 30_00
    change = interrupt_services(
        client=aino, enrolment=enrolment, kind="hospital", period=AWAY, reason="Lonkka",
        by=stage.manager, at=stage.now,
    )  # fmt: skip
    assert held(order) == before - 3 * 30_00
    assert stage.left(aino, on=AWAY.starts_on) == left + Money(3 * 30_00)
    assert cancelled(order) == {
        date(2019, 3, 11): False, date(2019, 3, 14): True, date(2019, 3, 18): True,
        date(2019, 3, 21): True,
    }  # fmt: skip
    assert Absence.objects.get().valid.lower == date(2019, 3, 13)
    assert verify_books() == []
    with pytest.raises(AwayAlready):
        what_interruption_does(client=aino, enrolment=enrolment, period=AWAY, at=stage.now)
    # The late visit may be charged, those within the days away may not, and life goes on after.
    codes = [
        stage.report_lines(
            order.provider,
            [stage.line(order, date(2019, 3, day))],
            at=moment(date(2019, 3, day + 1)),
        )
        .answers[0]
        .code
        for day in (11, 14, 25)
    ]
    assert codes == [None, "client_away", None]
    assert change.facts["kind"] == "hospital"


def test_an_earlier_end_holds_the_regained_days_again_and_a_later_one_calls_more_off() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    before = held(order)
    live_on(stage, AWAY.starts_on)
    change = interrupt_services(
        client=aino, enrolment=stage.enrolment(aino), kind="hospital", period=AWAY, reason="",
        by=stage.manager, at=stage.now,
    )  # fmt: skip
    moved = end_interruption(
        change=change, ends_on=date(2019, 3, 18), by=stage.manager, at=stage.now
    )
    assert moved.short == ()
    assert held(order) == before - 30_00
    assert date(2019, 3, 18) not in cancelled(order)
    assert Absence.objects.get().valid.upper == date(2019, 3, 18)
    later = end_interruption(
        change=moved.change, ends_on=date(2019, 4, 2), by=stage.manager, at=stage.now
    )
    assert later.change.ends_on == date(2019, 4, 2)
    # 14, 18, 21, 25 and 28 March and 1 April.
    assert held(order) == before - 6 * 30_00
    assert verify_books() == []
    all_back = end_interruption(
        change=later.change, ends_on=date(2019, 3, 12), by=stage.manager, at=stage.now
    )
    assert all_back.short == ()
    assert held(order) == before
    assert not Absence.objects.exists()
    assert verify_books() == []


def test_money_that_was_used_meanwhile_is_told_and_the_visits_stay_called_off() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, AWAY.starts_on)
    change = interrupt_services(
        client=aino, enrolment=stage.enrolment(aino), kind="hospital", period=AWAY, reason="",
        by=stage.manager, at=stage.now,
    )  # fmt: skip
    left = stage.left(aino, on=date(2019, 3, 26))
    other = stage.offer(stage.provider("Muu"), "cleaning", "30.00")
    days = Period(date(2019, 3, 26), date(2019, 4, 1))
    stage.order(aino, other, left.cents * 100 // 30_00, period=days)
    before = held(order)
    moved = end_interruption(
        change=change, ends_on=date(2019, 3, 13), by=stage.manager, at=stage.now
    )
    assert moved.short == (order,)
    assert held(order) == before
    assert date(2019, 3, 18) in cancelled(order)
    assert verify_books() == []


def test_an_order_of_a_monthly_amount_gives_back_the_share_of_the_days() -> None:
    stage = stage_of()
    aino, _ = begin(stage)
    offer = stage.offer(stage.provider("Kuukausi"), "cleaning", "30.00")
    order = stage.order(aino, offer, 3_10, period=Period(date(2019, 3, 1), date(2019, 4, 1)))
    assert held(order) == 93_00
    live_on(stage, date(2019, 3, 1) + timedelta(days=9))
    interrupt_services(
        client=aino, enrolment=stage.enrolment(aino), kind="away",
        period=Period(date(2019, 3, 20), date(2019, 3, 30)), reason="",
        by=stage.manager, at=stage.now,
    )  # fmt: skip
    # Ten of the 31 days.
    assert held(order) == 63_00
    assert order.slices.get().quantity_hundredths == 2_10
    assert verify_books() == []
