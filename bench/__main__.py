"""`make bench`: measure everything side by side on a durable database and print one table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.figures import Figure, drawn
from bench.server import fresh_database

FIRST_FILES = 4
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done: orders placed, rounds of posting, files and their orders."""

    orders: int
    rounds: int
    race: int
    large_files: int
    large_orders: int
    small_files: int
    small_orders: int
    people: int
    providers: int

    def orders_of_files(self) -> list[int]:
        """How many orders each provider has: a few small files first, the large, all the others."""
        return [
            *[self.small_orders] * FIRST_FILES,
            *[self.large_orders] * self.large_files,
            *[self.small_orders] * self.small_files,
        ]


FULL = Size(1_000, 30, 25, 2, 4_000, 80, 400, 1_000_000, 10_000)
QUICK = Size(250, 5, 5, 1, 800, 10, 400, 100_000, 1_000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; the exit code is 0 when it could be measured, goals met or not."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="ten times smaller, for trying")
    given = parser.parse_args(arguments)
    started = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - started:6.1f} s  {what}", file=sys.stderr, flush=True)

    tell("starting the database")
    with fresh_database() as url:
        figures = _measure(url, QUICK if given.quick else FULL, tell)
    figures.sort(key=lambda figure: int(figure.mark[1:]))
    print(f"\n{platform.machine()}, {os.cpu_count()} processors; fsync and synchronous commit on\n")
    print(drawn(figures))
    missed = [figure for figure in figures if not figure.met]
    print(f"\n{len(figures) - len(missed)} of {len(figures)} goals met.")
    return 0


def _measure(url: str, size: Size, tell: Tell) -> list[Figure]:
    # These read the settings, which want the database's URL first.
    from bench import contention, growth, intake, orders, postings, rules, tray, volume, world

    tell("making the world")
    here = world.build(url)
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
    tell("many visits")
    waiting = size.large_files * size.large_orders * volume.VISITS_PER_ORDER
    figures += growth.large(here, many, providers[ends:], waiting, before, tell)
    tell("verifying the books")
    _books()
    tell("the tray")
    figures += tray.measure(here, size.providers)
    tell("rules")
    return figures + rules.measure(size.people)


def _books() -> None:
    from valinta.processes.verify_books import verify_books

    findings = verify_books()
    if findings:
        raise AssertionError(f"The books do not balance after the measuring: {findings}")


if __name__ == "__main__":
    sys.exit(main())
