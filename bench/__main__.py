"""`make bench`: measure everything side by side on a durable database and print one table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.figures import Figure, drawn
from bench.server import fresh_database

if TYPE_CHECKING:
    from bench.world import World

FIRST_FILES = 4
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done: orders placed, rounds of posting, files and their orders; and how many
    there are of what pages are opened among.
    """

    orders: int
    rounds: int
    race: int
    large_files: int
    large_orders: int
    small_files: int
    small_orders: int
    people: int
    providers: int
    clients: int
    visits: int
    door_orders: int

    def orders_of_files(self) -> list[int]:
        """How many orders each provider has: a few small files first, the large, all the others,
        and that of the one that goes through the door whole.
        """
        return [
            *[self.small_orders] * FIRST_FILES,
            *[self.large_orders] * self.large_files,
            *[self.small_orders] * self.small_files,
            self.door_orders,
        ]


FULL = Size(1_000, 30, 25, 2, 4_000, 80, 400, 1_000_000, 10_000, 10_000, 1_000_000, 40_000)
QUICK = Size(250, 5, 5, 1, 800, 10, 400, 100_000, 1_000, 1_000, 50_000, 2_400)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; the exit code is 0 when it could be measured, goals met or not."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="ten times smaller, for trying")
    parser.add_argument("--pages", action="store_true", help="only the pages and the tray")
    given = parser.parse_args(arguments)
    size = QUICK if given.quick else FULL
    started = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - started:6.1f} s  {what}", file=sys.stderr, flush=True)

    tell("starting the database")
    with fresh_database() as url:
        figures, pages = _measure(url, size, tell, only_pages=given.pages)
    figures.sort(key=lambda figure: int(figure.mark[1:]))
    print(f"\n{platform.machine()}, {os.cpu_count()} processors; fsync and synchronous commit on\n")
    print(f"{drawn(figures)}\n\n{pages}")
    missed = [figure for figure in figures if not figure.met]
    print(f"\n{len(figures) - len(missed)} of {len(figures)} goals met.")
    return 0


def _measure(url: str, size: Size, tell: Tell, *, only_pages: bool) -> tuple[list[Figure], str]:
    """The figures, and the table of the pages."""
    # These read the settings, which want the database's URL first.
    from bench import pages, rules, tray, world

    tell("making the world")
    here = world.build(url)
    figures = [] if only_pages else _measure_work(here, size, tell)
    tell("the tray")
    figures += tray.measure(here, size.providers)
    tell(f"{size.clients:,} clients and {size.visits:,} visits around the demo")
    pages.people(url, size.clients, size.visits)
    tell("pages")
    found = pages.measure()
    figures += found.figures(f"{size.clients:,} clients: ")
    if not only_pages:
        tell("rules")
        figures += rules.measure(size.people)
    return figures, found.table()


def _measure_work(here: World, size: Size, tell: Tell) -> list[Figure]:
    """Everything but pages and rules, in the world as it grows."""
    from bench import api, contention, door, growth, intake, orders, postings, volume

    enrolments = volume.copy_clients(here, sum(size.orders_of_files()) + 1)
    providers = volume.copy_providers(here, len(size.orders_of_files()))
    tell("ledger.post")
    figures = postings.measure(here, size.rounds)
    tell("orders")
    figures += orders.measure(here, enrolments[:-1], size.orders)
    tell("32 connections")
    figures += contention.measure(here, enrolments[-1], size.race)
    tell("the first visits")
    many = volume.copy_orders(here, providers, size.orders_of_files())
    begins, ends = FIRST_FILES, FIRST_FILES + size.large_files
    before = growth.small(here, many, providers[:begins])
    tell("files of visits")
    figures += intake.measure(here, many, providers[begins:ends])
    tell("visits by the API")
    figures += api.measure(here, many, *providers[-3:-1])
    tell("many visits")
    waiting = size.large_files * size.large_orders * volume.VISITS_PER_ORDER
    waiting += 2 * size.small_orders * volume.VISITS_PER_ORDER
    figures += growth.large(here, many, providers[ends:-3], waiting, before, tell)
    tell("a large file through the door")
    figures += door.measure(here, many, providers[-1], tell)
    tell("verifying the books")
    _books()
    return figures


def _books() -> None:
    from valinta.processes.verify_books import verify_books

    findings = verify_books()
    if findings:
        raise AssertionError(f"The books do not balance after the measuring: {findings}")


if __name__ == "__main__":
    sys.exit(main())
