"""Orders from one budget by many at the same moment."""

from __future__ import annotations

import threading

import pytest
from django.db import transaction

from tests import money_scene as ms
from tests.races.crowd import all_at_once, kinds, wait_until_someone_waits
from valinta.orders.actions import BudgetSpent, end_order
from valinta.orders.models import Order, OrderKind
from valinta.orders.states import OrderState
from valinta.organisers import tenancy
from valinta.processes.place_order import place_order
from valinta.processes.take_in_visits import Taken
from valinta.visits.models import Visit

pytestmark = pytest.mark.race


def test_of_thirty_two_orders_at_once_ten_succeed_where_the_budget_has_money_for_ten(
    fresh_database: str,
) -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 10 * 3000)])

    def place() -> Order:
        return place_order(
            enrolment=member.enrolment,
            offer=scene.offers["home-a"],
            kind=OrderKind.ONE_OFF,
            period=ms.MARCH,
            quantities={"": 100},
            by=member.person.actor,
            at=ms.NOW,
        )

    results = all_at_once(scene.programme.organiser_id, [place] * 32)
    assert kinds(results) == {"Order": 10, "BudgetSpent": 22}
    assert all("free money" in str(one) for one in results if isinstance(one, BudgetSpent))
    assert Order.objects.count() == 10
    pots = member.granted.budget.pots.filter(valid__contains=ms.TODAY)
    assert [ms.balance(pot.account_id) for pot in pots] == [0]
    assert ms.faults() == []


def test_a_subjective_right_is_ordered_by_all_at_once_though_the_pot_is_small(
    fresh_database: str,
) -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("care", 5000)])

    def place() -> Order:
        return place_order(
            enrolment=member.enrolment,
            offer=scene.offers["care-a"],
            kind=OrderKind.ONE_OFF,
            period=ms.MARCH,
            quantities={"": 100},
            by=member.person.actor,
            at=ms.NOW,
        )

    results = all_at_once(scene.programme.organiser_id, [place] * 8)
    assert kinds(results) == {"Order": 8}
    assert sum(ms.held(order) for order in results) == 5000
    assert ms.faults() == []


def test_an_order_ends_while_visits_for_it_come_in_and_no_cent_is_lost(
    fresh_database: str,
) -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 60_000)])
    orders = [ms.order(scene, member, quantity=100) for _ in range(16)]

    def report_all() -> Taken:
        lines = [ms.line(order, f"v{order.pk}") for order in orders]
        return ms.report(scene, lines, chunk=2)

    def end(order: Order) -> Order:
        return end_order(order=order, reason="moves away", by=scene.system, at=ms.NOW)

    endings = [lambda order=order: end(order) for order in reversed(orders)]
    results = all_at_once(scene.programme.organiser_id, [report_all, *endings])
    assert kinds(results) == {"Taken": 1, "Order": 16}
    assert set(Order.objects.values_list("state", flat=True)) == {OrderState.ENDED}
    taken = Visit.objects.count()
    assert (results[0].counts.taken, results[0].counts.refused) == (taken, 16 - taken)
    _check_all_is_accounted_for(scene, member, orders, taken)


def test_visits_that_came_first_make_the_ending_of_their_order_wait_and_both_get_through(
    fresh_database: str,
) -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 60_000)])
    order = ms.order(scene, member, quantity=200)
    reported = threading.Event()

    def report_slowly() -> Taken:
        with transaction.atomic():
            taken = ms.report(scene, [ms.line(order, "first")])
            reported.set()
            wait_until_someone_waits()
        return taken

    def end_meanwhile() -> Order:
        assert reported.wait(30)
        return end_order(order=order, reason="moves away", by=scene.system, at=ms.NOW)

    jobs = [report_slowly, end_meanwhile]
    results = all_at_once(scene.programme.organiser_id, jobs)
    assert kinds(results) == {"Taken": 1, "Order": 1}
    _check_all_is_accounted_for(scene, member, [order], taken=1)


def _check_all_is_accounted_for(
    scene: ms.Scene, member: ms.Member, orders: list[Order], taken: int
) -> None:
    """Every hold is empty, and the pot has all that the taken visits (30.00 each) left."""
    assert [ms.held(order) for order in orders] == [0] * len(orders)
    pot = member.granted.budget.pots.get(valid__contains=ms.TODAY)
    assert ms.balance(pot.account_id) == 60_000 - taken * 3000
    assert ms.owed(scene) == taken * 3000
    assert ms.faults() == []


def test_nothing_of_another_organiser_is_seen_in_the_threads(fresh_database: str) -> None:
    scene = ms.enter_scene()
    other = ms.open_organiser("other", 2)
    seen = all_at_once(other.pk, [Order.objects.count] * 4)
    assert seen == [0] * 4
    tenancy.enter([scene.programme.organiser_id], None)
