"""The office follows wishes for what the tray lacks, without knowing who wishes (KEU-8)."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import Settings

from tests import applicants
from tests import desk as by
from tests.cast import Stage
from tests.mission import shows
from tests.scenarios.test_providers_by_pages import office, services
from valinta.catalogue.models import Offer
from valinta.clients.models import Client
from valinta.users.models import User
from valinta.wishes.actions import ask_for_tray
from valinta.wishes.models import TrayRequest
from valinta.wishes.states import RequestKind, RequestState

ON = date(2019, 3, 1)


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """The demo's clock: the organiser's people live on the stage's day."""
    settings.DEMO = True


def wish(stage: Stage, client: Client, words: str) -> TrayRequest:
    return ask_for_tray(
        enrolment=stage.enrolment(client), kind=RequestKind.SERVICE, words=words,
        municipality_code="", by=stage.actor(client), at=stage.now,
    )  # fmt: skip


def page(stage: Stage, *rest: object) -> str:
    return "/".join((f"/office/{stage.programme.pk}/requests", *map(str, rest), ""))


@shows("KEU-8")
def test_two_alike_wishes_are_taken_up_and_answered_with_the_offer_that_came() -> None:
    stage = by.stage_of("keusote", ON)
    aino, eino = (stage.client(name, municipality="Hyvinkää") for name in ("Aino", "Eino"))
    first = wish(stage, aino, "Musiikkia kotiin kerran viikossa.")
    wish(stage, eino, "Toivon musiikkia kotiin.")
    other = wish(stage, eino, "Kalastusretki järvelle.")
    browser = office(stage)
    shown = by.text(browser.get(page(stage)))
    assert "2 wishes alike" in shown
    assert shown.count('class="ds-card card"') == 2
    for hidden in ("Aino", "Eino", aino.family_name):
        assert hidden not in shown, hidden
    manager = stage.staff.case_managers[0].user.display_name
    assert f"ask {manager}" in shown
    assert "Hyvinkää" in shown
    one = page(stage, first.pk)
    browser.post(f"{one}take/")
    first.refresh_from_db()
    assert first.state == RequestState.LOOKING
    offer = stage.offer(stage.provider("Soitto ry"), services(stage, 1)[0], "20.00")
    form = by.text(browser.get(one))
    assert "Aino" not in form
    assert "Soitto ry" in form
    silent = browser.post(f"{one}answer/", {"outcome": "found", "answer": ""})
    assert "Write the answer in a few words" in by.text(silent, 422)
    data = {"outcome": "found", "answer": "Soitto ry tuli mukaan.", "offer": offer.pk}
    told = by.text(browser.post(f"{one}answer/", data, follow=True))
    assert "The client can read the answer." in told
    assert f"/providers/{offer.approval_id}/" in told
    own = by.Desk(stage, "fi")
    own.force_login(User.objects.get(pk=stage.people[aino.pk].user.pk))
    assert "Soitto ry tuli mukaan." in by.text(own.get(f"/my/{aino.pk}/requests/"))
    data = {"outcome": "not_possible", "answer": "Järvi on liian kaukana."}
    browser.post(f"{page(stage, other.pk)}answer/", data)
    again = by.text(browser.post(f"{page(stage, other.pk)}answer/", data), 409)
    assert "Somebody else changed this meanwhile" in again
    assert "What you typed has not been saved" in again


def test_what_came_of_a_wish_can_be_an_application() -> None:
    stage = by.stage_of("keusote", ON)
    request = wish(stage, stage.client("Aino", municipality="Hyvinkää"), "Musiikkia kotiin.")
    code = services(stage, 1)[0]
    application = applicants.sent(stage, "Soitto ry", applicants.first_price(stage, code, 2000))
    data = {"outcome": "found", "answer": "Soitto ry haki.", "application": application.pk}
    office(stage).post(f"{page(stage, request.pk)}answer/", data)
    request.refresh_from_db()
    assert request.application == application
    assert "Application of Soitto ry" in by.text(office(stage).get(page(stage)))


def test_another_programmes_wishes_and_offers_are_not_reached() -> None:
    here, there = by.stage_of("keusote", ON), by.stage_of("siun-sote", ON)
    with there.scope():
        theirs = wish(there, there.client("Tapio", municipality="Joensuu"), "Saunailta.")
        offer = there.offer(there.provider("Sauna ry"), services(there, 1)[0], "20.00")
    with here.scope():
        ours = wish(here, here.client("Aino", municipality="Hyvinkää"), "Musiikkia kotiin.")
    browser = office(here)
    assert "Saunailta" not in by.text(browser.get(page(here)))
    assert browser.get(page(here, theirs.pk)).status_code == 404
    assert browser.post(f"{page(here, theirs.pk)}take/").status_code == 404
    data = {"outcome": "found", "answer": "Löytyi.", "offer": offer.pk}
    browser.post(f"{page(here, ours.pk)}answer/", data)
    with here.scope():
        ours.refresh_from_db()
        assert (ours.state, ours.offer_id) == (RequestState.FOUND, None)
    with there.scope():
        assert Offer.objects.filter(pk=offer.pk).exists()


def test_a_hidden_address_shows_no_town() -> None:
    stage = by.stage_of("keusote", ON)
    aino = stage.client("Aino", municipality="Hyvinkää")
    wish(stage, aino, "Musiikkia kotiin.")
    Client.objects.filter(pk=aino.pk).update(non_disclosure=True)
    shown = by.text(office(stage).get(page(stage)))
    assert "Musiikkia kotiin." in shown
    assert "Hyvinkää" not in shown
