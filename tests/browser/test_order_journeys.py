"""Journeys in a real browser: an order for every week, a change of provider, a visit disputed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client as Cookies
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.cast import Stage
from tests.order_pages import PRICES, order_stage, set_day
from valinta.clients.models import Client
from valinta.orders.actions import accept_order
from valinta.orders.calendar import WeeklyVisit
from valinta.orders.models import Order, OrderKind
from valinta.plans.states import Way
from valinta.processes.order_service import Wanted, order_service
from valinta.visits.models import Visit

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
WEEK = (WeeklyVisit(2, time(9), 60), WeeklyVisit(5, time(9), 60))


@dataclass
class Journey:
    """Aino at her pages in a browser, in Finnish."""

    stage: Stage
    aino: Client
    page: Page
    url: str

    def open(self, path: str = "") -> Page:
        """Open a page of Aino's."""
        answer = self.page.goto(f"{self.url}/my/{self.aino.pk}/{path}")
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"
        return self.page

    def sound(self) -> None:
        """The page has no fault that axe finds, and does not scroll sideways."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("() => axe.run()")["violations"]
        wrong = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
        assert wrong == [], self.page.url
        wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(wide) <= 0, self.page.url

    def by_keyboard(self, words: str) -> None:
        """Tab to the link or button with these words, and press it."""
        for _ in range(80):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate("() => document.activeElement.innerText ?? ''")
            if words in here:
                with self.page.expect_navigation():
                    self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"No Tab leads to {words!r} on {self.page.url}.")


@pytest.fixture(params=[(1180, 900), (360, 740)], ids=["desktop", "phone"])
def journey(
    request: pytest.FixtureRequest,
    live_server: LiveServer,
    settings: Settings,
    chromium: Browser,
) -> Iterator[Journey]:
    """Aino with a budget for home care, three months of 2019, on Friday 1 March."""
    settings.DEMO = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    stage = order_stage()
    aino = stage.client("Aino")
    stage.grant(
        aino, {"home-care": (Way.BUDGET, 20_00, False), "shower-help": (Way.BUDGET, 4_00, True)}
    )
    cookies = Cookies()
    cookies.force_login(stage.people[aino.pk].user)
    width, height = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale="fi-FI", reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    name = django_settings.SESSION_COOKIE_NAME
    for key, value in ((name, cookies.cookies[name].value), ("django_language", "fi")):
        context.add_cookies([{"name": key, "value": value, "url": live_server.url}])
    yield Journey(stage, aino, context.new_page(), live_server.url)
    context.close()


def ordered(journey: Journey) -> Order:
    """An accepted order of Aino's for Tuesdays and Fridays."""
    stage = journey.stage
    care = stage.offer(stage.provider("Kotiapu Oy"), "home-care", PRICES)
    with stage.scope():
        order = order_service(
            enrolment=stage.enrolment(journey.aino),
            wanted=Wanted(care, OrderKind.PERIOD, stage.months(3), WEEK),
            by=stage.actor(journey.aino),
            at=stage.now,
        )
        return accept_order(order=order, by=stage.worker(order.provider), at=stage.now)


def test_an_order_for_every_week_is_looked_at_placed_and_waits(journey: Journey) -> None:
    stage = journey.stage
    stage.offer(stage.provider("Kotiapu Oy"), "home-care", PRICES)
    page = journey.open()
    page.get_by_role("link", name="Valitse uusi palvelu").click()
    journey.sound()
    page.get_by_role("link", name="Kotihoito").click()
    journey.sound()
    page.get_by_role("link", name="Valitse Kotiapu Oy").click()
    journey.sound()
    page.get_by_role("link", name="Joka viikko").click()
    journey.sound()
    # Nothing chosen: the fault is at the field and in the summary, and leads to it.
    page.get_by_role("button", name="Katso tilaus").click()
    page.get_by_role("alert").get_by_role("link", name="Valitse ainakin yksi").click()
    journey.sound()
    page.get_by_label("tiistai").check()
    page.get_by_label("perjantai").check()
    page.get_by_label("Ensimmäinen päivä").fill("2019-03-05")
    page.get_by_role("button", name="Katso tilaus").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Onko tilaus oikein?")
    expect(page.get_by_text("Tiistaisin ja perjantaisin klo 9.00–10.00")).to_be_visible()
    journey.sound()
    page.get_by_role("button", name="Tilaa", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Tilauksesi on tehty.")
    expect(page.get_by_text("Seuraavaksi Kotiapu Oy vastaa tilaukseesi.")).to_be_visible()
    journey.sound()
    page.get_by_role("link", name="Kaikki palvelut").click()
    expect(page.get_by_text("odottaa tuottajaa").first).to_be_visible()
    journey.sound()


def test_the_provider_is_changed_by_keyboard_alone(journey: Journey) -> None:
    stage = journey.stage
    order = ordered(journey)
    stage.offer(
        stage.provider("Siisti Oy"), "home-care",
        {"weekday-day": "28.00", "sunday-holiday": "45.00"},
    )  # fmt: skip
    set_day(stage, date(2019, 3, 11))
    page = journey.open(f"orders/{order.pk}/")
    journey.sound()
    journey.by_keyboard("Vaihda tuottajaa")
    journey.sound()
    journey.by_keyboard("Valitse Siisti Oy")
    journey.sound()
    expect(page.get_by_text("su 24.3.2019")).to_be_visible()
    expect(page.get_by_text("ma 25.3.2019")).to_be_visible()
    while page.evaluate("() => document.activeElement.id") != "reason":
        page.keyboard.press("Tab")
    page.keyboard.type("Aina eri hoitaja.")
    journey.by_keyboard("Vaihda tuottajaa")
    expect(page.get_by_role("status")).to_contain_text("Tuottaja vaihtuu.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Siisti Oy")
    with stage.scope():
        order.refresh_from_db()
    assert order.valid.upper == date(2019, 3, 25)


def test_a_visit_is_disputed_from_the_list_of_visits(journey: Journey) -> None:
    stage = journey.stage
    order = ordered(journey)
    visit = stage.report(order, date(2019, 3, 5))
    set_day(stage, date(2019, 3, 11))
    page = journey.open("visits/")
    journey.sound()
    page.get_by_role("link", name="Ei, kerro mitä tapahtui").click()
    journey.sound()
    page.get_by_label("Kukaan ei tullut.").check()
    page.get_by_role("button", name="Lähetä").click()
    expect(page.get_by_role("status")).to_contain_text("Kiitos, että kerroit.")
    page = journey.open("visits/")
    expect(page.get_by_text("asiakasohjaajasi selvittää asiaa")).to_be_visible()
    with stage.scope():
        assert Visit.objects.get(pk=visit.pk).reason == "Kukaan ei tullut."


def test_the_pages_of_an_order_are_sound(journey: Journey) -> None:
    order = ordered(journey)
    journey.stage.report(order, date(2019, 3, 1))
    set_day(journey.stage, date(2019, 3, 4))
    for path in ("", "end/", "rate/", "call-off/?day=2019-03-08"):
        journey.open(f"orders/{order.pk}/{path}")
        journey.sound()
    page = journey.open(f"orders/{order.pk}/code/")
    page.get_by_role("button", name="Näytä käyntikoodi").click()
    expect(page.get_by_role("status")).to_be_visible()
    journey.sound()
