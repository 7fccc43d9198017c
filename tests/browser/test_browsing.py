"""Anyone browses and compares without signing in, on a wide screen and on a phone."""

from __future__ import annotations

import re
from datetime import date

import pytest
from pytest_django import Settings

from tests.browser.conftest import Site
from tests.unit.web.rows import AT, YEAR
from valinta.catalogue.models import Offer, Price
from valinta.organisers import tenancy
from valinta.programmes.models import Phase
from valinta.providers.models import Approval, Provider

pytestmark = pytest.mark.browser


@pytest.fixture
def shelf(site: Site, settings: Settings) -> Site:
    """The cast's programme is open, and three providers clean."""
    settings.DEMO = True
    cast = site.cast
    with tenancy.scope([cast.organiser.pk]):
        Phase.objects.create(
            organiser=cast.organiser,
            programme=cast.programme,
            code="auki",
            status="trial",
            names={"fi": "auki"},
            valid=YEAR,
        )
        offers = [cast.offers["siivous"], *(_cleaner(site, n) for n in (1, 2))]
        for number, offer in enumerate(offers):
            Price.objects.create(
                organiser=cast.organiser,
                offer=offer,
                band=cast.band,
                cents=3000 + number * 150,
                valid=YEAR,
                known_at=AT,
            )
    return site


def _cleaner(site: Site, number: int) -> Offer:
    approval = Approval.objects.get(pk=site.cast.offers["siivous"].approval_id)
    approval.pk = None
    approval.provider = Provider.objects.create(
        business_id=f"400000{number}-1",
        name=f"Tähtisiivous {number} ry",
        sector="third_sector",
        founded_year=2018,
        languages=["fi", "sv", "fse"],
        iban="FI01",
        descriptions={"fi": "Siivoamme kodit.", "sv": "Vi städar hem.", "en": "We clean homes."},
        contact={"phone": "012 345 6789", "email": "a@esimerkki.example"},
    )
    approval.municipality_codes = ["106"]
    approval.save()
    return Offer.objects.create(
        organiser=site.cast.organiser,
        approval=approval,
        service=site.cast.services["siivous"],
        valid=YEAR,
        next_free_on=date(2020, 12, 1),
        rating_sum=13,
        rating_count=3,
    )


@pytest.mark.parametrize("width", [1180, 360])
def test_cleaning_is_searched_and_two_providers_compared(width: int, shelf: Site) -> None:
    page = shelf.speak("fi").page
    page.set_viewport_size({"width": width, "height": 800})
    shelf.open("/tray/")
    page.get_by_label("Hae sanalla").fill("siivuos")
    page.get_by_role("button", name="Hae", exact=True).click()
    page.get_by_role("heading", name="3 vaihtoehtoa").wait_for()
    page.get_by_role("link", name=re.compile(r"^Vertaa\s*: Kiilto Oy")).click()
    page.get_by_role("link", name=re.compile(r"^Vertaa\s*: Tähtisiivous 2")).click()
    page.get_by_role("link", name="Vertaa 2 tuottajaa").click()
    page.get_by_role("heading", level=1, name="Vertaa 2 tuottajaa").wait_for()
    page.get_by_label("Setelisi arvo yksiköltä").fill("31")
    page.get_by_role("button", name="Laske, mitä maksan itse").click()
    page.get_by_text("Laskettu setelillä, jonka arvo on 31,00").wait_for()
    lines = page.get_by_role("row", name=re.compile("^Maksat itse"))
    assert re.findall(r"(\d,\d\d)\s€ set", lines.inner_text()) == ["0,00", "2,00"]
    assert shelf.sideways() == 0


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_axe_finds_nothing_on_the_pages_of_the_tray(language: str, shelf: Site) -> None:
    offers = [offer.pk for offer in (shelf.cast.offers["siivous"],)]
    provider = Provider.objects.get(business_id="4000001-1").pk
    wrong = []
    for path in (
        f"/tray/?q=siivous&pick={offers[0]}&free=1",
        "/tray/?q=xyzzy",
        "/tray/?price=x",
        "/tray/services/",
        f"/tray/compare/?pick={offers[0]}&value=20",
        "/tray/compare/",
        f"/providers/{provider}/",
        "/providers/",
    ):
        shelf.speak(language).page.goto(shelf.url + path)
        wrong += [(path, fault) for fault in shelf.faults()]
        shelf.page.set_viewport_size({"width": 320, "height": 740})
        wrong += [(path, "sideways")] if shelf.sideways() else []
        shelf.page.set_viewport_size({"width": 1180, "height": 900})
    assert wrong == []
