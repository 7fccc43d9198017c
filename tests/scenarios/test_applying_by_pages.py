"""A company applies by itself, page by page: drafts, papers, clarification, decision, passport."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests import applicants
from tests import desk as by
from tests.cast import Stage
from tests.cast_clients import SERIAL
from tests.mission import shows
from valinta.catalogue.models import ReferencePrice, Service
from valinta.demo.identities import business_id, iban
from valinta.organisers import tenancy
from valinta.processes.verify_books import verify_books
from valinta.providers.models import (
    Application,
    Approval,
    Evidence,
    PassportPaper,
    Provider,
    Worker,
)
from valinta.providers.states import ApplicationState
from valinta.users.models import User

ON = date(2019, 3, 1)
PASSWORD = "kolme-hauskaa-sanaa-19"


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """The demo's clock: the organiser's people live on the stage's day."""
    settings.DEMO = True


def newcomer(stage: Stage, name: str, language: str = "en") -> by.Desk:
    """Somebody who made a username on the programme's page, signed in."""
    browser = by.Desk(stage, language)
    door = f"/programmes/{stage.organiser.code}/{stage.programme.code}/provider/apply/"
    username = f"hakija{next(SERIAL)}"
    made = browser.post(
        door,
        {"name": name, "username": username, "password": PASSWORD, "again": PASSWORD},
    )
    assert made.status_code == 302
    assert made["Location"] == f"/provider/apply/programme/{stage.programme.pk}/"
    return browser


def begin(stage: Stage, browser: by.Desk, company: str) -> str:
    """Begin an application; its address."""
    at = f"/provider/apply/programme/{stage.programme.pk}/"
    answer = browser.post(at, {"business_id": company})
    assert answer.status_code == 302, by.text(answer, answer.status_code)
    return str(answer["Location"])


