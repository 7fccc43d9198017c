"""A company applies on a phone: a username, the facts, a missing certificate, and the answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import applicants
from tests.browser.axe import faults, sideways
from tests.browser.test_deciding import House, house
from tests.cast_clients import moment
from valinta.demo.identities import business_id, iban
from valinta.providers.deciding_actions import ask_clarification
from valinta.providers.models import Application

pytestmark = pytest.mark.browser
__all__ = ["house"]

PHONE = {"width": 360, "height": 740}
PASSWORD = "kolme-hauskaa-sanaa-19"
COMPANY = business_id(6_700_013)
AT_HAND = {"name": "todistus.pdf", "mimeType": "application/pdf", "buffer": applicants.PDF}


def phone(house: House) -> Page:
    """A phone on which nobody has signed in."""
    context = house.browser.new_context(viewport=PHONE, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "django_language", "value": "en", "url": house.url}])
    house.open_ones.append(context)
    return context.new_page()


def sound(page: Page) -> None:
    assert [str(one) for one in faults(page)] == []
    assert sideways(page) == 0


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def come(house: House, page: Page) -> None:
    """From the programme's page to a username and the company's business id."""
    programme = house.stage.programme
    page.goto(f"{house.url}/programmes/{house.stage.organiser.code}/{programme.code}/provider/")
    page.get_by_role("link", name="Begin an application").click()
    sound(page)
    page.get_by_label("Your name").fill("Maria Hakija")
    page.get_by_label("Username").fill("maria.hakija")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    press(page, "Make the username and begin")
    page.get_by_label("Business ID of the company").fill("1234567-0")
    press(page, "Begin")
    expect(page.get_by_role("alert")).to_contain_text("This is not a business ID")
    sound(page)
    page.get_by_label("Business ID of the company").fill(COMPANY)
    press(page, "Begin")
    expect(page.get_by_role("heading", name="Still missing")).to_be_visible()
    sound(page)


def fill_in(page: Page) -> None:
    page.get_by_role("link", name="The company", exact=True).click()
    expect(page.get_by_text("This site does not ask the register")).to_be_visible()
    sound(page)
    page.get_by_label("Name of the company or association").fill("Kotiapu Koivu")
    page.get_by_label("Private company").check()
    page.get_by_label("Founding year").fill("2018")
    page.get_by_label("Finnish").check()
    for label, text in (
        ("Street", "Esimerkkitie"), ("Number of the building", "2"), ("Postcode", "00000"),
        ("Town", "Esimerkkilä"), ("Telephone", "019 123 456"), ("Bank account", iban(77)),
    ):  # fmt: skip
        page.get_by_label(label).fill(text)
    press(page, "Save and go on")
    sound(page)
    page.get_by_role("group", name="Services").get_by_role("checkbox").first.check()
    page.get_by_label("The register where the company is").select_option(index=1)
    page.get_by_label("Number or date of the entry").fill("R-7")
    press(page, "Save and go on")
    sound(page)
    page.get_by_role("textbox").first.fill("12,00")
    press(page, "Save and go on")
    expect(page.get_by_role("heading", name="Papers")).to_be_visible()
    sound(page)


def hand_in(page: Page, name: str, on: date) -> None:
    card = page.get_by_role("region", name=name)
    card.get_by_text("Hand in the paper").click()
    card.get_by_label("File").set_input_files(AT_HAND)
    card.get_by_label("Day on the paper").fill((on - timedelta(days=9)).isoformat())
    until = card.get_by_label("Last day on which it holds")
    if until.count():
        until.fill((on + timedelta(days=300)).isoformat())
    card.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("The paper is handed in")).to_be_visible()


def test_an_application_is_sent_without_a_certificate_asked_about_and_answered(
    house: House,
) -> None:
    stage = house.stage
    page = phone(house)
    come(house, page)
    fill_in(page)
    for name in ("Tax certificate", "Liability and patient insurance", "Self-monitoring plan"):
        hand_in(page, name, stage.on)
    page.get_by_role("link", name="Go on to signing").click()
    expect(page.get_by_text("You can send without a paper")).to_be_visible()
    press(page, "Sign and send")
    expect(page.get_by_role("alert")).to_contain_text("accept it before you send")
    sound(page)
    page.get_by_label("Name of the person who signs").fill("Maria Hakija")
    page.get_by_label("I own the business by myself").check()
    page.get_by_label("The company accepts the rulebook").check()
    press(page, "Sign and send")
    expect(page.get_by_text("The organiser decides by")).to_be_visible()
    sound(page)
    with stage.scope():
        ask_clarification(
            application=Application.objects.get(business_id=COMPANY),
            questions="The pension certificate is missing.",
            answer_by=stage.on + timedelta(days=14),
            by=stage.staff.office.actor,
            at=moment(stage.on),
        )
    page.reload()
    expect(page.get_by_text("The pension certificate is missing.")).to_be_visible()
    page.get_by_role("link", name="Hand in papers first, if they were asked for").click()
    hand_in(page, "Pension insurance certificate", stage.on)
    sound(page)
    page.get_by_role("link", name="The whole application").first.click()
    page.get_by_label("Your answer").fill("Here it is.")
    press(page, "Send the answer")
    expect(page.get_by_text("Your answer is sent.")).to_be_visible()
    sound(page)
