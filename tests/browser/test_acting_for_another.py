"""Acting for a father: a daughter chooses whose pages she opens, and confirms his visit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.browser.conftest import cast_on_stage
from tests.browser.hands import Hand
from tests.browser.site import Site
from tests.browser.stages import Build
from tests.unit.web.rows import TODAY, Scene
from valinta.clients.models import Mandate
from valinta.organisers import tenancy
from valinta.visits.models import Visit

pytestmark = pytest.mark.browser


def a_daughter_of_two() -> Scene:
    """Kaisa acts for Aino by the cast; here she may order and confirm for Onni, her father, too."""
    cast = cast_on_stage()
    with tenancy.scope([cast.organiser.pk]):
        Mandate.objects.create(
            organiser=cast.organiser,
            client=cast.onni,
            user=cast.users["kaisa"],
            kind="authorised",
            scope=["see", "plan", "order", "confirm"],
            valid=(TODAY, TODAY + timedelta(days=90)),
        )
        # A visit of her father's waits for an answer.
        newest = Visit.objects.filter(client=cast.onni, state="confirmed").order_by("-served_on")[0]
        newest.state, newest.decided_at = "accepted", None
        newest.save()
    return cast


@pytest.fixture
def build() -> Build:
    return a_daughter_of_two


def test_a_daughter_acts_for_her_father(hand: Hand, site: Site) -> None:
    page = site.page
    site.sign_in("kaisa").speak("en").open("/my/")
    page.get_by_role("heading", name="Whose budget do you want to see?").wait_for()

    # Aino is a neighbour; the bar leads back to the choice.
    hand.press(page.get_by_role("link", name="Open the pages of Aino Esimerkki"))
    bar = page.get_by_role("region", name="Acting for another")
    assert "You are acting for Aino Esimerkki." in bar.inner_text()
    hand.press(bar.get_by_role("link", name="Change the person"))
    hand.press(page.get_by_role("link", name="Open the pages of Onni Mallinen"))
    assert "You are acting for Onni Mallinen." in bar.inner_text()
    assert "look, plan, order and confirm visits" in bar.inner_text()
    assert "until" in bar.inner_text()
    hand.press(page.get_by_role("button", name="Yes").first)
    page.get_by_text("Thank you. The visit is confirmed.").wait_for()
    assert "You are acting for Onni Mallinen." in bar.inner_text()
    site.sound()
    with tenancy.scope([site.cast.organiser.pk]):
        visits = Visit.objects.filter(client=site.cast.onni, decided_by_id__isnull=False)
        assert [one.decided_by_id for one in visits] == [site.cast.users["kaisa"].pk]
