"""The office's pages of places, prices and letters' texts."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries, Settings

from tests.packs_sent import at, office, plain, stage_of
from valinta.catalogue.actions import set_price
from valinta.catalogue.models import ReferencePrice
from valinta.clients.models import Enrolment
from valinta.plans.states import Way
from valinta.processes.letter_texts import own_words
from valinta.processes.write_decision_letter import write_decision_letter
from valinta.programmes.models import LetterText
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.models import Holding
from valinta.users.permissions import Role

ON = date(2019, 3, 1)


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    settings.DEMO = True


def test_places_show_who_is_next_but_names_only_to_those_who_enrol() -> None:
    stage = stage_of("osterbotten", ON)
    stage.programme.quotas.filter(municipality_code="598").update(places=2)
    for each in range(4):
        stage.client(f"Aino{each}", municipality="598")
    desk = office(stage)
    group = stage.programme.target_groups.first()
    town = stage.programme.municipalities.get(code="598")
    for number, client in enumerate(stage.people):
        Enrolment.objects.create(
            organiser=stage.organiser, client_id=client, programme=stage.programme,
            municipality=town, target_group=group, state="enrolled" if number < 2 else "queued",
            applied_at=stage.now + timedelta(minutes=number), started_on=ON,
            consent_given_at=stage.now,
        )  # fmt: skip
    page = plain(desk.get(at(stage, "places")))
    assert "Jakobstad 2 2 0 2" in page
    assert "Names are shown to those who enrol clients." in page and "Aino" not in page
    assert page.count(" waits ") >= 2
    Holding.objects.create(
        organiser=stage.organiser, user=stage.staff.office.user, role=Role.CASE_MANAGER,
        valid=(date(2015, 1, 1), None),
    )  # fmt: skip
    page = plain(desk.get(at(stage, "places")))
    assert page.index("Aino2") < page.index("Aino3") and "Aino0" not in page
    stage.programme.quotas.filter(municipality_code="598").update(places=3)
    assert "there is a place now" in plain(desk.get(at(stage, "places")))


def test_prices_show_who_exceeds_and_which_changes_were_told_too_late() -> None:
    stage = stage_of("keusote", ON)
    desk = office(stage)
    offer = stage.offer(stage.provider("Kotiapu Oy"), "cleaning", "34.00")
    page = plain(desk.get(at(stage, "prices")))
    assert "Kotiapu Oy Cleaning, Weekday" in page and "Above the ceiling" not in page
    assert "The rulebook asks for 30 days' notice." in page
    for first, cents in ((date(2019, 3, 11), 33_00), (date(2019, 6, 1), 32_00)):
        set_price(
            offer=offer, band="weekday-day", amount=Money(cents), period=Period(first),
            by=stage.staff.office.actor, at=stage.now,
        )  # fmt: skip
    page = plain(desk.get(at(stage, "prices")))
    coming = page.split("prices to come")[1].split("prices today")[0]
    assert "€33.00 10 days too late" in coming and "€32.00 92 days" in coming
    ReferencePrice.objects.filter(service__code="cleaning", kind="ceiling").update(cents=32_50)
    page = plain(desk.get(at(stage, "prices")))
    assert page.split("Above the ceiling")[1].split("own, today")[0].count("Kotiapu Oy") == 2
    page = plain(desk.get(at(stage, "prices") + "?service=cleaning"))
    assert "own, by date" in page and "€34.00" in page and "€32.00" in page


def test_thirty_providers_take_as_many_queries_as_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    stage = stage_of("keusote", ON)
    desk = office(stage)
    addresses = [at(stage), at(stage, "prices"), at(stage, "places"), at(stage, "letters")]
    stage.offer(stage.provider("Apu Oy"), "cleaning", "34.00")
    numbers = []
    for address in addresses:
        desk.get(address)
        with CaptureQueriesContext(connection) as taken:
            desk.get(address)
            numbers.append(len(taken))
    for number in range(29):
        stage.offer(stage.provider(f"Apu {number} Oy"), "cleaning", "34.00")
        stage.client(f"Asiakas{number}")
    for address, number in zip(addresses, numbers, strict=True):
        with django_assert_num_queries(number):
            desk.get(address)


def test_an_own_text_stands_in_letters_from_its_day_and_not_before() -> None:
    stage = stage_of("keusote", ON)
    aino = stage.client("Aino")
    granted = stage.grant(aino, {"cleaning": (Way.BUDGET, 10_00, False)})
    desk = office(stage)
    address = at(stage, "letters", "decision", "fi", "intro")
    typed = {"text": "Hyvä asiakas, tässä on päätöksesi.", "starts_on": "2019-03-02", "version": 0}
    page = plain(desk.post(address, typed, follow=True))
    assert "The text is saved." in page and "new from 2 Mar" in page
    intro = "Hyvä asiakas, tässä on päätöksesi."
    assert intro not in _words(write_decision_letter(decision=granted.decision, language="fi"))
    assert own_words(stage.programme, "decision", "fi", date(2019, 3, 2)) == {"intro": intro}
    granted.decision.made_at += timedelta(days=1)
    assert intro in _words(write_decision_letter(decision=granted.decision, language="fi"))
    asked = at(stage, "letters", "preview") + "?kind=decision&language=fi"
    assert intro not in _words(desk.get(asked).content)
    stage.organiser.demo_today = date(2019, 3, 2)
    stage.organiser.save()
    assert intro in _words(desk.get(asked).content)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Päätös ilman numeroa", "missing or too many: number."),
        ("Päätös {number} ja {salaisuus}", "missing or too many: salaisuus."),
        ("Päätös {number} {number.__class__}", "Braces are only around the places"),
        ("Päätös {number} {", "Braces are only around the places"),
        ("Päätös {number} " + "x" * 2000, "at most 2,000 signs"),
    ],
)
def test_only_the_places_of_the_houses_own_text_are_let_in(text: str, words: str) -> None:
    stage = stage_of("keusote", ON)
    typed = {"text": text, "starts_on": "2019-03-02", "version": 0}
    answer = office(stage).post(at(stage, "letters", "decision", "fi", "number"), typed)
    assert words in plain(answer, 422)
    assert not LetterText.objects.exists()


def test_of_two_who_write_one_text_the_second_sees_the_first_and_loses_nothing() -> None:
    stage = stage_of("keusote", ON)
    desk, address = office(stage), at(stage, "letters", "decision", "fi", "help")
    first = {"text": "Kysy meiltä", "starts_on": "2019-03-01", "version": 0}
    assert desk.post(address, first).status_code == 302
    second = {"text": "Ota yhteyttä", "starts_on": "2019-03-01", "version": 0}
    page = plain(desk.post(address, second), 409)
    assert "Kysy meiltä" in page and "Ota yhteyttä" in page
    again = second | {"version": LetterText.objects.get().pk}
    assert desk.post(address, again).status_code == 302
    assert own_words(stage.programme, "decision", "fi", ON) == {"help": "Ota yhteyttä"}
    empty = {"text": "", "starts_on": "2019-03-01", "version": LetterText.objects.latest("pk").pk}
    assert desk.post(address, empty).status_code == 302
    assert own_words(stage.programme, "decision", "fi", ON) == {}
    gone = {"text": "x", "starts_on": "2019-02-01", "version": LetterText.objects.latest("pk").pk}
    assert "Choose today or a later day." in plain(desk.post(address, gone), 422)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind", ["decision", "claim_answer"])
def test_every_kind_of_letter_is_seen_as_a_letter(kind: str, language: str) -> None:
    stage = stage_of("keusote", ON)
    asked = at(stage, "letters", "preview") + f"?kind={kind}&language={language}"
    answer = office(stage).get(asked)
    assert answer["Content-Type"] == "application/pdf"
    said = _words(answer.content)
    assert "Aino Esimerkki" in said and "{" not in said


def test_another_organisers_office_finds_nothing() -> None:
    here, there = stage_of("keusote", ON), stage_of("kainuu", ON)
    stranger = office(there)
    for rest in ((), ("pack",), ("prices",), ("places",), ("letters",), ("imports",)):
        assert stranger.get(at(here, *rest)).status_code == 404, rest


def _words(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(text.split())
