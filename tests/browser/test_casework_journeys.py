"""A case manager's day: a contact logged from the work list, and a client who goes to hospital."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.county import County, county_on_stage
from tests.browser.hands import Hand
from tests.browser.site import Site
from tests.browser.stages import Build
from valinta.clients.models import Client, Contact
from valinta.orders.models import Cancellation, Change, Order, Slice
from valinta.orders.states import OPEN
from valinta.organisers import tenancy
from valinta.processes.verify_books import verify_books

pytestmark = pytest.mark.browser


@pytest.fixture
def build() -> Build:
    return county_on_stage


@pytest.fixture
def desk(site: Site) -> Site:
    """The desk of the favourite's case manager, in English."""
    county: County = site.cast
    with tenancy.scope([county.programme.organiser_id]):
        manager = Client.objects.get(pk=county.favourite.pk).case_manager
    return site.be(manager).speak("en")


def _held(client: Client) -> int:
    """What the client's open orders hold, in cents."""
    orders = Order.objects.filter(client=client, state__in=OPEN)
    slices = Slice.objects.filter(order__in=orders).select_related("hold")
    return sum(one.hold.balance_cents for one in slices)


def test_a_contact_is_logged_in_two_presses_from_the_work_list(desk: Site, hand: Hand) -> None:
    county: County = desk.cast
    name = county.favourite.full_name
    page = desk.open("/casework/work/")
    hand.press(page.get_by_role("link", name=re.compile(f"^Log a contact.*{name}")).first)
    hand.press(page.get_by_role("button", name="Home visit", exact=True))
    expect(page.get_by_role("status")).to_contain_text("The contact is logged.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Contacts")
    desk.sound()
    # On the client's own page it takes one more.
    hand.press(page.get_by_role("link", name=name, exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    hand.write(page.get_by_label("Minutes"), "25")
    hand.press(page.get_by_role("button", name="Call", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_role("status")).to_contain_text("The contact is logged.")
    desk.sound()
    with tenancy.scope([county.programme.organiser_id]):
        logged = Contact.objects.filter(client=county.favourite).order_by("-pk")[:2]
        assert [(one.kind, one.minutes) for one in logged] == [("call", 25), ("visit", 15)]


def test_the_row_of_the_work_list_leads_to_what_is_due(desk: Site, hand: Hand) -> None:
    county: County = desk.cast
    page = desk.open("/casework/work/?kind=decision_ends")
    name = f"{county.favourite.family_name}, {county.favourite.given_name}"
    hand.press(page.get_by_role("link", name=name, exact=True).first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Decisions")


def test_a_stay_in_hospital_is_seen_before_it_is_done_and_leaves_nothing_held(
    desk: Site, hand: Hand
) -> None:
    county: County = desk.cast
    client, own = county.favourite, [county.programme.organiser_id]
    with tenancy.scope(own):
        held, changes = _held(client), Change.objects.count()
    page = desk.open(f"/casework/clients/{client.pk}/changes/")
    hand.press(page.get_by_role("link", name="The client is away"))
    first = county.today + timedelta(days=4)
    hand.tick(page.get_by_label("In hospital"))
    hand.date(page.get_by_label("First day away"), first)
    hand.date(page.get_by_label("Last day away"), first + timedelta(days=9))
    hand.press(page.get_by_role("button", name="Show what it does"))
    # Each order is told of, with what it gives back; nothing has been done yet.
    look = page.get_by_role("region", name="What it does")
    with tenancy.scope(own):
        orders = Order.objects.filter(client=client, state__in=OPEN, valid__contains=first)
        services = [one.service.names["en"] for one in orders.select_related("service")]
        assert (_held(client), Change.objects.count()) == (held, changes)
    assert services
    for service in services:
        expect(look).to_contain_text(service)
    expect(look).to_contain_text("called off in time")
    desk.sound()
    hand.press(look.get_by_role("button", name="Call the visits off"))
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_role("region", name="Away now or soon")).to_contain_text("In hospital")
    desk.sound()
    with tenancy.scope(own):
        change = Change.objects.order_by("-pk")[0]
        returned = sum(cents for _, cents in change.facts["parts"].values())
        assert returned > 0
        assert _held(client) == held - returned
        off = Cancellation.objects.filter(order__client=client).values_list("served_on", flat=True)
        assert off
        assert all(first <= day <= first + timedelta(days=9) for day in off)
        assert verify_books() == []
