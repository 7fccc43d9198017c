"""Acting for a father: a daughter chooses whose pages she opens, and confirms his visit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.browser.conftest import Site
from tests.unit.web.rows import TODAY
from valinta.clients.models import Mandate
from valinta.organisers import tenancy

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1180, 360])
def test_a_daughter_acts_for_her_father(width: int, site: Site) -> None:
    cast, page = site.cast, site.page
    with tenancy.scope([cast.organiser.pk]):
        Mandate.objects.create(
            organiser=cast.organiser,
            client=cast.onni,
            user=cast.users["kaisa"],
            kind="authorised",
            scope=["see", "plan", "order", "confirm"],
            valid=(TODAY, TODAY + timedelta(days=90)),
        )
    page.set_viewport_size({"width": width, "height": 800})
    site.sign_in("kaisa").speak("en")
    site.open("/my/")
    page.get_by_role("heading", name="Whose budget do you want to see?").wait_for()
    assert site.faults() == []
    assert site.sideways() == 0

    # Onni is her father, Aino a neighbour who lets her look.
    page.get_by_role("link", name="Open the pages of Onni Mallinen").click()
    bar = page.get_by_role("region", name="Acting for another")
    assert "You are acting for Onni Mallinen." in bar.inner_text()
    assert "look, plan, order and confirm visits" in bar.inner_text()
    assert "until" in bar.inner_text()
    bar.get_by_role("link", name="Change the person").click()
    page.get_by_role("link", name="Open the pages of Aino Esimerkki").click()
    assert "You are acting for Aino Esimerkki." in bar.inner_text()
    page.get_by_role("button", name="Yes").first.click()
    page.get_by_text("Thank you. The visit is confirmed.").wait_for()
    assert "You are acting for Aino Esimerkki." in bar.inner_text()


def test_a_client_invites_an_expert_who_joins_by_keyboard(site: Site) -> None:
    """The code goes from hand to hand; the expert makes a username and sees whose plan it is."""
    page, aino = site.page, site.cast.aino
    site.sign_in("aino").speak("en")
    site.open(f"/my/{aino.pk}/supporters/")
    page.get_by_role("link", name="Invite a supporter").press("Enter")
    page.get_by_label("Whom do you invite?").fill("Sanna Salo")
    page.get_by_label("An expert by experience").press("Space")
    page.get_by_label("Help to write the support plan").press("Space")
    page.get_by_label("The last day").fill((TODAY + timedelta(days=60)).isoformat())
    assert site.faults() == []
    page.get_by_role("button", name="Make the invitation").press("Enter")
    code = page.locator(".code").inner_text()
    assert site.faults() == []

    site.context.clear_cookies()
    site.speak("en").open("/invitation/")
    page.get_by_label("The code of the invitation").fill(code)
    page.get_by_role("button", name="Show the invitation").press("Enter")
    page.get_by_role("heading", name="Aino Esimerkki asks for your support").wait_for()
    assert site.faults() == []
    page.get_by_label("Username").fill("sanna.salo")
    page.get_by_label("Password", exact=True).fill("kolme-mäntyä-1987")
    page.get_by_label("The same password again").fill("kolme-mäntyä-1987")
    page.get_by_role("button", name="Make the username and accept").press("Enter")
    page.wait_for_url("**/my/**")
    assert "You are acting for Aino Esimerkki." in page.content().replace("<strong>", "").replace(
        "</strong>", ""
    )
