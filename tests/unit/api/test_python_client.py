"""The Python client against the site itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests import jobs
from tests.api import Scene, open_scene
from tests.receiver import receiving
from valinta.api import tokens
from valinta.orders.actions import end_order
from valinta.visits.actions import confirm_visit
from valinta.visits.models import Visit
from valinta_client import Line, NoConnection, Refused, Valinta, is_genuine


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
        assert is_genuine(hook.secret, headers, body)
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

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
