"""A visit reported on a page: started and ended, mended, corrected, taken back; each once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.cast import Stage, moment, open_stage
from valinta.audit.models import Entry as AuditEntry
from valinta.ledger.models import Account
from valinta.orders.models import Order
from valinta.plans.states import Way
from valinta.processes.report_visit import (
    Entry,
    StillRefused,
    correct_report,
    free_reference,
    mend_line,
    report_visit,
)
from valinta.processes.verify_books import verify_books
from valinta.providers.access import NotYourProvider
from valinta.users.actor import Actor
from valinta.visits.actions import SettledAlready, confirm_visit, dispute_visit
from valinta.visits.codes import Code
from valinta.visits.mending import MendedAlready
from valinta.visits.models import Mending, RefusedLine, StartedVisit, Visit
from valinta.visits.serving import NotYourVisit
from valinta.visits.starting_actions import (
    OrderNotInUse,
    ReferenceTaken,
    StartedAlready,
    StartLiesAhead,
    drop_started,
    start_visit,
)
from valinta.visits.states import VisitState
from valinta.visits.withdrawing_actions import (
    WithdrawnAlready,
    set_line_aside,
    withdraw_visit,
)

DAY = date(2019, 3, 4)


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("keusote", on=date(2019, 3, 1))


@pytest.fixture
def order(stage: Stage) -> Order:
    aino = stage.client("Aino")
    stage.grant(aino, {"cleaning": (Way.BUDGET, 10_00, False)})
    made = stage.order(aino, stage.offer(stage.provider("Kiilto Oy"), "cleaning", "30.00"), 4_00)
    stage.on = DAY
    return made


def helmi(stage: Stage, order: Order) -> Actor:
    return stage.worker(order.provider)


def at(hour: int, minute: int = 0) -> datetime:
    return moment(DAY, hour) + timedelta(minutes=minute)


def hours(reference: str, first: int, last: int, **more: str) -> Entry:
    return Entry(reference, DAY, at(first), at(last), **more)


def report(stage: Stage, order: Order, entry: Entry) -> Visit:
    answer = report_visit(order=order, entry=entry, by=helmi(stage, order), at=at(18))
    assert answer.outcome == "taken", answer
    return Visit.objects.get(pk=answer.visit_id)


def take_back(stage: Stage, visit: Visit, reason: str = "") -> Mending:
    return withdraw_visit(
        visit_id=visit.pk,
        reason=reason,
        funding_account_id=stage.programme.funding_account_id,
        by=helmi(stage, visit.order),
        at=at(19),
    )


def held(order: Order) -> int:
    return Account.objects.get(pk=order.slices.get().hold_id).balance_cents


def refused_line(stage: Stage, order: Order) -> RefusedLine:
    answer = report_visit(order=order, entry=hours("a-1", 8, 14), by=helmi(stage, order), at=at(18))
    assert answer.code is Code.BEYOND_ORDERED
    return RefusedLine.objects.get()


def clean() -> None:
    assert verify_books() == []


def test_a_visit_that_was_started_ends_as_one_line(stage: Stage, order: Order) -> None:
    by = helmi(stage, order)
    begun = start_visit(order=order, reference="a-1", started_at=at(9), by=by, at=at(9))
    visit = report(stage, order, Entry("a-1", DAY, begun.started_at, at(10)))
    assert (visit.quantity_hundredths, visit.state) == (100, VisitState.ACCEPTED)
    begun.refresh_from_db()
    assert begun.closed_at == at(18)
    clean()


def test_the_same_start_sent_again_is_the_one_that_is_there(stage: Stage, order: Order) -> None:
    by = helmi(stage, order)
    first = start_visit(order=order, reference="a-1", started_at=at(9), by=by, at=at(9))
    assert start_visit(order=order, reference="a-1", started_at=at(9), by=by, at=at(9, 5)) == first
    with pytest.raises(StartedAlready):
        start_visit(order=order, reference="a-2", started_at=at(9), by=by, at=at(9, 5))
    drop_started(started=first, by=by, at=at(9, 6))
    start_visit(order=order, reference="a-2", started_at=at(9), by=by, at=at(9, 7))
    assert StartedVisit.objects.filter(closed_at__isnull=True).count() == 1


def test_a_start_needs_an_order_in_use_and_a_moment_behind(stage: Stage, order: Order) -> None:
    by = helmi(stage, order)
    with pytest.raises(StartLiesAhead):
        start_visit(order=order, reference="a-1", started_at=at(10), by=by, at=at(9))
    with pytest.raises(OrderNotInUse):
        before = moment(date(2019, 2, 20), 9)
        start_visit(order=order, reference="a-1", started_at=before, by=by, at=at(9))
    report(stage, order, hours("a-1", 9, 10))
    with pytest.raises(ReferenceTaken):
        start_visit(order=order, reference="a-1", started_at=at(11), by=by, at=at(12))


def test_another_company_starts_reports_and_takes_back_nothing(stage: Stage, order: Order) -> None:
    rival = stage.worker(stage.provider("Rivaali Oy"))
    visit = report(stage, order, hours("a-1", 9, 10))
    with pytest.raises(NotYourProvider):
        start_visit(order=order, reference="b", started_at=at(9), by=rival, at=at(9))
    with pytest.raises(NotYourProvider):
        report_visit(order=order, entry=hours("b", 11, 12), by=rival, at=at(18))
    with pytest.raises(NotYourProvider):
        withdraw_visit(visit_id=visit.pk, reason="", funding_account_id=0, by=rival, at=at(18))


def test_a_line_without_times_takes_one_unit_and_its_first_band(stage: Stage, order: Order) -> None:
    visit = report(stage, order, Entry("a-1", DAY))
    assert (visit.quantity_hundredths, visit.band.code) == (100, "weekday-day")


@pytest.mark.parametrize("state", ["accepted", "confirmed", "disputed"])
def test_a_visit_taken_back_gives_its_money_back_to_the_order(
    stage: Stage, order: Order, state: str
) -> None:
    before = held(order)
    visit = report(stage, order, hours("a-1", 9, 10))
    assert held(order) == before - 30_00
    aino = stage.actor(order.client)
    if state == "confirmed":
        confirm_visit(visit_id=visit.pk, by=aino, at=at(18))
    elif state == "disputed":
        dispute_visit(visit_id=visit.pk, reason="Kukaan ei tullut.", by=aino, at=at(18))
    take_back(stage, visit, "Väärä asiakas")
    visit.refresh_from_db()
    assert (visit.state, visit.withdrawn_at, visit.reason) == (
        VisitState.REJECTED,
        at(19),
        "Väärä asiakas",
    )
    assert held(order) == before
    assert AuditEntry.objects.filter(verb="withdraw_visit", subject_id=visit.pk).count() == 1
    clean()


def test_a_visit_is_taken_back_once(stage: Stage, order: Order) -> None:
    visit = report(stage, order, hours("a-1", 9, 10))
    take_back(stage, visit)
    with pytest.raises(WithdrawnAlready):
        take_back(stage, visit)


def test_a_visit_in_a_run_is_not_taken_back(stage: Stage, order: Order) -> None:
    visit = report(stage, order, hours("a-1", 9, 10))
    stage.settle(date(2019, 4, 1))
    with pytest.raises(SettledAlready):
        take_back(stage, visit)
    clean()


def test_what_was_taken_back_does_not_come_back_with_its_reference(
    stage: Stage, order: Order
) -> None:
    visit = report(stage, order, hours("a-1", 9, 10))
    take_back(stage, visit)
    by = helmi(stage, order)
    again = report_visit(order=order, entry=hours("a-1", 9, 10), by=by, at=at(20))
    assert (again.outcome, again.visit_id) == ("repeated", visit.pk)
    other = report_visit(order=order, entry=hours("a-1", 11, 12), by=by, at=at(20))
    assert other.code is Code.OTHER_CONTENT
    assert Visit.objects.count() == 1
    assert free_reference("a-1", order.provider_id, order.organiser_id) == "a-1-2"
    clean()


def test_a_visit_that_waits_for_a_person_is_taken_back_without_money(
    stage: Stage, order: Order
) -> None:
    report(stage, order, hours("a-1", 9, 10))
    by = helmi(stage, order)
    waiting = report_visit(order=order, entry=hours("a-2", 9, 11), by=by, at=at(18))
    assert waiting.outcome == "in_review"
    before = held(order)
    take_back(stage, Visit.objects.get(pk=waiting.visit_id))
    assert held(order) == before
    clean()


def test_a_corrected_visit_stands_for_the_one_taken_back(stage: Stage, order: Order) -> None:
    before = held(order)
    visit = report(stage, order, hours("a-1", 9, 13))
    new = correct_report(
        visit=visit, order=order, entry=hours("a-1-2", 9, 10), reason="",
        by=helmi(stage, order), at=at(19),
    )  # fmt: skip
    visit.refresh_from_db()
    assert visit.withdrawn_at == at(19)
    assert new.stands_for.withdrawn == visit
    assert held(order) == before - 30_00
    clean()


def test_a_correction_that_is_refused_changes_nothing(stage: Stage, order: Order) -> None:
    visit = report(stage, order, hours("a-1", 9, 10))
    before = held(order)
    with pytest.raises(StillRefused) as refusal:
        correct_report(
            visit=visit, order=order, entry=hours("a-1-2", 8, 14), reason="",
            by=helmi(stage, order), at=at(19),
        )  # fmt: skip
    assert refusal.value.answer.code is Code.BEYOND_ORDERED
    visit.refresh_from_db()
    assert (visit.state, visit.withdrawn_at) == (VisitState.ACCEPTED, None)
    assert (held(order), Visit.objects.count(), RefusedLine.objects.count()) == (before, 1, 0)
    clean()


def test_a_refused_line_is_answered_by_a_new_one_once(stage: Stage, order: Order) -> None:
    line, by = refused_line(stage, order), helmi(stage, order)
    with pytest.raises(StillRefused):
        mend_line(refused=line, order=order, entry=hours("a-1", 8, 15), by=by, at=at(19))
    visit = mend_line(refused=line, order=order, entry=hours("a-1", 8, 10), by=by, at=at(19))
    assert visit.stands_for.refused == line
    with pytest.raises(MendedAlready):
        mend_line(refused=line, order=order, entry=hours("a-9", 11, 12), by=by, at=at(19))
    assert Visit.objects.count() == 1
    clean()


def test_a_refused_line_can_be_set_aside(stage: Stage, order: Order) -> None:
    line, by = refused_line(stage, order), helmi(stage, order)
    assert set_line_aside(refused=line, by=by, at=at(19)).visit is None
    with pytest.raises(MendedAlready):
        set_line_aside(refused=line, by=by, at=at(19))


def test_nobody_ends_what_another_started(stage: Stage, order: Order) -> None:
    by = helmi(stage, order)
    begun = start_visit(order=order, reference="a-1", started_at=at(9), by=by, at=at(9))
    StartedVisit.objects.filter(pk=begun.pk).update(user_id=by.user_id or 0 + 1)
    begun.user_id = 0
    begun.save()
    with pytest.raises(NotYourVisit):
        drop_started(started=begun, by=by, at=at(9, 5))
