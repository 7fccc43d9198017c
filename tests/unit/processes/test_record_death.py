"""A death: everything ends that day, visits made are paid, a mistake loses nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.timezone import localtime

from tests.unit.processes.changing import begin, held, live_on, moment, stage_of
from valinta.budgets.models import Budget, Pot
from valinta.clients.actions import give_mandate
from valinta.clients.death_actions import DayToCome, HasDied
from valinta.clients.models import Client, Mandate
from valinta.ledger.models import Account
from valinta.orders.actions import ClientHasDied
from valinta.orders.models import Order
from valinta.orders.states import OrderState
from valinta.processes.record_death import (
    TooLateToUndo,
    finish_deaths,
    record_death,
    undo_death,
    what_death_does,
)
from valinta.processes.switch_provider import close_ended_orders
from valinta.processes.verify_books import verify_books
from valinta.programmes.queries import last_report_on
from valinta.shared.periods import Period
from valinta.users.actor import actor_of, system
from valinta.users.models import Holding

pytestmark = pytest.mark.django_db
DAY = date(2019, 3, 13)


def cents_in(account_id: int) -> int:
    return Account.objects.get(pk=account_id).balance_cents


def snapshot(client: Client) -> list[object]:
    """Every cent and day of the client's orders, budgets and access."""
    orders = Order.objects.filter(client=client).order_by("pk")
    slices = [one for order in orders for one in order.slices.order_by("pk")]
    parts = [(one.pk, one.valid, one.quantity_hundredths, cents_in(one.hold_id)) for one in slices]
    pots = [
        cents_in(one.account_id)
        for one in Pot.objects.filter(budget__enrolment__client=client).order_by("pk")
    ]
    access = list(Mandate.objects.filter(client=client).values_list("pk", "ended_at"))
    held_roles = list(Holding.objects.filter(user=client.user).values_list("pk", "valid"))
    states = [(one.state, one.valid, one.close_reason, one.closed_at) for one in orders]
    return [states, parts, pots, access, held_roles]


def test_everything_ends_that_day_and_visits_made_are_paid() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, DAY + timedelta(days=2))
    with pytest.raises(DayToCome):
        record_death(
            client=aino, on=stage.on + timedelta(days=1), reason="", by=stage.manager, at=stage.now
        )
    look = what_death_does(client=aino, on=DAY, at=stage.now)
    whole = held(order)
    record_death(client=aino, on=DAY, reason="Omainen", by=stage.manager, at=stage.now)
    order.refresh_from_db()
    assert order.valid.upper == DAY + timedelta(days=1)
    assert look.returns == whole - held(order) > 0
    assert look.stays == held(order)
    assert not actor_of(aino.user_id or 0, stage.on).roles
    with pytest.raises(HasDied):
        record_death(client=aino, on=DAY, reason="", by=stage.manager, at=stage.now)
    with pytest.raises(ClientHasDied):
        stage.order(aino, order.offer, 1_00, period=Period(stage.on, date(2019, 4, 1)))
    # The visit of Monday is paid, one after the death is not.
    lines = [stage.line(order, date(2019, 3, day)) for day in (11, 14)]
    taken = stage.report_lines(order.provider, lines, at=moment(date(2019, 3, 15)))
    assert [one.code for one in taken.answers] == [None, "outside_order_period"]
    assert verify_books() == []


def test_a_mistake_is_taken_back_to_the_cent() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    ahead = stage.order(aino, order.offer, 1_00, period=Period(date(2019, 5, 1), date(2019, 6, 1)))
    daughter = stage.people[stage.client("Anni").pk].user
    give_mandate(
        client=aino,
        user=daughter,
        kind="authorised",
        scope=["see", "order"],
        period=Period(stage.on),
        by=stage.manager,
        at=stage.now,
    )
    live_on(stage, DAY)
    before = snapshot(aino)
    change = record_death(client=aino, on=DAY, reason="", by=stage.manager, at=stage.now)
    ahead.refresh_from_db()
    assert (ahead.state, held(ahead)) == (OrderState.ENDED, 0)
    assert snapshot(aino) != before
    undo_death(
        change=change, reason="Väärä henkilö", by=stage.manager, at=moment(DAY + timedelta(days=7))
    )
    aino.refresh_from_db()
    assert aino.died_on is None
    assert snapshot(aino) == before
    assert verify_books() == []


def test_after_the_days_for_a_mistake_everything_ends_for_good_and_no_cent_is_held() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, DAY)
    change = record_death(client=aino, on=DAY, reason="", by=stage.manager, at=stage.now)
    by = system(stage.organiser.pk)
    last = localtime(change.made_at).date() + timedelta(days=7)
    assert finish_deaths(organiser_id=stage.organiser.pk, by=by, at=moment(last)) == 0
    day_after = moment(last + timedelta(days=1))
    assert finish_deaths(organiser_id=stage.organiser.pk, by=by, at=day_after) == 1
    assert finish_deaths(organiser_id=stage.organiser.pk, by=by, at=day_after) == 0
    with pytest.raises(TooLateToUndo):
        undo_death(change=change, reason="Liian myöhään", by=stage.manager, at=day_after)
    place = aino.enrolments.get()
    assert (place.state, place.end_reason) == ("ended", "client died")
    assert Budget.objects.get(enrolment=place).state == "ended"
    assert held(order) > 0
    over = moment(last_report_on(stage.programme, DAY) + timedelta(days=1))
    close_ended_orders(organiser_id=stage.organiser.pk, by=by, at=over)
    assert held(order) == 0
    pots = Pot.objects.filter(budget__enrolment=place).values("account_id")
    assert {one.balance_cents for one in Account.objects.filter(pk__in=pots)} == {0}
    funding = Account.objects.get(pk=stage.programme.funding_account_id)
    assert funding.balance_cents == 0
    assert verify_books() == []