def version(browser: by.Desk, at: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', by.text(browser.get(at)))
    assert found
    return found.group(1)


def facts(name: str, number: int) -> dict[str, object]:
    return {
        "name": name, "sector": "private", "size_class": "micro", "founded_year": "2018",
        "languages": ["fi", "sv"], "street": "Esimerkkitie", "building_number": "2",
        "postcode": "00000", "town": "Esimerkkilä", "phone": "06 123 4567", "iban": iban(number),
    }  # fmt: skip


def fill_in(stage: Stage, browser: by.Desk, at: str, name: str, number: int) -> str:
    """The company, one service and its price; the service's code."""
    company = facts(name, number) | {"version": version(browser, f"{at}company/")}
    assert browser.post(f"{at}company/", company)["Location"] == f"{at}services/"
    return choose(stage, browser, at)


def choose(stage: Stage, browser: by.Desk, at: str) -> str:
    code = Service.objects.filter(programme=stage.programme).order_by("pk")[0].code
    register = stage.programme.terms["providers"]["registers"][0]["code"]
    chosen = {
        "services": [code], "register": register, "register_number": "R-7",
        "version": version(browser, f"{at}services/"),
    }  # fmt: skip
    assert browser.post(f"{at}services/", chosen)["Location"] == f"{at}prices/"
    band = stage.programme.terms["service_bands"][code][0]
    priced = {f"price-{code}-{band}": "25,00", "version": version(browser, f"{at}prices/")}
    assert browser.post(f"{at}prices/", priced)["Location"] == f"{at}papers/"
    return code


def paper(stage: Stage, age: int, name: str = "todistus.pdf") -> dict[str, object]:
    issued = stage.on - timedelta(days=age)
    return {
        "file": SimpleUploadedFile(name, applicants.PDF, "application/pdf"),
        "issued_on": issued.isoformat(),
        "valid_until": (issued + timedelta(days=365)).isoformat(),
    }


def hand_in_all(stage: Stage, browser: by.Desk, at: str, without: tuple[str, ...] = ()) -> None:
    for code in applicants.PAPERS:
        if code not in without:
            assert browser.post(f"{at}papers/{code}/", paper(stage, 20)).status_code == 302
    words = {"words": "Suomi ja ruotsi; Maria puhuu molempia."}
    assert browser.post(f"{at}papers/languages/", words).status_code == 302


def sign(browser: by.Desk, at: str) -> str:
    signed = {"signer_name": "Maria Hakija", "signer_right": "articles", "accepts": "1"}
    assert browser.post(f"{at}send/", signed)["Location"] == at
    return by.text(browser.get(at))


def office(stage: Stage) -> by.Desk:
    browser = by.Desk(stage, "en")
    browser.force_login(User.objects.get(pk=stage.staff.office.user.pk))
    return browser


def approve(stage: Stage, application: Application, code: str) -> None:
    """The office looks the register up, takes the papers and approves."""
    desk, root = office(stage), f"/office/{stage.programme.pk}/providers/"
    entry = {
        "register": application.register, "state": "registered", "name": application.name,
        "business_id": application.business_id, "number": "R-7",
        "starts_on": stage.on.isoformat(),
    }  # fmt: skip
    desk.post(f"{root}registers/add/", entry)
    for one in Evidence.objects.filter(application=application, state="received"):
        desk.post(f"{root}evidence/{one.pk}/judge/", {"verdict": "accept"})
    sent = {"services": [code], "starts_on": stage.on.isoformat()}
    done = desk.post(f"{root}applications/{application.pk}/approve/", sent)
    assert done.status_code == 302, by.text(done, done.status_code)


@shows("OST-7")
def test_a_company_makes_a_username_applies_is_asked_answers_and_is_approved() -> None:
    stage = by.stage_of("osterbotten", ON)
    number = next(SERIAL)
    company = business_id(6_000_000 + number * 13)
    browser = newcomer(stage, "Maria Hakija")
    start = f"/provider/apply/programme/{stage.programme.pk}/"
    wrong = by.text(browser.post(start, {"business_id": "1234567-0"}), 422)
    assert "This is not a business ID. Check each digit, the last one too." in wrong
    at = begin(stage, browser, company)
    # The register is not asked here, and the page does not pretend that it was.
    shown = by.text(browser.get(f"{at}company/"))
    assert "This site does not ask the register, so nothing was looked up." in shown
    code = fill_in(stage, browser, at, "Hemhjälp Havet", number)
    shown = by.text(browser.get(f"{at}send/"))
    assert "Pension insurance certificate" in shown
    hand_in_all(stage, browser, at, without=("pension-certificate",))
    unsigned = by.text(browser.post(f"{at}send/", {"signer_name": "Maria"}), 422)
    assert "Choose by what right you sign." in unsigned
    assert "Read the rulebook and accept it before you send." in unsigned
    shown = sign(browser, at)
    assert "The organiser decides by" in shown
    application = Application.objects.get(business_id=company)
    assert (application.state, application.signer_name) == ("sent", "Maria Hakija")
    assert application.rulebook is not None
    assert application.company_register["answer"] == "not_asked"
    # The office asks, in the form that names what is missing; the company answers by itself.
    desk = office(stage)
    asked = {"questions": "The pension certificate is missing.", "answer_by": "2019-03-15"}
    root = f"/office/{stage.programme.pk}/providers/applications/{application.pk}/"
    assert desk.post(f"{root}ask/", asked).status_code == 302
    shown = by.text(browser.get(at))
    assert "The pension certificate is missing." in shown
    assert "Answer in a few words." in by.text(browser.post(f"{at}answer/", {"answer": ""}), 422)
    assert browser.post(f"{at}papers/pension-certificate/", paper(stage, 3)).status_code == 302
    answered = browser.post(f"{at}answer/", {"answer": "Here it is."}, follow=True)
    assert "Your answer is sent." in by.text(answered)
    application.refresh_from_db()
    assert application.state == ApplicationState.SENT
    approve(stage, application, code)
    shown = by.text(browser.get(at))
    assert "Open the company" in shown
    provider = Provider.objects.get(business_id=company)
    assert Worker.objects.get(provider=provider).level == "admin"
    home = browser.get("/provider/", follow=True)
    assert "Hemhjälp Havet" in by.text(home)
    assert browser.get(f"/provider/{provider.pk}/company/").status_code == 200
    assert verify_books() == []


@shows("OST-7")
@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Allekirjoita ja lähetä"), ("sv", "Skriv under och skicka")],
)
def test_the_whole_way_is_in_the_applicants_language(language: str, words: str) -> None:
    stage = by.stage_of("osterbotten", ON)
    number = next(SERIAL)
    browser = newcomer(stage, "Maria Hakija", language)
    at = begin(stage, browser, business_id(6_000_000 + number * 13))
    fill_in(stage, browser, at, "Hemhjälp Havet", number)
    hand_in_all(stage, browser, at)
    assert words in by.text(browser.get(f"{at}send/"))
    sign(browser, at)


@shows("SIU-8")
def test_a_draft_is_resumed_and_prices_stay_under_the_programmes_ceilings() -> None:
    stage = by.stage_of("siun-sote", ON)
    service = Service.objects.filter(programme=stage.programme).order_by("pk")[0]
    band = stage.programme.terms["service_bands"][service.code][0]
    if not ReferencePrice.objects.filter(service=service, kind="ceiling").exists():
        ReferencePrice.objects.create(
            organiser=stage.organiser, service=service, kind="ceiling", cents=30_00,
            band=stage.programme.bands.get(code=band), source="Koe", assumed=True,
            valid=(date(2017, 1, 1), None),
        )  # fmt: skip
    number = next(SERIAL)
    browser = newcomer(stage, "Maria Hakija")
    at = begin(stage, browser, business_id(6_000_000 + number * 13))
    half = {"version": version(browser, f"{at}company/"), "name": "Kotiapu Koivu", "later": "1"}
    half |= {"size_class": "micro"}
    assert browser.post(f"{at}company/", half)["Location"] == at
    # A window that was opened before does not undo what was saved since.
    stale = by.text(browser.post(f"{at}company/", half | {"name": "Vanha nimi"}), 409)
    assert "Vanha nimi" in stale
    assert "Kotiapu Koivu" in by.text(browser.get("/provider/apply/"))
    resumed = by.text(browser.get(f"{at}company/"))
    assert 'value="Kotiapu Koivu"' in resumed
    bad = facts("Kotiapu Koivu", number) | {"iban": "FI2112345600000786", "founded_year": "2099"}
    bad |= {"version": version(browser, f"{at}company/"), "email": "ei-osoite"}
    faults = by.text(browser.post(f"{at}company/", bad), 422)
    assert "This is not a bank account number (IBAN). Check each sign." in faults
    assert "Write the year in which the company began." in faults
    assert "Write the e-mail address like this: name@example.fi." in faults
    early = {"signer_name": "M", "signer_right": "owner", "accepts": "1"}
    assert "Something is missing still" in by.text(browser.post(f"{at}send/", early), 422)
    fill_in(stage, browser, at, "Kotiapu Koivu", number)
    over = {f"price-{service.code}-{band}": "9999", "version": version(browser, f"{at}prices/")}
    assert "is approved in this programme" in by.text(browser.post(f"{at}prices/", over), 422)


