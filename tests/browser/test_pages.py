"""The pages in a real browser: without faults, on narrow screens, by keyboard, light to load."""

from __future__ import annotations

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

LANGUAGES = ("fi", "sv", "en")
MOST_BYTES = 150_000


def pages(site: Site) -> list[tuple[str | None, str]]:
    """Who opens what: every page there is."""
    aino, onni = site.cast.aino.pk, site.cast.onni.pk
    return [
        (None, "/"),
        (None, "/sign-in/"),
        ("aino", "/my/"),
        ("aino", f"/my/visits/{site.cast.waiting.pk}/dispute/"),
        ("onni", "/my/"),
        ("kaisa", "/my/"),
        ("leena", "/casework/"),
        ("leena", f"/casework/clients/{aino}/"),
        ("leena", f"/casework/clients/{onni}/"),
    ]


def visit_all(site: Site) -> list[str]:
    """Open every page as it is now set, and tell what is wrong with them."""
    wrong: list[str] = []
    last = None
    for key, path in pages(site):
        language = site.page.evaluate("() => document.documentElement.lang") if last else None
        if key is not None and key != last:
            site.context.clear_cookies()
            site.sign_in(key)
        last = key or last
        for spoken in LANGUAGES:
            site.speak(spoken).open(path)
            language = site.page.evaluate("() => document.documentElement.lang")
            wrong += [] if language == spoken else [f"{path}: speaks {language}, not {spoken}"]
            wrong += [f"{path} {spoken}: {fault}" for fault in site.faults()]
            if site.sideways():
                wrong.append(f"{path} {spoken}: {site.sideways()} pixels too wide")
    return wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_in_any_language(scheme: str, site: Site) -> None:
    site.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    assert visit_all(site) == []


@pytest.mark.parametrize("width", [360, 320])
def test_no_page_scrolls_sideways_on_a_phone(width: int, site: Site) -> None:
    site.page.set_viewport_size({"width": width, "height": 740})
    assert visit_all(site) == []


def test_axe_finds_nothing_on_the_pages_for_failures(site: Site) -> None:
    site.sign_in("helmi")
    for path in ("/nowhere/", "/my/"):
        site.page.goto(site.url + path)
        assert site.faults() == [], path


def test_a_faulty_page_is_found_out(site: Site) -> None:
    site.sign_in("aino").open("/my/")
    site.page.evaluate("() => document.documentElement.removeAttribute('lang')")
    assert any(fault.startswith("html-has-lang") for fault in site.faults())


def test_the_first_tab_skips_to_the_content(site: Site) -> None:
    page = site.sign_in("aino").open("/my/")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "() => document.querySelector('main').contains(document.activeElement)"
    assert page.evaluate(inside)


def test_tab_goes_through_the_page_in_the_order_it_is_read(site: Site) -> None:
    page = site.sign_in("aino").open("/my/")
    page.add_init_script("")
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
    while page.evaluate("() => document.activeElement.innerText.trim()") != "Kyllä":
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement !== document.body")
    ring = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert ring != "none"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_role("status").inner_text() == "Kiitos. Käynti on vahvistettu."
    assert page.get_by_role("button", name="Kyllä").count() == 0


def test_a_visit_is_disputed_by_keyboard_and_the_faults_are_told(site: Site) -> None:
    page = site.sign_in("aino").speak("fi").open("/my/")
    page.get_by_role("link", name="Ei, kerro mitä tapahtui").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Lähetä").press("Enter")
    page.get_by_role("alert").wait_for()
    assert site.faults() == []
    page.get_by_role("alert").get_by_role("link").press("Enter")
    page.get_by_label("Mikä oli toisin?").fill("Kukaan ei tullut.")
    page.get_by_role("button", name="Lähetä").press("Enter")
    assert "Kiitos, että kerroit." in page.get_by_role("status").inner_text()


def test_the_case_manager_sees_the_same_persons_page(site: Site) -> None:
    page = site.sign_in("leena").speak("fi").open("/casework/")
    page.get_by_role("link", name="Esimerkki, Aino").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Aino Esimerkki"
    assert "412,50\u00a0€" in page.get_by_role("region", name="Seuraavaksi").inner_text()


@pytest.mark.parametrize("key", ["aino", "leena"])
def test_the_first_view_weighs_little_and_asks_nobody_else(key: str, site: Site) -> None:
    site.sign_in(key)
    path = site.page.url.removeprefix(site.url)
    if key == "leena":
        path = f"/casework/clients/{site.cast.aino.pk}/"
    cookies = site.context.cookies()
    fresh = site.context.browser.new_context()
    fresh.add_cookies(cookies)  # type: ignore[arg-type]
    page = fresh.new_page()
    answers: list[Response] = []
    page.on("response", answers.append)
    page.goto(site.url + path, wait_until="networkidle")
    weights = {one.url: len(one.body()) for one in answers if one.status == 200}
    fresh.close()
    assert len(weights) > 5
    assert all(url.startswith(site.url) for url in weights)
    assert sum(weights.values()) <= MOST_BYTES, weights


def test_the_browser_refuses_nothing_of_ours(site: Site) -> None:
    told: list[str] = []
    site.page.on("console", lambda message: told.append(message.text))
    site.sign_in("aino").open("/my/")
    site.open("/sign-in/")
    assert told == []
