"""Journeys on plans: own words with an invited expert beside, and a voucher that is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import cast_on_stage
from tests.browser.hands import Hand
from tests.browser.site import Site
from tests.browser.stages import Build
from tests.unit.web import plan_rows
from tests.unit.web.rows import TODAY, Scene
from valinta.budgets.models import Voucher
from valinta.organisers import tenancy
from valinta.plans.models import PlanLine, SupportPlan

pytestmark = pytest.mark.browser

PASSWORD = "kolme-mäntyä-1987"


def with_prompts() -> Scene:
    """The programme asks two questions; a voucher is offered to Aino, with providers and prices."""
    cast = cast_on_stage()
    with tenancy.scope([cast.organiser.pk]):
        plan_rows.prompts(cast)
        plan_rows.offered_voucher(cast, fee_type="own_payment")
        plan_rows.price(cast, "ulkoilu", 2950)
        plan_rows.providers(cast, "ulkoilu", 2, 2400)
    return cast


@pytest.fixture
def build() -> Build:
    return with_prompts


def own(site: Site) -> str:
    return f"/my/{site.cast.aino.pk}/"


def test_an_expert_by_experience_is_invited_and_helps_to_write_the_support_plan(
    hand: Hand, site: Site
) -> None:
    cast, page = site.cast, site.page
    # Aino invites; the code goes from hand to hand.
    site.be(cast.users["aino"]).speak("en").open(f"{own(site)}supporters/")
    hand.press(page.get_by_role("link", name="Invite a supporter"))
    hand.write(page.get_by_label("Whom do you invite?"), "Sanna Salo")
    hand.tick(page.get_by_label("An expert by experience"))
    hand.tick(page.get_by_label("Help to write the support plan"))
    hand.date(page.get_by_label("The last day"), TODAY + timedelta(days=60))
    hand.press(page.get_by_role("button", name="Make the invitation"))
    code = page.locator(".code").inner_text()
    site.sound()

    # She begins herself, and what she wrote is kept when she leaves the field.
    site.open(f"{own(site)}plan/support/")
    hand.write(page.get_by_label("Who am I?"), "Olen Aino ja pidän linnuista.")
    page.keyboard.press("Tab")
    expect(page.locator("#saved")).to_have_text("Saved.")

    # Sanna makes a username with the code, and helps with another question.
    site.be(None).speak("en").open("/invitation/")
    hand.write(page.get_by_label("The code of the invitation"), code)
    hand.press(page.get_by_role("button", name="Show the invitation"))
    page.get_by_role("heading", name="Aino Esimerkki asks for your support").wait_for()
    site.sound()
    hand.write(page.get_by_label("Username"), "sanna.salo")
    hand.write(page.get_by_label("Password", exact=True), PASSWORD)
    hand.write(page.get_by_label("The same password again"), PASSWORD)
    hand.press(page.get_by_role("button", name="Make the username and accept"))
    page.wait_for_url("**/my/**")
    bar = page.get_by_role("region", name="Acting for another")
    expect(bar).to_contain_text("You are acting for Aino Esimerkki.")
    site.open(f"{own(site)}plan/support/")
    expect(page.get_by_label("Who am I?")).to_have_value("Olen Aino ja pidän linnuista.")
    hand.write(page.get_by_label("What do I hope?"), "Pääsisin metsään.")
    hand.press_here(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_role("status").first).to_contain_text("Saved.")
    assert page.get_by_role("button", name="It is ready").count() == 0
    site.sound()

    # Aino reads who wrote what, and shows it to her case manager.
    site.be(cast.users["aino"]).speak("en").open(f"{own(site)}plan/support/")
    expect(page.get_by_label("What do I hope?")).to_have_value("Pääsisin metsään.")
    assert "Sanna Salo" in page.get_by_role("region", name="Who has written").inner_text()
    hand.press_here(page.get_by_role("button", name="It is ready"))
    expect(page.get_by_role("status").first).to_contain_text("can now read your support plan")
    site.sound()
    with tenancy.scope([cast.organiser.pk]):
        newest = SupportPlan.objects.latest("version")
        assert newest.finished_at is not None
        assert newest.sections["who-i-am"] == "Olen Aino ja pidän linnuista."


def test_two_writers_at_once_lose_nothing(site: Site) -> None:
    cast, page = site.cast, site.page
    site.be(cast.users["aino"]).speak("en").open(f"{own(site)}plan/support/")
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
    site.sound()
    page.get_by_label("What do I hope?").fill("Omat sanani ja Kaisan sanat")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Saved.")


def test_a_voucher_is_refused(hand: Hand, site: Site) -> None:
    cast, page = site.cast, site.page
    site.be(cast.users["aino"]).speak("fi").open(own(site))
    hand.press(page.get_by_role("link", name="Lue setelistä ja vastaa"))
    assert "4,50" in page.locator("table").inner_text()
    hand.press(page.get_by_role("link", name="Kieltäydyn setelistä"))
    # An empty answer is told about, in the summary that has the focus.
    hand.press(page.get_by_role("button", name="Kieltäydy setelistä"))
    expect(page.get_by_role("alert")).to_be_focused()
    site.sound()
    hand.tick(page.get_by_label("Ostopalvelu"))
    hand.write(page.get_by_role("textbox"), "Haluan tutun hoitajan.")
    hand.press(page.get_by_role("button", name="Kieltäydy setelistä"))
    expect(page.get_by_role("status").first).to_contain_text("Olet kieltäytynyt setelistä.")
    assert "ostopalvelu" in page.get_by_role("region", name="Mitä seuraavaksi").inner_text()
    site.sound()
    with tenancy.scope([cast.organiser.pk]):
        voucher = Voucher.objects.get(enrolment=plan_rows.place(cast))
        assert voucher.state == "refused"
        assert PlanLine.objects.get(service=voucher.service).way == "purchased_service"


def test_a_plan_is_read_talked_over_and_signed(site: Site) -> None:
    cast, page = site.cast, site.page
    with tenancy.scope([cast.organiser.pk]):
        plan_rows.draft(cast, 2)
    site.be(cast.users["aino"]).speak("sv").open(f"{own(site)}plan/")
    page.get_by_label("Vad vill du säga om planen?").fill("Passar förmiddagen?")
    page.get_by_role("button", name="Skicka kommentaren").click()
    expect(page.get_by_text("Passar förmiddagen?")).to_be_visible()
    page.get_by_role("button", name="Jag har läst planen och skriver under den").click()
    expect(page.get_by_role("status").first).to_contain_text("Du har skrivit under planen.")
    assert page.get_by_role("button", name="skriver under den").count() == 0
    site.sound()
