"""Journeys on plans: own words with an invited expert beside, and a voucher that is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.unit.web import plan_rows
from tests.unit.web.rows import TODAY
from valinta.budgets.models import Voucher
from valinta.clients.models import Mandate
from valinta.organisers import tenancy
from valinta.plans.models import PlanLine, SupportPlan

pytestmark = pytest.mark.browser


def tab_to(page: Page, name: str) -> None:
    """Go by keyboard to the button or link of this name."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.innerText.trim()") == name:
            return
    raise AssertionError(f"Tab does not reach {name!r}.")


def clean(site: Site) -> None:
    assert site.faults() == []
    assert site.sideways() == 0


@pytest.mark.parametrize("width", [1180, 360])
def test_own_words_are_written_with_an_expert_by_experience(width: int, site: Site) -> None:
    cast, page = site.cast, site.page
    with tenancy.scope([cast.organiser.pk]):
        plan_rows.prompts(cast)
        Mandate.objects.filter(user=cast.users["kaisa"]).update(
            kind="supporter_expert",
            scope=["see_plan", "write"],
            valid=(TODAY, TODAY + timedelta(days=60)),
        )
    page.set_viewport_size({"width": width, "height": 800})
    own = f"/my/{cast.aino.pk}/plan/support/"

    # Aino writes, and what she wrote is kept when she leaves the field.
    site.sign_in("aino").speak("en").open(own)
    clean(site)
    page.get_by_label("Who am I?").fill("Olen Aino ja pidän linnuista.")
    page.get_by_label("What do I hope?").focus()
    expect(page.locator("#saved")).to_have_text("Saved.")

    # Kaisa helps with another question, and only with what she may see.
    site.context.clear_cookies()
    site.sign_in("kaisa").speak("en").open(own)
    assert "You are acting for Aino Esimerkki" in page.locator(".acting").inner_text()
    expect(page.get_by_label("Who am I?")).to_have_value("Olen Aino ja pidän linnuista.")
    page.get_by_label("What do I hope?").fill("Pääsisin metsään.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Saved.")
    assert page.get_by_role("button", name="It is ready").count() == 0
    clean(site)

    # Aino reads who wrote what, and shows it to her case manager.
    site.context.clear_cookies()
    site.sign_in("aino").speak("en").open(own)
    expect(page.get_by_label("What do I hope?")).to_have_value("Pääsisin metsään.")
    assert "Kaisa Esimerkki" in page.get_by_role("region", name="Who has written").inner_text()
    page.get_by_role("button", name="It is ready").click()
    expect(page.get_by_role("status").first).to_contain_text("can now read your support plan")
    clean(site)
    with tenancy.scope([cast.organiser.pk]):
        newest = SupportPlan.objects.latest("version")
        assert newest.finished_at is not None
        assert newest.sections["who-i-am"] == "Olen Aino ja pidän linnuista."


def test_two_writers_at_once_lose_nothing(site: Site) -> None:
    cast, page = site.cast, site.page
    with tenancy.scope([cast.organiser.pk]):
        plan_rows.prompts(cast)
    own = f"/my/{cast.aino.pk}/plan/support/"
    site.sign_in("aino").speak("en").open(own)
    with tenancy.scope([cast.organiser.pk]):
        SupportPlan.objects.create(
            organiser=cast.organiser,
            enrolment=plan_rows.place(cast),
            version=1,
            sections={"hope": "Kaisan sanat"},
            written_at=plan_rows.AT,
            written_by_id=cast.users["kaisa"].pk,
        )
    page.get_by_label("What do I hope?").fill("Omat sanani")
    page.get_by_label("Who am I?").focus()
    expect(page.locator("#saved")).to_contain_text("Kaisa Esimerkki has written in the same place")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("What do I hope?")).to_have_value("Omat sanani")
    assert "Kaisan sanat" in page.locator(".other-text").inner_text()
    clean(site)
    page.get_by_label("What do I hope?").fill("Omat sanani ja Kaisan sanat")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Saved.")


def test_a_voucher_is_refused_on_a_phone_by_keyboard_alone(site: Site) -> None:
    cast, page = site.cast, site.page
    with tenancy.scope([cast.organiser.pk]):
        voucher = plan_rows.offered_voucher(cast, fee_type="own_payment")
        plan_rows.price(cast, "ulkoilu", 2950)
        plan_rows.providers(cast, "ulkoilu", 2, 2400)
    page.set_viewport_size({"width": 360, "height": 740})
    site.sign_in("aino").speak("fi").open(f"/my/{cast.aino.pk}/")
    tab_to(page, "Lue setelistä ja vastaa")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    clean(site)
    assert "4,50" in page.locator("table").inner_text()
    tab_to(page, "Kieltäydyn setelistä")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    clean(site)
    # An empty answer is told about, in the summary that has the focus.
    tab_to(page, "Kieltäydy setelistä")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    clean(site)
    page.get_by_label("Ostopalvelu").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Haluan tutun hoitajan.")
    tab_to(page, "Kieltäydy setelistä")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Olet kieltäytynyt setelistä.")
    assert "ostopalvelu" in page.get_by_role("region", name="Mitä seuraavaksi").inner_text()
    clean(site)
    with tenancy.scope([cast.organiser.pk]):
        assert Voucher.objects.get(pk=voucher.pk).state == "refused"
        assert PlanLine.objects.get(service=voucher.service).way == "purchased_service"


def test_a_plan_is_read_talked_over_and_signed(site: Site) -> None:
    cast, page = site.cast, site.page
    with tenancy.scope([cast.organiser.pk]):
        plan_rows.draft(cast, 2)
    site.sign_in("aino").speak("sv").open(f"/my/{cast.aino.pk}/plan/")
    page.get_by_label("Vad vill du säga om planen?").fill("Passar förmiddagen?")
    page.get_by_role("button", name="Skicka kommentaren").click()
    expect(page.get_by_text("Passar förmiddagen?")).to_be_visible()
    page.get_by_role("button", name="Jag har läst planen och skriver under den").click()
    expect(page.get_by_role("status").first).to_contain_text("Du har skrivit under planen.")
    assert page.get_by_role("button", name="skriver under den").count() == 0
    clean(site)
    page.get_by_role("link", name="Se besluten").click()
    clean(site)
