"""Anyone browses and compares without signing in."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.browser.conftest import cast_on_stage
from tests.browser.hands import Hand
from tests.browser.site import Site
from tests.browser.stages import Build
from tests.unit.web.rows import AT, YEAR, Scene
from valinta.catalogue.models import Offer, Price
from valinta.organisers import tenancy
from valinta.programmes.models import Phase
from valinta.providers.models import Approval, Provider

pytestmark = pytest.mark.browser


def shelf() -> Scene:
    """The cast's programme is open, and three providers clean."""
    cast = cast_on_stage()
    with tenancy.scope([cast.organiser.pk]):
        Phase.objects.create(
            organiser=cast.organiser,
            programme=cast.programme,
            code="auki",
            status="trial",
            names={"fi": "auki"},
            valid=YEAR,
        )
        offers = [cast.offers["siivous"], *(_cleaner(cast, n) for n in (1, 2))]
        for number, offer in enumerate(offers):
            Price.objects.create(
                organiser=cast.organiser,
                offer=offer,
                band=cast.band,
                cents=3000 + number * 150,
                valid=YEAR,
                known_at=AT,
            )
    return cast


def _cleaner(cast: Scene, number: int) -> Offer:
    approval = Approval.objects.get(pk=cast.offers["siivous"].approval_id)
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
        organiser=cast.organiser,
        approval=approval,
        service=cast.services["siivous"],
        valid=YEAR,
        next_free_on=date(2020, 12, 1),
        rating_sum=13,
        rating_count=3,
    )


@pytest.fixture
def build() -> Build:
    return shelf


def test_cleaning_is_searched_and_two_providers_compared(hand: Hand, site: Site) -> None:
    page = site.speak("fi").open("/")
    hand.press(page.get_by_role("link", name="Selaa palveluja ja tuottajia"))
    hand.write(page.get_by_label("Hae sanalla"), "siivuos")
    hand.press_here(page.get_by_role("button", name="Hae", exact=True))
    page.get_by_role("heading", name="3 vaihtoehtoa").wait_for()
    hand.press(page.get_by_role("link", name=re.compile(r"^Vertaa\s*: Kiilto Oy")))
    hand.press(page.get_by_role("link", name=re.compile(r"^Vertaa\s*: Tähtisiivous 2")))
    hand.press(page.get_by_role("link", name="Vertaa 2 tuottajaa"))
    page.get_by_role("heading", level=1, name="Vertaa 2 tuottajaa").wait_for()
    hand.write(page.get_by_label("Setelisi arvo yksiköltä"), "31")
    hand.press(page.get_by_role("button", name="Laske, mitä maksan itse"))
    page.get_by_text("Laskettu setelillä, jonka arvo on 31,00").wait_for()
    lines = page.get_by_role("row", name=re.compile("^Maksat itse"))
    assert re.findall(r"(\d,\d\d)\s€ set", lines.inner_text()) == ["0,00", "2,00"]
    site.sound()
