"""What all pages have in common, by keyboard and on the wire."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Response

from tests.browser.hands import Keys
from tests.browser.site import Site

pytestmark = pytest.mark.browser

MOST_BYTES = 150_000


def test_the_first_tab_skips_to_the_content(site: Site) -> None:
    page = site.be(site.cast.users["aino"]).open("/my/")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "() => document.querySelector('main').contains(document.activeElement)"
    assert page.evaluate(inside)


def test_tab_goes_through_the_page_in_the_order_it_is_read(site: Site) -> None:
    page = site.be(site.cast.users["aino"]).open("/my/")
    everything = page.evaluate(
        "() => [...document.querySelectorAll('a[href], button')].map(one => one.innerText.trim())"
    )
    seen = []
    for _ in everything:
        page.keyboard.press("Tab")
        seen.append(page.evaluate("() => document.activeElement.innerText.trim()"))
    assert seen == everything


def test_a_visit_is_confirmed_by_keyboard_alone(site: Site) -> None:
    page = site.sign_in("aino").speak("fi").open("/my/")
    Keys(page).press(page.get_by_role("button", name="Kyllä"))
    assert page.get_by_role("status").inner_text() == "Kiitos. Käynti on vahvistettu."
    assert page.get_by_role("button", name="Kyllä").count() == 0


def test_the_case_manager_sees_the_same_persons_page(site: Site) -> None:
    page = site.sign_in("leena").speak("fi").open("/casework/")
    page.get_by_role("link", name="Esimerkki, Aino").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Aino Esimerkki"
    assert "412,50\u00a0€" in page.get_by_role("region", name="Seuraavaksi").inner_text()


@pytest.mark.parametrize("key", ["aino", "leena"])
def test_the_first_view_weighs_little_and_asks_nobody_else(
    key: str, site: Site, contexts: Callable[..., BrowserContext]
) -> None:
    aino = site.cast.aino.pk
    path = {"aino": f"/my/{aino}/", "leena": f"/casework/clients/{aino}/"}[key]
    fresh = Site(site.url, contexts(), site.cast).be(site.cast.users[key])
    answers: list[Response] = []
    fresh.page.on("response", lambda answer: answers.append(answer))
    fresh.page.goto(site.url + path, wait_until="networkidle")
    weights = {one.url: len(one.body()) for one in answers if one.status == 200}
    assert len(weights) > 5
    assert all(url.startswith(site.url) for url in weights)
    assert sum(weights.values()) <= MOST_BYTES, weights
