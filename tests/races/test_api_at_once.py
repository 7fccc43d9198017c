"""The API under many senders at once, and under one whose server is killed in the middle."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from typing import Any

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.api import Scene, open_scene
from tests.api_process import free_port, kill, serving
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


def test_twenty_clients_with_overlapping_batches_bring_every_visit_in_once(
    scene: Scene, live_server: LiveServer
) -> None:
    lines = _lines(scene.order, LINES)
    results: list[list[Batch] | Exception] = [NoConnection()] * SENDERS
    together = threading.Barrier(SENDERS)

    def send(place: int) -> None:
        chance = random.Random(place)
        mine = chance.sample(lines, LINES // 2)
        # What another sends as well, and what this one has sent already, all in one request.
        mine += chance.choices(mine, k=20)
        client = _client(live_server.url, scene, tries=30)
        client.me()
        together.wait()
        try:
            results[place] = list(client.report(mine, at_a_time=40))
        except Exception as error:
            results[place] = error

    threads = [threading.Thread(target=send, args=(place,)) for place in range(SENDERS)]
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
    with serving(port) as process:
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
    with serving(port):
        thread.join(180)
    assert kinds(done) == {"Batch": 2}, done
    assert [len(one.lines) for one in done] == [25_000, 5_000]
    assert {line.outcome for one in done for line in one.lines} <= {"taken", "repeated"}
    _each_once(scene, number)
