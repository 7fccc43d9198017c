"""The demo's site for tools: started on a port of its own, and visited as its people."""

from __future__ import annotations

import hashlib
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
from typing import TYPE_CHECKING, Any

from tests import databases
from tests.embedded import FOLDER, SharedServer
from valinta.cli import database

if TYPE_CHECKING:  # it needs Django, which is there once the database is
    from tests.tour import Stop

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "var" / "site"  # the letters and payment files of this demo
LOG = OUT / "demo.log"
PATIENCE = 300


class NoSite(RuntimeError):
    """The demo did not start, or a page of it did not answer."""


@dataclass
class Visitor:
    """Someone who looks at pages: with the session of a person of the demo, or without one."""

    url: str
    user_id: int | None = None
    stops: list[Stop] = field(default_factory=list)
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def address(self, path: str) -> str:
        """The whole address of a page."""
        return self.url + path

    def pairs(self, **others: str) -> dict[str, str]:
        """The cookies of this visitor by name, together with others."""
        return {one.name: one.value or "" for one in self.jar} | others

    def cookies(self, language: str) -> str:
        """The cookie header of this visitor, reading in a language."""
        pairs = self.pairs(django_language=language)
        return "; ".join(f"{name}={value}" for name, value in pairs.items())

    def read(self, path: str, language: str) -> str:
        """The page's HTML."""
        with self._opened(path, language) as answer:
            return str(answer.read().decode())

    def reads(self, stop: Stop) -> bool:
        """Whether the stop is a page to read: not a file, nor something to do. Raises NoSite."""
        try:
            with self._opened(stop.path, "fi") as answer:
                return "text/html" in answer.headers["Content-Type"]
        except urllib.error.HTTPError as error:
            if error.code == 405:
                return False
            raise NoSite(f"{stop.name} at {stop.path} answered {error.code}.") from error

    def sign_in(self, user_id: int) -> None:
        """Choose a person on the demo's sign-in page."""
        self.user_id = user_id
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        with opener.open(self.address("/sign-in/")) as answer:
            found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())
        if found is None:
            raise NoSite("The sign-in page has no form.")
        form = {"csrfmiddlewaretoken": found[1], "user": str(user_id)}
        opener.open(self.address("/sign-in/demo/"), urllib.parse.urlencode(form).encode()).close()

    def _opened(self, path: str, language: str) -> Any:
        """The answer. A server that is busy may hang up; it is asked once more."""
        try:
            return urllib.request.urlopen(self._request(path, language))
        except ConnectionError:
            time.sleep(1)
        try:
            return urllib.request.urlopen(self._request(path, language))
        except ConnectionError as error:
            raise NoSite(f"The site hung up twice when it was asked for {path}.") from error

    def _request(self, path: str, language: str) -> urllib.request.Request:
        return urllib.request.Request(
            self.address(path), headers={"Cookie": self.cookies(language)}
        )


@dataclass(frozen=True)
class Site:
    """A running demo."""

    url: str

    def visitor(self, user_id: int | None = None) -> Visitor:
        """Someone of the demo, or nobody in particular."""
        visitor = Visitor(self.url)
        if user_id is not None:
            visitor.sign_in(user_id)
        return visitor

    def visitors(self) -> list[Visitor]:
        """A visitor for each person of the tour, with every page that is there to read."""
        from tools.examples import people_and_pages

        made = []
        for user_id, stops in people_and_pages():
            visitor = self.visitor(user_id)
            visitor.stops = [one for one in stops if visitor.reads(one)]
            made.append(visitor)
        return made


@contextmanager
def demo_site() -> Iterator[Site]:
    """The demo as it is after the first `make demo`, served on a free port and stopped afterwards.

    It has a database of its own on the tests' server, so it neither sees nor changes what people
    did in theirs. Django is set up on it. Raises NoSite.
    """
    server = SharedServer(FOLDER)
    url = server.start()
    try:
        with databases.copied(url, databases.template(url, _key(), _play)) as own:
            os.environ["DATABASE_URL"] = own
            with database.ready(), _served(own) as site:
                yield site
    finally:
        server.stop()


def _key() -> str:
    """A key that changes with all that the demo is made of; pages are not."""
    digest = hashlib.sha256()
    pages = {"web", "cli"}
    made = [path for path in (ROOT / "programmes").rglob("*.yaml") if path.is_file()]
    for path in sorted([*made, *(ROOT / "src" / "valinta").rglob("*.py")]):
        if not pages.intersection(path.relative_to(ROOT).parts):
            digest.update(path.read_bytes())
    return f"{databases.migrations_key()}_demo_{digest.hexdigest()[:12]}"


def _play(url: str) -> None:
    """Play the demo into an empty database."""
    print("Playing the demo, a few minutes ...", file=sys.stderr, flush=True)
    if _valinta(url, "--no-serve").wait() != 0:
        raise NoSite(f"The demo cannot be played; {LOG.relative_to(ROOT)} tells why.")


def _valinta(url: str, *options: str) -> subprocess.Popen[bytes]:
    OUT.mkdir(parents=True, exist_ok=True)
    with LOG.open("w") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "valinta", "demo", "--out", str(OUT), *options],
            cwd=ROOT,
            stdout=log,
            stderr=log,
            env={**os.environ, "DATABASE_URL": url},
        )


@contextmanager
def _served(database_url: str) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = _valinta(database_url, "--port", str(port))
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
    raise NoSite(f"The demo did not start; {LOG.relative_to(ROOT)} tells why.")
