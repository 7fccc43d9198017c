"""The demo's site for tools: started on a port of its own, and visited as its people."""

from __future__ import annotations

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.tour import Stop

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 600


class NoSite(RuntimeError):
    """The demo did not start."""


@dataclass
class Visitor:
    """Someone who looks at pages: with the session of a person of the demo, or without one."""

    url: str
    stops: list[Stop]
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def address(self, path: str) -> str:
        """The whole address of a page."""
        return self.url + path

    def cookies(self, language: str) -> str:
        """The cookie header of this visitor, reading in a language."""
        pairs = [f"{one.name}={one.value}" for one in self.jar if one.name != "django_language"]
        return "; ".join([*pairs, f"django_language={language}"])

    def read(self, path: str, language: str) -> str:
        """The page's HTML."""
        request = urllib.request.Request(self.address(path))
        request.add_header("Cookie", self.cookies(language))
        with urllib.request.urlopen(request) as answer:
            return str(answer.read().decode())

    def sign_in(self, user_id: int) -> None:
        """Choose a person on the demo's sign-in page."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        with opener.open(self.address("/sign-in/")) as answer:
            found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())
        if found is None:
            raise NoSite("The sign-in page has no form.")
        form = {"csrfmiddlewaretoken": found[1], "user": str(user_id)}
        opener.open(self.address("/sign-in/demo/"), urllib.parse.urlencode(form).encode()).close()


@dataclass
class Site:
    """A running demo."""

    url: str

    def visitors(self) -> list[Visitor]:
        """A visitor for each portal, with every page of it that can be opened by reading."""
        from tools.examples import people_and_pages

        made = []
        for user_id, stops in people_and_pages():
            visitor = Visitor(self.url, [])
            if user_id is not None:
                visitor.sign_in(user_id)
            visitor.stops = [one for one in stops if self._is_read(visitor, one)]
            made.append(visitor)
        return made

    def _is_read(self, visitor: Visitor, stop: Stop) -> bool:
        request = urllib.request.Request(visitor.address(stop.path))
        request.add_header("Cookie", visitor.cookies("fi"))
        try:
            with urllib.request.urlopen(request) as answer:
                return "text/html" in answer.headers["Content-Type"]
        except urllib.error.HTTPError as error:
            if error.code == 405:
                return False
            raise NoSite(f"{stop.name} at {stop.path} answered {error.code}.") from error


@contextmanager
def demo_site() -> Iterator[Site]:
    """The demo on a free port of this machine, stopped afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "valinta", "demo", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, server)
        yield Site(url)
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(url + "/").close()
            return
        except OSError:
            time.sleep(0.5)
    raise NoSite("The demo did not start; `make demo` tells why.")
