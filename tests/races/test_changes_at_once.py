"""Changes during the way, decisions and orders by several people at the same moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from datetime import time as clock
from typing import Any

import pytest
from django.db import connection, transaction

from tests.cast import Stage
from tests.races.crowd import all_at_once, kinds
from tests.unit.processes.changing import begin, live_on, stage_of
from valinta.clients.models import Client, Enrolment
from valinta.orders.actions import ClientHasDied
from valinta.orders.calendar import WeeklyVisit
from valinta.orders.models import Change, Moving, Order, OrderKind
from valinta.orders.states import OPEN
from valinta.processes.interrupt_services import interrupt_services
from valinta.processes.leave_programme import leave_programme
from valinta.processes.move_clients import move_client
from valinta.processes.order_rules import NoBudgetThen, NotEnrolled, ProviderNotApproved
from valinta.processes.order_service import Wanted, order_service
from valinta.processes.record_death import record_death, undo_death
from valinta.processes.verify_books import verify_books
from valinta.processes.withdraw_provider import withdraw_provider
from valinta.providers.models import Approval
from valinta.shared.periods import Period

pytestmark = pytest.mark.race
ENDS = date(2019, 4, 1)
APRIL_JUNE = Period(date(2019, 4, 1), date(2019, 7, 1))
TUESDAYS = (WeeklyVisit(2, clock(9), 60),)


def soon_somebody_waits() -> None:
    """Return when another connection waits for a lock, or after a moment when nobody does."""
    deadline = time.monotonic() + 1.5
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                " WHERE NOT l.granted AND a.datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)


def order_more(stage: Stage, client: Client, order: Order) -> Order:
    """Tuesdays from the same provider, by what the page had read before."""
    return order_service(
        enrolment=stage.enrolment(client),
        wanted=Wanted(order.offer, OrderKind.PERIOD, APRIL_JUNE, TUESDAYS),
        by=stage.actor(client),
        at=stage.now,
    )


def while_ordering(
    stage: Stage, client: Client, order: Order, change: Callable[[], Any]
) -> list[Any]:
    """The change begins when an order has been placed and not yet been kept."""
    placed = threading.Event()

    def slowly() -> Order:
        with transaction.atomic():
            made = order_more(stage, client, order)
            placed.set()
            soon_somebody_waits()
        return made

    def meanwhile() -> Any:
        assert placed.wait(30)
        return change()

    return all_at_once(stage.organiser.pk, [slowly, meanwhile])


def no_money_is_left(client: Client) -> None:
    left = Order.objects.filter(client=client, state__in=OPEN, valid__overlap=(ENDS, None))
    assert list(left) == []
    assert verify_books() == []


def test_an_order_placed_while_a_death_is_recorded_ends_with_it(fresh_database: str) -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, date(2019, 3, 13))
    results = while_ordering(
        stage, aino, order,
        lambda: record_death(
            client=aino, on=date(2019, 3, 13), reason="Omainen", by=stage.manager, at=stage.now
        ),
    )  # fmt: skip
    assert kinds(results) == {"Order": 1, "Change": 1}
    no_money_is_left(aino)


def test_an_order_placed_while_the_approval_is_withdrawn_ends_and_is_moved(
    fresh_database: str,
) -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, date(2019, 3, 13))
    approval = Approval.objects.get(pk=order.offer.approval_id)
    results = while_ordering(
        stage, aino, order,
        lambda: withdraw_provider(
            approval=approval, ends_on=ENDS, reason="Lopetti", by=stage.staff.office.actor,
            at=stage.now,
        ),
    )  # fmt: skip
    assert kinds(results) == {"Order": 1, "Withdrawn": 1}
    no_money_is_left(aino)
    assert Moving.objects.count() == 2


def test_an_order_placed_while_the_client_leaves_ends_with_the_place(fresh_database: str) -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, date(2019, 3, 13))
    results = while_ordering(
        stage, aino, order,
        lambda: leave_programme(
            enrolment=Enrolment.objects.select_related("programme", "client").get(client=aino),
            withdrawn=True, reason="Ei halua", planner=stage.manager, by=stage.manager,
            at=stage.now,
        ),
    )  # fmt: skip
    assert [type(one).__name__ for one in results][0] == "Order", results
    no_money_is_left(aino)


@pytest.mark.parametrize("what", ["death", "withdrawal", "leaving"])
def test_what_a_page_read_before_a_change_does_not_order_after_it(
    what: str, fresh_database: str
) -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, date(2019, 3, 13))
    enrolment = stage.enrolment(aino)
    offer = order.offer
    assert offer.approval.provider_id and enrolment.client.died_on is None
    if what == "death":
        record_death(
            client=Client.objects.get(pk=aino.pk), on=stage.on, reason="Omainen",
            by=stage.manager, at=stage.now,
        )  # fmt: skip
    elif what == "withdrawal":
        withdraw_provider(
            approval=Approval.objects.get(pk=offer.approval_id), ends_on=ENDS, reason="Lopetti",
            by=stage.staff.office.actor, at=stage.now,
        )  # fmt: skip
    else:
        leave_programme(
            enrolment=Enrolment.objects.select_related("programme", "client").get(client=aino),
            withdrawn=True, reason="Ei halua", planner=stage.manager, by=stage.manager,
            at=stage.now,
        )  # fmt: skip
    with pytest.raises((ClientHasDied, ProviderNotApproved, NotEnrolled, NoBudgetThen)):
        order_service(
            enrolment=enrolment,
            wanted=Wanted(offer, OrderKind.PERIOD, APRIL_JUNE, TUESDAYS),
            by=stage.manager,
            at=stage.now,
        )
    no_money_is_left(aino)


def test_of_two_who_record_the_same_death_one_does(fresh_database: str) -> None:
    stage = stage_of()
    aino, _ = begin(stage)
    live_on(stage, date(2019, 3, 13))

    def note() -> Change:
        return record_death(
            client=Client.objects.get(pk=aino.pk), on=stage.on, reason="Omainen",
            by=stage.manager, at=stage.now,
        )  # fmt: skip

    results = all_at_once(stage.organiser.pk, [note] * 3)
    assert kinds(results) == {"Change": 1, "HasDied": 2}
    assert verify_books() == []
    change = next(one for one in results if isinstance(one, Change))

    def undo() -> Change:
        return undo_death(change=change, reason="Virhe", by=stage.manager, at=stage.now)

    again = all_at_once(stage.organiser.pk, [undo] * 3)
    assert kinds(again) == {"Change": 1, "ChangedMeanwhile": 2}
    assert verify_books() == []


def test_of_two_who_interrupt_the_same_days_one_does(fresh_database: str) -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, date(2019, 3, 4))
    days = Period(date(2019, 3, 11), date(2019, 3, 18))

    def away() -> Change:
        return interrupt_services(
            client=aino, enrolment=stage.enrolment(aino), kind="hospital", period=days,
            reason="", by=stage.manager, at=stage.now,
        )  # fmt: skip

    results = all_at_once(stage.organiser.pk, [away] * 3)
    assert kinds(results) == {"Change": 1, "AwayAlready": 2}
    assert verify_books() == []


def test_of_two_who_move_the_same_client_one_does_and_one_hold_is_made(
    fresh_database: str,
) -> None:
    stage = stage_of()
    aino, order = begin(stage)
    others = [
        stage.offer(stage.provider(name), "cleaning", "28.00") for name in ("Halpa", "Toinen")
    ]
    live_on(stage, date(2019, 3, 13))
    approval = Approval.objects.get(pk=order.offer.approval_id)
    lost = withdraw_provider(
        approval=approval, ends_on=ENDS, reason="Lopetti", by=stage.staff.office.actor, at=stage.now
    ).movings[0]

    def move(number: int) -> Moving:
        moving = Moving.objects.select_related("order__enrolment__client", "client").get(pk=lost.pk)
        return move_client(moving=moving, offer=others[number % 2], by=stage.manager, at=stage.now)

    results = all_at_once(stage.organiser.pk, [lambda n=n: move(n) for n in range(4)])
    assert kinds(results).get("Moving") == 1, results
    assert set(kinds(results)) <= {"Moving", "MovedAlready", "BudgetSpent"}
    assert Order.objects.filter(client=aino, state__in=OPEN).count() == 2
    assert verify_books() == []
