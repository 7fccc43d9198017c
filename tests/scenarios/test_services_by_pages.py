"""The worker orders for the client, changes provider, and decides on visits that were set aside."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.mission import shows
from tests.scenarios import deciding as by
from tests.unit.processes.changing import begin, held, live_on, moment, stage_of
from valinta.clients.models import Client
from valinta.messages.actions import open_thread
from valinta.messages.states import Route
from valinta.orders.models import Order
from valinta.processes.verify_books import verify_books
from valinta.visits.actions import dispute_visit
from valinta.visits.models import Visit


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """Everybody lives in the spring of 2019."""
    settings.DEMO = True


def services(client: Client) -> str:
    return f"/casework/clients/{client.pk}/services/"


def test_the_worker_orders_calls_off_and_ends_on_the_clients_behalf() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    live_on(stage, date(2019, 3, 11))
    desk = by.worker(stage)
    text = by.text_of(desk, services(aino))
    assert "Kotiapu" in text
    assert "€960.00" in text
    new = f"{services(aino)}new/"
    assert "Kotiapu" in by.text_of(desk, new)
    typed = {
        "offer": str(order.offer_id), "how": "week", "first_on": "2019-03-18",
        "last_on": "2019-03-31", "weekdays": ["5"], "starts": "12.00", "minutes": "60",
    }  # fmt: skip
    faulty = desk.post(new, {**typed, "weekdays": [], "step": "look"})
    assert faulty.status_code == 422
    look = by.read(desk.post(new, {**typed, "step": "look"}))
    assert "2 visits, the first on Fri 22 Mar" in look
    text = by.read(desk.post(new, {**typed, "step": "do"}, follow=True))
    assert "The order is placed" in text
    closed = desk.post(new, {**typed, "last_on": "2021-03-31", "step": "look"})
    assert closed.status_code == 422
    one = f"{services(aino)}{order.pk}/"
    desk.post(f"{one}call-off/", {"day": "2019-03-14"})
    assert "Thu 14 Mar" in by.text_of(desk, one)
    text = by.text_of(desk, f"{one}end/")
    assert "returns to the budget or voucher at once" in text
    assert desk.post(f"{one}end/", {"reason": ""}).status_code == 422
    desk.post(f"{one}end/", {"reason": "Ei tarvitse enää"})
    with stage.scope():
        order.refresh_from_db()
        assert order.valid.upper == date(2019, 3, 25)
        assert verify_books() == []


@shows("KEU-10")
def test_the_worker_changes_the_provider_for_aino_with_notice_money_and_reason() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    other = stage.offer(stage.provider("Toinen"), "cleaning", "31.00")
    live_on(stage, date(2019, 3, 11))
    desk = by.worker(stage)
    path = f"{services(aino)}{order.pk}/switch/"
    assert "+€1.00" in by.text_of(desk, path)
    look = by.text_of(desk, f"{path}?offer={other.pk}")
    assert "The notice runs until the new order begins on Mon 25 Mar" in look
    assert desk.post(f"{path}?offer={other.pk}", {"reason": ""}).status_code == 422
    desk.post(f"{path}?offer={other.pk}", {"reason": "Myöhästelee"})
    with stage.scope():
        order.refresh_from_db()
        assert (order.valid.upper, order.close_reason) == (date(2019, 3, 25), "Myöhästelee")
        assert Order.objects.get(offer=other).valid.lower == date(2019, 3, 25)
        assert verify_books() == []


def test_disputed_and_late_visits_are_listed_and_decided_with_the_talk_beside() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    with stage.scope():
        disputed = stage.report(order, date(2019, 3, 4))
        dispute_visit(
            visit_id=disputed.pk, reason="Kukaan ei tullut", by=stage.actor(aino), at=stage.now
        )
        open_thread(
            client=aino, route=Route.CASE_MANAGER, subject="Käynti", words="Odotin koko aamun.",
            visit=disputed, by=stage.actor(aino), at=stage.now,
        )  # fmt: skip
        late = {**stage.line(order, date(2019, 3, 7)), "late_reason": "Sairastuin"}
        stage.report_lines(order.provider, [late], at=moment(date(2019, 3, 20)))
        waiting = Visit.objects.get(state="in_review")
        before = held(order)
    live_on(stage, date(2019, 3, 20))
    desk = by.worker(stage)
    text = by.text_of(desk, "/casework/review/")
    assert "Kukaan ei tullut" in text
    assert "It was reported late, with a reason." in text
    page = f"{services(aino)}visits/{disputed.pk}/"
    assert "Odotin koko aamun." in by.text_of(desk, page)
    assert desk.post(page, {"step": "reject", "reason": ""}).status_code == 422
    desk.post(page, {"step": "reject", "reason": "Käyntiä ei ollut"})
    desk.post(f"{services(aino)}visits/{waiting.pk}/", {"step": "accept"})
    again = by.read(
        desk.post(f"{services(aino)}visits/{waiting.pk}/", {"step": "accept"}, follow=True)
    )
    assert "decided on meanwhile" in again
    with stage.scope():
        states = dict(Visit.objects.values_list("pk", "state"))
        assert states == {disputed.pk: "rejected", waiting.pk: "accepted"}
        assert held(order) == before + 30_00 - 30_00
        assert verify_books() == []
    assert "No visit waits for a decision" in by.text_of(desk, "/casework/review/")


def test_the_lists_ask_as_much_for_one_row_as_for_many() -> None:
    stage = stage_of()
    aino, order = begin(stage)
    days = [date(2019, 3, day) for day in (4, 7, 11, 14, 18)]

    def late(chosen: list[date]) -> None:
        with stage.scope():
            lines = [{**stage.line(order, day), "late_reason": "Sairaus"} for day in chosen]
            stage.report_lines(order.provider, lines, at=moment(date(2019, 3, 29)))

    def asked(path: str) -> int:
        desk.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(path).status_code == 200
        return len(queries)

    desk = by.worker(stage)
    late(days[:1])
    live_on(stage, date(2019, 3, 29))
    paths = ("/casework/review/", services(aino))
    one = [asked(path) for path in paths]
    late(days[1:])
    with stage.scope():
        assert Visit.objects.filter(state="in_review").count() == len(days)
    assert [asked(path) for path in paths] == one
