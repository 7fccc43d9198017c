"""The API under many senders at once, and under one whose server is killed in the middle."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.api import Scene, open_scene
from tests.api_process import free_port, kill, served, verified
from tests.races.crowd import kinds
from valinta.api.models import KeptAnswer
from valinta.orders.models import Order
from valinta.plans.states import Way
from valinta.processes.verify_books import verify_books
from valinta.visits.models import Batch as KeptBatch
from valinta.visits.models import Visit
from valinta_client import Batch, NoConnection, Refused, Valinta

pytestmark = pytest.mark.race

SENDERS = 20
LINES = 200


@pytest.fixture
def scene(fresh_database: str, settings: Settings) -> Scene:
    """A scene that other connections see too."""
    settings.DEMO = True
    settings.API_REQUESTS_A_MINUTE = 100_000
    return open_scene()


def _large_order(scene: Scene, hundredths: int) -> Order:
    """An order of so many hundredths of an hour, for a cent each."""
    stage = scene.stage
    with stage.scope():
        bertta = stage.client("Bertta")
        stage.grant(bertta, {"errands": (Way.BUDGET, hundredths, False)})
        offer = stage.offer(scene.provider, "errands", "1.00")
        return stage.order(bertta, offer, hundredths)


def _lines(order: Order, number: int, quantity: str = "0.05") -> list[dict[str, Any]]:
    return [
        {
            "order": order.pk,
            "reference": f"r-{one:06d}",
            "served_on": f"2019-03-0{1 + one % 5}",
            "quantity": quantity,
        }
        for one in range(number)
    ]


def _client(url: str, scene: Scene, **more: Any) -> Valinta:
    system = scene.system
    return Valinta(url, system.client.identifier, system.secret, **more)


def _each_once(scene: Scene, number: int) -> None:
    with scene.stage.scope():
        assert Visit.objects.count() == number
        assert Visit.objects.values("reference").distinct().count() == number
        assert verify_books() == []
    assert verified().startswith("0: "), verified()


def test_twenty_clients_with_overlapping_batches_bring_every_visit_in_once(scene: Scene) -> None:
    """Twenty systems at `valinta serve`, by the client that companies use."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    lines = _lines(scene.order, LINES)
    results: list[list[Batch] | Exception] = [NoConnection()] * SENDERS
    together = threading.Barrier(SENDERS, timeout=60)

    def send(place: int) -> None:
        chance = random.Random(place)
        mine = chance.sample(lines, LINES // 2)
        # What another sends as well, and what this one has sent already, all in one request.
        mine += chance.choices(mine, k=20)
        client = _client(url, scene, tries=30)
        try:
            client.me()
            together.wait()
            results[place] = list(client.report(mine, at_a_time=40))
        except Exception as error:
            results[place] = error

    threads = [threading.Thread(target=send, args=(place,)) for place in range(SENDERS)]
    with served(port, jobs=False):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
    # Half of the lines of each of twenty: none is left out.
    assert kinds(results) == {"list": SENDERS}
    outcomes = Counter(
        line.outcome for result in results if isinstance(result, list) for batch in result
        for line in batch.lines
    )  # fmt: skip
    assert set(outcomes) == {"taken", "repeated"}
    assert outcomes["taken"] == LINES
    _each_once(scene, LINES)


def test_one_key_sent_by_many_at_once_is_worked_on_once(
    scene: Scene, live_server: LiveServer
) -> None:
    content = "\n".join(json.dumps(one) for one in _lines(scene.order, 40)).encode()
    answers: list[tuple[int, str]] = []

    def send() -> None:
        answer = scene.system.send(
            "/visits", content, "application/x-ndjson", Idempotency_Key="the-one"
        )
        answers.append((answer.status, answer.said.get("code", "")))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert set(answers) <= {(200, ""), (409, "request_in_progress")}
    assert (200, "") in answers
    with scene.stage.scope():
        assert KeptBatch.objects.count() == KeptAnswer.objects.count() == 1
    _each_once(scene, 40)


def test_a_server_killed_in_the_middle_and_started_again_has_every_visit_once(
    scene: Scene,
) -> None:
    """The sender repeats what it sent, with the same keys, until it is answered."""
    number, port = 30_000, free_port()
    order = _large_order(scene, number)
    lines = _lines(order, number, quantity="0.01")
    url = f"http://127.0.0.1:{port}"
    sender = _client(url, scene, tries=60, wait=lambda seconds: time.sleep(min(seconds, 0.5)))
    done: list[Any] = []

    def send() -> None:
        try:
            done.extend(sender.report(lines, at_a_time=25_000))
        except (NoConnection, Refused) as error:
            done.append(error)

    thread = threading.Thread(target=send)
    with served(port, jobs=False) as process:
        thread.start()
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with scene.stage.scope():
                kept = Visit.objects.count()
            if kept:
                break
            time.sleep(0.02)
        kill(process)
    assert 0 < kept < number, "it was to be killed in the middle"
    with served(port, jobs=False):
        thread.join(180)
    assert kinds(done) == {"Batch": 2}, done
    assert [len(one.lines) for one in done] == [25_000, 5_000]
    assert {line.outcome for one in done for line in one.lines} <= {"taken", "repeated"}
    _each_once(scene, number)


def test_a_server_killed_while_a_file_is_taken_in_goes_on_with_it_when_started_again(
    scene: Scene, tmp_path: Path
) -> None:
    """The company hands the file in again, under the same key, and asks how far it is."""
    number, port = 40_000, free_port()
    order = _large_order(scene, number)
    rows = [f"{order.pk};r-{one:06d};{1 + one % 5}.3.2019;0,01" for one in range(number)]
    path = tmp_path / "march.csv"
    path.write_text("\n".join(["order;reference;served_on;quantity", *rows]), encoding="utf-8")
    look = 0.02
    client = _client(f"http://127.0.0.1:{port}", scene, tries=999, wait=lambda _: time.sleep(look))
    with served(port) as process:
        file = client.send_file(path, key="march")
        for now in client.progress(file.id, seconds=60):
            if now.lines_done:
                break
        kill(process)
    assert now.state != "done", "it was to be killed in the middle"
    _long_ago()
    with served(port):
        assert client.send_file(path, key="march") == file
        *_before, done = client.progress(file.id, seconds=60)
        answers = list(client.file_answers(file.id))
        assert list(client.files()) == [done]
    assert (done.state, done.percent, done.lines_done) == ("done", 100, number)
    assert [one.line for one in answers] == list(range(2, number + 2))
    assert {one.outcome for one in answers} == {"taken"}
    assert (done.counts.taken, done.counts.repeated) == (number, 0)
    _each_once(scene, number)


def _long_ago() -> None:
    """The power was away for longer than a worker may be silent."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 h'")
