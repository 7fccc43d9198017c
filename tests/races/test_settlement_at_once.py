"""Settlement by two people at the same moment, and by processes that are killed on the way."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import money_scene as ms
from tests.races.crowd import all_at_once, kinds
from tests.races.killable import run_and_die
from valinta.demo.people import Person, person
from valinta.ledger.kinds import TransferKind
from valinta.ledger.models import Transfer
from valinta.orders.models import Order
from valinta.processes.settle_period import payment_file, settle_period
from valinta.settlements.actions import approve_run, cancel_run, mark_paid
from valinta.settlements.models import Payment, Run, RunVisit, Statement
from valinta.settlements.states import RunState
from valinta.shared.states import ForbiddenTransition
from valinta.users.permissions import Role
from valinta.visits.models import Visit

pytestmark = pytest.mark.race

SETTLED_AT = ms.on(10, month=4)
CUT_OFF = date(2019, 4, 1)


def _with_visits(scene: ms.Scene) -> list[Order]:
    """Two providers with ten visits each, of 30.00."""
    member = ms.join(scene, 1, [ms.Wanted("home", 60_000)])
    orders = [ms.order(scene, member, f"home-{letter}", quantity=1000) for letter in "ab"]
    for order, letter in zip(orders, "ab", strict=True):
        lines = [ms.line(order, f"{letter}{day}", day) for day in range(15, 20)] * 2
        for number, line in enumerate(lines):
            lines[number] = line | {"reference": f"{letter}-{number}"}
        assert ms.report(scene, lines, letter).counts.taken == 10
    return orders


def _prepare(scene: ms.Scene, by: Person) -> Run:
    return settle_period(programme=scene.programme, cut_off_on=CUT_OFF, by=by.actor, at=SETTLED_AT)


def test_of_two_who_prepare_at_once_one_makes_the_run_and_the_other_is_told(
    fresh_database: str,
) -> None:
    scene = ms.enter_scene()
    _with_visits(scene)
    second = person(scene.programme.organiser, "Toinen", Role.FINANCE_PREPARER, "fi", "2")
    people = [scene.staff.preparer, second] * 2
    jobs = [lambda by=by: _prepare(scene, by) for by in people]
    results = all_at_once(scene.programme.organiser_id, jobs)
    assert kinds(results) == {"Run": 1, "RunAlreadyPrepared": 3}
    assert Run.objects.count() == 1
    assert RunVisit.objects.count() == 20
    assert Statement.objects.count() == 2
    assert ms.faults() == []


def test_of_two_who_approve_at_once_one_succeeds_and_the_money_moves_once(
    fresh_database: str,
) -> None:
    scene = ms.enter_scene()
    _with_visits(scene)
    run = _prepare(scene, scene.staff.preparer)
    second = person(scene.programme.organiser, "Toinen", Role.FINANCE_APPROVER, "fi", "2")

    def approve(by: Person) -> Run:
        return approve_run(run=Run.objects.get(), by=by.actor, at=SETTLED_AT)

    jobs = [lambda by=by: approve(by) for by in [scene.staff.approver, second] * 3]
    results = all_at_once(scene.programme.organiser_id, jobs)
    assert kinds(results) == {"Run": 1, "ForbiddenTransition": 5}
    refusal = next(one for one in results if isinstance(one, ForbiddenTransition))
    assert (refusal.before, refusal.after) == (RunState.APPROVED, RunState.APPROVED)
    assert Payment.objects.filter(statement__run=run).count() == 2
    assert Transfer.objects.filter(kind=TransferKind.SETTLE).count() == 2
    assert (ms.owed(scene, "a"), ms.owed(scene, "b")) == (0, 0)
    assert ms.faults() == []


def test_a_run_that_is_approved_and_cancelled_at_once_is_one_or_the_other(
    fresh_database: str,
) -> None:
    scene = ms.enter_scene()
    _with_visits(scene)
    _prepare(scene, scene.staff.preparer)

    def approve() -> Run:
        return approve_run(run=Run.objects.get(), by=scene.staff.approver.actor, at=SETTLED_AT)

    def cancel() -> Run:
        return cancel_run(run=Run.objects.get(), by=scene.staff.preparer.actor, at=SETTLED_AT)

    results = all_at_once(scene.programme.organiser_id, [approve, cancel] * 2)
    assert kinds(results) == {"Run": 1, "ForbiddenTransition": 3}
    approved = Run.objects.get().state == RunState.APPROVED
    assert RunVisit.objects.count() == (20 if approved else 0)
    assert ms.owed(scene) == (0 if approved else 30_000)
    assert ms.faults() == []


def test_the_bank_answers_a_payment_twice_at_once_and_it_is_paid_once(fresh_database: str) -> None:
    scene = ms.enter_scene()
    _with_visits(scene)
    run = _prepare(scene, scene.staff.preparer)
    approve_run(run=run, by=scene.staff.approver.actor, at=SETTLED_AT)

    def paid() -> Payment:
        payment = Payment.objects.order_by("pk")[0]
        return mark_paid(payment=payment, by=scene.staff.preparer.actor, at=SETTLED_AT)

    results = all_at_once(scene.programme.organiser_id, [paid] * 6)
    assert kinds(results) == {"Payment": 1, "ForbiddenTransition": 5}
    assert Transfer.objects.filter(kind=TransferKind.PAY).count() == 1
    assert ms.faults() == []


def test_a_settlement_killed_at_every_step_ends_as_one_run_with_one_file(
    fresh_database: str, tmp_path: Path
) -> None:
    scene = ms.enter_scene()
    _with_visits(scene)
    killed = dict.fromkeys(("prepare", "approve", "send"), 0)
    for step in killed:
        by = scene.staff.preparer if step == "prepare" else scene.staff.approver
        # Each time it gets four statements further, until it lives to the end.
        points = [*(["sync"] if step == "send" else []), *range(4, 99, 4)]
        for number, die_at in enumerate(points):
            lived = run_and_die(
                "settle",
                die_at,
                organiser=scene.programme.organiser_id,
                step=step,
                user=by.user.pk,
                at=(SETTLED_AT + timedelta(hours=number)).isoformat(),
                folder=str(tmp_path),
            )
            assert ms.faults() == [], f"after {step}, killed at {die_at}"
            if lived:
                break
            killed[step] += 1
    assert min(killed.values()) >= 2, f"the settlement was not cut off often enough: {killed}"
    run = Run.objects.get()
    assert run.state == RunState.SENT
    content = payment_file(run)
    files = [one for one in tmp_path.iterdir() if one.suffix == ".xml"]
    assert [one.read_bytes() for one in files] == [content]
    assert run.file_sha256 == hashlib.sha256(content).hexdigest()
    assert RunVisit.objects.filter(run=run).count() == Visit.objects.count() == 20
    assert sorted(Payment.objects.values_list("cents", flat=True)) == [30_000, 30_000]
    assert content.count(b"<CdtTrfTxInf>") == 2
    assert not [one for one in tmp_path.iterdir() if one.suffix == ".part"]
