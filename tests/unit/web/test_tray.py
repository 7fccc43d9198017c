"""The public tray: search, provider pages, comparison and lists, for anyone and for a client."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.unit.web import rows
from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import AT, TODAY, YEAR, Scene
from valinta.audit.models import Entry
from valinta.catalogue.models import Offer, Price
from valinta.organisers import tenancy
from valinta.programmes.models import Municipality, Phase
from valinta.providers.models import Approval, Provider


@pytest.fixture
def open_tray(world: Scene, elsewhere: Scene) -> Iterator[Scene]:
    """Both programmes are open and have prices; nothing is in scope for whoever comes in."""
    for scene, cents in ((world, 3200), (elsewhere, 4100)):
        with tenancy.scope([scene.organiser.pk]):
            Phase.objects.create(
                organiser=scene.organiser,
                programme=scene.programme,
                code="auki",
                status="trial",
                names={"fi": "auki"},
                valid=YEAR,
            )
            for offer in Offer.objects.filter(organiser=scene.organiser):
                price(scene, offer, cents)
    with tenancy.scope([]):
        yield world


def price(scene: Scene, offer: Offer, cents: int) -> None:
    Price.objects.create(
        organiser=scene.organiser,
        offer=offer,
        band=scene.band,
        cents=cents,
        valid=YEAR,
        known_at=AT,
    )


def more_offers(
    scene: Scene, count: int, name: str = "Yritys {} Oy", business_ids: int = 4_000_000
) -> list[Offer]:
    """So many providers that clean."""
    made = []
    with tenancy.scope([scene.organiser.pk]):
        like = scene.offers["siivous"].approval
        for number in range(count):
            provider = Provider.objects.create(
                business_id=f"{business_ids + number}-1",
                name=name.format(number),
                sector="third_sector",
                founded_year=2018,
                languages=["fi", "sv"],
                iban="FI01",
            )
            approval = Approval.objects.get(pk=like.pk)
            approval.pk, approval.provider = None, provider
            approval.municipality_codes = ["106"]
            approval.save()
            offer = Offer.objects.create(
                organiser=scene.organiser,
                approval=approval,
                service=scene.services["siivous"],
                valid=YEAR,
            )
            price(scene, offer, 2500 + number)
            made.append(offer)
    return made


def page(path: str, browser: Browser | None = None, language: str = "en") -> str:
    answer = (browser or Browser()).get(path, headers={"accept-language": language})
    assert answer.status_code == 200, path
    return answer.content.decode().replace("\u00a0", " ")


def without_tokens(text: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_anyone_sees_the_trays_of_both_organisers(open_tray: Scene) -> None:
    text = page("/tray/")
    assert "8 choices" in text
    assert text.count("€32.00") == 4
    assert text.count("€41.00") == 4
    assert "We recommend nobody before others." in text


def test_a_search_is_all_in_its_address(open_tray: Scene) -> None:
    text = page("/tray/?q=siivous&municipality=106&price=35&order=42")
    assert "1 choice<" in text
    assert "Kiilto Oy" in text
    assert "Hoiva Helmi Oy" not in text
    assert 'name="order" value="42"' in text
    again = page("/tray/?q=siivous&municipality=106&price=35&order=42")
    assert without_tokens(again) == without_tokens(text)


def test_a_price_that_is_not_a_sum_is_told_and_the_rest_is_searched(open_tray: Scene) -> None:
    answer = Browser().get("/tray/?q=siivous&price=halpa", headers={"accept-language": "en"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a sum in euros" in text
    assert 'value="halpa"' in text
    assert "2 choices" in text


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=x", "pick=x&pick=99999999999&pick=-1", "order=²", "service=%00", "rating=7"],
)
def test_no_address_breaks_the_page(query: str, open_tray: Scene) -> None:
    assert Browser().get(f"/tray/?{query}").status_code in (200, 422)
    assert Browser().get(f"/tray/compare/?{query}").status_code in (200, 422)


def test_pages_of_the_tray_hold_everyone_once(open_tray: Scene) -> None:
    more_offers(open_tray, 14)
    seen: list[str] = []
    path = "/tray/?service=siivous&order=3"
    for _ in range(2):
        text = page(path)
        seen += re.findall(r'offer-name"><a class="ds-link" href="([^"]+)"', text)
        later = re.search(r'href="(\?[^"]+)">Next', text)
        path = "/tray/" + later[1].replace("&amp;", "&") if later else ""
    assert path == ""
    # Two of the sixteen offers are one provider's, who works for both organisers.
    assert len(seen) == 16
    assert len(set(seen)) == 15


def test_what_is_picked_stays_while_turning_pages_and_goes_to_the_comparison(
    open_tray: Scene,
) -> None:
    one, two, *_ = more_offers(open_tray, 12)
    text = page(f"/tray/?service=siivous&order=1&pick={one.pk}")
    assert f"pick={one.pk}" in re.search(r'href="(\?[^"]+)">Next', text)[1]
    assert "Compare 1 provider" in text
    both = page(f"/tray/?pick={one.pk}&pick={two.pk}")
    assert "/tray/compare/?order=" in both
    assert "Compare 2 providers" in both


def test_there_is_room_for_four(open_tray: Scene) -> None:
    made = more_offers(open_tray, 5)
    picks = "&".join(f"pick={offer.pk}" for offer in made)
    text = page(f"/tray/compare/?{picks}")
    assert text.count('scope="col"') == 4
    tray = page(f"/tray/?service=siivous&{picks}")
    assert tray.count(">Compare<") == 0


def test_four_are_side_by_side_with_what_is_left_to_pay(open_tray: Scene) -> None:
    made = more_offers(open_tray, 3)
    picks = "&".join(f"pick={offer.pk}" for offer in made)
    text = page(f"/tray/compare/?{picks}&value=25,01")
    assert re.findall(r"<strong>(€[\d.]+)</strong>", text) == [
        "€25.00", "€25.01", "€25.02", "€0.00", "€0.00", "€0.01",
    ]  # fmt: skip
    assert "Counted with a voucher of €25.01 for a unit." in text
    assert "Finnish, Swedish" in text


def test_a_clients_own_voucher_is_counted_and_the_reading_is_noted(open_tray: Scene) -> None:
    offer = open_tray.offers["siivous"]
    onni = signed_in(open_tray, "onni")
    text = page(f"/tray/compare/?pick={offer.pk}", onni)
    assert "Counted with your own voucher." in text
    assert "<strong>€7.00</strong>" in text
    with tenancy.scope([open_tray.organiser.pk]):
        last = Entry.objects.order_by("-pk")[0]
        assert (last.verb, last.client_id) == ("read", open_tray.onni.pk)
        assert last.purpose == "own voucher in the tray"
    # The address that Onni shares tells nothing of the voucher.
    assert "Counted with" not in page(f"/tray/compare/?pick={offer.pk}")
    assert "Counted with" not in page(
        f"/tray/compare/?pick={offer.pk}", signed_in(open_tray, "aino")
    )


def test_the_provider_page_tells_what_is_public_and_nothing_else(open_tray: Scene) -> None:
    (offer,) = more_offers(open_tray, 1, "Apu {} ry")
    provider = offer.approval.provider
    Provider.objects.filter(pk=provider.pk).update(
        iban="FI2112345600000785",
        descriptions={"fi": "Autamme.", "sv": "Vi hjälper.", "en": "We help."},
        contact={"phone": "019 123 456", "web": "https://apu.example/"},
    )
    path = reverse("public:provider", kwargs={"provider_id": provider.pk})
    text = page(path)
    assert "We help." in text
    assert "Vi hjälper." in page(path, language="sv")
    assert 'href="tel:019123456"' in text
    assert "€25.00" in text
    assert "1 Sept 2020" in text
    assert "FI2112345600000785" not in text
    assert Browser().get("/providers/999999/").status_code == 404


def test_a_provider_whose_approval_has_ended_has_no_page(open_tray: Scene) -> None:
    (offer,) = more_offers(open_tray, 1)
    with tenancy.scope([open_tray.organiser.pk]):
        Approval.objects.filter(pk=offer.approval_id).update(valid=(YEAR[0], TODAY))
    assert Browser().get(f"/providers/{offer.approval.provider_id}/").status_code == 404


def test_each_service_tells_how_many_providers_it_has(open_tray: Scene) -> None:
    more_offers(open_tray, 2)
    text = page("/tray/services/")
    assert "3 providers" in text
    assert "no outside providers" in text


def test_the_list_of_approved_providers_is_a_page_a_file_and_json(open_tray: Scene) -> None:
    more_offers(open_tray, 1, "=HYPERLINK({})")
    text = page("/providers/?programme=kokeilu")
    assert "Hoiva Helmi Oy" in text
    raw = Browser().get("/providers.csv").content.decode("utf-8")
    assert raw.startswith("\ufeff")
    lines = list(csv.DictReader(io.StringIO(raw[1:]), delimiter=";"))
    assert len(lines) == 9
    names = {line["provider"] for line in lines}
    assert "'=HYPERLINK(0)" in names
    assert not {name for name in names if name.startswith("=")}
    prices = {line["price_euros"] for line in lines if line["provider"] == "Kiilto Oy"}
    assert prices == {"32,00", "41,00"}
    listed = json.loads(Browser().get("/providers.json").content)
    assert listed["format"] == 1
    helmi = [one for one in listed["providers"] if one["provider"] == "Hoiva Helmi Oy"]
    assert [one["services"][0]["prices"][0]["cents"] for one in helmi] == [3200, 4100]
    assert "iban" not in json.dumps(listed).lower()


def test_files_for_anyone_may_be_kept_and_pages_may_not(open_tray: Scene) -> None:
    assert Browser().get("/providers.json").headers["Cache-Control"] == "public, max-age=300"
    assert Browser().get("/tray/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/tray/", "/tray/?q=siivous", "/providers/", "/tray/services/", "/providers.json"]
)
def test_a_page_takes_as_many_queries_for_30_rows_as_for_one(path: str, open_tray: Scene) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(path)
        return len(seen)

    # With very few hits, words that are alike are looked for too.
    more_offers(open_tray, 1, "Siivous {} Oy")
    few = queries()
    more_offers(open_tray, 30, business_ids=5_000_000)
    assert queries() == few <= 16


def test_places_are_named_and_whole_areas_are_told(open_tray: Scene) -> None:
    more_offers(open_tray, 1)
    text = page("/tray/?service=siivous&programme=kokeilu")
    assert "the whole area of the programme" in text
    assert "Hyvinkää" in text
    with tenancy.scope([open_tray.organiser.pk]):
        assert Municipality.objects.filter(code="106", valid__contains=date(2020, 11, 19)).exists()


def test_public_reading_ends_with_the_page(open_tray: Scene) -> None:
    page("/tray/")
    with pytest.raises(ZeroDivisionError):
        _fails_in_the_middle()
    assert Offer.objects.count() == 0


def _fails_in_the_middle() -> None:
    with tenancy.public_reading():
        assert Offer.objects.count() == 8
        raise ZeroDivisionError


def test_the_cast_of_the_web_tests_is_what_these_tests_think(open_tray: Scene) -> None:
    assert rows.TODAY == TODAY
    with tenancy.scope([open_tray.organiser.pk]):
        assert Offer.objects.count() == 4
