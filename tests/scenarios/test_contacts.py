"""Deepened case management: each contact is logged, and its amount set against outcomes (KAI-6)."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage, open_stage
from tests.mission import shows
from valinta.clients.models import Client, Contact
from valinta.evaluation.actions import answer_question, send_answers, show_answers
from valinta.evaluation.contacts import between_rounds
from valinta.evaluation.models import Round
from valinta.evaluation.states import QuestionKind
from valinta.processes.open_wellbeing import open_due_rounds
from valinta.users.actor import actor_of


@pytest.fixture
def stage(db: None, settings: Settings) -> Stage:
    settings.DEMO = True
    return open_stage("kainuu", on=date(2018, 3, 1))


def live_on(stage: Stage, day: date) -> None:
    """Move the clock of the organiser's people."""
    stage.on = day
    with stage.scope():
        stage.organiser.demo_today = day
        stage.organiser.save()


def answers(stage: Stage, client: Client, number: int) -> None:
    """The client answers what is due: the same number to each question on a scale."""
    with stage.scope():
        open_due_rounds(programme=stage.programme, by=stage.staff.office.actor, at=stage.now)
        by = actor_of(stage.people[client.pk].user.pk, stage.on)
        asked = Round.objects.filter(client=client, state="open").order_by("-pk")[0]
        for one in asked.questions:
            text = "" if one["kind"] == QuestionKind.SCALE else "Koe"
            scale = None if one["kind"] == QuestionKind.TEXT else number
            answer_question(
                asked=asked, code=one["code"], number=scale, text=text, by=by, at=stage.now
            )
        send_answers(asked=asked, by=by, at=stage.now)
        show_answers(client=client, shown=True, by=by, at=stage.now)


@shows("KAI-6")
def test_contacts_are_logged_in_two_clicks_and_set_against_wellbeing(stage: Stage) -> None:
    live_on(stage, stage.on)
    with stage.scope():
        veli = stage.client("Veli")
        stage.join(veli)
    answers(stage, veli, 4)
    worker = Browser(headers={"accept-language": "fi"})
    worker.force_login(stage.staff.case_managers[0].user)

    # Click one opens the client's page; its form stands there with minutes and a purpose in it.
    home = f"/casework/clients/{veli.pk}/"
    page = worker.get(home).content.decode()
    form = page[page.index('class="contact-quick"') :]
    minutes = re.search(r'name="minutes" value="(\d+)"', form)
    kinds = re.findall(r'name="kind" value="([^"]+)"', form)
    assert minutes is not None
    assert (minutes[1], kinds[0]) == ("15", "call")

    # Click two is the kind: it is logged as of now.
    sent = {"minutes": minutes[1], "kind": kinds[0], "purpose": "follow-up", "from": "client"}
    told = worker.post(f"{home}contacts/log/", sent, follow=True)
    assert "Yhteydenotto on kirjattu." in told.content.decode()
    assert "Puhelu 15 min" in told.content.decode()

    # A longer one is told with its day, and mended the same day; a mistake is taken back.
    sent = {"minutes": "40", "kind": "visit", "purpose": "planning", "day": "2018-02-20"}
    sent |= {"clock": "9.30", "with_whom": "Veli ja tytär", "words": "Suunnittelimme kevään."}
    worker.post(f"{home}contacts/log/", sent)
    worker.post(f"{home}contacts/log/", sent | {"minutes": "5"})
    live_on(stage, stage.on + timedelta(days=60))
    worker.post(f"{home}contacts/log/", sent | {"minutes": "60", "day": "2018-04-10"})
    with stage.scope():
        mistake, mended = Contact.objects.get(minutes=5), Contact.objects.get(minutes=60)
        # The day for mending has gone by for one, and not for the other.
        assert worker.get(f"{home}contacts/{mistake.pk}/").status_code == 200
    worker.post(f"{home}contacts/{mistake.pk}/cancel/")
    worker.post(f"{home}contacts/{mended.pk}/", sent | {"minutes": "75", "day": "2018-04-10"})
    with stage.scope():
        kept = Contact.objects.order_by("pk").values_list("minutes", "cancelled_at")
        assert [(one, None) for one in (15, 40, 5, 75)] == list(kept)

    # Months are summed, and the minutes stand between two answers about wellbeing.
    answers(stage, veli, 7)
    table = worker.get(f"{home}contacts/").content.decode()
    assert "2018" in table and "huhtikuu" in table
    with stage.scope():
        (step,) = between_rounds(stage.organiser.pk)
    assert (step.spent.contacts, step.spent.minutes) == (2, 90)
    assert step.mean_before is not None and step.mean_after is not None
    assert step.mean_after - step.mean_before == pytest.approx(3.0)
    row = table[table.index('id="outcomes"') :]
    assert ">90<" in row and "7,0" in row
    assert "Hyvinvointi, oma arvio" in worker.get(home).content.decode()
    # A colleague reads the log, and changes nothing in it.
    other = Browser()
    other.force_login(stage.staff.case_managers[1].user)
    other.post(f"{home}contacts/{mended.pk}/cancel/")
    with stage.scope():
        assert Contact.objects.get(pk=mended.pk).cancelled_at is None
