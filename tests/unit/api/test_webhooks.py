"""Webhooks: told with the thing itself, signed, tried again, never sent inside our own network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from tests import jobs
from tests.api import Scene, add_provider, line, open_scene
from tests.receiver import Receiver, receiving
from tests.repository.files import ROOT
from valinta.api.client_actions import revoke_api_client
from valinta.api.events_sql import ABOUT_CHECKS, ABOUT_ORDERS, ABOUT_PAYMENTS, ABOUT_VISITS
from valinta.api.hooks import EventKind
from valinta.api.models import ApiClient, Event, Sending, Subscription
from valinta.api.sending import WAITS
from valinta.api.tidying import tidy_api
from valinta.integrations.webhooks import is_genuine
from valinta.orders.actions import end_order
from valinta.organisers import clock
from valinta.users.actor import system
from valinta.visits.actions import confirm_visit
from valinta.visits.models import Visit

ALL = ["order.placed", "order.accepted", "order.ended", "visit.confirmed", "statement.approved"]


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """A receiver on this machine, which the settings allow for once."""
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receiving() as one:
        yield one


def _listen(scene: Scene, receiver: Receiver, *kinds: str) -> dict[str, Any]:
    given = {"address": receiver.address, "events": list(kinds or ALL)}
    answer = scene.system.post("/webhooks", given)
    assert answer.status == 201, answer.said
    said: dict[str, Any] = answer.said
    return said


def _end(scene: Scene) -> None:
    stage = scene.stage
    with stage.scope():
        end_order(order=scene.order, reason="moved", by=stage.manager, at=stage.now)


def test_what_happens_is_told_and_signed(scene: Scene, receiver: Receiver) -> None:
    hook = _listen(scene, receiver)
    _end(scene)
    assert [one.name for one in jobs.waiting()] == ["send_event"]
    jobs.do_waiting()
    ((headers, body),) = receiver.came
    assert is_genuine(hook["secret"], headers, body, clock.moment())
    said = json.loads(body)
    assert (said["type"], said["data"]) == ("order.ended", {"order": scene.order.pk})
    assert said["href"] == f"/api/v1/orders/{scene.order.pk}"
    assert said["company"] == scene.provider.business_id
    assert "Aino" not in body.decode()
    (message,) = scene.system.get(f"/webhooks/{hook['id']}/messages").said["items"]
    assert (message["state"], message["tries"], message["outcome"]) == ("arrived", 1, "204")
    assert message["event"] == said["id"] == headers["webhook-id"]


def test_a_changed_message_or_an_old_one_is_not_genuine(scene: Scene, receiver: Receiver) -> None:
    hook = _listen(scene, receiver)
    _end(scene)
    jobs.do_waiting()
    ((headers, body),) = receiver.came
    now = clock.moment()
    assert not is_genuine(hook["secret"], headers, body + b" ", now)
    assert not is_genuine(hook["secret"], headers, body, now + timedelta(minutes=6))
    new = scene.system.post(f"/webhooks/{hook['id']}/secret").said["secret"]
    assert new != hook["secret"]
    assert not is_genuine(new, headers, body, now)


def test_what_was_rolled_back_is_not_told(scene: Scene, receiver: Receiver) -> None:
    _listen(scene, receiver)
    with transaction.atomic():
        _end(scene)
        transaction.set_rollback(True)
    assert jobs.waiting() == []


def test_nobody_is_told_of_another_companys_or_organisers_things(
    scene: Scene, receiver: Receiver
) -> None:
    _listen(scene, receiver)
    other = add_provider(scene.stage, "Siivous Ky")
    elsewhere = open_scene("kainuu")
    for one in (other, elsewhere):
        _end(one)
    assert jobs.waiting() == []
    with scene.stage.scope():
        assert not Event.objects.exists()


def test_only_the_kinds_that_were_asked_for_are_told(scene: Scene, receiver: Receiver) -> None:
    _listen(scene, receiver, "visit.confirmed")
    scene.system.post("/visits", {"lines": [line(scene.order, "A")]})
    _end(scene)
    assert jobs.waiting() == []
    stage = scene.stage
    with stage.scope():
        visit = Visit.objects.get()
        confirm_visit(visit_id=visit.pk, by=stage.manager, at=stage.now)
    jobs.do_waiting()
    assert json.loads(receiver.came[0][1])["data"] == {"visit": visit.pk}


def test_a_statement_and_its_payment_are_told(
    scene: Scene, receiver: Receiver, tmp_path: Any
) -> None:
    _listen(scene, receiver, "statement.approved", "payment.paid")
    scene.system.post("/visits", {"lines": [line(scene.order, "A")]})
    stage = scene.stage
    with stage.scope():
        visit = Visit.objects.get()
        confirm_visit(visit_id=visit.pk, by=stage.manager, at=stage.now)
        run = stage.settle(stage.on + timedelta(days=1))
        stage.pay(run, tmp_path)
    jobs.do_waiting()
    told = [json.loads(body) for _, body in receiver.came]
    assert [one["type"] for one in told] == ["statement.approved", "payment.paid"]
    statement = scene.system.get(told[0]["href"].removeprefix("/api/v1")).said
    assert (statement["payment_cents"], statement["payment"]["state"]) == (30_00, "paid")
    assert statement["lines"][0]["cents"] == 30_00
    assert [one["id"] for one in scene.system.get("/statements").said["items"]] == [statement["id"]]
    assert scene.system.get("/visits").said["items"][0]["statement"] == statement["id"]


def test_a_failed_message_is_tried_again_with_growing_waits_and_then_given_up(
    scene: Scene, receiver: Receiver
) -> None:
    hook = _listen(scene, receiver)
    receiver.answers = [500]
    _end(scene)
    for tried in range(1, len(WAITS) + 1):
        assert jobs.do_waiting() == 1
        with scene.stage.scope():
            sending = Sending.objects.get()
        assert (sending.tries, sending.state, sending.outcome) == (tried, "waiting", "500")
    assert list(WAITS) == sorted(WAITS)
    jobs.do_waiting()
    assert jobs.waiting() == []
    said = scene.system.get(f"/webhooks/{hook['id']}").said
    assert said["paused_at"] is not None
    receiver.answers = [200]
    scene.system.post(f"/webhooks/{hook['id']}/resume")
    jobs.do_waiting()
    (message,) = scene.system.get(f"/webhooks/{hook['id']}/messages").said["items"]
    assert message["state"] == "arrived"
    assert len({headers["webhook-id"] for headers, _ in receiver.came}) == 1


def test_a_redirect_is_not_followed(scene: Scene, receiver: Receiver) -> None:
    _listen(scene, receiver)
    receiver.answers, receiver.location = [302], receiver.address
    _end(scene)
    jobs.do_waiting()
    assert len(receiver.came) == 1


def test_who_answers_gone_is_told_no_more(scene: Scene, receiver: Receiver) -> None:
    hook = _listen(scene, receiver)
    receiver.answers = [410]
    _end(scene)
    jobs.do_waiting()
    assert scene.system.get(f"/webhooks/{hook['id']}").status == 404
    with scene.stage.scope():
        assert Subscription.objects.get().ended_at is not None


def test_nothing_is_sent_to_an_address_that_ended(scene: Scene, receiver: Receiver) -> None:
    hook = _listen(scene, receiver)
    _end(scene)
    assert scene.system.delete(f"/webhooks/{hook['id']}").status == 200
    jobs.do_waiting()
    assert receiver.came == []
    assert scene.system.delete(f"/webhooks/{hook['id']}").status == 404


def test_nothing_is_sent_for_a_system_that_was_ended(scene: Scene, receiver: Receiver) -> None:
    hook = _listen(scene, receiver)
    _end(scene)
    with scene.stage.scope():
        by = scene.stage.worker(scene.provider)
        revoke_api_client(client=scene.system.client, by=by, at=scene.stage.now)
    assert jobs.do_waiting() == 1
    assert receiver.came == []
    with scene.stage.scope():
        sending = Sending.objects.get(subscription=hook["id"])
    assert (sending.state, sending.outcome, sending.tries) == ("given_up", "ended", 0)


def test_nothing_is_sent_for_a_system_whose_last_day_is_over(
    scene: Scene, receiver: Receiver
) -> None:
    _listen(scene, receiver)
    with scene.stage.scope():
        ApiClient.objects.filter(pk=scene.system.client.pk).update(ends_on=scene.stage.on)
    _end(scene)
    assert jobs.do_waiting() == 1
    assert receiver.came == []


def test_a_message_is_sent_again_when_that_is_asked(scene: Scene, receiver: Receiver) -> None:
    hook = _listen(scene, receiver)
    message = scene.system.post(f"/webhooks/{hook['id']}/test").said
    again = f"/webhooks/{hook['id']}/messages/{message['id']}/replay"
    assert scene.system.post(again).said["code"] == "state_forbids"
    jobs.do_waiting()
    assert scene.system.post(again).status == 200
    jobs.do_waiting()
    assert [json.loads(body)["type"] for _, body in receiver.came] == ["test", "test"]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0/",
        "https://8.8.8.8:22/",
        "http://8.8.8.8/",
        "ftp://8.8.8.8/",
        "https://user:pw@8.8.8.8/",
        "https://8.8.8.8/#x",
        "https://8.8.8.8:99999/",
        "https://no-such-name.invalid/",
        "https://",
        "javascript:alert(1)",
        "https://8.8.8.8/ x",
        "https://224.0.0.1/",
    ],
)
def test_an_address_inside_or_odd_is_refused(scene: Scene, address: str) -> None:
    answer = scene.system.post("/webhooks", {"address": address, "events": ["order.placed"]})
    assert (answer.status, answer.said["code"]) in (
        (422, "address_refused"),
        (422, "invalid_request"),
    )
    with scene.stage.scope():
        assert not Subscription.objects.exists()


def test_a_name_that_leads_inside_later_gets_nothing(
    scene: Scene, receiver: Receiver, settings: Settings
) -> None:
    """The address was fine when it was given; by the time of sending it is one of our own."""
    _listen(scene, receiver)
    settings.WEBHOOK_NETWORKS = []
    _end(scene)
    jobs.do_waiting()
    assert receiver.came == []
    with scene.stage.scope():
        assert Sending.objects.get().outcome == "address refused"


def test_twenty_addresses_are_the_most(scene: Scene, receiver: Receiver) -> None:
    for _ in range(20):
        _listen(scene, receiver)
    given = {"address": receiver.address, "events": ["test"]}
    assert scene.system.post("/webhooks", given).said["code"] == "state_forbids"


def test_old_messages_are_removed_and_waiting_ones_are_not(
    scene: Scene, receiver: Receiver
) -> None:
    _listen(scene, receiver)
    _end(scene)
    stage = scene.stage
    later, pk = stage.now + timedelta(days=91), stage.organiser.pk
    with stage.scope():
        tidy_api(organiser_id=pk, by=system(pk), at=later)
        assert Event.objects.count() == 1
    jobs.do_waiting()
    with stage.scope():
        tidy_api(organiser_id=pk, by=system(pk), at=later)
        assert (Event.objects.count(), Sending.objects.count()) == (0, 0)


def test_every_verb_that_is_told_of_is_a_verb_that_writes_such_a_row() -> None:
    """A verb that is renamed would silently be told of no more."""
    source = "".join(path.read_text() for path in (ROOT / "src" / "valinta").rglob("*.py"))
    for verb in (*ABOUT_ORDERS, *ABOUT_VISITS, *ABOUT_CHECKS):
        written = f'"{verb}"' in source.replace(f'    "{verb}": "', "") or f"'{verb}'" in source
        assert written, verb
    told = (ABOUT_ORDERS, ABOUT_VISITS, ABOUT_CHECKS, ABOUT_PAYMENTS)
    assert {kind for one in told for kind in one.values()} < set(EventKind)
