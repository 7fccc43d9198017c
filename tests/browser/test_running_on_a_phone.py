"""A company on a phone: an order accepted, given to a unit and a worker; prices; the account."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.browser.stages import Build
from tests.company_pages import PRICES, Company, company, hired, visit_stage
from valinta.catalogue.models import Price
from valinta.demo.identities import iban
from valinta.messages.models import Thread
from valinta.orders.models import Order
from valinta.orders.states import OrderState
from valinta.organisers import tenancy
from valinta.plans.states import Way
from valinta.providers.company_actions import open_unit
from valinta.providers.levels import Level

pytestmark = pytest.mark.browser
PHONE = (360, 740)


def company_with_an_order() -> Company:
    """A company of two units with an order that waits, for a client whose budget goes on."""
    stage = visit_stage()
    one = company(stage, "Kotiapu Koivu")
    hired(stage, one.provider, Level.ADMIN, "Toinen Pääkäyttäjä")
    for name in ("Pohjoinen", "Etelä"):
        open_unit(
            provider=one.provider, organiser_id=stage.organiser.pk, name=name,
            by=stage.worker(one.provider), at=stage.now,
        )  # fmt: skip
    client = stage.client("Aino")
    stage.grant(client, {"home-care": (Way.BUDGET, 40_00, False)})
    offer = stage.offer(one.provider, "home-care", PRICES)
    order = stage.order(client, offer, 8_00, accepted=False)
    Order.objects.filter(pk=order.pk).update(valid=(date(2019, 3, 1), date(2020, 1, 1)))
    return one


@pytest.fixture
def build() -> Build:
    return company_with_an_order


def press(page: Page, inside: str) -> None:
    page.locator(f"{inside} button").first.click()


def test_an_order_is_accepted_given_to_a_unit_and_to_a_worker(site: Site) -> None:
    one: Company = site.cast
    own = one.address()
    page = site.wide(*PHONE).be(one.people[Level.OFFICE]).speak("fi").open(own)
    site.sound()
    page.get_by_role("link", name=re.compile("1 tilaus")).click()
    site.sound()
    page.get_by_role("link", name=re.compile("Aino")).first.click()
    site.sound()
    page.locator("#unit").select_option(label="Pohjoinen")
    press(page, "section[aria-labelledby=served-by]")
    expect(page.get_by_text("Yksikkö näkee tilauksen")).to_be_visible()
    page.get_by_role("button", name="Ota tilaus").click()
    expect(page.locator("#waiting")).to_have_count(0)
    site.sound()
    page = site.open(f"{own}clients/")
    site.sound()
    page.get_by_role("link", name=re.compile("Aino")).click()
    site.sound()
    page.locator("#user").select_option(index=1)
    page.get_by_role("button", name="Anna asiakas tälle työntekijälle").click()
    site.sound()
    with tenancy.scope([one.stage.organiser.pk]):
        order = Order.objects.select_related("client", "unit").get()
        assert (order.state, str(order.unit)) == (OrderState.ACCEPTED, "Pohjoinen")
        assert order.client.assignments.count() == 1


def test_new_prices_are_told_and_read_by_the_client(site: Site) -> None:
    one: Company = site.cast
    own = one.address()
    page = site.wide(*PHONE).be(one.people[Level.ADMIN]).speak("sv").open(f"{own}prices/")
    site.sound()
    page.locator("main a[href$='/change/']").first.click()
    page.get_by_role("textbox").first.fill("32,50")
    page.locator("input[name=starts_on]").first.check()
    page.locator("main form button").first.click()
    site.sound()
    page.locator("button[name=send]").click()
    site.sound()
    with tenancy.scope([one.stage.organiser.pk]):
        assert Price.objects.filter(cents=32_50, valid__startswith=date(2019, 7, 1)).exists()
        thread = Thread.objects.select_related("client__user").get()
    own = reverse("client:thread", kwargs={"client_id": thread.client_id, "thread_id": thread.pk})
    page = site.be(thread.client.user).open(own)
    expect(page.locator("main")).to_contain_text("32,50")


def test_another_account_is_asked_for_by_one_and_seen_by_all_who_see_money(site: Site) -> None:
    one: Company = site.cast
    own = one.address()
    page = site.wide(*PHONE).be(one.people[Level.ADMIN]).speak("sv").open(f"{own}company/")
    site.sound()
    page = site.open(f"{own}company/account/")
    page.locator("#iban").fill(iban(901))
    page.locator("main form button").first.click()
    site.sound()
    page = site.be(one.people[Level.OFFICE]).speak("fi").open(own)
    expect(page.locator("#account")).to_have_text("Pankkitiliä vaihdetaan")
    site.sound()
    page = site.open(f"{own}statements/")
    expect(page.locator("#bills-1")).to_be_visible()
    site.sound()
    page = site.be(one.people[Level.ADMIN]).speak("sv").open(f"{own}company/people/")
    site.sound()
    site.open(f"{own}company/systems/")
    site.sound()
    site.be(one.people[Level.WORKER]).open(own)
    expect(page.locator("#account")).to_have_count(0)
