"""A journey from the plan to a decision that the client reads: four people at their browsers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client as Cookies
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.cast import Stage
from tests.desk import stage_of
from valinta.demo.people import Person
from valinta.organisers import tenancy
from valinta.plans.models import Decision, Delivery
from valinta.plans.states import Way
from valinta.users.models import User

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
NARROW, WIDE = 320, 1180


@dataclass
class House:
    """People of one stage, each at a browser of their own, in English."""

    stage: Stage
    browser: Browser
    url: str
    open_ones: list[BrowserContext] = field(default_factory=list)

    def sit(self, person: Person) -> Page:
        """A page on which the person has signed in."""
        cookies = Cookies()
        cookies.force_login(User.objects.get(pk=person.user.pk))
        context = self.browser.new_context(
            viewport={"width": WIDE, "height": 900}, reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        self.open_ones.append(context)
        name = django_settings.SESSION_COOKIE_NAME
        for key, value in ((name, cookies.cookies[name].value), ("django_language", "en")):
            context.add_cookies([{"name": key, "value": value, "url": self.url}])
        return context.new_page()


@pytest.fixture
def house(live_server: LiveServer, chromium: Browser, settings: Settings) -> Iterator[House]:
    """The people of Keusote, living on the first of March 2019."""
    settings.DEMO = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    made = House(stage_of("keusote", date(2019, 3, 1)), chromium, live_server.url)
    yield made
    for context in made.open_ones:
        context.close()
    tenancy.leave()


def sound(page: Page) -> None:
    """axe finds nothing, and nothing scrolls sideways on a wide or a narrow screen."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run()")["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        over = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) == 0, width


def test_from_the_plan_to_a_decision_that_the_client_reads(house: House) -> None:
    stage = house.stage
    aino = stage.client("Aino", municipality="Hyvinkää")
    needs = {"cleaning": (Way.BUDGET, 10_00, False), "shower-help": (Way.BUDGET, 4_00, True)}
    stage.answer_legs(aino)
    stage.assess(aino, needs)
    case, own = f"{house.url}/casework/clients/{aino.pk}", f"{house.url}/my/{aino.pk}"

    # The plan is written with the client beside; the sums follow what is chosen.
    worker = house.sit(stage.staff.case_managers[0])
    worker.goto(f"{case}/plan/")
    sound(worker)
    worker.get_by_role("link", name="Write the plan").click()
    sound(worker)
    decided = worker.locator("#sums .facts-total dd")
    before = decided.inner_text()
    worker.locator("#quantity-cleaning").fill("4")
    worker.locator("#rest-cleaning").select_option("own_service")
    expect(decided).not_to_have_text(before)
    worker.get_by_role("button", name="Save as a new version").click()
    expect(worker.get_by_role("status")).to_contain_text("The new version is written.")
    sound(worker)
    worker.get_by_role("button", name="Sign as the worker").click()
    expect(worker.get_by_role("status")).to_contain_text("You have signed the plan.")

    # Aino signs on her own page.
    client = house.sit(stage.people[aino.pk])
    client.goto(f"{own}/plan/")
    client.get_by_role("button", name="I have read the plan and sign it").click()

    # The worker prepares, the decision maker decides.
    worker.goto(f"{case}/decisions/")
    sound(worker)
    worker.get_by_role("button", name="Put it before who decides").click()
    expect(worker.get_by_role("status")).to_contain_text("The proposal waits for who decides.")
    decider = house.sit(stage.staff.decision_maker)
    decider.goto(f"{house.url}/casework/proposals/")
    sound(decider)
    decider.get_by_role("link", name=aino.full_name).click()
    sound(decider)
    decider.get_by_role("button", name="Make the decision").click()
    expect(decider.get_by_role("status")).to_contain_text("The decision is made")

    # The letter goes to the portal, and Aino reads what was decided and how to challenge it.
    worker.goto(f"{case}/decisions/")
    sound(worker)
    worker.get_by_role("button", name="Give in the portal").click()
    expect(worker.get_by_role("status")).to_contain_text("The letter is sent.")
    client.goto(f"{own}/plan/decisions/")
    expect(client.locator("main")).to_contain_text("The letter counts as received Mon 4 Mar")
    sound(client)
    letter = client.request.get(
        house.url
        + (client.get_by_role("link", name="Open the letter (PDF)").get_attribute("href") or "")
    )
    assert letter.body().startswith(b"%PDF-")
    client.get_by_role("link", name="I am not content with this decision").click()
    sound(client)
    with stage.scope():
        assert Decision.objects.get().prepared_by_id == stage.staff.case_managers[0].user.pk
        assert Delivery.objects.get().read_at is not None
