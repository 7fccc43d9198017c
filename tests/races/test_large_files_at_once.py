"""Large files on a real database: the job killed anywhere, two jobs at once, memory in bounds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator

import pytest

from tests import money_scene as ms
from tests.races.crowd import all_at_once
from tests.races.killable import ROOT, run_and_die
from valinta.ledger.kinds import TransferKind
from valinta.ledger.models import Transfer
from valinta.orders.models import Order
from valinta.processes.hand_in_file import hand_in_file
from valinta.processes.take_in_file import TakenUpElsewhere, take_in_some
from valinta.visits.file_pieces import answers_of
from valinta.visits.files import VisitFile
from valinta.visits.models import Batch, Visit
from valinta.visits.states import FileState

pytestmark = pytest.mark.race

LINES, CHUNK = 3_000, 500


@pytest.fixture
def scene(fresh_database: str) -> ms.Scene:
    return ms.enter_scene()


@pytest.fixture
def order(scene: ms.Scene) -> Order:
    member = ms.join(scene, 1, [ms.Wanted("home", LINES * 750)])
    return ms.order(scene, member, quantity=LINES * 25)


@pytest.fixture
def file(scene: ms.Scene, order: Order) -> VisitFile:
    rows = [f"{order.pk};r-{one:05d};{15 + one % 5}.3.2019;0,25" for one in range(LINES)]
    return hand_in_file(
        programme=scene.programme,
        provider=scene.providers["a"],
        name="march.csv",
        content=["\n".join(["order;reference;served_on;quantity", *rows]).encode()],
        by=scene.system,
        at=ms.NOW,
    )


def go_on(scene: ms.Scene, file: VisitFile) -> bool:
    fresh = VisitFile.objects.select_related("programme", "provider", "batch").get(pk=file.pk)
    return take_in_some(file=fresh, by=scene.system, at=ms.NOW, seconds=600, chunk=CHUNK)


def everything_once(scene: ms.Scene, file: VisitFile) -> None:
    file.refresh_from_db()
    answered = [one for n in range(file.chunks) for one in answers_of(file.pk, n) or []]
    assert [one.line for one in answered] == list(range(2, LINES + 2))
    assert {one.outcome for one in answered} == {"taken"}
    assert (file.state, file.lines_done) == (FileState.DONE, LINES)
    batch = Batch.objects.get(pk=file.batch_id)
    assert (batch.taken, batch.repeated, batch.refused) == (LINES, 0, 0)
    assert Visit.objects.count() == Visit.objects.values("reference").distinct().count() == LINES
    assert Transfer.objects.filter(kind=TransferKind.CAPTURE).count() == LINES
    assert ms.owed(scene) == LINES * 750
    assert ms.faults() == []


# Statements before which the process dies: at the start, in and between chunks, near the end.
@pytest.mark.parametrize("die_at", [3, 25, 60, 95, 150])
def test_a_job_that_is_killed_goes_on_and_every_line_is_there_and_answered_once(
    scene: ms.Scene, file: VisitFile, die_at: int
) -> None:
    given = {"organiser": scene.programme.organiser_id, "file": file.pk, "chunk": CHUNK}
    assert not run_and_die("take_in_file", die_at, **given)
    kept = Visit.objects.count()
    file.refresh_from_db()
    assert kept < LINES
    assert kept == file.lines_done == file.chunks * CHUNK
    assert ms.faults() == []
    # And killed once more, a little later.
    run_and_die("take_in_file", die_at + 40, **given)
    assert go_on(scene, file)
    everything_once(scene, file)


def test_two_workers_at_one_file_bring_each_line_in_once(scene: ms.Scene, file: VisitFile) -> None:
    results = all_at_once(
        scene.programme.organiser_id, [lambda: go_on(scene, file) for _one in range(3)]
    )
    assert any(one is True for one in results)
    assert all(one is True or isinstance(one, TakenUpElsewhere) for one in results)
    go_on(scene, file)
    everything_once(scene, file)


MEASURE = """
import django; django.setup()
import json, re, resource, sys
from pathlib import Path
from valinta.organisers import tenancy
from valinta.organisers.clock import moment
from valinta.users.actor import system
from valinta.processes.take_in_file import take_in_some
from valinta.visits.files import VisitFile
given = json.loads(sys.argv[1])
held = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before = held()
with tenancy.scope([given["organiser"]]):
    file = VisitFile.objects.select_related("programme", "provider", "batch").get(pk=given["file"])
    take_in_some(file=file, by=system(given["organiser"]), at=moment(), seconds=600)
print(json.dumps([before, held()]))
"""


def _megabytes_held(scene: ms.Scene, file: VisitFile) -> tuple[int, int]:
    """Megabytes that a process of its own held before and at most while it took the file in."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE,
         json.dumps({"organiser": scene.programme.organiser_id, "file": file.pk})],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "valinta.config.settings",
             "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    before, most = json.loads(done.stdout)
    return before, most


def test_a_hostile_file_of_many_megabytes_is_answered_in_bounded_memory(
    scene: ms.Scene, order: Order
) -> None:
    def hostile() -> Iterator[bytes]:
        good = f"{order.pk};good-%d;18.3.2019;0,25\n"
        yield b"order;reference;served_on;quantity\n"
        yield (good % 1).encode()
        yield from [b"x" * 100_000] * 400
        yield from [b"\n", b"\0" * 1_000_000, b"\n"]
        yield b'9;"' + b"y" * 7_000 + b"\n"
        yield b"9;" + b"z;" * 3_000 + b"\n"
        yield from [b"9;ref;3/5/2019;" + b"w" * 2_500 + b"\n"] * 15_000
        yield (good % 2).encode()

    tracemalloc.start()
    file = hand_in_file(
        programme=scene.programme,
        provider=scene.providers["a"],
        name="hostile.csv",
        content=hostile(),
        by=scene.system,
        at=ms.NOW,
    )
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert file.bytes_sent > 75_000_000
    assert peak < 16_000_000
    before, most = _megabytes_held(scene, file)
    assert most - before < 120, (before, most)
    batch = Batch.objects.get(pk=file.batch_id)
    assert (batch.taken, batch.refused) == (2, 15_004)
    assert set(Visit.objects.values_list("reference", flat=True)) == {"good-1", "good-2"}
    assert ms.faults() == []
