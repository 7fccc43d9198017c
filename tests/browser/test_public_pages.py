"""The public pages in a real browser: no faults in any language, on wide and narrow screens."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import AXE
from tests.unit.web.public import OSTERBOTTEN, staged

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/personal-budget/",
    "/service-voucher/",
    "/programmes/",
    OSTERBOTTEN,
    f"{OSTERBOTTEN}provider/",
    f"{OSTERBOTTEN}come-forward/",
    f"{OSTERBOTTEN}thank-you/?municipality=598",
    "/gallery/",
)


@pytest.mark.parametrize(("width", "languages"), [(1180, ("fi", "sv", "en")), (320, ("fi", "sv"))])
def test_axe_finds_nothing_on_the_public_pages_and_none_scrolls_sideways(
    width: int,
    languages: tuple[str, ...],
    live_server: LiveServer,
    settings: Settings,
    chromium: Browser,
) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    staged("osterbotten", date(2019, 3, 15), settings)
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page, wrong = context.new_page(), []
    for language in languages:
        address = {"name": "django_language", "value": language, "url": live_server.url}
        context.add_cookies([address])
        for path in PAGES:
            page.goto(live_server.url + path)
            assert page.evaluate("() => document.documentElement.lang") == language
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate("() => axe.run()")["violations"]
            wrong += [(path, language, one["id"], one["nodes"][0]["html"]) for one in found]
            wide = page.evaluate("() => document.documentElement.scrollWidth") - width
            if wide > 0:
                wrong.append((path, language, "sideways", str(wide)))
    context.close()
    assert wrong == []


def test_a_resident_fills_in_the_form_by_keyboard_and_mends_a_fault(
    live_server: LiveServer, settings: Settings, chromium: Browser
) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.INTEREST_FORM_SECONDS = 0
    staged("osterbotten", date(2019, 3, 15), settings)
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="sv-FI")
    page = context.new_page()
    page.goto(f"{live_server.url}{OSTERBOTTEN}come-forward/?municipality=598&lang=sv")
    # Only whoever comes forward for another is asked whom it is about.
    assert page.get_by_label("Vem gäller det?").is_hidden()
    page.get_by_label("för någon annan").check()
    assert page.get_by_label("Vem gäller det?").is_visible()
    page.get_by_label("för mig själv").check()
    page.get_by_label("Närståendevårdare och vårdtagare").focus()
    page.keyboard.press("Space")
    page.get_by_label("Ditt namn").fill("Greta Exempel")
    page.keyboard.press("Enter")
    fault = page.get_by_role("alert").get_by_role("link")
    assert fault.inner_text() == "Skriv ett telefonnummer eller en e-postadress, eller båda."
    fault.click()
    page.keyboard.type("040 123 4567")
    # The clock of the seal goes by whole seconds.
    page.wait_for_timeout(1100)
    page.keyboard.press("Enter")
    page.wait_for_url("**/thank-you/**")
    assert page.get_by_role("heading", level=1).inner_text() == "Tack"
    context.close()
