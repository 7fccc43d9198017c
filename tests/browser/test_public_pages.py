"""The form for coming forward, in a real browser on a phone."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import Settings

from tests.browser.hands import Keys
from tests.browser.site import Site
from tests.browser.stages import Build
from tests.cast import open_stage
from tests.unit.web.public import OSTERBOTTEN

pytestmark = pytest.mark.browser


def osterbotten() -> None:
    stage = open_stage("osterbotten", on=date(2019, 3, 15))
    stage.organiser.demo_today = stage.on
    stage.organiser.save()


@pytest.fixture
def build() -> Build:
    return osterbotten


def test_a_resident_fills_in_the_form_by_keyboard_and_mends_a_fault(
    site: Site, settings: Settings
) -> None:
    settings.INTEREST_FORM_SECONDS = 0
    page, hand = site.wide(360, 740).page, Keys(site.page)
    site.open(f"{OSTERBOTTEN}come-forward/?municipality=598&lang=sv")
    # Only whoever comes forward for another is asked whom it is about.
    assert page.get_by_label("Vem gäller det?").is_hidden()
    page.get_by_label("för någon annan").check()
    assert page.get_by_label("Vem gäller det?").is_visible()
    page.get_by_label("för mig själv").check()
    hand.tick(page.get_by_label("Närståendevårdare och vårdtagare"))
    hand.write(page.get_by_label("Ditt namn"), "Greta Exempel")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    fault = page.get_by_role("alert").get_by_role("link")
    assert fault.inner_text() == "Skriv ett telefonnummer eller en e-postadress, eller båda."
    site.sound()
    hand.press_here(fault)
    page.keyboard.type("040 123 4567")
    # The clock of the seal goes by whole seconds.
    page.wait_for_timeout(1100)
    page.keyboard.press("Enter")
    page.wait_for_url("**/thank-you/**")
    assert page.get_by_role("heading", level=1).inner_text() == "Tack"
