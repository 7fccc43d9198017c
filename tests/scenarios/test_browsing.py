"""Anyone looks around in the tray, compares, and a client goes on to choose."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage, open_stage
from tests.mission import shows
from valinta.catalogue.actions import count_rating, tell_capacity
from valinta.organisers import tenancy
from valinta.plans.states import Way
from valinta.providers.actions import end_approval
from valinta.providers.models import Sector


def opened(stage: Stage, path: str, browser: Browser | None = None, language: str = "fi") -> str:
    """The page as text; the reader's connection has nothing in scope."""
    stage.organiser.demo_today = stage.on
    stage.organiser.save()
    with tenancy.scope([]):
        answer = (browser or Browser()).get(path, headers={"accept-language": language})
    assert answer.status_code == 200, path
    return answer.content.decode().replace("\u00a0", " ")


def names_in(text: str) -> set[str]:
    """The providers of a page of results."""
    return set(re.findall(r'offer-name"><a[^>]*>([^<]+)</a>', text))


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    """The site lives on the day of the story."""
    settings.DEMO = True


@shows("KEU-7")
def test_the_tray_is_browsed_signed_in_or_not_and_a_provider_is_chosen(db: None) -> None:
    stage = open_stage("keusote", on=date(2019, 3, 1))
    helmi = stage.offer(stage.provider("Hoiva Helmi Oy"), "home-care", "39.00")
    stage.offer(stage.provider("Kotiapu Aamu Oy"), "home-care", "36.50")
    stage.offer(stage.provider("Kiilto Oy"), "cleaning", "31.00")

    # Nobody has signed in: home care is searched with a word that is not spelt right.
    found = opened(stage, "/tray/?q=kotihoiot")
    assert names_in(found) == {"Hoiva Helmi Oy", "Kotiapu Aamu Oy"}
    assert "39,00 €" in found
    assert ">Valitse<" not in found

    # Aino, who has a budget, sees the same and chooses.
    aino = stage.client("Aino", municipality="Hyvinkää")
    stage.grant(aino, {"home-care": (Way.BUDGET, 10_00, False)})
    browser = Browser()
    assert aino.user is not None
    browser.force_login(aino.user)
    signed_in = opened(stage, "/tray/?q=kotihoito", browser)
    assert names_in(signed_in) == names_in(found)
    assert f"/my/{aino.pk}/order/?offer={helmi.pk}" in signed_in

    # What an organiser no longer approves is not there to be chosen.
    stage.on += timedelta(days=1)
    end_approval(approval=helmi.approval, on=stage.on, by=stage.staff.office.actor, at=stage.now)
    assert names_in(opened(stage, "/tray/?q=kotihoito", browser)) == {"Kotiapu Aamu Oy"}


@shows("OST-6")
def test_services_and_providers_are_side_by_side(db: None) -> None:
    stage = open_stage("osterbotten", on=date(2018, 3, 15))
    bands = {"weekday-day": "34.00", "sunday-holiday": "68.00"}
    omsorg = stage.offer(stage.provider("Omsorg Ab"), "home-care", bands)
    stod = stage.offer(stage.provider("Vardagsstöd rf", sector=Sector.THIRD), "home-care", "31.50")
    for stars in (5, 4, 4):
        count_rating(omsorg, stars)
    tell_capacity(
        offer=stod,
        takes_new_clients=True,
        next_free_on=date(2018, 4, 2),
        by=stage.worker(stod.approval.provider),
        at=stage.now,
    )
    path = f"/tray/compare/?pick={omsorg.pk}&pick={stod.pk}&value=32"
    text = opened(stage, path, language="sv")
    lines = dict(re.findall(r'<th scope="row">([^<]+)</th>(.*?)</tr>', text, re.S))
    cells = {
        name: [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row.split("</td>")[:2]]
        for name, row in lines.items()
    }
    assert cells["Pris, vardag"] == ["34,00 € / timme", "31,50 € / timme"]
    assert cells["Du betalar själv"] == [
        "2,00 € sedeln betalar 32,00 €", "0,00 € sedeln betalar 31,50 €",
    ]  # fmt: skip
    assert cells["Söndag och helgdag"] == ["68,00 € du betalar 36,00 €", "ingen service"]
    assert cells["Betyg"] == ["4,3 / 5 (3 klienter)", "inga betyg ännu"]
    assert cells["Lediga tider"] == ["fråga producenten", "från mån 2.4."]


@shows("SIU-7")
def test_suitable_providers_are_searched_among_the_approved(db: None) -> None:
    stage = open_stage("siun-sote", on=date(2019, 10, 1))
    near = stage.provider("Kotipolku Oy")
    far = stage.provider("Avustajat ry", sector=Sector.THIRD)
    stage.offer(near, "personal-assistance", "28.40")
    dear = stage.offer(far, "personal-assistance", "28.60")
    assert names_in(opened(stage, "/tray/?q=henkilökohtainen+apu")) == {
        "Kotipolku Oy", "Avustajat ry",
    }  # fmt: skip
    assert names_in(opened(stage, "/tray/?service=personal-assistance&price=28,50")) == {
        "Kotipolku Oy"
    }
    assert names_in(opened(stage, "/tray/?sector=third_sector")) == {"Avustajat ry"}
    stage.on += timedelta(days=1)
    end_approval(approval=dear.approval, on=stage.on, by=stage.staff.office.actor, at=stage.now)
    assert names_in(opened(stage, "/tray/?service=personal-assistance")) == {"Kotipolku Oy"}
    assert "Avustajat ry" not in opened(stage, "/providers/")
