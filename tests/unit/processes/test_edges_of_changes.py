"""Changes at the edges: late, twice, at the end of a month; no hold is left and the books hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Stage
from tests.unit.processes.changing import begin, held, live_on, stage_of
from tests.unit.processes.test_record_death import snapshot
from valinta.clients.models import Client
from valinta.ledger.models import Account
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.processes.interrupt_services import end_interruption, interrupt_services
from valinta.processes.record_death import finish_deaths, record_death, undo_death
from valinta.processes.stop_order import stop_order
from valinta.processes.switch_provider import close_ended_orders
from valinta.processes.verify_books import verify_books
from valinta.processes.withdraw_for_client import withdraw_for_client
from valinta.processes.withdraw_provider import withdraw_provider
from valinta.providers.models import Approval
from valinta.shared.periods import Period
from valinta.users.actor import system

pytestmark = pytest.mark.django_db


def night(stage: Stage, on: date) -> None:
    """The software's work of the night before a day."""
    live_on(stage, on)
    by = system(stage.organiser.pk)
    finish_deaths(organiser_id=stage.organiser.pk, by=by, at=stage.now)
    close_ended_orders(organiser_id=stage.organiser.pk, by=by, at=stage.now)


@pytest.mark.parametrize(
    ("died", "told"),
    [
        (date(2019, 3, 31), date(2019, 4, 1)),
        (date(2019, 3, 1), date(2019, 3, 1)),
        (date(2019, 2, 27), date(2019, 3, 5)),
        (date(2019, 3, 13), date(2019, 6, 20)),
        (date(2019, 6, 30), date(2019, 7, 1)),
        (date(1950, 1, 1), date(2019, 3, 5)),
    ],
)
def test_a_death_told_late_leaves_no_hold_and_a_mistake_loses_nothing(
    died: date, told: date
) -> None:
    stage = stage_of()
    aino, order = begin(stage)
    visits = [date(2019, 3, 4), date(2019, 3, 11)]
    live_on(stage, date(2019, 3, 12))
    stage.report_lines(
        order.provider, [stage.line(order, one) for one in visits if one < told], at=stage.now
    )
    live_on(stage, told)
    close_ended_orders(organiser_id=stage.organiser.pk, by=system(stage.organiser.pk), at=stage.now)
    before = snapshot(aino)
    change = record_death(client=aino, on=died, reason="Omainen", by=stage.manager, at=stage.now)
    assert verify_books() == []
    # A night passes before the mistake is seen.
    night(stage, told + timedelta(days=1))
    assert verify_books() == []
    undo_death(change=change, reason="Virhe", by=stage.manager, at=stage.now)
    assert snapshot(Client.objects.get(pk=aino.pk)) == before
    assert verify_books() == []


@pytest.mark.parametrize("died", [date(2019, 3, 31), date(2019, 3, 13), date(2019, 2, 1)])
def test_after_a_death_every_hold_is_empty_when_all_time_has_run(died: date) -> None:
    stage = stage_of()
    aino, order = begin(stage)
    told = max(date(2019, 3, 20), died)
    live_on(stage, date(2019, 3, 12))
    stage.report_lines(order.provider, [stage.line(order, date(2019, 3, 4))], at=stage.now)
    live_on(stage, told)
    record_death(client=aino, on=died, reason="Omainen", by=stage.manager, at=stage.now)
    for days in (1, 20, 60, 200):
        night(stage, told + timedelta(days=days))
        assert verify_books() == []
    assert [held(one) for one in Order.objects.filter(client=aino)] == [0]
    assert not Order.objects.filter(client=aino, state__in=OPEN).exists()


def _all_time_runs(stage: Stage, client: Client, after: date) -> None:
    """Nights go by; then nothing is held for the client and the books hold."""
    for days in (1, 20, 60, 400):
        night(stage, after + timedelta(days=days))
        assert verify_books() == []
    assert sum(held(one) for one in Order.objects.filter(client=client)) == 0
    assert not Order.objects.filter(client=client, state__in=OPEN).exists()


@pytest.mark.parametrize("on", [date(2019, 3, 31), date(2019, 3, 1), date(2019, 6, 30)])
def test_after_a_withdrawal_on_any_day_no_hold_is_left(on: date) -> None:
    stage = stage_of()
    aino, _ = begin(stage)
    live_on(stage, on)
    withdraw_for_client(
        enrolment=stage.enrolment(aino), said_on=on, way="letter", proof="A 1/2019", reason="",
        by=stage.manager, at=stage.now,
    )  # fmt: skip
    _all_time_runs(stage, aino, on)


@pytest.mark.parametrize("ends_on", [date(2019, 3, 12), date(2019, 4, 1), date(2019, 4, 30)])
def test_after_an_interruption_a_lost_provider_and_a_death_no_hold_is_left(ends_on: date) -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, date(2019, 3, 12))
    days = Period(date(2019, 3, 25), date(2019, 4, 9))
    away = interrupt_services(
        client=aino, enrolment=stage.enrolment(aino), kind="hospital", period=days, reason="",
        by=stage.manager, at=stage.now,
    )  # fmt: skip
    approval = Approval.objects.get(pk=order.offer.approval_id)
    lost = withdraw_provider(
        approval=approval, ends_on=ends_on, reason="Lopetti", by=stage.staff.office.actor,
        at=stage.now,
    )  # fmt: skip
    assert len(lost.movings) == 1
    assert verify_books() == []
    end_interruption(change=away, ends_on=date(2019, 3, 26), by=stage.manager, at=stage.now)
    assert verify_books() == []
    again = withdraw_provider(
        approval=Approval.objects.get(pk=approval.pk), ends_on=ends_on, reason="Taas",
        by=stage.staff.office.actor, at=stage.now,
    )  # fmt: skip
    assert again.movings == ()
    change = record_death(
        client=aino, on=date(2019, 3, 11), reason="Omainen", by=stage.manager, at=stage.now
    )
    assert verify_books() == []
    undo_death(change=change, reason="Virhe", by=stage.manager, at=stage.now)
    assert verify_books() == []
    live_on(stage, date(2019, 3, 13))
    record_death(
        client=Client.objects.get(pk=aino.pk), on=date(2019, 3, 11), reason="Omainen",
        by=stage.manager, at=stage.now,
    )  # fmt: skip
    _all_time_runs(stage, aino, date(2019, 3, 13))


def test_an_interruption_taken_back_after_the_orders_end_was_moved_holds_no_day_beyond() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, date(2019, 3, 12))
    days = Period(date(2019, 3, 25), date(2019, 4, 20))
    away = interrupt_services(
        client=aino, enrolment=stage.enrolment(aino), kind="hospital", period=days, reason="",
        by=stage.manager, at=stage.now,
    )  # fmt: skip
    stop_order(order=order, reason="Riittää", by=stage.manager, at=stage.now)
    assert verify_books() == []
    order.refresh_from_db()
    end_interruption(change=away, ends_on=date(2019, 3, 26), by=stage.manager, at=stage.now)
    assert verify_books() == []
    after = [one for one in order.slices.all() if one.valid.lower >= order.valid.upper]
    holds = Account.objects.filter(pk__in=[one.hold_id for one in after])
    assert after and [one.balance_cents for one in holds] == [0] * len(after)
    _all_time_runs(stage, aino, date(2019, 4, 30))
