"""From a form of interest to a client with a sum, as the case manager does it on the pages."""

from __future__ import annotations

import re
from datetime import date

import pytest
from pytest_django import Settings

from tests.desk import (
    BORN,
    Desk,
    at,
    choices,
    place,
    points,
    registered,
    stage_of,
    text,
    unregistered,
    worker,
)
from tests.mission import shows
from tests.unit.web.public import filled
from valinta.clients.models import Client, Interest
from valinta.clients.states import EnrolmentState, InterestState
from valinta.needs.models import ConsentPoint, EligibilityCheck
from valinta.processes.leave_programme import leave_programme


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """The demo's clock: the organiser's people live on the stage's day."""
    settings.DEMO = True


@shows("KEU-1", "KEU-2", "KEU-3")
def test_irja_comes_forward_and_joins_in_one_sitting() -> None:
    stage = stage_of("keusote", date(2019, 3, 1))
    visitor = Desk(stage, "fi")
    form = f"/programmes/{stage.organiser.code}/keusote/come-forward/"
    said = {"name": "Irja Esimerkki", "municipality": "106", "group": "not-sure", "language": "fi"}
    given = filled(visitor, form, **said)
    assert visitor.post(form, given).status_code == 302
    leena = worker(stage)
    listed = text(leena.get("/casework/"))
    interest = Interest.objects.get()
    assert f"/casework/register/?interest={interest.pk}" in listed
    page = text(leena.get(f"/casework/register/?interest={interest.pk}"))
    assert 'value="Irja"' in page and 'value="Esimerkki"' in page

    # A slip in the code is told at its field, and nothing typed is lost.
    typed = unregistered(stage, "Irja", "106", 1) | {"interest": str(interest.pk)}
    slip = {**typed, "identity_code": typed["identity_code"][:-1] + "-", "phone": "040 555 0101"}
    page = text(leena.post("/casework/register/", slip), 422)
    assert "Check each sign, the last one too." in page
    assert 'value="040 555 0101"' in page
    answer = leena.post("/casework/register/", typed | {"phone": "040 555 0101"}, follow=True)
    irja = Client.objects.get()
    assert (irja.born_on, irja.case_manager_id) == (BORN, stage.staff.case_managers[0].user.pk)
    assert irja.contact == {"phone": "040 555 0101"}

    # The groups fixed in advance for her municipality; then the points, one by one.
    group = choices(text(answer))[0]
    asked = {"choice": group, "interest": str(interest.pk)}
    page = text(leena.post(at(irja, "joining", "ask"), asked, follow=True))
    assert "There is a place for this client." in page
    interest.refresh_from_db()
    assert interest.state == InterestState.ENROLLED
    assert "Osallistuminen on vapaaehtoista." in page  # in Irja's language
    some = {"point": points(stage)[:2], "given_by": "client"}
    page = text(leena.post(at(irja, "joining", "join"), some), 422)
    assert "Go through this point together too, then tick it." in page
    assert page.count(" checked") == 3  # the two points stay ticked, and who consents
    every = {"point": points(stage), "given_by": "client"}
    page = text(leena.post(at(irja, "joining", "join"), every, follow=True))
    assert "Next: assess the needs together" in page
    kept = ConsentPoint.objects.filter(enrolment__client=irja)
    assert {one.item for one in kept} == set(points(stage))
    assert {(one.language, one.given_by, one.gone_by_id) for one in kept} == {
        ("fi", "client", stage.staff.case_managers[0].user.pk)
    }
    assert place(irja).started_on == date(2019, 3, 1)

    # The same person is shown, not doubled.
    page = text(leena.post("/casework/register/", typed), 409)
    assert "This person is already a client" in page
    assert f"/casework/clients/{irja.pk}/joining/" in page
    assert Client.objects.count() == 1


@shows("KEU-1")
def test_the_day_and_the_municipality_are_told_in_a_clear_sentence() -> None:
    stage = stage_of("keusote", date(2018, 3, 1))
    leena = worker(stage)
    later = stage.programme.municipalities.filter(valid__startswith__gt=stage.on).first()
    assert later is not None
    client = registered(stage, leena, "Tuula", later.code, 2)
    page = text(leena.get(at(client, "joining")))
    assert choices(page) == []
    assert f"{later.names['en']} is not in it yet: it joins" in page
    stage.organiser.demo_today = later.valid.lower
    stage.organiser.save()
    assert choices(text(leena.get(at(client, "joining"))))


