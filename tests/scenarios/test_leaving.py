"""Leaving a programme: what was done before is paid, and what nobody reports goes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Stage, moment, open_stage
from tests.mission import shows
from valinta.orders.states import OrderState
from valinta.plans.states import Way
from valinta.processes.leave_programme import leave_programme, what_leaving_does
from valinta.processes.switch_provider import close_ended_orders
from valinta.processes.verify_books import verify_books
from valinta.programmes.queries import last_report_on
from valinta.shared.money import Money
from valinta.shared.periods import Period

SPRING = Period(date(2019, 3, 1), date(2019, 6, 1))
NEEDS = {"cleaning": (Way.BUDGET, 10_00, False), "shower-help": (Way.BUDGET, 8_00, True)}
eur = Money.of


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("keusote", on=date(2019, 3, 1))


@shows("KEU-3")
def test_visits_made_before_leaving_are_paid_and_nothing_stays_held_for_ever(
    stage: Stage,
) -> None:
    aino = stage.client("Aino")
    stage.grant(aino, NEEDS)
    offer = stage.offer(stage.provider("Kotiapu Oy"), "cleaning", "30.00")
    begun = stage.order(aino, offer, 5_00, period=SPRING)
    ahead = stage.order(aino, offer, 2_00, period=Period(date(2019, 4, 1), date(2019, 5, 1)))
    stage.on = date(2019, 3, 6)
    told = what_leaving_does(stage.enrolment(aino), stage.on)
    last = last_report_on(stage.programme, stage.on)
    assert (told.kept, told.kept_until) == (eur("150.00"), last)
    leave_programme(
        enrolment=stage.enrolment(aino), withdrawn=True, reason="", planner=stage.manager,
        by=stage.actor(aino), at=stage.now,
    )  # fmt: skip
    # Only what the month so far may still cost is held; what lay ahead is with the funding.
    assert Money(-_balance(stage)) == eur("150.00")
    ahead.refresh_from_db()
    assert ahead.state == OrderState.ENDED
    # The helper reports the visits of the days before, and of the day of leaving, the day after.
    stage.report(begun, date(2019, 3, 5), 2_00)
    stage.report(begun, date(2019, 3, 6), 1_00)
    later = stage.line(begun, date(2019, 3, 7))
    taken = stage.report_lines(begun.provider, [later], at=moment(date(2019, 3, 8)))
    assert [answer.code for answer in taken.answers] == ["outside_order_period"]
    closing = {"organiser_id": stage.organiser.pk, "by": stage.manager}
    assert close_ended_orders(**closing, at=moment(last)) == 0
    assert close_ended_orders(**closing, at=moment(last + timedelta(days=1))) == 1
    # What nobody reported in time is with the funding too, not in a pot that no one can use.
    assert Money(-_balance(stage)) == eur("90.00")
    begun.refresh_from_db()
    assert (begun.state, begun.close_reason) == (OrderState.ENDED, "client left the programme")
    run = stage.settle(cut_off_on=date(2019, 4, 1))
    assert Money(run.statements.get().payment_cents) == eur("90.00")
    assert verify_books() == []


def _balance(stage: Stage) -> int:
    stage.programme.funding_account.refresh_from_db()
    return int(stage.programme.funding_account.balance_cents)
