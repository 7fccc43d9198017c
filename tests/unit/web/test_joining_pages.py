"""Registering, joining and assessing: who sees what, in which language, with how many queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.desk import Desk, at, choices, place, points, stage_of, text, unregistered, worker
from valinta.audit.models import Entry
from valinta.clients.models import Client, Interest
from valinta.needs.models import Assessment, EligibilityCheck
from valinta.organisers import tenancy
from valinta.plans.states import Way
from valinta.processes.places import Rooms
from valinta.users.models import User

DAY = date(2019, 3, 1)
ADDRESSES = ("joining", "joining/answer", "assessment", "assessment/sum", "assessment/results")


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """The demo's clock: the organiser's people live on the stage's day."""
    settings.DEMO = True


def queries(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


@pytest.mark.parametrize("address", ADDRESSES)
def test_another_organisers_client_is_not_there_and_the_attempt_is_noted(address: str) -> None:
    here, there = stage_of("keusote", DAY), stage_of("kainuu", DAY)
    aino = here.client("Aino")
    with there.scope():
        stranger = worker(there)
    assert stranger.get(at(aino, address)).status_code == 404
    tenancy.enter({there.organiser.pk}, None)
    assert Entry.objects.filter(verb="refused", subject_id=aino.pk).exists()
    assert Assessment.objects.count() == 0


def test_another_organisers_client_with_the_same_code_is_not_told_about() -> None:
    here, there = stage_of("keusote", DAY), stage_of("kainuu", DAY)
    leena, town = worker(here), there.programme.municipalities.order_by("pk")[0].code
    typed = unregistered(here, "Irja", "106", 1)
    assert leena.post("/casework/register/", typed).status_code == 302
    stranger = worker(there)
    typed["municipality"] = town
    answer = stranger.post("/casework/register/", typed)
    assert answer.status_code == 302  # registered there too, without a word of the other
    tenancy.enter({here.organiser.pk, there.organiser.pk}, None)
    assert Client.objects.filter(identity_code=typed["identity_code"]).count() == 2


def test_a_client_whom_another_case_manager_keeps_is_not_doubled_nor_shown() -> None:
    stage = stage_of("keusote", DAY)
    stage.organiser.closed_caseload = True
    stage.organiser.save()
    typed = unregistered(stage, "Irja", "106", 1)
    assert worker(stage).post("/casework/register/", typed).status_code == 302
    page = text(worker(stage, 1).post("/casework/register/", typed | {"given_name": "I."}), 409)
    assert "Another case manager works with this person." in page
    assert "/joining/" not in page and 'value="I."' in page
    assert Client.objects.count() == 1


def test_another_organisers_interest_is_not_there() -> None:
    here, there = stage_of("keusote", DAY), stage_of("kainuu", DAY)
    town = here.programme.municipalities.order_by("pk")[0]
    interest = Interest.objects.create(
        organiser=here.organiser, programme=here.programme, municipality=town, state="received",
        name="Irja Esimerkki", phone="0405550101", language="fi", came_at=here.now,
        form_key="3f0d8f5e-6c9b-4f0e-9a57-2f5f6f1c9a10",
    )  # fmt: skip
    stranger = worker(there)
    assert stranger.get(f"/casework/register/?interest={interest.pk}").status_code == 404
    assert worker(here).get(f"/casework/register/?interest={interest.pk}").status_code == 200


def test_another_clients_assessment_is_not_saved_through_the_form() -> None:
    stage = stage_of("keusote", DAY)
    aino, irja, leena = stage.client("Aino"), stage.client("Irja"), worker(stage)
    for one in (aino, irja):
        stage.enrolment(one)
        leena.post(at(one, "assessment", "start"))
    hers = Assessment.objects.get(enrolment__client=irja)
    form = {"assessment": str(hers.pk), "version": "1", "goals": "Väärä"}
    assert leena.post(at(aino, "assessment", "save"), form).status_code == 404
    hers.refresh_from_db()
    assert hers.goals == []


def test_who_decides_reads_and_changes_nothing() -> None:
    stage = stage_of("keusote", DAY)
    aino = stage.client("Aino")
    stage.assess(aino, {"cleaning": (Way.BUDGET, 4_00, False)})
    decider = Desk(stage, "en")
    decider.force_login(User.objects.get(pk=stage.staff.decision_maker.user.pk))
    for address in ADDRESSES[:1] + ADDRESSES[2:4]:
        page = text(decider.get(at(aino, address)))
        assert "<button" not in page[page.index("<main") : page.index("</main")].replace(
            "data-silent", ""
        )
    assert decider.post(at(aino, "assessment", "start")).status_code == 404
    assert decider.post(at(aino, "joining", "join")).status_code == 404


def test_the_checklist_is_read_in_the_clients_language_whatever_the_workers() -> None:
    stage = stage_of("osterbotten", DAY)
    greta = stage.client("Greta", municipality="598")
    sofia = worker(stage, language="fi")
    (group,) = choices(text(sofia.get(at(greta, "joining"))))
    sofia.post(at(greta, "joining", "ask"), {"choice": group})
    page = text(sofia.get(at(greta, "joining")))
    assert "Det är frivilligt att delta." in page
    assert "Liittyminen" in page
    sofia.post(at(greta, "joining", "join"), {"point": points(stage), "given_by": "client"})
    kept = place(greta).points.get(item="voluntary")
    assert (kept.text, kept.language) == ("Det är frivilligt att delta.", "sv")


def test_two_who_answer_the_same_leg_at_once_are_told_and_lose_nothing() -> None:
    stage = stage_of("kainuu", DAY)
    veli, anna, bo = stage.client("Veli"), worker(stage), worker(stage, 1)
    stage.join(veli)
    address = at(veli, "joining", "eligibility")
    said = {"answer-continuous-need": "yes", "ground-continuous-need": "Annan peruste"}
    able = {"answer-able-to-plan": "yes", "ground-able-to-plan": "Yksin"}
    assert anna.post(address, said | able).status_code == 302
    typed = {"answer-continuous-need": "no", "ground-continuous-need": "Bon peruste"}
    page = text(bo.post(address, typed), 409)
    name = stage.staff.case_managers[0].user.display_name
    assert f"{name} has changed this at the same time" in page
    assert "Annan peruste" in page and ">Bon peruste</textarea>" in page
    assert ">Yksin</textarea>" in page  # what only Anna answered
    assert EligibilityCheck.objects.get(leg="continuous-need").met
    seen = dict(re.findall(r'name="(seen-[^"]+)" value="([^"]*)"', page))
    assert seen["seen-ground-continuous-need"] == "Annan peruste"
    assert bo.post(address, seen | typed | able).status_code == 302
    assert EligibilityCheck.objects.get(leg="continuous-need").ground == "Bon peruste"


def test_what_another_settled_meanwhile_is_told() -> None:
    stage = stage_of("keusote", DAY)
    aino, leena = stage.client("Aino"), worker(stage)
    (group, *_) = choices(text(leena.get(at(aino, "joining"))))
    leena.post(at(aino, "joining", "ask"), {"choice": group})
    again = leena.post(at(aino, "joining", "ask"), {"choice": group}, follow=True)
    assert "Somebody else changed this meanwhile." in text(again)
    consent = {"point": points(stage), "given_by": "client"}
    leena.post(at(aino, "joining", "join"), consent)
    again = leena.post(at(aino, "joining", "join"), consent, follow=True)
    assert "Somebody else changed this meanwhile." in text(again)
    closed = text(leena.post(at(aino, "joining", "close"), {"reason": "Ei halua."}), 409)
    assert "Somebody else changed this meanwhile." in closed
    assert "Ei halua." in closed
    assert place(aino).state == "enrolled"


def test_the_queue_and_the_page_ask_as_much_for_one_as_for_thirty() -> None:
    stage = stage_of("osterbotten", DAY)
    for _ in range(16):
        stage.join(stage.client("Greta", municipality="598"))
    sofia = worker(stage)
    last = Client.objects.latest("pk")
    of_one = [
        queries(lambda: text(sofia.get("/casework/queue/"))),
        queries(lambda: text(sofia.get(at(last, "joining")))),
    ]
    for _ in range(29):
        stage.join(stage.client("Greta", municipality="598"))
    assert "There is a place" not in text(sofia.get("/casework/queue/"))
    assert of_one == [
        queries(lambda: text(sofia.get("/casework/queue/"))),
        queries(lambda: text(sofia.get(at(last, "joining")))),
    ]
    rooms = Rooms([stage.programme.pk], DAY)
    assert len(rooms.queues()) == 30
    assert rooms.offers() == []


def test_the_assessment_asks_as_much_after_one_as_after_ten() -> None:
    stage = stage_of("keusote", DAY)
    aino, leena = stage.client("Aino"), worker(stage)
    pages = [at(aino, "assessment"), at(aino, "assessment", "sum")]

    def counted() -> list[int]:
        return [queries(partial(leena.get, page)) for page in pages]

    many = dict.fromkeys(("cleaning", "meals", "errands"), (Way.BUDGET, 400, False))
    for _ in range(2):
        stage.assess(aino, {"cleaning": (Way.BUDGET, 4_00, False)})
    few = counted()
    for _ in range(8):
        stage.assess(aino, many)
    assert counted() == few