@shows("KAI-3")
def test_a_no_names_the_leg_and_leads_to_a_written_answer() -> None:
    stage = stage_of("kainuu", date(2018, 3, 1))
    ville = worker(stage)
    veli = stage.client("Veli")
    every = choices(text(ville.get(at(veli, "joining"))))
    group = every[0]
    ville.post(at(veli, "joining", "ask"), {"choice": group})
    answers = {
        "answer-entitled": "yes",
        "ground-entitled": "Päätös 3.2.2018",
        "answer-continuous-need": "no",
        "answer-able-to-plan": "yes",
        "ground-able-to-plan": "Tyttären tuella.",
    }
    page = text(ville.post(at(veli, "joining", "eligibility"), answers), 422)
    assert "Choose the act." in page
    assert "Write the ground: what the answer rests on." in page
    assert "Päätös 3.2.2018" in page and not EligibilityCheck.objects.exists()
    answers |= {
        "act-entitled": "disability-services-act-1987",
        "ground-continuous-need": "Apua tarvitaan kerran kuussa.",
    }
    page = text(ville.post(at(veli, "joining", "eligibility"), answers, follow=True))
    assert "The programme is not for this client now" in page
    checks = {one.leg: (one.met, one.act) for one in EligibilityCheck.objects.all()}
    assert checks == {
        "entitled": (True, "disability-services-act-1987"),
        "continuous-need": (False, ""),
        "able-to-plan": (True, ""),
    }
    reason = {"reason": "Apua tarvitaan niin harvoin, ettei kokeilu sovi."}
    letter = text(ville.post(at(veli, "joining", "close"), reason, follow=True))
    for words in (
        "Onko avun, tuen tai hoidon tarve jatkuva ja laaja?",
        "Apua tarvitaan kerran kuussa.",
        reason["reason"],
    ):
        assert words in letter
    assert place(veli).state == EnrolmentState.ENDED
    # When something changes, a place can be asked for again.
    assert choices(text(ville.get(at(veli, "joining")))) == every


@shows("HAM-6")
def test_a_budget_asks_more_than_a_voucher() -> None:
    stage = stage_of("kanta-hame", date(2019, 3, 1))
    hanna = worker(stage)
    elli = stage.client("Elli", municipality="Forssa")
    group = choices(text(hanna.get(at(elli, "joining"))))[0]
    hanna.post(at(elli, "joining", "ask"), {"choice": group})
    answers = {
        "answer-assessed-need": "yes",
        "ground-assessed-need": "Arviointi 1.2.2019",
        "answer-able-to-plan": "no",
        "ground-able-to-plan": "Ei halua suunnitella itse.",
    }
    page = text(hanna.post(at(elli, "joining", "eligibility"), answers, follow=True))
    assert page.count("every condition holds") == 1  # the voucher's
    assert re.search(r"not open</span>\s+Able to plan", page)
    joined = {"point": points(stage), "given_by": "representative"}
    text(hanna.post(at(elli, "joining", "join"), joined, follow=True))
    assert place(elli).state == EnrolmentState.ENROLLED


@shows("SIU-2")
def test_the_act_is_one_of_the_two_disability_acts() -> None:
    stage = stage_of("siun-sote", date(2019, 3, 1))
    ville = worker(stage)
    tapio = stage.client("Tapio")
    ville.post(at(tapio, "joining", "ask"), {
        "choice": choices(text(ville.get(at(tapio, "joining"))))[0]
    })  # fmt: skip
    page = text(ville.get(at(tapio, "joining")))
    assert "(380/1987)" in page and "(519/1977)" in page
    assert "(980/2012)" not in page
    said = {"answer-entitled": "yes", "ground-entitled": "EHO 2017"}
    wrong = {**said, "act-entitled": "older-persons-services-act"}
    assert "Choose the act." in text(ville.post(at(tapio, "joining", "eligibility"), wrong), 422)
    right = {**said, "act-entitled": "special-care-act"}
    ville.post(at(tapio, "joining", "eligibility"), right)
    assert EligibilityCheck.objects.get().act == "special-care-act"


@shows("OST-1", "OST-2")
def test_jakobstad_has_its_own_group_its_places_and_its_queue() -> None:
    stage = stage_of("osterbotten", date(2019, 3, 1))
    inside = [stage.client("Greta", municipality="598") for _ in range(15)]
    for one in inside:
        stage.join(one)
    sofia = worker(stage)
    folke = registered(stage, sofia, "Folke", "598", 3)
    page = text(sofia.get(at(folke, "joining")))
    (group,) = choices(page)
    assert group.endswith(":jakobstad-carers")
    assert "15 of 15 places taken." in page
    assert "The client comes to the queue." in page
    sofia.post(at(folke, "joining", "ask"), {"choice": group})
    consent = {"point": points(stage), "given_by": "client"}
    page = text(sofia.post(at(folke, "joining", "join"), consent, follow=True))
    assert "Number 1 in the queue." in page
    assert place(folke).consent_given_at is None
    assert "All places are taken." in text(sofia.get("/casework/queue/"))
    # One leaves; the first in the queue is offered the place, and consents on that day.
    leave_programme(
        enrolment=stage.enrolment(inside[3]), withdrawn=True, reason="Flyttar.",
        planner=stage.manager, by=stage.actor(inside[3]), at=stage.now,
    )  # fmt: skip
    page = text(sofia.get("/casework/queue/"))
    assert "There is a place for 1 who waits." in page and "Esimerkki, Folke" in page
    assert "A place is free for this client now." in text(sofia.get(at(folke, "joining")))
    text(sofia.post(at(folke, "joining", "join"), consent, follow=True))
    assert place(folke).state == EnrolmentState.ENROLLED
