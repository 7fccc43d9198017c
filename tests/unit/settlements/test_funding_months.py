"""Which month a cost belongs to: that of the service, until the month is shut."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import Stage, open_stage
from valinta.orders.models import Order
from valinta.plans.states import Way
from valinta.settlements.funding import funding_report
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.visits.actions import accept_reviewed

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = Period.month(2019, 10), Period.month(2019, 11)


@pytest.fixture
def stage() -> Stage:
    return open_stage("siun-sote", on=date(2019, 10, 1))


@pytest.fixture
def order(stage: Stage) -> Order:
    tapio = stage.client("Tapio")
    stage.grant(tapio, {"personal-assistance": (Way.BUDGET, 20_00, False)})
    offer = stage.offer(stage.provider("Avustajat"), "personal-assistance", "20.00")
    return stage.order(tapio, offer, 10_00, period=Period(date(2019, 10, 1), date(2019, 12, 1)))


def _report(stage: Stage, order: Order, *, served_on: date, reported_on: date, why: str) -> None:
    stage.on = reported_on
    line = {**stage.line(order, served_on, 1_00), "late_reason": why}
    stage.report_lines(order.provider, [line], at=stage.now)


def _shares(stage: Stage, month: Period) -> dict[str, Money]:
    report = funding_report(programme=stage.programme, month=month)
    assert Money.total(share.amount for share in report.shares) == report.cost
    return {share.source: share.amount for share in report.shares if share.amount}


def test_a_visit_of_the_trials_last_day_reported_after_it_is_the_trials_cost(
    stage: Stage, order: Order
) -> None:
    _report(stage, order, served_on=date(2019, 10, 31), reported_on=date(2019, 11, 4), why="")
    assert _shares(stage, OCTOBER) == {
        "state-grant": Money.of("16.00"),
        "own-share": Money.of("4.00"),
    }
    assert _shares(stage, NOVEMBER) == {}


def test_a_visit_accepted_after_the_month_is_shut_is_a_cost_of_the_month_it_came_in(
    stage: Stage, order: Order
) -> None:
    _report(stage, order, served_on=date(2019, 10, 31), reported_on=date(2019, 11, 12), why="x")
    visit = order.slices.get(valid__contains=date(2019, 10, 31)).visit_set.get()
    assert visit.state == "in_review"
    assert _shares(stage, OCTOBER) == {}
    accept_reviewed(
        visit_id=visit.pk,
        funding_account_id=stage.programme.funding_account_id,
        by=stage.manager,
        at=stage.now,
    )
    assert _shares(stage, OCTOBER) == {}
    assert _shares(stage, NOVEMBER) == {"own-share": Money.of("20.00")}
