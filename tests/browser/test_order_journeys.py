"""Journeys with an order: one for every week, a change of provider, a visit disputed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

import pytest
from playwright.sync_api import expect

from tests.browser.hands import Hand
from tests.browser.site import Site
from tests.browser.stages import Build
from tests.cast import Stage
from tests.order_pages import PRICES, back_in_scope, order_stage, set_day
from valinta.catalogue.models import Offer
from valinta.clients.models import Client
from valinta.orders.actions import accept_order
from valinta.orders.calendar import WeeklyVisit
from valinta.orders.models import Order, OrderKind
from valinta.plans.states import Way
from valinta.processes.order_service import Wanted, order_service
from valinta.visits.models import Visit

pytestmark = pytest.mark.browser

WEEK = (WeeklyVisit(2, time(9), 60), WeeklyVisit(5, time(9), 60))


@dataclass
class Ordering:
    """Aino with a budget for home care, three months of 2019, on Friday 1 March."""

    stage: Stage
    aino: Client
    care: Offer

    def own(self, path: str = "") -> str:
        """An address of Aino's."""
        return f"/my/{self.aino.pk}/{path}"

    def ordered(self) -> Order:
        """An accepted order of Aino's for Tuesdays and Fridays."""
        stage = self.stage
        order = order_service(
            enrolment=stage.enrolment(self.aino),
            wanted=Wanted(self.care, OrderKind.PERIOD, stage.months(3), WEEK),
            by=stage.actor(self.aino),
            at=stage.now,
        )
        return accept_order(order=order, by=stage.worker(order.provider), at=stage.now)


def ordering() -> Ordering:
    stage = order_stage()
    aino = stage.client("Aino")
    needs = {"home-care": (Way.BUDGET, 20_00, False), "shower-help": (Way.BUDGET, 4_00, True)}
    stage.grant(aino, needs)
    return Ordering(stage, aino, stage.offer(stage.provider("Kotiapu Oy"), "home-care", PRICES))


@pytest.fixture
def build() -> Build:
    return ordering


@pytest.fixture
def cast(site: Site) -> Ordering:
    """The stage, with its tenancy scope entered and Aino at her pages in Finnish."""
    found: Ordering = site.cast
    back_in_scope(found.stage)
    site.be(found.stage.people[found.aino.pk].user).speak("fi")
    return found


def test_an_order_for_every_week_is_looked_at_placed_and_waits(
    hand: Hand, cast: Ordering, site: Site
) -> None:
    page = site.open(cast.own())
    hand.press(page.get_by_role("link", name="Valitse uusi palvelu"))
    hand.press(page.get_by_role("link", name="Kotihoito"))
    hand.press(page.get_by_role("link", name="Valitse Kotiapu Oy"))
    hand.press(page.get_by_role("link", name="Joka viikko"))
    # Nothing chosen: the fault is at the field and in the summary, and leads to it.
    hand.press(page.get_by_role("button", name="Katso tilaus"))
    hand.press_here(page.get_by_role("alert").get_by_role("link", name="Valitse ainakin yksi"))
    site.sound()
    hand.tick(page.get_by_label("tiistai"))
    hand.tick(page.get_by_label("perjantai"))
    hand.date(page.get_by_label("Ensimmäinen päivä"), date(2019, 3, 5))
    hand.press(page.get_by_role("button", name="Katso tilaus"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Onko tilaus oikein?")
    expect(page.get_by_text("Tiistaisin ja perjantaisin klo 9.00–10.00")).to_be_visible()
    site.sound()
    hand.press(page.get_by_role("button", name="Tilaa", exact=True))
    expect(page.get_by_role("status")).to_contain_text("Tilauksesi on tehty.")
    expect(page.get_by_text("Seuraavaksi Kotiapu Oy vastaa tilaukseesi.")).to_be_visible()
    site.sound()
    hand.press(page.get_by_role("link", name="Kaikki palvelut"))
    expect(page.get_by_text("odottaa tuottajaa").first).to_be_visible()


def test_the_provider_is_changed(hand: Hand, cast: Ordering, site: Site) -> None:
    stage, order = cast.stage, cast.ordered()
    stage.offer(
        stage.provider("Siisti Oy"), "home-care",
        {"weekday-day": "28.00", "sunday-holiday": "45.00"},
    )  # fmt: skip
    set_day(stage, date(2019, 3, 11))
    page = site.open(cast.own(f"orders/{order.pk}/"))
    hand.press(page.get_by_role("link", name="Vaihda tuottajaa"))
    hand.press(page.get_by_role("link", name="Valitse Siisti Oy"))
    # The notice and the money that returns are there before the yes.
    expect(page.get_by_text("su 24.3.2019")).to_be_visible()
    expect(page.get_by_text("ma 25.3.2019")).to_be_visible()
    site.sound()
    hand.write(page.locator("#reason"), "Aina eri hoitaja.")
    hand.press(page.get_by_role("button", name="Vaihda tuottajaa"))
    expect(page.get_by_role("status")).to_contain_text("Tuottaja vaihtuu.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Siisti Oy")
    site.sound()
    with stage.scope():
        order.refresh_from_db()
    assert order.valid.upper == date(2019, 3, 25)


def test_a_visit_is_disputed(hand: Hand, cast: Ordering, site: Site) -> None:
    stage = cast.stage
    visit = stage.report(cast.ordered(), date(2019, 3, 5))
    set_day(stage, date(2019, 3, 11))
    page = site.open(cast.own("visits/"))
    hand.press(page.get_by_role("link", name="Ei, kerro mitä tapahtui"))
    # An empty answer is told about, and the summary leads to the choice.
    hand.press(page.get_by_role("button", name="Lähetä"))
    site.sound()
    hand.press_here(page.get_by_role("alert").get_by_role("link").first)
    hand.tick(page.get_by_label("Kukaan ei tullut."))
    hand.press(page.get_by_role("button", name="Lähetä"))
    expect(page.get_by_role("status")).to_contain_text("Kiitos, että kerroit.")
    site.sound()
    page = site.open(cast.own("visits/"))
    expect(page.get_by_text("asiakasohjaajasi selvittää asiaa")).to_be_visible()
    with stage.scope():
        assert Visit.objects.get(pk=visit.pk).reason == "Kukaan ei tullut."


def test_the_code_of_a_visit_is_shown_once(cast: Ordering, site: Site) -> None:
    order = cast.ordered()
    page = site.open(cast.own(f"orders/{order.pk}/code/"))
    page.get_by_role("button", name="Näytä käyntikoodi").click()
    expect(page.get_by_role("status")).to_be_visible()
    site.sound()
