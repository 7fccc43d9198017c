"""The Python client against the site itself."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests import jobs
from tests.api import Scene, open_scene
from tests.receiver import receiving
from valinta.api import tokens
from valinta.orders.actions import end_order
from valinta.organisers import clock
from valinta.processes.draw_checks import draw_checks
from valinta.programmes.models import Rulebook
from valinta.users.actor import system
from valinta.visits.actions import confirm_visit
from valinta.visits.models import Visit
from valinta_client import Line, NoConnection, Refused, TakesTooLong, Valinta, is_genuine


@pytest.fixture
def scene(fresh_database: str, settings: Settings) -> Scene:
    """A scene that the server's threads see."""
    settings.DEMO = True
    return open_scene()


@pytest.fixture
def valinta(scene: Scene, live_server: LiveServer) -> Valinta:
    """The client of the scene's system."""
    return _client(live_server.url, scene)


def _client(url: str, scene: Scene, **more: Any) -> Valinta:
    system = scene.system
    more.setdefault("wait", lambda seconds: None)
    return Valinta(url, system.client.identifier, system.secret, **more)


def test_a_month_of_a_provider_from_order_to_statement(
    scene: Scene, valinta: Valinta, tmp_path: Any
) -> None:
    assert valinta.me().organiser.today == date(2019, 3, 6)
    (order,) = valinta.orders(state="accepted")
    assert order.client.name.startswith("Aino")
    lines = [
        Line(order=order.id, reference=f"V-{day}", served_on=date(2019, 3, day), quantity="1.5")
        for day in range(1, 6)
    ]
    (dry,) = valinta.report(lines, dry_run=True)
    assert (dry.counts.taken, list(valinta.visits())) == (5, [])
    batches = list(valinta.report(lines, at_a_time=2))
    assert [one.counts.taken for one in batches] == [2, 2, 1]
    visits = list(valinta.visits(order=order.id))
    assert {one.reference for one in visits} == {one.reference for one in lines}
    assert {one.payable_cents for one in visits} == {45_00}
    stage = scene.stage
    with stage.scope():
        for one in visits:
            confirm_visit(visit_id=one.id, by=stage.manager, at=stage.now)
        stage.pay(stage.settle(stage.on + timedelta(days=1)), tmp_path)
    (short,) = valinta.statements()
    whole = valinta.statement(short.id)
    assert whole.payment is not None
    assert (whole.payment.state, whole.payment_cents) == ("paid", 5 * 45_00)
    assert whole.lines is not None
    assert sum(one.cents for one in whole.lines) == whole.work_cents
    assert valinta.visit(visits[0].id).statement == whole.id
    assert {one.cents for one in valinta.prices(on=date(2019, 3, 6))} == {30_00}
    with pytest.raises(Refused) as refused:
        valinta.change_prices("keusote", "cleaning", {"weekday-day": 31_00}, date(2019, 3, 7))
    assert (refused.value.code, refused.value.facts["why"]) == ("price_refused", "not_a_price_day")
    day = date.fromisoformat(refused.value.facts["days"][0])
    change = valinta.change_prices("keusote", "cleaning", {"weekday-day": 31_00}, day)
    assert [(one.before_cents, one.cents) for one in change.bands] == [(30_00, 31_00)]
    assert 31_00 in {one.cents for one in valinta.prices(on=day)}


def test_a_refused_line_says_how_to_mend_it_in_the_language_of_the_client(
    scene: Scene, live_server: LiveServer
) -> None:
    valinta = _client(live_server.url, scene, language="fi")
    (batch,) = valinta.report(
        [Line(order=999_999, reference="x", served_on="2019-03-05", quantity="1")]
    )
    (line,) = batch.lines
    assert (line.outcome, line.code) == ("refused", "unknown_order")
    assert line.mend is not None
    assert line.mend.startswith("Tarkista")


