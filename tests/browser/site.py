"""The site as one person sees it: sign in, open pages, look for faults."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client as Cookies
from playwright.sync_api import BrowserContext, Page

from tests.browser import axe
from valinta.users.models import User


class Site:
    """A window on the site. `cast` is what the stage holds."""

    def __init__(self, url: str, context: BrowserContext, cast: Any) -> None:
        self.url, self.context, self.cast = url, context, cast
        self.page: Page = context.new_page()

    def sign_in(self, key: str) -> Site:
        """Choose a person of the cast on the demo's sign-in page."""
        self.page.goto(f"{self.url}/sign-in/")
        name = self.cast.users[key].display_name
        self.page.get_by_role("button", name=name, exact=True).click()
        return self

    def be(self, user: User | None) -> Site:
        """Go on as this user, or as somebody who has not signed in, without the sign-in page."""
        self.context.clear_cookies()
        if user is not None:
            browser = Cookies()
            browser.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            self._cookie(name, browser.cookies[name].value)
        return self

    def speak(self, language: str, easy: bool = False) -> Site:
        """Read the pages in this language from now on, in easy words or as they are."""
        self._cookie("django_language", language)
        self._cookie("easy", "1" if easy else "0")
        return self

    def open(self, path: str) -> Page:
        """Open a page and expect it to be there."""
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"
        return self.page

    def wide(self, pixels: int, height: int = 900) -> Site:
        """Make the window so wide."""
        self.page.set_viewport_size({"width": pixels, "height": height})
        return self

    def sound(self) -> None:
        """The page has no fault that axe finds, and does not scroll sideways."""
        assert axe.faults(self.page) == [], self.page.url
        assert axe.sideways(self.page) <= 0, self.page.url

    def _cookie(self, name: str, value: str) -> None:
        self.context.add_cookies([{"name": name, "value": value, "url": self.url}])
