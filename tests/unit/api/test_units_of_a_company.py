"""A system that is bound to a unit sees, answers and reports the unit's orders and no others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from pytest_django import Settings

from tests.api import Scene, System, connect, line
from tests.receiver import Receiver, receiving
from valinta.api.client_actions import OfTheWholeCompany
from valinta.api.models import Event, Sending
from valinta.api.scopes import OF_THE_WHOLE, Scope
from valinta.audit.models import Entry
from valinta.orders.actions import accept_order, end_order
from valinta.orders.models import Order
from valinta.orders.unit_actions import give_to_unit
from valinta.plans.states import Way
from valinta.providers.company_actions import end_unit, open_unit
from valinta.providers.models import Unit

ALLOWED = tuple(one for one in Scope if one not in OF_THE_WHOLE)


@dataclass
class Northern:
    """A company of two units: an order for each, and a system that is bound to the northern one."""

    scene: Scene
    unit: Unit
    mine: Order
    theirs: Order
    system: System


@pytest.fixture
def north(scene: Scene) -> Northern:
    stage = scene.stage
    with stage.scope():
        made = [_unit(scene, name) for name in ("Pohjoinen", "Etelä")]
        veli = stage.client("Veli")
        stage.grant(veli, {"cleaning": (Way.BUDGET, 40_00, False)})
        mine = stage.order(veli, scene.order.offer, 20_00, accepted=False)
        for order, unit in ((mine, made[0]), (scene.order, made[1])):
            give_to_unit(order=order, unit=unit, by=stage.worker(scene.provider), at=stage.now)
    system = connect(stage, scene.provider, *ALLOWED, unit=made[0])
    system.sign_in()
    return Northern(scene, made[0], mine, scene.order, system)


def _unit(scene: Scene, name: str) -> Unit:
    return open_unit(
        provider=scene.provider, organiser_id=scene.stage.organiser.pk, name=name,
        by=scene.stage.worker(scene.provider), at=scene.stage.now,
    )  # fmt: skip


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receiving() as one:
        yield one


def test_only_the_units_orders_are_listed_and_others_are_not_there(north: Northern) -> None:
    (order,) = north.system.get("/orders").said["items"]
    assert (order["id"], order["unit"]) == (north.mine.pk, "Pohjoinen")
    answer = north.system.get(f"/orders/{north.theirs.pk}")
    assert (answer.status, answer.said["code"]) == (404, "not_found")
    whole = north.scene.system.get("/orders").said["items"]
    assert {one["id"] for one in whole} == {north.mine.pk, north.theirs.pk}
    with north.scene.stage.scope():
        (noted,) = Entry.objects.filter(verb="refused", subject_kind="order")
    assert noted.subject_id == north.theirs.pk


def test_an_order_that_waits_says_its_last_day_and_is_answered_by_its_unit(
    north: Northern,
) -> None:
    (order,) = north.system.get("/orders?state=placed").said["items"]
    assert order["answer_by"] > "2019-03-06"
    assert north.system.post(f"/orders/{north.theirs.pk}/decline", {"reason": "Ei"}).status == 404
    accepted = north.system.post(f"/orders/{north.mine.pk}/accept")
    assert (accepted.status, accepted.said["answer_by"]) == (200, None)


def test_a_visit_of_another_units_order_is_refused(north: Northern) -> None:
    stage = north.scene.stage
    with stage.scope():
        accept_order(order=north.mine, by=stage.worker(north.scene.provider), at=stage.now)
    lines = [line(north.mine, "A"), line(north.theirs, "B")]
    answers = north.system.post("/visits", {"lines": lines}).said["lines"]
    assert [(one["reference"], one["outcome"]) for one in answers] == [
        ("A", "taken"), ("B", "refused"),
    ]  # fmt: skip
    assert north.scene.system.post("/visits", {"lines": lines[1:]}).status == 200
    assert [one["reference"] for one in north.system.get("/visits").said["items"]] == ["A"]
    assert len(north.scene.system.get("/visits").said["items"]) == 2


def test_statements_and_new_prices_are_the_whole_companys(north: Northern) -> None:
    with pytest.raises(OfTheWholeCompany):
        connect(north.scene.stage, north.scene.provider, unit=north.unit)
    answer = north.system.get("/statements")
    assert (answer.status, answer.said["needs"]) == (403, "statements:read")


def test_a_system_ends_with_its_unit(north: Northern) -> None:
    stage = north.scene.stage
    with stage.scope():
        end_unit(
            unit=north.unit, organiser_id=stage.organiser.pk, ends_on=stage.on,
            by=stage.worker(north.scene.provider), at=stage.now,
        )  # fmt: skip
        # A unit that something names is there for its first day.
        stage.organiser.demo_today = stage.on + timedelta(days=1)
        stage.organiser.save()
    answer = north.system.get("/orders")
    assert (answer.status, answer.said["code"]) == (401, "revoked")


def test_a_unit_is_told_of_its_own_orders_and_sees_its_own_addresses(
    north: Northern, receiver: Receiver
) -> None:
    given = {"address": receiver.address, "events": ["order.ended"]}
    assert north.system.post("/webhooks", given).status == 201
    stage = north.scene.stage
    with stage.scope():
        end_order(order=north.theirs, reason="moved", by=stage.manager, at=stage.now)
        assert not Event.objects.exists()
        end_order(order=north.mine, reason="moved", by=stage.manager, at=stage.now)
        (sent,) = Sending.objects.select_related("event")
    assert sent.event.subject_id == north.mine.pk
    assert north.scene.system.post("/webhooks", given).status == 201
    assert len(north.system.get("/webhooks").said["items"]) == 1
    assert len(north.scene.system.get("/webhooks").said["items"]) == 2