@shows("SIU-8", "OST-7")
def test_one_passport_serves_two_organisers_and_each_decides_for_itself() -> None:
    here = by.stage_of("osterbotten", ON)
    there = by.stage_of("siun-sote", ON)
    number = next(SERIAL)
    company = business_id(6_000_000 + number * 13)
    with here.scope():
        browser = newcomer(here, "Maria Hakija")
        at = begin(here, browser, company)
        code = fill_in(here, browser, at, "Hemhjälp Havet", number)
        hand_in_all(here, browser, at)
        sign(browser, at)
        approve(here, Application.objects.get(business_id=company), code)
    browser.stage = there
    with there.scope():
        door = f"/programmes/{there.organiser.code}/{there.programme.code}/provider/apply/"
        assert browser.post(door)["Location"].endswith(f"/{there.programme.pk}/")
        second = begin(there, browser, company)
        resumed = by.text(browser.get(f"{second}company/"))
        assert 'value="Hemhjälp Havet"' in resumed
        assert iban(number) in resumed
        choose(there, browser, second)
        shown = by.text(browser.get(f"{second}papers/"))
        assert shown.count("Use the kept one") == 5
        kept = re.findall(rf'action="({re.escape(second)}kept/\d+/)"', shown)
        for one in kept:
            assert browser.post(one).status_code == 302
        sign(browser, second)
        mine = Application.objects.get(business_id=company, programme=there.programme)
        assert mine.evidence.count() == 5
        assert mine.state == ApplicationState.SENT
        refused = {"refusal": "The area has enough providers of this kind."}
        root = f"/office/{there.programme.pk}/providers/applications/{mine.pk}/"
        assert office(there).post(f"{root}refuse/", refused).status_code == 302
        # The reason and the way to challenge it are read on the applicant's own page.
        shown = by.text(browser.get(second))
        assert "The area has enough providers of this kind." in shown
        assert "refused" in shown
    with here.scope():
        assert Approval.objects.filter(provider__business_id=company).count() == 1


def test_nobody_else_opens_an_application_its_papers_or_the_passport() -> None:
    stage = by.stage_of("osterbotten", ON)
    number = next(SERIAL)
    company = business_id(6_000_000 + number * 13)
    browser = newcomer(stage, "Maria Hakija")
    at = begin(stage, browser, company)
    fill_in(stage, browser, at, "Hemhjälp Havet", number)
    hand_in_all(stage, browser, at)
    mine = Application.objects.get(business_id=company)
    paper_at = f"{at}paper/{mine.evidence.exclude(name='').order_by('pk')[0].pk}/"
    assert browser.get(paper_at).status_code == 200
    assert not PassportPaper.objects.exists()
    with tenancy.scope([stage.organiser.pk], mine.applicant_id):
        kept = PassportPaper.objects.order_by("pk")[0]
    rival = newcomer(stage, "Kilpailija")
    for path in ("", "company/", "services/", "prices/", "papers/", "send/"):
        assert rival.get(f"{at}{path}").status_code == 404, path
    assert rival.get(paper_at).status_code == 404
    other = begin(stage, rival, business_id(6_000_000 + next(SERIAL) * 13))
    assert rival.post(f"{other}kept/{kept.pk}/").status_code == 404
    assert office(stage).get(at).status_code == 404
    # Who types a company's business id gets nothing of what its people have kept.
    same = begin(stage, rival, company)
    assert same != at
    for path in ("", "company/", "services/", "prices/", "papers/"):
        shown = by.text(rival.get(f"{same}{path}"))
        assert "Hemhjälp Havet" not in shown, path
        assert "Use the kept one" not in shown, path
    assert rival.post(f"{same}kept/{kept.pk}/").status_code == 404
    with tenancy.scope([stage.organiser.pk], mine.applicant_id):
        assert PassportPaper.objects.filter(pk=kept.pk).exists()
