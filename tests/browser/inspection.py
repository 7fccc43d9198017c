"""A look at one page from all sides: languages, easy words, colours, widths, and what it reports.

What a page is depends on the language and on easy words, so each of these is loaded afresh. Schemes
and widths change only how it is drawn, so they change in place. Colours are the same in every
language and are looked at in one; how much room words take is another matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypedDict

from playwright.sync_api import ConsoleMessage, Page, Response

from tests.browser import axe
from tests.browser.look import Look
from tests.browser.site import Site

LANGUAGES = ("fi", "sv", "en")
EASY = ("fi", "sv")


class Scheme(TypedDict):
    """A way to draw, as `emulate_media` takes it."""

    color_scheme: Literal["light", "dark"]
    contrast: Literal["no-preference", "more"]


SCHEMES: dict[str, Scheme] = {
    "dark": {"color_scheme": "dark", "contrast": "no-preference"},
    "high contrast": {"color_scheme": "light", "contrast": "more"},
    "dark, high contrast": {"color_scheme": "dark", "contrast": "more"},
}
PLAIN: Scheme = {"color_scheme": "light", "contrast": "no-preference"}
DESKTOP, ZOOMED, NARROW = 1280, 640, 320
HEIGHT = 900
FACTS = """() => ({
    lang: document.documentElement.lang,
    title: document.title,
    headings: document.querySelectorAll('h1').length,
    stops: (document.body.innerText.match(/.{0,40}\\d\\.\\.(?!\\.)/g) || []),
})"""
LETTERS = "(size) => { document.documentElement.style.fontSize = size }"


class Inspector:
    """Opens pages in one window and listens to what its console says."""

    def __init__(self, site: Site) -> None:
        self.site, self.page = site, site.page
        self._heard: list[str] = []
        axe.comes_along(self.page)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._heard.append(str(error)))

    def faults(self, look: Look) -> list[str]:
        """What is wrong with the page, each fault with the page's name and how it was looked at."""
        if look.by_tour and not self._is_read(look):
            return []
        every = [(language, False) for language in LANGUAGES]
        if look.has_easy_words:
            every += [(language, True) for language in EASY]
        return [
            f"{look.name} {look.path} | {language}{', easy' if easy else ''} | {fault}"
            for language, easy in every
            for fault in self._read(look, language, easy)
        ]

    def opens(self, look: Look) -> tuple[int, str]:
        """The status of the answer and what kind of thing comes, without going on elsewhere."""
        answer = self.site.context.request.get(self.site.url + look.path, max_redirects=0)
        return answer.status, answer.headers.get("content-type", "")

    def _is_read(self, look: Look) -> bool:
        status, kind = self.opens(look)
        return status == 200 and kind.startswith("text/html")

    def _read(self, look: Look, language: str, easy: bool) -> Iterator[str]:
        self._heard.clear()
        answer = self._led_to(look, language, easy)
        if answer.status != look.status or answer.request.redirected_from:
            yield f"answered {answer.status} at {self.page.url}"
            return
        yield from _plain_facts(self.page.evaluate(FACTS), language)
        # Only now: what axe and the ruler do to a page is reported there as well.
        yield from [f"console | {one}" for one in self._heard]
        first = language == LANGUAGES[0] and not easy
        passed_over = None if first else axe.COLOURS
        yield from self._drawn(axe.faults(self.page, without=passed_over), "light")
        yield from self._sizes()
        if first:
            yield from self._in_other_schemes()
            self.page.set_viewport_size({"width": NARROW, "height": HEIGHT})
            yield from self._drawn(axe.faults(self.page), f"light, {NARROW} px")
            self.page.set_viewport_size({"width": DESKTOP, "height": HEIGHT})

    def _led_to(self, look: Look, language: str, easy: bool) -> Response:
        """The answer that brought the page that is to be looked at."""
        answer = self.site.speak(language, easy).page.goto(self.site.url + look.path)
        if look.deed is not None:
            with self.page.expect_navigation() as led:
                look.deed(self.page)
            answer = led.value
        assert answer is not None
        return answer

    def _drawn(self, found: list[axe.Fault], how: str) -> Iterator[str]:
        return (f"{how} | {fault}" for fault in found)

    def _in_other_schemes(self) -> Iterator[str]:
        for name, scheme in SCHEMES.items():
            self.page.emulate_media(**scheme)
            yield from self._drawn(axe.faults(self.page, axe.COLOURS), name)
        self.page.emulate_media(**PLAIN)

    def _sizes(self) -> Iterator[str]:
        for width in (NARROW, ZOOMED):
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            yield from _too_wide(self.page, f"{width} px")
        self.page.set_viewport_size({"width": DESKTOP, "height": HEIGHT})
        self.page.evaluate(LETTERS, "200%")
        yield from _too_wide(self.page, "letters at 200 %")
        self.page.evaluate(LETTERS, "")

    def _hear(self, message: ConsoleMessage) -> None:
        # The answer of the page itself is judged by its status.
        of_page = "Failed to load resource" in message.text and message.location["url"] == (
            self.page.url
        )
        if message.type in ("error", "warning") and not of_page:
            self._heard.append(message.text)


def _plain_facts(facts: dict[str, Any], language: str) -> Iterator[str]:
    if facts["lang"] != language:
        yield f"lang is {facts['lang']!r}"
    title = facts["title"].removesuffix(" – Valinta")
    if title == facts["title"] or not title.strip():
        yield f"title is {facts['title']!r}"
    if facts["headings"] != 1:
        yield f"{facts['headings']} headings of the first level"
    for words in facts["stops"]:
        yield f"two full stops: {words!r}"


def _too_wide(page: Page, how: str) -> Iterator[str]:
    over = axe.sideways(page)
    if over > 0:
        yield f"{how} | {over} px too wide: {axe.widest(page)}"
