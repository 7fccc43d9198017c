"""`valinta demo`: load the packs, play the demo month, print the table, serve the site."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import date
from pathlib import Path

from valinta.cli import database, serve

# In the order of the table; each is a folder of `programmes`.
PACKS = ("keusote", "kainuu", "kanta-hame", "siun-sote", "osterbotten", "example-county-2026")
# The five programmes were open then; a pack that was not lives in its own phase.
TODAY = date(2019, 3, 15)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `demo`."""
    words = "play a month in every programme with made-up people, and serve it"
    parser = commands.add_parser("demo", help=words, description=words)
    parser.add_argument("--no-serve", action="store_true", help="end after the table")
    parser.add_argument("--port", type=int, default=8000, help="port of the site (8000)")
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=TODAY,
        help="the day people live in (2019-03-15)",
    )
    parser.add_argument(
        "--out", type=Path, default=database.PROJECT / "out", help="folder for files (out)"
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Play what has not been played, print the table, serve. 1 when a ledger does not balance."""
    os.environ["VALINTA_DEMO"] = os.environ["VALINTA_COLLECTED"] = "1"
    started = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - started:6.1f} s  {what}", file=sys.stderr, flush=True)

    tell("database")
    with database.ready():
        from valinta.demo.run import run_demo

        packs = [database.PROJECT / "programmes" / name for name in PACKS]
        shown = run_demo(packs=packs, today=given.today, out=given.out, tell=tell)
        tell("done")
        print(f"\n{shown.table}\n\nPayment files and letters are in {given.out}", flush=True)
        if not shown.balances:
            return 1
        if given.no_serve:
            return 0
        return serve.site(port=given.port)
