"""A process for tests that does a piece of work and dies by SIGKILL at the point it is told.

`die_at` is the statement to the database, counted from the first of the work, before which the
process kills itself; "sync" kills it when the payment file's bytes are written but the file has
not got its name yet. None lets it live.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (
    "import django; django.setup();"
    "from tests.races.killable import main; main()"
)  # fmt: skip


def run_and_die(work: str, die_at: int | str | None, **given: Any) -> bool:
    """Do the work in a process of its own; whether it lived to the end."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, work, json.dumps({"die_at": die_at, **given})],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "valinta.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    if done.returncode == -signal.SIGKILL:
        return False
    assert done.returncode == 0, done.stderr
    return True


def main() -> None:
    """What the process does: arguments are the work's name and its parameters as JSON."""
    from django.db import connection

    from valinta.organisers import tenancy

    given = json.loads(sys.argv[2])
    die_at = given.pop("die_at")
    with tenancy.scope([given["organiser"]]):
        if die_at == "sync":
            os.fsync = lambda file: _die()
            WORKS[sys.argv[1]](**given)
        else:
            with connection.execute_wrapper(_Fuse(die_at)):
                WORKS[sys.argv[1]](**given)


class _Fuse:
    """Counts statements and kills the process before the given one."""

    def __init__(self, die_at: int | None) -> None:
        self._left = die_at

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if self._left is not None:
            self._left -= 1
            if self._left == 0:
                _die()
        return execute(sql, params, many, context)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _report(organiser: int, provider: int, lines: int, order: int, chunk: int, at: str) -> None:
    from valinta.processes.take_in_visits import take_in_visits
    from valinta.programmes.models import Programme
    from valinta.providers.models import Provider
    from valinta.users.actor import system

    take_in_visits(
        programme=Programme.objects.get(),
        provider=Provider.objects.get(pk=provider),
        lines=many_lines(order, lines),
        by=system(organiser),
        at=datetime.fromisoformat(at),
        chunk=chunk,
    )


def _take_in_file(organiser: int, file: int, chunk: int) -> None:
    from valinta.organisers import clock
    from valinta.processes.take_in_file import take_in_some
    from valinta.users.actor import system
    from valinta.visits.files import VisitFile

    found = VisitFile.objects.select_related("programme", "provider", "batch").get(pk=file)
    by, at = system(organiser), clock.moment()
    take_in_some(file=found, by=by, at=at, seconds=600, chunk=chunk)


def many_lines(order: int, count: int) -> list[dict[str, object]]:
    """Lines of a quarter of an hour without times, spread over days of March 2019."""
    return [
        {
            "order": order,
            "reference": f"r-{number:05d}",
            "served_on": date(2019, 3, 15 + number % 5).isoformat(),
            "quantity": "0.25",
            "band": "",
        }
        for number in range(count)
    ]


def _settle(organiser: int, step: str, user: int, at: str, folder: str) -> None:
    from valinta.processes.settle_period import send_payments, settle_period
    from valinta.programmes.models import Programme
    from valinta.settlements.actions import approve_run
    from valinta.settlements.models import Run
    from valinta.users.actor import Actor
    from valinta.users.permissions import Role

    moment = datetime.fromisoformat(at)
    hats = (Role.FINANCE_PREPARER, Role.FINANCE_APPROVER)
    by = Actor(user, frozenset((organiser, hat) for hat in hats))
    if step == "prepare":
        cut_off = date(2019, 4, 1)
        settle_period(programme=Programme.objects.get(), cut_off_on=cut_off, by=by, at=moment)
    elif step == "approve":
        approve_run(run=Run.objects.get(), by=by, at=moment)
    else:
        send_payments(run=Run.objects.get(), folder=Path(folder), by=by, at=moment)


WORKS: dict[str, Callable[..., None]] = {
    "report": _report,
    "settle": _settle,
    "take_in_file": _take_in_file,
}
