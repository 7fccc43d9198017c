"""The same visits sent by many at once, and by a process that is killed in the middle."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import transaction

from tests import money_scene as ms
from tests.races.crowd import all_at_once, kinds, wait_until_someone_waits
from tests.races.killable import many_lines, run_and_die
from valinta.ledger.kinds import TransferKind
from valinta.ledger.models import Transfer
from valinta.processes.correct_price import Corrected, correct_price
from valinta.processes.settle_period import settle_period
from valinta.processes.take_in_visits import Taken
from valinta.settlements.models import Run, RunVisit
from valinta.shared.money import Money
from valinta.visits.actions import dispute_visit
from valinta.visits.models import Batch, Visit

pytestmark = pytest.mark.race

LINES = 5000
CHUNK = 500


def test_eight_senders_with_overlapping_batches_bring_every_visit_in_once(
    fresh_database: str,
) -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 200_000)])
    orders = [ms.order(scene, member, quantity=1000) for _ in range(4)]
    lines = [
        ms.line(orders[number % 4], f"r{number:03d}", 15 + number % 5, quantity="0.25")
        for number in range(120)
    ]

    def send(place: int) -> object:
        # Each sender begins elsewhere, and every other one goes backwards.
        mine = lines[place * 15 :] + lines[: place * 15]
        return ms.report(scene, mine[::-1] if place % 2 else mine, chunk=7)

    jobs = [lambda place=place: send(place) for place in range(8)]
    results = all_at_once(scene.programme.organiser_id, jobs)
    assert kinds(results) == {"Taken": 8}
    assert sum(one.counts.taken for one in results) == 120
    assert sum(one.counts.repeated for one in results) == 7 * 120
    assert Visit.objects.count() == 120
    assert ms.owed(scene) == 120 * 750
    assert ms.faults() == []


# Statements of the work before which the process dies: at the start, between chunks, in the middle
# of a chunk, at its end.
@pytest.mark.parametrize("die_at", [4, 30, 77, 120])
def test_a_process_killed_in_the_middle_of_a_batch_loses_nothing_and_doubles_nothing(
    fresh_database: str, die_at: int
) -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", LINES * 750)])
    order = ms.order(scene, member, quantity=LINES * 25)
    given = {
        "organiser": scene.programme.organiser_id,
        "provider": scene.providers["a"].pk,
        "lines": LINES,
        "order": order.pk,
        "chunk": CHUNK,
        "at": ms.NOW.isoformat(),
    }
    assert not run_and_die("report", die_at, **given)
    kept = Visit.objects.count()
    assert kept < LINES
    assert bool(kept) == (die_at >= 30), "only the first death comes before any chunk is kept"
    assert kept % CHUNK == 0
    assert ms.faults() == []

    again = ms.report(scene, many_lines(order.pk, LINES), chunk=CHUNK)
    assert (again.counts.repeated, again.counts.taken) == (kept, LINES - kept)
    assert Visit.objects.count() == Visit.objects.values("reference").distinct().count() == LINES
    assert Transfer.objects.filter(kind=TransferKind.CAPTURE).count() == LINES
    assert (ms.held(order), ms.owed(scene)) == (0, LINES * 750)
    assert Batch.objects.filter(finished_at__isnull=True).count() <= 1
    assert ms.faults() == []


def test_a_visit_disputed_while_a_run_is_prepared_is_in_it_or_disputed_but_not_both(
    fresh_database: str,
) -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 30_000)])
    order = ms.order(scene, member)
    ms.report(scene, [ms.line(order, f"r{number}") for number in range(10)])
    prepared = threading.Event()

    def prepare() -> Run:
        with transaction.atomic():
            run = settle_period(
                programme=scene.programme,
                cut_off_on=date(2019, 4, 1),
                by=scene.staff.preparer.actor,
                at=ms.on(10, month=4),
            )
            prepared.set()
            wait_until_someone_waits()
        return run

    def dispute() -> Visit:
        assert prepared.wait(30)
        first = Visit.objects.order_by("id")[0]
        actor = member.person.actor
        return dispute_visit(visit_id=first.pk, reason="Nobody came.", by=actor, at=ms.NOW)

    results = all_at_once(scene.programme.organiser_id, [prepare, dispute])
    assert kinds(results) == {"Run": 1, "SettledAlready": 1}
    assert RunVisit.objects.count() == 10
    assert ms.faults() == []


def test_a_price_that_is_corrected_while_visits_come_in_reaches_every_one_of_them(
    fresh_database: str,
) -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 60_000)])
    order = ms.order(scene, member)
    reported = threading.Event()

    def report_slowly() -> Taken:
        with transaction.atomic():
            taken = ms.report(scene, [ms.line(order, f"r{number}") for number in range(5)])
            reported.set()
            wait_until_someone_waits()
        return taken

    def correct() -> Corrected:
        assert reported.wait(30)
        return correct_price(
            offer=scene.offers["home-a"],
            band="day",
            amount=Money(2600),
            period=ms.MARCH,
            reason="The price list was wrong.",
            by=scene.system,
            at=ms.NOW,
        )

    results = all_at_once(scene.programme.organiser_id, [report_slowly, correct])
    assert kinds(results) == {"Taken": 1, "Corrected": 1}
    assert len(results[1].corrections) == 5
    assert ms.owed(scene) == 5 * 2600
    assert ms.faults() == []


def test_two_providers_with_one_client_at_the_same_hour_are_not_both_taken(
    fresh_database: str,
) -> None:
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 200_000)])
    orders = {letter: ms.order(scene, member, f"home-{letter}", quantity=1000) for letter in "ab"}

    def send(letter: str) -> Taken:
        started, ended = ms.on(18, 9), ms.on(18, 10)
        times = {"started_at": started, "ended_at": ended, "quantity": "1"}
        lines = [ms.line(orders[letter], f"{letter}1", 18, **times)]
        return ms.report(scene, lines, letter)

    results = all_at_once(
        scene.programme.organiser_id, [lambda letter=letter: send(letter) for letter in "ab"]
    )
    assert kinds(results) == {"Taken": 2}
    assert sorted(Visit.objects.values_list("state", "code")) == [
        ("accepted", ""),
        ("in_review", "client_elsewhere"),
    ]
    assert ms.faults() == []
