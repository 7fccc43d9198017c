"""Journeys of a case manager: from a form of interest to a sum, and an assessment made together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client as Cookies
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.cast import Stage
from tests.desk import BORN, stage_of
from valinta.clients.interest_actions import answer_interest
from valinta.clients.models import Client, Interest
from valinta.clients.states import InterestState
from valinta.demo.identities import identity_code
from valinta.needs.models import Allocation, Assessment
from valinta.organisers import tenancy

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"

SMALL_TARGETS = """where => [...document.querySelectorAll(where)]
    .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44)
    .map(one => one.outerHTML)"""


@dataclass
class Office:
    """Case managers at their browsers, in English."""

    stage: Stage
    browser: Browser
    url: str

    def sit(self, number: int = 0, width: int = 1180, touch: bool = False) -> Page:
        """A page on which this case manager has signed in."""
        cookies = Cookies()
        cookies.force_login(self.stage.staff.case_managers[number].user)
        context: BrowserContext = self.browser.new_context(
            viewport={"width": width, "height": 1024},
            has_touch=touch,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        name = django_settings.SESSION_COOKIE_NAME
        for key, value in ((name, cookies.cookies[name].value), ("django_language", "en")):
            context.add_cookies([{"name": key, "value": value, "url": self.url}])
        return context.new_page()

    def sound(self, page: Page) -> None:
        """The page has no fault that axe finds, and does not scroll sideways."""
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("() => axe.run()")["violations"]
        wrong = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
        assert wrong == [], page.url
        wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, page.url


@pytest.fixture
def office(live_server: LiveServer, settings: Settings, chromium: Browser) -> Iterator[Office]:
    """Keusote's case managers on Friday 1 March 2019."""
    settings.DEMO = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.INTEREST_FORM_SECONDS = 0
    yield Office(stage_of("keusote", date(2019, 3, 1)), chromium, live_server.url)
    for context in chromium.contexts:
        context.close()


def test_from_a_form_of_interest_to_a_sum_in_one_sitting(office: Office) -> None:
    stage = office.stage
    page = office.sit()
    page.goto(f"{office.url}/programmes/{stage.organiser.code}/keusote/come-forward/")
    page.get_by_label("Your home municipality").select_option("106")
    page.get_by_label("I am not sure").check()
    page.get_by_label("Your name").fill("Irja Esimerkki")
    page.get_by_label("Telephone", exact=True).fill("040 555 0101")
    page.get_by_role("button", name="Send").click()
    page.goto(f"{office.url}/casework/register/?interest={_interest(stage)}")
    office.sound(page)
    page.get_by_label("Personal identity code").fill(identity_code(BORN, 907))
    page.get_by_role("button", name="Register and go on").click()
    office.sound(page)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Ask for the place").click()
    office.sound(page)
    page.set_viewport_size({"width": 320, "height": 700})
    office.sound(page)
    page.set_viewport_size({"width": 1180, "height": 1024})
    legs = page.get_by_role("group").filter(has=page.get_by_label("Yes", exact=True))
    for number in range(legs.count()):
        legs.nth(number).get_by_label("Yes", exact=True).check()
        legs.nth(number).get_by_label("Ground").fill("Keskustelu kotona.")
        act = legs.nth(number).get_by_label("Under which act?")
        if act.count():
            act.select_option(index=1)
    page.get_by_role("button", name="Save the answers").click()
    expect(page.get_by_role("status").first).to_contain_text("The answers are saved.")
    for box in page.get_by_role("group", name="The points").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="The client consents and joins").click()
    expect(page.get_by_role("status").first).to_contain_text("The client has joined.")
    office.sound(page)
    page.get_by_role("link", name="Next: assess the needs together").click()
    page.get_by_role("button", name="Begin").click()
    office.sound(page)
    page.get_by_label("Goals, in the client's own words").fill("Asun kotona\nKirjastoon")
    page.get_by_label("Cleaning", exact=True).fill("7,5")
    page.get_by_label("Help with showering", exact=True).fill("4")
    page.get_by_label("Help with showering stays in the budget").check()
    page.get_by_label("Why it is mandatory").locator("visible=true").fill("Kaatumisriski.")
    page.get_by_role("button", name="Ready: count the sum").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The sum for a month")
    expect(page.get_by_text("Mandatory: Kaatumisriski.")).to_be_visible()
    office.sound(page)
    with stage.scope():
        made = Allocation.objects.get()
        assert made.total_cents == sum(one.cents for one in made.lines.all())
        assert made.lines.filter(mandatory=True).count() == 1


def _interest(stage: Stage) -> int:
    """Who came forward; contacted by telephone meanwhile."""
    tenancy.enter({stage.organiser.pk}, None)
    interest = Interest.objects.get()
    answer_interest(interest=interest, to=InterestState.CONTACTED, by=stage.manager, at=stage.now)
    return int(interest.pk)


def _aino(stage: Stage) -> Client:
    tenancy.enter({stage.organiser.pk}, None)
    client = stage.client("Aino")
    stage.enrolment(client)
    return client


def test_an_assessment_is_made_together_on_a_tablet_by_keyboard_and_saves_itself(
    office: Office,
) -> None:
    aino = _aino(office.stage)
    page = office.sit(width=768, touch=True)
    page.goto(f"{office.url}/casework/clients/{aino.pk}/assessment/")
    page.get_by_role("button", name="Begin").focus()
    page.keyboard.press("Enter")
    goals = page.get_by_label("Goals, in the client's own words")
    goals.wait_for()
    office.sound(page)
    # Every target is large enough for a finger.
    small = page.evaluate(SMALL_TARGETS, "#assessment :is(.big-option, .need-input input, button)")
    assert small == []
    # The same on a phone of 320 pixels.
    page.set_viewport_size({"width": 320, "height": 700})
    office.sound(page)
    page.set_viewport_size({"width": 768, "height": 1024})
    goals.focus()
    page.keyboard.type("Asun kotona")
    expect(page.locator("#saved")).to_contain_text("Saved at")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.name") == "quantity-cleaning":
            break
    page.keyboard.type("8")
    page.keyboard.press("Tab")
    expect(page.locator("#version")).to_have_value("3")
    # The tablet is put away; on another day it goes on where it was left.
    page.close()
    page = office.sit(width=768, touch=True)
    page.goto(f"{office.url}/casework/clients/{aino.pk}/assessment/")
    expect(page.get_by_label("Cleaning", exact=True)).to_have_value("8")

    # Another worker writes in the same place at the same time: both are shown, neither is lost.
    other = office.sit(1)
    other.goto(page.url)
    other.get_by_label("Goals, in the client's own words").fill("Käyn kirjastossa")
    expect(other.locator("#saved")).to_contain_text("Saved at")
    page.get_by_label("Goals, in the client's own words").fill("Näen lapsenlapsia")
    expect(page.locator("#saved")).to_contain_text("press Save to see both")
    page.get_by_role("button", name="Save", exact=True).click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Käyn kirjastossa")
    expect(page.get_by_label("Goals, in the client's own words")).to_have_value("Näen lapsenlapsia")
    office.sound(page)
    page.get_by_label("Goals, in the client's own words").fill(
        "Näen lapsenlapsia\nKäyn kirjastossa"
    )
    page.get_by_role("button", name="Ready: count the sum").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The sum for a month")
    office.sound(page)
    with office.stage.scope():
        assert Assessment.objects.get().goals == ["Näen lapsenlapsia", "Käyn kirjastossa"]
