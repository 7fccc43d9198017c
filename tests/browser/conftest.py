"""A real Chromium against the real site, with the cast of the web tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.unit.web import rows, scene
from valinta.organisers import tenancy

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"


class Site:
    """The site as one person sees it: sign in, open pages, look for faults."""

    def __init__(self, url: str, context: BrowserContext, cast: rows.Scene) -> None:
        self.url, self.context, self.cast = url, context, cast
        self.page: Page = context.new_page()

    def sign_in(self, key: str) -> Site:
        """Choose a person of the cast on the demo's sign-in page."""
        self.page.goto(f"{self.url}/sign-in/")
        name = self.cast.users[key].display_name
        self.page.get_by_role("button", name=name, exact=True).click()
        return self

    def speak(self, language: str) -> Site:
        """Read the pages in this language from now on."""
        self.context.add_cookies([{"name": "django_language", "value": language, "url": self.url}])
        return self

    def open(self, path: str) -> Page:
        """Open a page and expect it to be there."""
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"
        return self.page

    def faults(self) -> list[str]:
        """What axe finds wrong on the page, each with the elements it is about."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate("() => axe.run()")
        return [
            f"{fault['id']}: {fault['help']}: {[node['html'] for node in fault['nodes']]}"
            for fault in found["violations"]
        ]

    def sideways(self) -> int:
        """How many pixels the page is wider than the window."""
        return int(
            self.page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )


@pytest.fixture
def cast(live_server: LiveServer, settings: Settings) -> rows.Scene:
    """The cast, for good, in the live server's own database."""
    settings.DEMO = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    tenant = rows.organiser("esimerkki", "0112038-9", "Esimerkin sote", "Exempels välfärd")
    with tenancy.scope([tenant.pk]):
        return scene.set_scene(tenant)


@pytest.fixture
def site(cast: rows.Scene, live_server: LiveServer, chromium: Browser) -> Iterator[Site]:
    """The site in a browser of its own, 1180 pixels wide."""
    context = chromium.new_context(
        viewport={"width": 1180, "height": 900}, locale="fi-FI", reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    yield Site(live_server.url, context, cast)
    context.close()
