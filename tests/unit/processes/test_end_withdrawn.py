"""A large company is withdrawn: a job ends its orders client by client, and can be cut off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests import jobs
from tests.cast import Stage
from tests.unit.processes.changing import begin, live_on, stage_of
from tests.unit.processes.test_withdraw_provider import ENDS, approval_of, lost_offer
from valinta.catalogue.models import Offer
from valinta.messages.models import Message
from valinta.orders.models import Moving, Order
from valinta.processes import end_withdrawn
from valinta.processes.stop_serving import earliest_leave, leave_as_company
from valinta.processes.verify_books import verify_books
from valinta.processes.withdraw_provider import withdraw_provider
from valinta.providers.models import WithdrawalWork
from valinta.providers.withdrawal_actions import StillUnderWay
from valinta.users.actor import Actor, system

pytestmark = pytest.mark.django_db
NAMES = ("Aino", "Eino", "Veli", "Olga")


@pytest.fixture(autouse=True)
def short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """One client at once, and one in each turn of the job."""
    monkeypatch.setattr(end_withdrawn, "AT_ONCE", 1)
    monkeypatch.setattr(end_withdrawn, "TURN", 0.0)


def with_clients(stage: Stage) -> Offer:
    offer = lost_offer(stage)
    for name in NAMES:
        begin(stage, name, offer)
    live_on(stage, ENDS.replace(day=11))
    return offer


def withdrawn(stage: Stage, offer: Offer) -> WithdrawalWork:
    return withdraw_provider(
        approval=approval_of(offer), ends_on=ENDS, reason="Loppu", words="Soitamme.",
        by=stage.staff.office.actor, at=stage.now,
    ).work  # fmt: skip


def seen_as(stage: Stage, who: Actor) -> Actor:
    """A person who has signed in on the stage's day."""
    return replace(who, days=frozenset({(stage.organiser.pk, stage.on)}))


def goes_on(stage: Stage) -> int:
    """The round that comes by itself every ten minutes."""
    at, organiser_id = stage.now, stage.organiser.pk
    return end_withdrawn.end_withdrawn(organiser_id=organiser_id, by=system(organiser_id), at=at)


def test_the_first_are_ended_at_once_and_the_job_goes_on_turn_by_turn() -> None:
    stage = stage_of()
    offer = with_clients(stage)
    work = withdrawn(stage, offer)
    assert (work.orders, work.done, work.finished_at) == (4, 1, None)
    # Nobody orders from the company any more, whoever has not been seen to yet.
    assert approval_of(offer).valid.upper == ENDS
    with pytest.raises(StillUnderWay):
        withdrawn(stage, offer)
    for done in (2, 3, 4):
        assert len(jobs.waiting("end_withdrawn")) == 1, "one at a time"
        jobs.do_waiting("end_withdrawn")
        work.refresh_from_db()
        assert work.done == done
        assert verify_books() == []
    jobs.do_waiting("end_withdrawn")
    work.refresh_from_db()
    assert work.finished_at is not None
    assert jobs.waiting("end_withdrawn") == []
    assert Moving.objects.count() == Message.objects.count() == 4
    assert all("Soitamme." in one.words for one in Message.objects.all())
    assert {one.valid.upper for one in Order.objects.all()} == {ENDS}


def test_a_company_that_leaves_tells_its_own_clients() -> None:
    stage = stage_of()
    offer = with_clients(stage)
    day = earliest_leave(stage.programme, stage.on)
    leave_as_company(
        approval=approval_of(offer), ends_on=day, reason="Jäämme eläkkeelle",
        by=seen_as(stage, stage.worker(offer.approval.provider)), at=stage.now,
    )  # fmt: skip
    assert Message.objects.count() == 1
    while jobs.do_waiting("end_withdrawn"):
        pass
    assert Message.objects.filter(words__contains="Jäämme eläkkeelle").count() == 4
    assert set(Message.objects.values_list("side", flat=True)) == {"other"}
    assert {one.valid.upper for one in Order.objects.all()} == {day}
    assert verify_books() == []


def test_a_client_that_cannot_be_seen_to_leaves_the_others_in_peace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = stage_of()
    offer = with_clients(stage)
    withdrawn(stage, offer)
    monkeypatch.setattr(end_withdrawn, "TURN", 60.0)
    veli = Order.objects.get(client__given_name="Veli")
    whole = end_withdrawn.begin_moving

    def stumbles(*, order: Order, **given: Any) -> Moving:
        if order.pk == veli.pk:
            raise RuntimeError("the disk is full")
        return whole(order=order, **given)

    monkeypatch.setattr(end_withdrawn, "begin_moving", stumbles)
    with pytest.raises(end_withdrawn.SomeAreLeft):
        jobs.do_waiting("end_withdrawn")
    assert Moving.objects.count() == Message.objects.count() == 3
    assert Order.objects.get(pk=veli.pk).valid.upper != ENDS, "all of a client or nothing"
    assert verify_books() == []
    # The next round is for those who are left, and nobody is told twice.
    monkeypatch.setattr(end_withdrawn, "begin_moving", whole)
    assert [goes_on(stage), goes_on(stage)] == [1, 0]
    assert Moving.objects.count() == Message.objects.count() == 4
    assert WithdrawalWork.objects.get().finished_at is not None
