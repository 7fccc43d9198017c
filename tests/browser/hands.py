"""Two ways to use a page: with a pointer, and with the keyboard alone.

A journey is told once and walked both ways. By keyboard nothing is clicked, filled in or focused by
other means than keys, and whatever the keys come by has to show that they are there.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from playwright.sync_api import Locator, Page

MOST_TABS = 150
FOCUSED = "(one) => document.activeElement === one"
SHOWN = """() => {
    const drawn = getComputedStyle(document.activeElement)
    return drawn.outlineStyle !== 'none' || drawn.boxShadow !== 'none'
}"""
SAME_GROUP = """(one) => {
    const here = document.activeElement
    return one.type === 'radio' && here.type === 'radio' && here.name === one.name
        && here.form === one.form
}"""


class Hand(Protocol):
    """What a reader does on a page."""

    def press(self, target: Locator) -> None:
        """Follow a link or press a button; another page comes."""

    def press_here(self, target: Locator) -> None:
        """Press something that changes this page."""

    def tick(self, target: Locator) -> None:
        """Tick a box or choose one of several."""

    def write(self, target: Locator, text: str) -> None:
        """Write a text over what the field holds."""

    def date(self, target: Locator, day: date) -> None:
        """Give a day."""

    def choose(self, target: Locator, label: str) -> None:
        """Choose a line of a list."""


class Pointer:
    """A mouse or a finger."""

    def press(self, target: Locator) -> None:
        target.click()

    def press_here(self, target: Locator) -> None:
        target.click()

    def tick(self, target: Locator) -> None:
        target.check()

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def date(self, target: Locator, day: date) -> None:
        target.fill(day.isoformat())

    def choose(self, target: Locator, label: str) -> None:
        target.select_option(label=label)


class Keys:
    """The keyboard alone."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, target: Locator) -> None:
        self._reach(target)
        with self._page.expect_navigation():
            self._page.keyboard.press("Enter")

    def press_here(self, target: Locator) -> None:
        self._reach(target)
        self._page.keyboard.press("Enter")

    def tick(self, target: Locator) -> None:
        self._reach(target)
        if not target.is_checked():
            self._page.keyboard.press("Space")
        assert target.is_checked()

    def write(self, target: Locator, text: str) -> None:
        self._reach(target)
        self._page.keyboard.press("ControlOrMeta+A")
        self._page.keyboard.type(text)

    def date(self, target: Locator, day: date) -> None:
        self._reach(target)
        # The browser's own language decides whether its field begins with the day or the month.
        for order in ("%d%m%Y", "%m%d%Y"):
            self._page.keyboard.type(day.strftime(order))
            if target.input_value() == day.isoformat():
                return
            for _ in range(2):
                self._page.keyboard.press("ArrowLeft")
        raise AssertionError(f"{target} holds {target.input_value()!r}, not {day}.")

    def choose(self, target: Locator, label: str) -> None:
        self._reach(target)
        self._page.keyboard.type(label)
        assert target.locator("option:checked").inner_text().strip() == label

    def _reach(self, target: Locator) -> None:
        """Press Tab until the element has the focus; within a group of choices, the arrow."""
        for _ in range(MOST_TABS):
            # Found anew each time, because a part of the page may be replaced meanwhile.
            if target.evaluate(FOCUSED):
                assert self._page.evaluate(SHOWN), f"{target} does not show that it is in focus."
                return
            step = "ArrowDown" if target.evaluate(SAME_GROUP) else "Tab"
            self._page.keyboard.press(step)
        raise AssertionError(f"No Tab leads to {target} on {self._page.url}.")
