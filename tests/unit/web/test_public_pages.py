"""What anyone may read: budgets, vouchers, programmes, and what search engines are told."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.cast import Stage
from tests.unit.web.public import OSTERBOTTEN, read, staged, visitor
from valinta.clients.models import Client
from valinta.organisers import tenancy
from valinta.programmes.models import Programme
from valinta.web.public.gallery import COMPONENTS, components

KEUSOTE = "/programmes/keusote/keusote/"


@pytest.fixture
def osterbotten(db: None, settings: Settings) -> Stage:
    return staged("osterbotten", date(2019, 3, 15), settings)


@pytest.fixture
def keusote(db: None, settings: Settings) -> Stage:
    return staged("keusote", date(2018, 12, 3), settings)


@pytest.mark.parametrize(
    ("language", "budget", "voucher"),
    [
        (
            "fi",
            "Raha ei tule tilillesi",
            "järjestäjän pitää tarjota sinulle palvelu muulla tavalla",
        ),
        ("sv", "Pengarna kommer inte till ditt konto", "erbjuda dig tjänsten på ett annat sätt"),
        ("en", "does not come to your account", "offer you the service in another way"),
    ],
)
def test_what_a_budget_and_a_voucher_are_is_told_in_three_languages(
    language: str, budget: str, voucher: str, db: None
) -> None:
    browser = visitor(language)
    assert budget in read(browser, "/personal-budget/")
    page = read(browser, "/service-voucher/")
    assert voucher in page
    assert "569/2009" in page


def test_easy_language_takes_the_place_of_the_lead(db: None) -> None:
    browser = visitor("fi")
    assert "Sinä valitset, kuka palvelun antaa." not in read(browser, "/service-voucher/")
    browser.cookies["easy"] = "1"
    assert "Sinä valitset, kuka palvelun antaa." in read(browser, "/service-voucher/")


def test_a_visitor_sees_every_programme_and_what_is_open(
    osterbotten: Stage, keusote: Stage
) -> None:
    page = read(visitor("sv"), "/programmes/")
    assert "Personlig budget i Österbotten" in page
    assert "Keusotes personliga budget" in page
    assert "Vasa, Jakobstad, Närpes" in page
    # On 3 December 2018 only the first five of Keusote have joined.
    assert "Hyvinge, Träskända, Nurmijärvi, Mäntsälä, Borgnäs" in page
    assert "Tusby" not in page
    assert page.count("öppet till") == 2


def test_the_list_takes_as_many_queries_for_two_programmes_as_for_one(
    osterbotten: Stage, settings: Settings
) -> None:
    browser = visitor()
    with CaptureQueriesContext(connection) as one:
        read(browser, "/programmes/")
    staged("keusote", date(2018, 12, 3), settings)
    with CaptureQueriesContext(connection) as two:
        read(browser, "/programmes/")
    assert len(two) == len(one)


def test_a_programme_says_for_whom_where_when_and_what(keusote: Stage) -> None:
    page = read(visitor("fi"), KEUSOTE)
    for words in (
        "Kotihoidon ikäihmiset",
        "Henkilöt, joille on myönnetty henkilökohtainen apu.",
        "1.12.2017 alkaen",
        "Hyvinkää, Järvenpää, Nurmijärvi, Mäntsälä ja Pornainen",
        "1.1.2019 alkaen",
        "Tuusula, Lohja, Porvoo ja Sipoo",
        "kokeilu, avoinna 31.12.2018 asti",
        "1.12.2017–31.12.2018",
        "Sääntökirja 1.0, hyväksyjä Yhtymähallitus, 15.11.2017",
        "Paikkojen määrää ei ole rajattu.",
        "Tarvitseeko henkilö paljon sosiaali- ja terveyspalveluja?",
    ):
        assert words in page, words


def test_a_municipality_that_has_not_joined_is_said_not_to_be_in(
    db: None, settings: Settings
) -> None:
    stage = staged("kanta-hame", date(2019, 3, 15), settings)
    page = read(visitor("fi"), f"/programmes/{stage.organiser.code}/kanta-hame/")
    assert re.search(r"Ei mukana ohjelmassa</dt><dd>Humppila</dd>", page)


def test_places_tell_that_they_are_taken_and_nothing_of_who_has_them(osterbotten: Stage) -> None:
    browser = visitor("sv")
    assert read(browser, OSTERBOTTEN).count("platser finns") == 3
    with osterbotten.scope():
        for _ in range(10):
            osterbotten.join(osterbotten.client("Svea", municipality="Närpiö"))
    page = read(browser, OSTERBOTTEN)
    assert page.count("platser finns") == 2
    assert re.search(r"Närpes</dt><dd>10 platser <span[^>]*>fullt, du kan ställa dig i kö", page)
    assert "Svea" not in page


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2017, 11, 1), "Voit ilmoittautua pe 1.12.2017 alkaen."),
        (date(2020, 2, 1), "Tähän ohjelmaan ei nyt oteta uusia asiakkaita."),
    ],
)
def test_a_programme_that_is_not_open_says_when_or_where_to_turn(
    on: date, words: str, keusote: Stage
) -> None:
    keusote.organiser.demo_today = on
    with keusote.scope():
        keusote.organiser.save()
    page = read(visitor("fi"), KEUSOTE).replace("\u00a0", " ")
    assert words in page
    assert f"{KEUSOTE}come-forward/" not in page
    form = read(visitor("fi"), f"{KEUSOTE}come-forward/").replace("\u00a0", " ")
    assert words in form
    assert "<textarea" not in form


def test_a_provider_reads_the_terms_and_where_bills_go(keusote: Stage) -> None:
    page = read(visitor("fi"), f"{KEUSOTE}provider/")
    for words in (
        "yritykset ja yksityiset elinkeinonharjoittajat",
        "(Valveri)",
        "Kirjaa jokainen käynti 5 päivän kuluessa.",
        "Asiakkaalla on 14 päivää aikaa vahvistaa käynti",
        "Saat maksun kerran kuukaudessa.",
        "003728449694",
        "CGI, 003703575029",
        "PL 999, 00099 SKANNAUS",
        "Hanketoimisto",
    ):
        assert words in page, words
    # The rulebook is the one of the day.
    keusote.organiser.demo_today = date(2019, 3, 1)
    with keusote.scope():
        keusote.organiser.save()
    assert "Asiakkaalla on 10 päivää" in read(visitor("fi"), f"{KEUSOTE}provider/")


def test_the_public_pages_are_the_same_for_someone_signed_in_elsewhere(
    osterbotten: Stage, keusote: Stage
) -> None:
    browser = Browser(headers={"accept-language": "fi"})
    browser.force_login(keusote.staff.office.user)
    assert "Pohjanmaan henkilökohtainen budjetti" in read(browser, OSTERBOTTEN)


def test_an_unknown_programme_is_not_found(keusote: Stage) -> None:
    for path in ("/programmes/keusote/kainuu/", "/programmes/nowhere/keusote/come-forward/"):
        read(visitor(), path, status=404)


def test_an_address_with_a_language_speaks_it_from_then_on(db: None) -> None:
    browser = visitor("fi")
    assert '<html lang="sv">' in read(browser, "/personal-budget/?lang=sv")
    assert '<html lang="sv">' in read(browser, "/service-voucher/")
    assert '<html lang="sv">' in read(browser, "/service-voucher/?lang=xx")


def test_another_language_can_be_chosen_on_a_page_whose_address_has_one(db: None) -> None:
    browser = visitor("fi")
    given = {"language": "en", "next": "/personal-budget/?lang=sv&from=letter"}
    answer = browser.post("/language/", given)
    assert answer.headers["Location"] == "/personal-budget/?from=letter"
    assert '<html lang="en">' in read(browser, answer.headers["Location"])


def test_each_public_page_names_its_address_in_each_language(keusote: Stage) -> None:
    for path in ("/", "/personal-budget/", "/service-voucher/", "/programmes/", KEUSOTE):
        page = read(visitor(), f"{path}?lang=sv")
        assert f'<link rel="canonical" href="http://testserver{path}">' in page
        for language in ("fi", "sv", "en"):
            href = f'hreflang="{language}" href="http://testserver{path}?lang={language}"'
            assert href in page


def test_the_sitemap_has_public_pages_only_and_each_of_them_opens(
    osterbotten: Stage, keusote: Stage
) -> None:
    with keusote.scope():
        provider = keusote.provider("Kotiapu Oy")
        keusote.offer(provider, "cleaning", "30.00")
        waiting = keusote.provider("Ei vielä mitään Oy")
    answer = visitor().get("/sitemap.xml")
    assert answer.headers["Content-Type"] == "application/xml"
    paths = re.findall(r"<loc>http://testserver(.+?)</loc>", answer.content.decode())
    assert {"/", "/personal-budget/", KEUSOTE, f"{OSTERBOTTEN}come-forward/"} <= set(paths)
    assert f"/providers/{provider.pk}/" in paths
    assert f"/providers/{waiting.pk}/" not in paths
    assert not [one for one in paths if one.startswith(("/my", "/casework", "/sign-in"))]
    for path in paths:
        read(visitor(), path)


def test_robots_are_shown_the_sitemap_and_kept_from_personal_pages(db: None) -> None:
    answer = visitor().get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert {"Disallow: /my/", "Disallow: /casework/", "Disallow: /sign-in/"} <= set(lines)


def test_the_front_page_leads_to_the_public_pages(db: None) -> None:
    page = read(visitor(), "/")
    for path in ("/personal-budget/", "/service-voucher/", "/programmes/"):
        assert f'href="{path}"' in page


def test_the_gallery_shows_every_component_there_is(db: None, settings: Settings) -> None:
    settings.DEMO = True
    page = read(visitor(), "/gallery/")
    shown = re.findall(r'data-component="([\w-]+)"', page)
    assert sorted(shown) == components()
    assert {path.stem for path in COMPONENTS.iterdir()} == set(shown)


def test_outside_the_demo_there_is_no_gallery(db: None, settings: Settings) -> None:
    settings.DEMO = False
    read(visitor(), "/gallery/", status=404)


def test_nothing_is_read_of_an_organiser_outside_the_public_pages(keusote: Stage) -> None:
    with keusote.scope():
        keusote.client("Aino")
    read(visitor(), KEUSOTE)
    assert not Programme.objects.exists()
    with tenancy.public_reading():
        assert Programme.objects.exists()
        assert not Client.objects.exists()
