"""A company applies on a phone: a username, the facts, a missing certificate, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests import applicants
from tests.browser.axe import faults, sideways
from tests.browser.test_deciding import House, house
from tests.cast_clients import moment
from tests.languages import left_over
from tests.walk import Walk, own_words
from valinta.demo.identities import business_id, iban
from valinta.providers.deciding_actions import ask_clarification
from valinta.providers.models import Application

pytestmark = pytest.mark.browser
__all__ = ["house"]

SIZE: ViewportSize = {"width": 360, "height": 740}
PASSWORD = "kolme-hauskaa-sanaa-19"
COMPANY = business_id(6_700_013)
AT_HAND = {"name": "todistus.pdf", "mimeType": "application/pdf", "buffer": applicants.PDF}


@dataclass(frozen=True)
class Phone:
    """A phone on which nobody has signed in, in one language."""

    house: House
    page: Page
    language: str

    def say(self, english: str) -> str:
        """What the page says in its language; what stands for a figure or a name is cut off."""
        with translation.override(self.language):
            return gettext(english).split("%(")[0].strip()

    def field(self, english: str) -> Locator:
        """A field by its label."""
        return self.page.get_by_label(self.say(english), exact=True)

    def press(self, english: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=self.say(english), exact=True).click()

    def follow(self, english: str) -> None:
        """Follow a link of the page itself."""
        main = self.page.get_by_role("main")
        main.get_by_role("link", name=self.say(english), exact=True).first.click()

    def told(self, english: str) -> None:
        """The page says this."""
        expect(self.page.get_by_text(self.say(english)).first).to_be_visible()

    def alarmed(self, english: str) -> None:
        """The page says this of what is to be mended, and is sound."""
        expect(self.page.get_by_role("alert")).to_contain_text(self.say(english))
        self.sound()

    def sound(self) -> None:
        """No fault that axe finds, nothing sideways, nothing in another language."""
        assert [str(one) for one in faults(self.page)] == []
        assert sideways(self.page) == 0
        assert left_over(self.page.content(), self.language, self.own()) == []

    def own(self) -> set[str]:
        """Names, and what was typed."""
        stage = self.house.stage
        with stage.scope():
            return own_words(Walk(self.language, (stage.organiser.pk,)))


def phone(house: House, language: str) -> Phone:
    context = house.browser.new_context(viewport=SIZE, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "django_language", "value": language, "url": house.url}])
    house.open_ones.append(context)
    return Phone(house, context.new_page(), language)


def come(one: Phone) -> None:
    """From the programme's page to a username and the company's business id."""
    programme, organiser = one.house.stage.programme, one.house.stage.organiser
    one.page.goto(f"{one.house.url}/programmes/{organiser.code}/{programme.code}/provider/")
    one.follow("Begin an application")
    one.sound()
    one.field("Your name").fill("Maria Hakija")
    one.field("Username").fill("maria.hakija")
    one.field("Password").fill(PASSWORD)
    one.field("The same password again").fill(PASSWORD)
    one.press("Make the username and begin")
    one.field("Business ID of the company").fill("1234567-0")
    one.press("Begin")
    one.alarmed("This is not a business ID. Check each digit, the last one too.")
    one.field("Business ID of the company").fill(COMPANY)
    one.press("Begin")
    expect(one.page.get_by_role("heading", name=one.say("Still missing"))).to_be_visible()
    one.sound()


def fill_in(one: Phone) -> None:
    one.follow("The company")
    one.told(
        "This site does not ask the register, so nothing was looked up. Write the facts yourself;"
        " the organiser checks them."
    )
    one.sound()
    one.field("Name of the company or association").fill("Kotiapu Koivu")
    one.field("Private company").check()
    one.field("Founding year").fill("2018")
    spoken = one.page.get_by_role("group", name=one.say("Languages in which clients are served"))
    spoken.get_by_role("checkbox").first.check()
    for label, text in (
        ("Street", "Esimerkkitie"), ("Number of the building", "2"), ("Postcode", "00000"),
        ("Town", "Esimerkkilä"), ("Telephone", "019 123 456"),
        ("Bank account (IBAN)", iban(77)),
    ):  # fmt: skip
        one.field(label).fill(text)
    one.press("Save and go on")
    one.sound()
    services = one.page.get_by_role("group", name=one.say("Services"))
    services.get_by_role("checkbox").first.check()
    one.field("The register where the company is").select_option(index=1)
    one.field("Number or date of the entry").fill("R-7")
    one.press("Save and go on")
    one.sound()
    one.page.get_by_role("textbox").first.fill("12,00")
    one.press("Save and go on")
    expect(one.page.get_by_role("heading", name=one.say("Papers"))).to_be_visible()
    one.sound()


def hand_in(one: Phone, condition: str) -> None:
    on = one.house.stage.on
    card = one.page.locator(f"section[aria-labelledby=paper-{condition}]")
    card.get_by_text(one.say("Hand in the paper")).click()
    card.locator("input[type=file]").set_input_files(AT_HAND)
    card.get_by_label(one.say("Day on the paper")).fill((on - timedelta(days=9)).isoformat())
    until = card.get_by_label(one.say("Last day on which it holds"))
    if until.count():
        until.fill((on + timedelta(days=300)).isoformat())
    card.get_by_role("button", name=one.say("Hand in")).click()
    one.told("The paper is handed in, and your company keeps a copy for the next application.")


@pytest.mark.parametrize("language", ["en", "sv", "fi"])
def test_an_application_is_sent_without_a_certificate_asked_about_and_answered(
    house: House, language: str
) -> None:
    stage = house.stage
    one = phone(house, language)
    come(one)
    fill_in(one)
    for condition in ("tax-certificate", "insurance", "self-monitoring-plan"):
        hand_in(one, condition)
    one.follow("Go on to signing")
    one.told("You can send without a paper, but it is not approved before the organiser has it.")
    one.press("Sign and send")
    one.alarmed("Read the rulebook and accept it before you send.")
    one.field("Name of the person who signs").fill("Maria Hakija")
    one.field("I own the business by myself (sole trader)").check()
    one.page.get_by_label(one.say("The company accepts the rulebook, version %(version)s.")).check()
    one.press("Sign and send")
    one.told("The organiser decides by %(day)s. You need not do anything unless it asks.")
    one.sound()
    with stage.scope():
        ask_clarification(
            application=Application.objects.get(business_id=COMPANY),
            questions="The pension certificate is missing.",
            answer_by=stage.on + timedelta(days=14),
            by=stage.staff.office.actor,
            at=moment(stage.on),
        )
    one.page.reload()
    expect(one.page.get_by_text("The pension certificate is missing.")).to_be_visible()
    one.follow("Hand in papers first, if they were asked for")
    hand_in(one, "pension-certificate")
    one.sound()
    one.follow("The whole application")
    one.field("Your answer").fill("Here it is.")
    one.press("Send the answer")
    one.told("Your answer is sent.")
    one.sound()
