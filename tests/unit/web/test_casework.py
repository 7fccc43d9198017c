"""The case manager's page of a client: steps, money and the one thing to do next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils.translation import override

from tests.unit.web import rows
from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import TODAY, Scene
from valinta.audit.models import Entry
from valinta.budgets.models import Budget
from valinta.clients.models import Enrolment
from valinta.needs.models import Assessment
from valinta.orders.models import Order, Slice
from valinta.organisers import tenancy
from valinta.plans.models import Decision, ServicePlan
from valinta.visits.models import Visit
from valinta.web.casework.record import client_record
from valinta.web.casework.steps import Progress


def test_the_steps_follow_from_what_has_been_done(world: Scene) -> None:
    record = client_record(world.aino, TODAY)
    assert [step.progress for step in record.steps] == [
        *[Progress.DONE] * 4,
        Progress.NOW,
        Progress.LATER,
    ]
    Decision.objects.filter(enrolment__client=world.aino).update(state="ended", ended_at=rows.AT)
    undecided = client_record(world.aino, TODAY)
    assert [step.progress for step in undecided.steps][3:] == [
        Progress.NOW,
        *[Progress.LATER] * 2,
    ]


def test_each_need_shows_its_money_and_what_was_chosen(world: Scene) -> None:
    record = client_record(world.aino, TODAY)
    shown = {
        row.service["fi"]: (row.monthly, row.ordered, row.providers, row.is_mandatory)
        for row in record.needs
    }
    assert shown == {
        "Kotihoito": (46200, 60600, ("Hoiva Helmi Oy",), False),
        "Suihkuapu": (19200, 7200, ("Apu ry",), True),
        "Ulkoilu": (58600, 2950, ("Naapuriapu osk",), False),
        "Kotisairaanhoito": (0, None, (), False),
    }
    assert record.monthly == 124000
    assert sum(line.cents for line in record.explanation) == 124000


def test_the_next_step_is_what_harms_most_by_waiting(world: Scene) -> None:
    def says() -> str:
        return str(client_record(world.aino, TODAY).next_step.text)

    assert "is free this month" in _english(says)
    Visit.objects.filter(pk=world.waiting.pk).update(
        state="disputed", reason="ei tullut", decided_at=rows.AT
    )
    assert "1 visit is disputed" in _english(says)
    Visit.objects.filter(client=world.aino).update(state="confirmed", decided_at=rows.AT)
    Order.objects.filter(client=world.aino).update(state="declined", closed_at=rows.AT)
    assert "nothing is ordered" in _english(says)
    ServicePlan.objects.filter(enrolment__client=world.aino).update(state="draft")
    assert "Sign the plan" in _english(says)
    Enrolment.objects.filter(client=world.aino).update(state="ended", ended_on=TODAY)
    assert "has left" in _english(says)


def test_a_new_client_starts_from_the_assessment(world: Scene) -> None:
    rows.user(world, "eila", "Eila Uusi", "client")
    eila, _ = rows.client(world, "eila", "020340-903D", date(1940, 3, 2))
    assert not Assessment.objects.filter(enrolment__client=eila).exists()
    record = client_record(eila, TODAY)
    assert record.steps[1].progress == Progress.NOW
    assert record.budget is None
    page = signed_in(world, "leena").get(f"/casework/clients/{eila.pk}/")
    assert page.status_code == 200


def test_the_events_name_the_act_the_service_and_the_person(world: Scene) -> None:
    events = client_record(world.aino, TODAY).events
    told = [(event.service.get("fi"), event.who) for event in events]
    assert told[0] == ("Kotihoito", "Hoiva Helmi Oy")
    assert ("Ulkoilu", "Kaisa Esimerkki") in told
    assert told[-1] == (None, "Paavo Päättäjä")
    assert [event.at for event in events] == sorted((event.at for event in events), reverse=True)


def test_the_list_names_what_is_due(world: Scene) -> None:
    browser = signed_in(world, "leena")
    browser.cookies["django_language"] = "fi"
    text = browser.get("/casework/").content.decode()
    assert "1 käynti selvitettävänä" in text
    assert "412,50\u00a0€" in text


@pytest.mark.parametrize(("key", "heading"), [("leena", "My clients"), ("paavo", "All clients")])
def test_a_worker_without_own_clients_sees_all(key: str, heading: str, world: Scene) -> None:
    browser = signed_in(world, key)
    browser.cookies["django_language"] = "en"
    text = browser.get("/casework/").content.decode()
    assert heading in text
    assert "Esimerkki, Aino" in text


def test_an_ended_budget_is_no_money_of_the_month(world: Scene) -> None:
    assert Slice.objects.filter(order__client=world.aino).exists()
    Budget.objects.filter(enrolment__client=world.aino).update(state="ended")
    assert client_record(world.aino, TODAY).budget is None


def _english(says: Callable[[], str]) -> str:
    with override("en"):
        return says()


def test_whose_names_stood_in_a_list_is_noted_for_each_of_them(world: Scene) -> None:
    text = signed_in(world, "leena").get("/casework/?all").content.decode()
    with tenancy.scope([world.organiser.pk]):
        listed = list(Entry.objects.filter(verb="read", purpose="casework list"))
    noted = {entry.client_id for entry in listed}
    assert world.aino.pk in noted
    assert all(f"/casework/clients/{client_id}/" in text for client_id in noted)
    assert {entry.by_id for entry in listed} == {world.users["leena"].pk}
