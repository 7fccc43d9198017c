"""S9: every page of the tour, among thousands of clients and visits: what the server takes for it.

A page that a later portal adds to the table of routes is gone round to by itself.
"""

from __future__ import annotations

import logging
import math
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse

from bench import crowd, one_row
from bench.figures import Figure, timed
from tools.examples import PROGRAMME, people_and_pages
from valinta.clients.models import Client
from valinta.demo.month import moment
from valinta.demo.play import play
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.processes.load_programme import load_pack
from valinta.programmes.pack.reader import read_pack
from valinta.users.models import User
from valinta.users.permissions import Role

PACKS = Path(__file__).resolve().parents[1] / "programmes"
TODAY = date(2019, 3, 15)
PAGE_MS, OF_ONE_ROW, PAGE_BYTES = 50, 0.4, 20_000
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Timed:
    """A page: its name, what the server took for it each time, its queries and its bytes sent."""

    name: str
    seconds: list[float]
    queries: int
    sent: int

    def ms(self, share: float) -> float:
        """How many milliseconds this share of the times does not exceed."""
        place = math.ceil(len(self.seconds) * share) - 1
        return sorted(self.seconds)[place] * 1000


@dataclass(frozen=True, slots=True)
class Round:
    """All pages, and the page with one row of the same minutes."""

    pages: list[Timed]
    one: float

    def table(self) -> str:
        """A line for each page, the slowest first."""
        rows = sorted(self.pages, key=lambda page: -page.ms(0.95))
        width = max(len(page.name) for page in rows)
        lines = [
            f"{page.name:{width}}  {page.ms(0.5):7.1f}  {page.ms(0.95):7.1f}  {page.queries:7}"
            f"  {page.sent / 1000:6.1f}  {self._of_one(page):10.2f}  {self._verdict(page)}"
            for page in rows
        ]
        head = f"{'page':{width}}   p50 ms   p95 ms  queries  kB sent  x one row  p95 <= {PAGE_MS}"
        return "\n".join([head, "-" * len(head), *lines])

    def figures(self, what: str) -> list[Figure]:
        """The slowest page, the heaviest, and the median page beside the page with one row."""
        slow = max(self.pages, key=lambda page: page.ms(0.95))
        heavy = max(self.pages, key=lambda page: page.sent)
        far = min(self.pages, key=self._of_one)
        middle = sorted(self.pages, key=self._of_one)[len(self.pages) // 2]
        most, ms = heavy.sent / 1000, slow.ms(0.95)
        count = f"{len(self.pages)} pages, "
        return [
            Figure(
                "S9",
                f"{what}{count}slowest by p95: {slow.name}",
                f"{ms:.1f} ms",
                f"{PAGE_MS} ms",
                ms / PAGE_MS,
                "most",
                1,
            ),
            Figure(
                "S9",
                f"{what}{count}heaviest, compressed: {heavy.name}",
                f"{most:.1f} kB",
                f"{PAGE_BYTES // 1000} kB",
                heavy.sent / PAGE_BYTES,
                "most",
                1,
            ),
            self._beside(f"{what}{count}the one in the middle: {middle.name}", middle),
            self._beside(f"{what}{count}the farthest from one row: {far.name}", far),
        ]

    def _beside(self, what: str, page: Timed) -> Figure:
        ours, theirs = f"{1e3 / page.ms(0.5):,.0f}/s", f"{1 / self.one:,.0f}/s of one row"
        return Figure("S9", what, ours, theirs, self._of_one(page), "least", OF_ONE_ROW)

    def _of_one(self, page: Timed) -> float:
        return self.one * 1e3 / page.ms(0.5)

    def _verdict(self, page: Timed) -> str:
        return "met" if page.ms(0.95) <= PAGE_MS else "MISSED"


def people(url: str, clients: int, visits: int) -> None:
    """Play the demo's programme, and put it among so many clients and visits."""
    pack = read_pack(PACKS / PROGRAMME)
    programme = load_pack(pack=pack, at=moment(TODAY, 8)).programme
    with tenancy.scope([programme.organiser_id]), TemporaryDirectory() as folder:
        play(programme, TODAY, 9, Path(folder), lambda what: None)
        managers = programme.organiser.holding_set.filter(role=Role.CASE_MANAGER).order_by("pk")
        crowd.gather(url, programme, managers[0].user_id, clients, visits)


def measure() -> Round:
    """Go round the tour, page after page, so that what else the machine does meets all of them."""
    # Pages that only take forms say so in the log; here that is no news.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    with tenancy.scope([]), override_settings(DEMO=True):
        views = [
            _View(stop.name, stop.path, user_id)
            for user_id, stops in people_and_pages()
            for stop in stops
        ]
        views += _of_case_managers()
        pages = [view for view in views if view.is_page()]
        seconds: list[list[float]] = [[] for _ in pages]
        one: list[float] = []
        for _ in range(ROUNDS):
            for view, own in zip(pages, seconds, strict=True):
                own.append(timed(view.open))
            one += _one_row(5)
        timings = [
            Timed(view.name, own, view.queries(), view.sent)
            for view, own in zip(pages, seconds, strict=True)
        ]
    return Round(timings, statistics.median(one))


def _of_case_managers() -> Iterator[_View]:
    """The work list with a hundred clients and with all, and searches as they are sent."""
    with tenancy.scope(list(Organiser.objects.values_list("pk", flat=True))):
        organiser = Organiser.objects.get(programme__code=PROGRAMME)
        held = organiser.holding_set.filter(role=Role.CASE_MANAGER).order_by("pk")
        reader = held[0].user_id
        own = Client.objects.filter(case_manager_id=reader).order_by("pk")[0]
    work, search = reverse("casework:work"), reverse("casework:search")
    for name, path, sent in (
        ("casework:work (mine)", f"{work}?whose=mine", None),
        ("casework:work (all)", f"{work}?whose=all", None),
        ("casework:work (all, drafts)", f"{work}?whose=all&kind=signature", None),
        ("casework:work (all, counted)", f"{work}?whose=all&numbers=1", None),
        ("casework:search (name)", search, {"words": own.family_name}),
        ("casework:search (code)", search, {"words": own.identity_code}),
    ):
        yield _View(name, path, reader, sent)


class _View:
    """A page as its reader opens it, in this process; with `sent`, a form that they send."""

    def __init__(
        self, name: str, path: str, user_id: int | None, sent: Mapping[str, str] | None = None
    ) -> None:
        self.name, self._path, self.sent, self._form = name, path, 0, sent
        self._browser = Browser(headers={"accept-encoding": "gzip"})
        if user_id is not None:
            self._browser.force_login(User.objects.get(pk=user_id))

    def open(self) -> Any:
        if self._form is not None:
            return self._browser.post(self._path, self._form)
        return self._browser.get(self._path)

    def is_page(self) -> bool:
        """Whether reading it gives a page. Opened twice: the first time may keep something."""
        answer = self.open()
        if answer.status_code in (302, 405):
            return False
        if answer.status_code != 200:
            raise AssertionError(f"{self.name} at {self._path} answered {answer.status_code}.")
        if "text/html" not in answer.headers["Content-Type"]:
            return False
        self.sent = len(self.open().content)
        return True

    def queries(self) -> int:
        """How many times the page asks the database."""
        count = 0

        def counted(execute: Callable[..., object], *args: object) -> object:
            nonlocal count
            count += 1
            return execute(*args)

        with connection.execute_wrapper(counted):
            self.open()
        return count


def _one_row(times: int) -> Sequence[float]:
    with override_settings(ROOT_URLCONF="bench.one_row", MIDDLEWARE=one_row.MIDDLEWARE):
        browser = Browser()
        browser.get("/")
        return [timed(lambda: browser.get("/")) for _ in range(times)]
