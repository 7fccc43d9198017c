"""What has happened, who has looked, and the client's data as a file."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import AT, Scene
from valinta.audit.actions import Note, record
from valinta.audit.models import Entry
from valinta.clients.models import Client, Enrolment
from valinta.organisers import tenancy
from valinta.processes.take_data import KINDS
from valinta.visits.models import Visit
from valinta.web.client.history_words import QUIET, SENTENCES

# Rows that point to a client and are no data about them.
NOT_DATA: frozenset[str] = frozenset({"messages_glance"})


def test_the_history_is_in_plain_sentences_with_day_and_name(world: Scene) -> None:
    text = signed_in(world, "aino").get(f"/my/{world.aino.pk}/history/").content.decode()
    assert "Palveluistasi tehtiin päätös." in text
    assert "Paavo Päättäjä" in text
    assert "to" in text


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow_with_what_happened(world: Scene, count: int) -> None:
    notes = [Note("write_message", "thread", n, client_id=world.aino.pk) for n in range(count)]
    record(organiser_id=world.organiser.pk, by_id=world.users["aino"].pk, at=AT, notes=notes)
    browser = signed_in(world, "aino")
    for page in ("history", "looked"):
        browser.get(f"/my/{world.aino.pk}/{page}/")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/my/{world.aino.pk}/{page}/")
        assert len(queries) <= 15, [one["sql"] for one in queries]


def test_older_things_are_on_the_next_page(world: Scene) -> None:
    notes = [Note("write_message", "thread", n, client_id=world.aino.pk) for n in range(60)]
    at = AT + timedelta(days=300)
    record(organiser_id=world.organiser.pk, by_id=world.users["aino"].pk, at=at, notes=notes)
    browser = signed_in(world, "aino")
    page = f"/my/{world.aino.pk}/history/"
    first = browser.get(page).content.decode()
    assert first.count("Viesti kirjoitettiin.") == 50
    oldest = first.split("?before=")[1].split('"')[0]
    second = browser.get(f"{page}?before={oldest}").content.decode()
    assert second.count("Viesti kirjoitettiin.") == 10
    assert browser.get(f"{page}?before=x").status_code == 200


def test_what_was_noted_late_stands_where_it_happened(world: Scene) -> None:
    # In the order in which they are noted, and on which day each happened.
    for verb, day in (("write_message", 302), ("rate_service", 300), ("sign_plan", 301)):
        notes = [Note(verb, "thread", 1, client_id=world.aino.pk)]
        at = AT + timedelta(days=day)
        record(organiser_id=world.organiser.pk, by_id=world.users["aino"].pk, at=at, notes=notes)
    page = signed_in(world, "aino").get(f"/my/{world.aino.pk}/history/").content.decode()
    with translation.override("fi"):
        told = [str(SENTENCES[verb]) for verb in ("write_message", "sign_plan", "rate_service")]
    places = [page.index(sentence) for sentence in told]
    assert places == sorted(places)


def test_a_row_about_a_visit_names_the_service_and_the_day(world: Scene) -> None:
    tenancy.enter([world.organiser.pk], None)
    visit = Visit.objects.filter(client=world.aino).select_related("order__service")[0]
    note = Note("confirm_visit", "visit", visit.pk, client_id=world.aino.pk)
    record(organiser_id=world.organiser.pk, by_id=world.users["aino"].pk, at=AT, notes=[note])
    text = signed_in(world, "aino").get(f"/my/{world.aino.pk}/history/").content.decode()
    row = text.split("Kerroit, että käynti toteutui.")[1].split("</li>")[0]
    assert visit.order.service.names["fi"] in row
    assert f"{visit.served_on.day}.{visit.served_on.month}." in row


def test_who_has_looked_names_the_person_the_role_and_the_day(world: Scene) -> None:
    signed_in(world, "leena").get(f"/casework/clients/{world.aino.pk}/")
    browser = signed_in(world, "aino")
    browser.get(f"/my/{world.aino.pk}/")
    text = browser.get(f"/my/{world.aino.pk}/looked/").content.decode()
    assert "Leena Mäki" in text
    assert "Asiakasohjaaja" in text
    assert "Sinä" in text


def test_another_clients_history_is_not_there(world: Scene, elsewhere: Scene) -> None:
    for page in ("history", "looked"):
        assert signed_in(world, "onni").get(f"/my/{world.aino.pk}/{page}/").status_code == 404
        assert signed_in(elsewhere, "aino").get(f"/my/{world.aino.pk}/{page}/").status_code == 404


def test_the_file_has_what_is_the_clients_and_nothing_of_others(world: Scene) -> None:
    answer = signed_in(world, "aino").post(f"/my/{world.aino.pk}/my-data/")
    data = json.loads(answer.content)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert data["client"][0]["given_name"] == "Aino"
    assert len(data["orders"]) == 3
    assert data["mandates"][0]["scope"] == ["confirm", "order", "see"]
    assert "Onni" not in answer.content.decode()
    assert "account_id" not in answer.content.decode()
    tenancy.enter([world.organiser.pk], None)
    assert Entry.objects.filter(verb="take_data", client_id=world.aino.pk).exists()


def test_one_who_acts_for_the_client_does_not_take_the_file(world: Scene) -> None:
    answer = signed_in(world, "kaisa").post(f"/my/{world.aino.pk}/my-data/")
    assert answer.status_code == 403


def test_every_kind_of_row_about_a_client_is_in_the_file() -> None:
    taken = {model._meta.db_table for model, _ in KINDS.values()}
    reached, found = {Client, Enrolment}, True
    while found:
        found = False
        for model in apps.get_models():
            if model in reached or not model.__module__.startswith("valinta."):
                continue
            if any(
                isinstance(field, ForeignKey) and field.related_model in reached
                for field in model._meta.concrete_fields
            ):
                reached.add(model)
                found = True
    # What hangs on a visit or order from above is the organiser's settlement, not the client's.
    tables = {model._meta.db_table for model in reached if model._meta.app_label != "settlements"}
    assert tables - taken == NOT_DATA


def test_every_verb_about_a_client_has_a_sentence_or_is_quiet(world: Scene) -> None:
    assert not set(SENTENCES) & QUIET
    told = set(Entry.objects.filter(client_id__isnull=False).values_list("verb", flat=True))
    assert told <= set(SENTENCES) | QUIET
