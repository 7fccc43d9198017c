"""Orders answered by the API go through the same verbs as on the pages."""

from __future__ import annotations

import pytest

from tests.api import Scene
from valinta.orders.models import Order
from valinta.orders.states import OrderState
from valinta.processes.verify_books import verify_books


@pytest.fixture
def waiting(scene: Scene) -> Order:
    """An order that waits for its answer."""
    stage = scene.stage
    with stage.scope():
        Order.objects.filter(pk=scene.order.pk).update(state=OrderState.PLACED)
    return scene.order


def test_an_order_is_accepted_once(scene: Scene, waiting: Order) -> None:
    answer = scene.system.post(f"/orders/{waiting.pk}/accept")
    assert (answer.status, answer.said["state"]) == (200, "accepted")
    again = scene.system.post(f"/orders/{waiting.pk}/accept")
    assert (again.status, again.said["code"]) == (409, "state_forbids")


def test_a_repeated_acceptance_with_a_key_gets_the_first_answer(
    scene: Scene, waiting: Order
) -> None:
    first = scene.system.post(f"/orders/{waiting.pk}/accept", Idempotency_Key="k")
    again = scene.system.post(f"/orders/{waiting.pk}/accept", Idempotency_Key="k")
    assert (first.said, again.status) == (again.said, 200)


def test_a_declined_order_frees_its_money(scene: Scene, waiting: Order) -> None:
    answer = scene.system.post(f"/orders/{waiting.pk}/decline", {"reason": "No free worker."})
    assert (answer.status, answer.said["state"]) == (200, "declined")
    with scene.stage.scope():
        assert verify_books() == []


@pytest.mark.parametrize("reason", [None, "", "  ", "x" * 501, "\x00", 7, "\ud800"])
def test_a_reason_is_needed_and_readable(scene: Scene, waiting: Order, reason: object) -> None:
    given = {} if reason is None else {"reason": reason}
    answer = scene.system.post(f"/orders/{waiting.pk}/decline", given)
    assert (answer.status, answer.said["code"]) == (422, "invalid_request")
    assert [one["field"] for one in answer.said["errors"]] == ["reason"]
