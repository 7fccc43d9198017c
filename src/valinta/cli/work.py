"""`valinta work`: do the jobs that wait, and those that come in. `valinta serve` starts one."""

from __future__ import annotations

import argparse

from valinta.cli import database


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `work`."""
    words = "do the jobs that wait: webhooks, large files, what comes round by the clock"
    parser = commands.add_parser("work", help=words, description=words)
    parser.add_argument("--once", action="store_true", help="end when nothing waits any more")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Work until stopped, or until nothing waits."""
    with database.ready():
        from valinta.jobs.work import work

        work(until_stopped=not given.once)
        return 0
