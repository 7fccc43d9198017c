"""The pages in a real browser: without faults, on narrow screens, by keyboard, light to load."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

MOST_BYTES = 150_000


def pages(site: Site) -> list[tuple[str | None, str]]:
    """Who opens what: every page there is."""
    aino, onni = site.cast.aino.pk, site.cast.onni.pk
    return [
        (None, "/"),
        (None, "/sign-in/"),
        (None, "/sign-in/letter/"),
        (None, "/invitation/"),
        ("aino", "/my/"),
        ("aino", f"/my/{aino}/plan/"),
        ("aino", f"/my/{aino}/plan/support/"),
        ("aino", f"/my/{aino}/plan/decisions/"),
        ("aino", f"/my/{aino}/supporters/"),
        ("aino", f"/my/{aino}/supporters/invite/"),
        ("aino", f"/my/visits/{site.cast.waiting.pk}/dispute/"),
        ("onni", "/my/"),
        ("kaisa", "/my/"),
        ("kaisa", "/my/people/"),
        ("leena", "/casework/"),
        ("leena", f"/casework/clients/{aino}/"),
        ("leena", f"/casework/clients/{onni}/"),
    ]


def every_page(site: Site, languages: tuple[str, ...]) -> Iterator[str]:
    """Open every page as each of its readers, in these languages, one after another."""
    last = None
    for key, path in pages(site):
        if key is not None and key != last:
            site.context.clear_cookies()
            site.sign_in(key)
        last = key or last
        for language in languages:
            site.speak(language).open(path)
            assert site.page.evaluate("() => document.documentElement.lang") == language
            yield f"{path} {language}"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_axe_finds_nothing_on_any_page_in_any_language(language: str, site: Site) -> None:
    wrong = [(page, fault) for page in every_page(site, (language,)) for fault in site.faults()]
    assert wrong == []


def test_axe_finds_nothing_in_dark_colours(site: Site) -> None:
    site.page.emulate_media(color_scheme="dark")
    wrong = [(page, fault) for page in every_page(site, ("fi",)) for fault in site.faults()]
    assert wrong == []


@pytest.mark.parametrize("width", [360, 320])
def test_no_page_scrolls_sideways_on_a_phone(width: int, site: Site) -> None:
    site.page.set_viewport_size({"width": width, "height": 740})
    wide = [(page, site.sideways()) for page in every_page(site, ("fi", "sv")) if site.sideways()]
    assert wide == []


def test_axe_finds_nothing_on_a_phone(site: Site) -> None:
    site.page.set_viewport_size({"width": 360, "height": 740})
    wrong = [(page, fault) for page in every_page(site, ("sv",)) for fault in site.faults()]
    assert wrong == []


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
    page.get_by_label("Kukaan ei tullut.").check()
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
    fresh.add_cookies(cookies)
    page = fresh.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
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
