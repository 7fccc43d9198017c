"""No page weighs more than it may, as it is sent: in bundles, compressed, with thirty rows of all.

150 kB the first time with everything it brings along, 20 kB once the browser has kept the rest.
"""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.core.management import call_command
from django.test import Client as Browser
from pytest_django import Settings

from tests.unit.web.page_everything import ALL, one_of_everything
from tests.unit.web.page_round import is_page, views
from tests.unit.web.rows import Scene
from valinta.organisers import tenancy

MOST_FIRST, MOST_AFTER = 150_000, 20_000
HEADERS = {"accept-encoding": "gzip"}
_BROUGHT = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="([^"]+)"[^>]*>')
_IN_SHEET = re.compile(r'url\("?([^")]+)"?\)')
# Addresses of the head that lead to other pages and are not fetched with this one.
_NOT_FETCHED = re.compile(r'rel="(?:alternate|canonical|next|prev)"')


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> None:
    """The static files as a site that serves has them: see VALINTA_COLLECTED in the settings."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "valinta.web.bundling.Bundled"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)


class Fetched:
    """Fetches files as a browser does, each once, and knows what they weigh as sent."""

    def __init__(self) -> None:
        self._browser = Browser()
        self._known: dict[str, tuple[int, set[str]]] = {}

    def weight(self, page: str, text: str) -> int:
        """The bytes of everything that a page brings along."""
        return sum(self._file(path)[0] for path in self._all(self._brought(page, text)))

    def _all(self, paths: set[str]) -> set[str]:
        inner = {one for path in paths for one in self._file(path)[1]}
        return paths | inner

    def _brought(self, page: str, text: str) -> set[str]:
        tags = [one for one in _BROUGHT.finditer(text) if not _NOT_FETCHED.search(one[0])]
        return {urljoin(page, one[1]) for one in tags}

    def _file(self, path: str) -> tuple[int, set[str]]:
        if path not in self._known:
            answer = self._browser.get(path, headers=HEADERS)
            assert answer.status_code == 200, path
            assert "immutable" in answer.headers["Cache-Control"], f"{path} is fetched each time"
            sent = b"".join(answer) if answer.streaming else answer.content
            self._known[path] = len(sent), set(self._within(path)) if ".css" in path else set()
        return self._known[path]

    def _within(self, path: str) -> Iterator[str]:
        plain = self._browser.get(path)
        text = b"".join(plain).decode() if plain.streaming else plain.content.decode()
        for found in _IN_SHEET.findall(text):
            if not found.startswith("data:"):
                yield posixpath.normpath(urljoin(path, found))


def test_no_page_is_too_heavy_with_thirty_rows_of_everything(world: Scene, collected: None) -> None:
    one_of_everything(world)
    tenancy.enter([world.organiser.pk], None)
    for grow in ALL.values():
        grow(world)
    fetched = Fetched()
    heavy: dict[str, tuple[int, int]] = {}
    pages = 0
    for view in views(world):
        answer = view.open(headers=HEADERS)
        if not is_page(answer):
            continue
        assert answer.headers["Content-Encoding"] == "gzip", view.path
        again = len(answer.content)
        first = again + fetched.weight(view.path, gzip.decompress(answer.content).decode())
        pages += 1
        if again > MOST_AFTER or first > MOST_FIRST:
            heavy[view.path] = first, again
    assert heavy == {}
    assert pages > 140
