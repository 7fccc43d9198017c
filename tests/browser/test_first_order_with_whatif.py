"""The journey to a first order: try it in a basket, see that the money is enough, order it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.unit.web.money_stage import MoneyScene, money_scene
from valinta.wishes.models import Basket

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"


@pytest.fixture
def scene(live_server: LiveServer, settings: Settings) -> MoneyScene:
    settings.DEMO = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    return money_scene()


@pytest.fixture(params=[1180, 360])
def page(
    request: pytest.FixtureRequest, scene: MoneyScene, live_server: LiveServer, chromium: Browser
) -> Iterator[Page]:
    """Aino's browser, wide and narrow, in Finnish."""
    session = scene.browser().cookies["sessionid"].value
    context = chromium.new_context(
        viewport={"width": request.param, "height": 800},
        locale="fi-FI",
        reduced_motion="reduce",
        base_url=live_server.url,
    )
    context.set_default_timeout(10_000)
    context.add_cookies(
        [
            {"name": "sessionid", "value": session, "url": live_server.url},
            {"name": "django_language", "value": "fi", "url": live_server.url},
        ]
    )
    yield context.new_page()
    context.close()


def faults(page: Page) -> list[str]:
    """What axe finds wrong, and whether the page is wider than its window."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("() => axe.run()")
    wrong = [
        f"{one['id']}: {[node['html'] for node in one['nodes']]}" for one in found["violations"]
    ]
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return [*wrong, *(["it scrolls sideways"] if page.evaluate(wide) else [])]


def test_the_first_order_begins_by_trying_what_the_money_is_enough_for(
    page: Page, scene: MoneyScene
) -> None:
    page.goto(scene.address("budget"))
    assert faults(page) == []
    page.get_by_role("link", name="Kokeile, mitä rahalla saa").click()

    # Choosing the service shows providers and prices without another press, once the page's
    # scripts are there; before that the button does it.
    page.wait_for_load_state("load")
    page.get_by_label("Palvelu", exact=True).select_option(label="Siivouspalvelu")
    page.get_by_label("Kotiapu Oy").check()
    page.get_by_label("Kuinka monta tuntia").fill("40")
    assert faults(page) == []
    page.get_by_role("button", name="Laita koriin").click()
    basket = page.get_by_role("listitem").filter(has_text="Kotiapu Oy")
    basket.get_by_text("Tähän puuttuu").wait_for()

    # Forty hours are too much; ten fit, and the page counts again in place.
    basket.get_by_label("Kuinka monta tuntia").fill("10")
    basket.get_by_role("button", name="Laske uudelleen").click()
    page.get_by_text("rahat riittävät", exact=True).wait_for()
    assert page.get_by_text("490,25").count()
    assert faults(page) == []

    # The basket is saved as a wish, and its line goes on to ordering with its amount.
    page.get_by_label("Omin sanoin").fill("Näin haluaisin.")
    page.get_by_role("button", name="Tallenna toiveeksi").click()
    page.get_by_text("Asiakasohjaajasi näkee tämän toiveen").wait_for()
    assert faults(page) == []
    page.get_by_role("link", name="Tilaa tämä").click()
    assert page.locator("#quantity").input_value() == "10"
    with scene.stage.scope():
        assert Basket.objects.get().state == "wish"


def test_a_request_is_sent_by_keyboard(page: Page, scene: MoneyScene) -> None:
    page.goto(scene.address("requests"))
    assert faults(page) == []
    page.get_by_label("Palvelu, jota ei ole tarjottimella").press("Space")
    page.get_by_role("button", name="Lähetä toive").press("Enter")
    page.get_by_role("alert").get_by_role("link").press("Enter")
    page.get_by_label("Mitä toivot?").fill("Musiikkia kotiin.")
    page.get_by_role("button", name="Lähetä toive").press("Enter")
    page.get_by_role("status").get_by_text("Toive on vastaanotettu").wait_for()
    assert page.get_by_role("listitem").filter(has_text="Musiikkia kotiin.").count()
    assert faults(page) == []