def test_a_token_that_has_become_old_is_renewed_without_a_word(
    scene: Scene, valinta: Valinta, monkeypatch: pytest.MonkeyPatch
) -> None:
    valinta.me()
    monkeypatch.setattr(tokens, "LIFETIME", timedelta(seconds=-1))
    with pytest.raises(Refused) as caught:
        _client_with_few_tries(valinta).me()
    assert caught.value.code == "expired_token"
    monkeypatch.undo()
    assert valinta.me().company.name == scene.provider.name


def _client_with_few_tries(valinta: Valinta) -> Valinta:
    valinta._tries = 2
    return valinta


def test_what_is_refused_for_good_is_raised_with_its_code(valinta: Valinta) -> None:
    with pytest.raises(Refused) as caught:
        valinta.order(999_999)
    assert (caught.value.status, caught.value.code) == (404, "not_found")


def test_a_wrong_secret_is_told_and_not_tried_again(scene: Scene, live_server: LiveServer) -> None:
    with pytest.raises(Refused, match="invalid_client"):
        Valinta(live_server.url, scene.system.client.identifier, "vs_x").me()


def test_nobody_at_the_address_is_told_after_some_tries() -> None:
    waits: list[float] = []
    nobody = Valinta("http://127.0.0.1:9", "a", "b", tries=4, wait=waits.append)
    with pytest.raises(NoConnection, match="does not answer"):
        nobody.me()
    assert waits == [0.5, 1.0, 2.0]


def test_a_redirect_does_not_carry_the_token_away() -> None:
    seen: list[str] = []
    with _redirecting(seen) as url, pytest.raises(Refused) as caught:
        Valinta(url, "a", "b").me()
    assert caught.value.status == 302
    assert seen == ["/api/v1/token"]


def test_webhooks_from_making_to_ending(scene: Scene, valinta: Valinta, settings: Settings) -> None:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    stage = scene.stage
    with receiving() as receiver:
        hook = valinta.make_webhook(receiver.address, ["order.ended"])
        assert [one.id for one in valinta.webhooks()] == [hook.id]
        with stage.scope():
            end_order(order=scene.order, reason="x", by=stage.manager, at=stage.now)
        valinta.test_webhook(hook.id)
        jobs.do_waiting()
        ((headers, body), _test) = receiver.came
        assert hook.secret is not None
        # The site's clock of the tests is not the machine's.
        assert is_genuine(hook.secret, headers, body, now=clock.moment().timestamp())
        assert not is_genuine(hook.secret, headers, body, now=0)
        first = list(valinta.messages(hook.id))[-1]
        assert (first.type, first.outcome) == ("order.ended", "204")
        valinta.replay(hook.id, first.id)
        assert valinta.renew_secret(hook.id).secret != hook.secret
        valinta.resume_webhook(hook.id)
        assert valinta.end_webhook(hook.id).ended_at is not None
    assert list(valinta.webhooks()) == []


def test_orders_are_answered(scene: Scene, valinta: Valinta) -> None:
    with pytest.raises(Refused, match="state_forbids"):
        valinta.accept(scene.order.pk)
    with scene.stage.scope():
        assert Visit.objects.count() == 0


def test_a_file_is_handed_in_watched_and_answered_line_by_line(
    scene: Scene, valinta: Valinta, tmp_path: Path
) -> None:
    rows = [f"{scene.order.pk};V-{day};{day}.3.2019;0,5" for day in (1, 2, 3)]
    path = tmp_path / "march.csv"
    path.write_text("\n".join(["order;reference;served_on;quantity", *rows, "x;V-4;;"]), "utf-8")
    file = valinta.send_file(path, key="march")
    assert (file.name, file.kind, file.state, file.lines) == ("march.csv", "csv", "waiting", 5)
    assert valinta.send_file(path, key="march") == file
    seen = []
    for now in valinta.progress(file.id):
        seen.append(now.state)
        with scene.stage.scope():
            jobs.do_waiting("take_in_visit_file")
    assert seen == ["waiting", "done"]
    assert (now.counts.taken, now.counts.refused, now.percent) == (3, 1, 100)
    answers = list(valinta.file_answers(file.id))
    assert [(one.line, one.outcome) for one in answers] == [
        (2, "taken"), (3, "taken"), (4, "taken"), (5, "refused"),
    ]  # fmt: skip
    (refused,) = valinta.file_answers(file.id, outcome="refused")
    assert refused == answers[-1] and refused.mend
    assert [one.id for one in valinta.files()] == [file.id]
    assert len(list(valinta.visits())) == 3


