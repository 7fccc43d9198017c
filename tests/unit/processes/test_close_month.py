"""Closing a budget month: what is held and unused is freed, the rest goes on or back."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import Stage, open_stage
from valinta.clients.models import Client
from valinta.orders.models import Order
from valinta.plans.states import Way
from valinta.processes.close_month import MonthStillOpen, close_month
from valinta.processes.verify_books import verify_books
from valinta.shared.money import Money
from valinta.shared.periods import Period

pytestmark = pytest.mark.django_db

FEBRUARY = Period.month(2019, 2)


def _set(stage: Stage, carry_over: str) -> tuple[Client, Order]:
    """A client with 10 hours a month, 4 ordered in February and 1 of them done."""
    for instrument in stage.programme.terms["instruments"]:
        instrument["carry_over"] = carry_over
    stage.programme.save()
    aino = stage.client("Aino")
    stage.grant(aino, {"cleaning": (Way.BUDGET, 10_00, False)}, period=stage.months(2))
    offer = stage.offer(stage.provider("Kotiapu"), "cleaning", "30.00")
    order = stage.order(aino, offer, 4_00, period=FEBRUARY)
    stage.on = date(2019, 2, 12)
    stage.report(order, date(2019, 2, 11), 1_00)
    return aino, order


def test_the_rest_of_a_month_goes_to_the_next_one_where_the_programme_says_so() -> None:
    stage = open_stage("keusote", on=date(2019, 2, 1))
    aino, _ = _set(stage, "to_next_month")
    february = stage.left(aino, on=date(2019, 2, 1))
    march = stage.left(aino, on=date(2019, 3, 1))
    stage.on = date(2019, 5, 20)
    closed = close_month(
        programme=stage.programme, month=FEBRUARY, by=stage.staff.preparer.actor, at=stage.now
    )
    assert (closed.holds_freed, closed.pots_carried, closed.pots_emptied) == (1, 1, 0)
    assert stage.left(aino, on=date(2019, 2, 1)) == Money(0)
    assert stage.left(aino, on=date(2019, 3, 1)) == march + february + Money.of("90.00")
    assert verify_books() == []


def test_it_goes_back_to_the_funding_where_the_programme_says_so_and_only_once() -> None:
    stage = open_stage("keusote", on=date(2019, 2, 1))
    aino, _ = _set(stage, "none")
    march = stage.left(aino, on=date(2019, 3, 1))
    stage.on = date(2019, 5, 20)
    for expected in (1, 0):
        closed = close_month(
            programme=stage.programme, month=FEBRUARY, by=stage.staff.preparer.actor, at=stage.now
        )
        assert (closed.pots_emptied, closed.pots_carried) == (expected, 0)
    assert stage.left(aino, on=date(2019, 2, 1)) == Money(0)
    assert stage.left(aino, on=date(2019, 3, 1)) == march
    assert verify_books() == []


def test_a_month_whose_visits_may_still_be_reported_stays_open() -> None:
    stage = open_stage("keusote", on=date(2019, 2, 1))
    aino, _ = _set(stage, "none")
    stage.on = date(2019, 3, 1)
    with pytest.raises(MonthStillOpen, match="can be reported until"):
        close_month(
            programme=stage.programme, month=FEBRUARY, by=stage.staff.preparer.actor, at=stage.now
        )
    assert stage.left(aino, on=date(2019, 2, 1)) > Money(0)
