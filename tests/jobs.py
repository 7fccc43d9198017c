"""Jobs in tests: what was deferred, and doing it in the test's own transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from valinta.jobs.work import do


@dataclass(frozen=True)
class Waiting:
    """A job that waits in the queue."""

    number: int
    name: str
    facts: dict[str, Any]
    not_before: datetime | None


def waiting(name: str = "") -> list[Waiting]:
    """The jobs that wait, the first first; of one name, if one is given."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args::text, scheduled_at FROM procrastinate_jobs"
            " WHERE status = 'todo' AND %s IN ('', task_name) ORDER BY id",
            [name],
        )
        return [Waiting(one, what, json.loads(args), at) for one, what, args, at in cursor]


def do_waiting(name: str = "", *, early: bool = True) -> int:
    """Do what waits now, once, as the worker would; `early` does not wait for its time either."""
    jobs = [one for one in waiting(name) if early or one.not_before is None]
    for one in jobs:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [one.number])
        facts = dict(one.facts)
        do(one.name, facts.pop("organiser_id"), facts)
    return len(jobs)