def test_a_file_of_json_lines_goes_by_its_ending_or_as_bytes(
    scene: Scene, valinta: Valinta, tmp_path: Path
) -> None:
    path = tmp_path / "march.ndjson"
    line = {"order": scene.order.pk, "reference": "A", "served_on": "2019-03-05", "quantity": "1"}
    path.write_text(json.dumps(line), encoding="utf-8")
    assert valinta.send_file(path).kind == "ndjson"
    content = path.read_bytes()
    file = valinta.send_file(content, kind="application/x-ndjson", name="x", programme="keusote")
    assert (file.kind, file.name) == ("ndjson", "x")


def test_waiting_for_a_file_ends_after_the_seconds_that_were_given(
    scene: Scene, valinta: Valinta
) -> None:
    file = valinta.send_file(b"order;reference\n1;A\n")
    looks = valinta.progress(file.id, seconds=0)
    assert next(looks).state == "waiting"
    with pytest.raises(TakesTooLong, match="0 %"):
        list(looks)


def test_what_cannot_be_a_file_of_visits_is_refused_for_good(valinta: Valinta) -> None:
    with pytest.raises(Refused, match="unsupported_media_type"):
        valinta.send_file(b"PK\x03\x04" + bytes(90))


def test_an_answer_that_breaks_off_is_asked_again_and_goes_on_where_it_broke() -> None:
    with _breaking_off() as (url, asked):
        valinta = Valinta(url, "a", "b", wait=lambda seconds: None)
        assert [one.line for one in valinta.file_answers(1)] == [1, 2, 3]
    assert asked == [1, 2]


def test_a_drawn_visit_carries_its_check(scene: Scene, valinta: Valinta) -> None:
    order, day = scene.order.pk, date(2019, 3, 5)
    list(valinta.report([Line(order=order, reference="A", served_on=day, quantity="1")]))
    assert next(valinta.visits()).check is None
    stage = scene.stage
    with stage.scope():
        for rulebook in Rulebook.objects.all():
            terms = rulebook.parameters | {"sample_rate_percent": "100"}
            Rulebook.objects.filter(pk=rulebook.pk).update(parameters=terms)
        pk = stage.organiser.pk
        draw_checks(organiser_id=pk, by=system(pk), at=stage.now)
    (visit,) = valinta.visits(check="open")
    assert visit.check is not None
    assert (visit.check.state, visit.check.asked is not None) == ("open", True)
    assert visit.check.number < visit.check.chance
    assert list(valinta.visits(check="right")) == []


@contextmanager
def _breaking_off() -> Iterator[tuple[str, list[int]]]:
    """A server whose first answer ends in the middle of a line."""
    asked: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._say(b'{"access_token": "t"}', whole=True)

        def do_GET(self) -> None:
            asked.append(len(asked) + 1)
            lines = [
                json.dumps({"line": n, "reference": "", "outcome": "taken", "visit": n})
                for n in (1, 2, 3)
            ]
            text = ("\n".join(lines) + "\n").encode()
            self._say(text, whole=len(asked) > 1)

        def _say(self, text: bytes, *, whole: bool) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text if whole else text[: len(text) - 20])
            self.close_connection = True

        def log_message(self, *args: Any) -> None:
            return

    with _listening(Handler) as url:
        yield url, asked


@contextmanager
def _redirecting(seen: list[str]) -> Iterator[str]:
    """A server that sends everyone elsewhere."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *args: Any) -> None:
            return

    with _listening(Handler) as url:
        yield url


@contextmanager
def _listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
