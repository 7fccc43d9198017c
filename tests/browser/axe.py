"""What axe-core finds wrong on a page, and what a ruler does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
# What a change of scheme can change: how letters stand out from what is behind them.
COLOURS = ["color-contrast", "link-in-text-block"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that the page breaks, what it asks for, and the elements that break it."""

    rule: str
    help: str
    elements: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule}: {self.help}: {' '.join(self.elements)}"


def comes_along(page: Page) -> None:
    """Have axe on every page that is opened from now on: quicker than bringing it to each."""
    page.add_init_script(path=AXE)


def faults(
    page: Page, rules: list[str] | None = None, *, without: list[str] | None = None
) -> list[Fault]:
    """What axe finds wrong on the page, by all its rules or by these, or all `without` some."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_code())
    # Style sheets are read beforehand for rules only that do not run by default.
    wanted: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
    if rules is not None:
        wanted["runOnly"] = {"type": "rule", "values": rules}
    if without is not None:
        wanted["rules"] = {rule: {"enabled": False} for rule in without}
    found = page.evaluate("(wanted) => axe.run(wanted)", wanted)
    return [
        Fault(one["id"], one["help"], tuple(node["html"] for node in one["nodes"]))
        for one in found["violations"]
    ]


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(wide))


def widest(page: Page) -> list[str]:
    """The innermost elements that reach over the right edge of the window."""
    over = """() => {
        const edge = document.documentElement.clientWidth
        const past = [...document.body.querySelectorAll('*')].filter(
            (one) => one.getBoundingClientRect().right > edge + 0.5)
        return past.filter((one) => !past.some((other) => other !== one && one.contains(other)))
            .map((one) => one.outerHTML.slice(0, 120)).slice(0, 4)
    }"""
    return list(page.evaluate(over))


@cache
def _code() -> str:
    return AXE.read_text(encoding="utf-8")
