"""Many at once: threads that start together, each with a connection of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from valinta.organisers import tenancy

TIMEOUT = 60


def all_at_once(organiser_id: int, jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do the jobs at the same time; what each returned or raised, in the order of the jobs."""
    together = threading.Barrier(len(jobs), timeout=TIMEOUT)
    results: list[Any] = [None] * len(jobs)

    def work(place: int) -> None:
        try:
            with tenancy.scope([organiser_id]):
                together.wait()
                results[place] = jobs[place]()
        except Exception as error:  # what was raised is the result, and the test judges it
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT)
    alive = sum(thread.is_alive() for thread in threads)
    assert not alive, f"{alive} of {len(threads)} still work after {TIMEOUT} seconds"
    return results


def kinds(results: Sequence[Any]) -> dict[str, int]:
    """How many results of which type, by its name."""
    counted: dict[str, int] = {}
    for result in results:
        name = type(result).__name__
        counted[name] = counted.get(name, 0) + 1
    return counted


def wait_until_someone_waits() -> None:
    """Return when another connection to this database waits for a lock that a third one holds."""
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                " WHERE NOT l.granted AND a.datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waited for a lock")
