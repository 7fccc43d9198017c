"""The office decides on an application that lacks a certificate, and withdraws a lost provider."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests import applicants, jobs
from tests.browser.test_deciding import House, house, sound
from tests.cast_clients import moment
from valinta.catalogue.models import Service
from valinta.orders.models import Moving
from valinta.plans.states import Way
from valinta.providers.models import Approval, Evidence
from valinta.providers.register_actions import NewEntry, add_entry
from valinta.providers.states import EntryState
from valinta.shared.periods import Period

pytestmark = pytest.mark.browser
__all__ = ["house"]


def office(house: House) -> Page:
    page = house.sit(house.stage.staff.office)
    page.goto(f"{house.url}/office/{house.stage.programme.pk}/providers/")
    return page


def test_an_application_with_a_missing_certificate_is_clarified_and_approved(
    house: House,
) -> None:
    stage = house.stage
    with stage.scope():
        code = Service.objects.filter(programme=stage.programme).order_by("pk")[0].code
        price = applicants.first_price(stage, code, 2500)
        application = applicants.sent(stage, "Kotiapu Koivu", price, without=("insurance",))
        add_entry(
            programme=stage.programme,
            entry=NewEntry(
                application.register, application.business_id, "Kotiapu Koivu", "R-1",
                EntryState.REGISTERED, Period(date(2018, 1, 1)),
            ),
            by=stage.staff.office.actor,
            at=moment(stage.on),
        )  # fmt: skip
    page = office(house)
    sound(page)
    page.get_by_role("link", name="Kotiapu Koivu").click()
    while page.get_by_role("button", name="Accept", exact=True).count():
        page.get_by_role("button", name="Accept", exact=True).first.click()
    expect(page.get_by_role("heading", name="Not ready to be approved")).to_be_visible()
    expect(page.get_by_label("What should the applicant clarify?")).to_have_value(
        "– Liability and patient insurance: missing"
    )
    sound(page)
    page.get_by_role("button", name="Ask the applicant").click()
    expect(page.get_by_text("The applicant is asked.")).to_be_visible()
    # The certificate comes by post, with a letter.
    page.get_by_text("Keep a paper that came to the office").click()
    page.get_by_label("What does it show?").select_option("insurance")
    page.get_by_label("Paper", exact=True).set_input_files(
        {"name": "vakuutus.pdf", "mimeType": "application/pdf", "buffer": applicants.PDF}
    )
    page.get_by_label("Day on the paper").fill("2019-02-20")
    page.get_by_label("Holds until, if the paper says so").fill("2020-02-20")
    page.get_by_role("button", name="Keep the paper").click()
    page.get_by_label("The applicant's answer").fill("The certificate is enclosed.")
    page.get_by_role("button", name="Keep the answer").click()
    expect(page.get_by_text("9 days old when it was handed in; at most 90 days")).to_be_visible()
    page.get_by_role("button", name="Accept", exact=True).click()
    sound(page)
    page.get_by_role("button", name="Approve the provider").click()
    expect(page.get_by_text("The provider is approved, and its services")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="The provider's page").click()
    expect(page.get_by_text("vakuutus.pdf")).to_be_visible()
    sound(page)
    with stage.scope():
        assert Approval.objects.get(provider__name="Kotiapu Koivu").suspended_on is None
        assert set(Evidence.objects.values_list("state", flat=True)) == {"accepted"}


def test_a_provider_with_thirty_clients_is_withdrawn(house: House) -> None:
    stage = house.stage
    with stage.scope():
        lost = stage.offer(stage.provider("Kotiapu"), "cleaning", "30.60")
        stage.offer(stage.provider("Naapuriapu"), "cleaning", "29.00")
        for number in range(30):
            one = stage.client(f"Aino{number}", municipality="Hyvinkää")
            stage.grant(one, {"cleaning": (Way.BUDGET, 10_00, False)})
            stage.order(one, lost, 2_00)
    page = office(house)
    page.get_by_role("link", name="Kotiapu", exact=True).click()
    expect(page.get_by_text("30 clients, 30 open orders")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Look at what a withdrawal touches").click()
    page.get_by_label("First day without the provider").first.fill("2019-03-15")
    page.get_by_role("button", name="Look at this day").click()
    expect(page.get_by_text("30 clients need another provider")).to_be_visible()
    expect(page.get_by_text("Aino")).to_have_count(0)
    sound(page)
    page.get_by_role("button", name="Withdraw the approval").click()
    expect(page.get_by_role("heading", name="Mend this and try again")).to_be_visible()
    page.get_by_label("Why").fill("The company closes.")
    page.get_by_role("button", name="Withdraw the approval").click()
    # The first clients are seen to at once; a job goes on with the others, and the page says so.
    expect(page.get_by_text("10 of 30 orders have ended.")).to_be_visible()
    expect(page.get_by_text("not yet moved")).to_have_count(10)
    sound(page)
    with stage.scope():
        jobs.do_waiting("end_withdrawn")
    # The page sees by itself that it is done.
    expect(page.get_by_text("orders have ended.")).to_have_count(0, timeout=15_000)
    page.reload()
    expect(page.get_by_text("not yet moved")).to_have_count(30)
    sound(page)
    with stage.scope():
        assert Moving.objects.filter(settled_at__isnull=True).count() == 30


def test_people_registers_and_requests_are_sound(house: House) -> None:
    page = office(house)
    for name in ("People", "Requests"):
        page.get_by_role("link", name=name, exact=True).first.click()
        sound(page)
    page.goto(f"{house.url}/office/{house.stage.programme.pk}/providers/registers/add/")
    page.get_by_role("button", name="Add the entry").click()
    expect(page.get_by_role("heading", name="Mend this and try again")).to_be_visible()
    sound(page)
    page.goto(f"{house.url}/invitation/role/")
    sound(page)
