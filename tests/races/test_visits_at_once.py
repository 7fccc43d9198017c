"""The same visits sent by many at once, and by a process that is killed in the middle."""

from __future__ import annotations

import pytest

from tests import money_scene as ms
from tests.races.crowd import all_at_once, kinds
from tests.races.killable import many_lines, run_and_die
from valinta.ledger.kinds import TransferKind
from valinta.ledger.models import Transfer
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
    assert kept % CHUNK == 0
    assert ms.faults() == []

    again = ms.report(scene, many_lines(order.pk, LINES), chunk=CHUNK)
    assert (again.counts.repeated, again.counts.taken) == (kept, LINES - kept)
    assert Visit.objects.count() == Visit.objects.values("reference").distinct().count() == LINES
    assert Transfer.objects.filter(kind=TransferKind.CAPTURE).count() == LINES
    assert (ms.held(order), ms.owed(scene)) == (0, LINES * 750)
    assert Batch.objects.filter(finished_at__isnull=True).count() <= 1
    assert ms.faults() == []
