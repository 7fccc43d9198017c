"""Leaving the programme on the page: told first, done by the client alone, and told afterwards."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage
from tests.unit.web.conftest import signed_in
from tests.unit.web.public import staged
from tests.unit.web.rows import Scene
from valinta.clients.actions import give_mandate
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import EnrolmentState
from valinta.demo.people import person
from valinta.plans.models import ServicePlan
from valinta.plans.states import Way
from valinta.users.permissions import Role

TODAY = date(2019, 3, 6)
NEEDS = {"cleaning": (Way.BUDGET, 10_00, False), "shower-help": (Way.BUDGET, 8_00, True)}


@pytest.fixture
def stage(db: None, settings: Settings) -> Stage:
    return staged("keusote", TODAY, settings)


@pytest.fixture
def aino(stage: Stage) -> Client:
    """A client with a budget, an open order and a visit that was reported."""
    with stage.scope():
        client = stage.client("Aino")
        stage.grant(client, NEEDS)
        offer = stage.offer(stage.provider("Kotiapu Oy"), "cleaning", "30.00")
        order = stage.order(client, offer, 5_00)
        stage.report(order, date(2019, 3, 4), 2_00)
    return client


def as_client(stage: Stage, client: Client) -> Browser:
    browser = Browser(headers={"accept-language": "fi"})
    browser.force_login(stage.people[client.pk].user)
    return browser


def state(stage: Stage, client: Client) -> str:
    with stage.scope():
        return str(Enrolment.objects.get(client=client).state)


def test_what_leaving_does_is_told_before_it_is_done(stage: Stage, aino: Client) -> None:
    page = as_client(stage, aino).get(f"/my/{aino.pk}/leave/").content.decode()
    text = page.replace("\u00a0", " ")
    for words in (
        "Siivouspalvelu, Kotiapu Oy",
        "budjetti →",
        "järjestäjän oma palvelu",
        "Et menetä palveluja",
    ):
        assert words in text, words
    # Three months of 306.00 and 260.80, less the visit of 60.00 that was made.
    assert "Budjetistasi on käyttämättä <strong>1 640,40 €</strong>." in text
    assert state(stage, aino) == EnrolmentState.ENROLLED


def test_without_a_tick_nothing_happens_and_the_reason_is_kept(stage: Stage, aino: Client) -> None:
    answer = as_client(stage, aino).post(f"/my/{aino.pk}/leave/", {"reason": "Haluan ennalleen."})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count("Merkitse rasti, jos haluat lähteä.") == 2
    assert "Haluan ennalleen." in text
    assert state(stage, aino) == EnrolmentState.ENROLLED


def test_sending_it_twice_leaves_once_and_tells_what_comes_next(stage: Stage, aino: Client) -> None:
    browser = as_client(stage, aino)
    for _ in range(2):
        answer = browser.post(f"/my/{aino.pk}/leave/", {"sure": "1"})
        assert answer.headers["Location"] == f"/my/{aino.pk}/left/"
    page = browser.get(f"/my/{aino.pk}/left/").content.decode()
    manager = stage.staff.case_managers[0].user.display_name
    assert f"{manager} ottaa sinuun yhteyttä" in page
    assert "järjestäjän oma palvelu" in page
    with stage.scope():
        draft = ServicePlan.objects.get(enrolment__client=aino, state="draft")
        assert draft.written_by_id == stage.staff.case_managers[0].user.pk
        assert Enrolment.objects.get(client=aino).end_reason == ""


def test_without_a_case_manager_the_draft_is_still_written(stage: Stage, aino: Client) -> None:
    with stage.scope():
        Client.objects.filter(pk=aino.pk).update(case_manager=None)
    browser = as_client(stage, aino)
    browser.post(f"/my/{aino.pk}/leave/", {"sure": "1"})
    assert "nimeää asiakasohjaajan" in browser.get(f"/my/{aino.pk}/left/").content.decode()
    with stage.scope():
        draft = ServicePlan.objects.get(enrolment__client=aino, state="draft")
        assert draft.written_by_id is None


def test_a_representative_reads_why_they_may_not_and_cannot(stage: Stage, aino: Client) -> None:
    with stage.scope():
        maija = person(stage.organiser, "Maija Esimerkki", Role.REPRESENTATIVE, "fi", "-maija")
        give_mandate(
            client=aino, user=maija.user, kind="authorised",
            scope=["see", "plan", "order", "confirm"], period=stage.months(3),
            by=stage.actor(aino), at=stage.now,
        )  # fmt: skip
    browser = Browser(headers={"accept-language": "fi"})
    browser.force_login(maija.user)
    page = browser.get(f"/my/{aino.pk}/leave/")
    assert page.status_code == 200
    assert "omalla suostumuksella" in page.content.decode()
    assert "<textarea" not in page.content.decode()
    assert browser.post(f"/my/{aino.pk}/leave/", {"sure": "1"}).status_code == 403
    assert state(stage, aino) == EnrolmentState.ENROLLED


def test_whoever_is_not_in_has_nothing_to_leave(stage: Stage) -> None:
    with stage.scope():
        client = stage.client("Eino")
    browser = as_client(stage, client)
    assert (
        "Et ole nyt missään ohjelmassa" in browser.get(f"/my/{client.pk}/leave/").content.decode()
    )
    assert browser.get(f"/my/{client.pk}/left/").headers["Location"] == f"/my/{client.pk}/leave/"


def test_the_pages_of_another_client_are_not_there(world: Scene, elsewhere: Scene) -> None:
    for key in ("onni", "leena", "paavo"):
        for page in ("leave", "left"):
            status = signed_in(world, key).get(f"/my/{world.aino.pk}/{page}/").status_code
            assert status == 404, key
    assert signed_in(elsewhere, "aino").get(f"/my/{world.aino.pk}/leave/").status_code == 404
