"""S4 and S5: a file of visits through the door, against COPY of the same rows; the same again."""

from __future__ import annotations

import time
from collections.abc import Sequence

import psycopg

from bench.copies import twin
from bench.figures import Figure, per_second, timed
from bench.volume import Volume, lines, owner
from bench.world import REPORTED_AT, World
from valinta.processes.take_in_visits import Taken, take_in_visits
from valinta.providers.models import Provider


class NotTaken(AssertionError):
    """Lines that should have been taken were not; no figure counts then."""


def take_in(world: World, provider: Provider, given: Sequence[dict[str, object]]) -> Taken:
    """Take in a file of one provider as the file door does, answers kept."""
    return take_in_visits(
        programme=world.programme,
        provider=provider,
        lines=given,
        by=world.clerk,
        at=REPORTED_AT,
        door="file",
    )


def measure(world: World, volume: Volume, providers: Sequence[Provider]) -> list[Figure]:
    """Take in each provider's file, COPY the same rows, and take in the same file again."""
    first = again = reference = 0.0
    count = 0
    for provider in providers:
        given = list(lines(volume.orders[provider.pk]))
        once, seconds = _timed(world, provider, given)
        first += seconds
        twice, seconds = _timed(world, provider, given)
        again += seconds
        if once.counts.taken != len(given) or twice.counts.repeated != len(given):
            raise NotTaken(f"Of {len(given)} lines: first {once.counts}, again {twice.counts}.")
        reference += copied(world, provider, len(given))
        count += len(given)
    each = count // len(providers)
    return [
        Figure(
            "S4",
            f"take in {each:,} visits with every rule, against COPY",
            per_second(count, first),
            per_second(count, reference),
            reference / first,
            "least",
            0.5,
        ),
        Figure(
            "S5",
            "the same file again, against the first time",
            per_second(count, again),
            per_second(count, first),
            first / again,
            "least",
            3.0,
        ),
    ]


def _timed(
    world: World, provider: Provider, given: Sequence[dict[str, object]]
) -> tuple[Taken, float]:
    started = time.perf_counter()
    taken = take_in(world, provider, given)
    return taken, time.perf_counter() - started


def copied(world: World, provider: Provider, count: int) -> float:
    """Seconds that COPY takes for the provider's rows into a table with the same keys."""
    with owner(world) as connection:
        twin(connection, "visits_visit", "bare_visit")
        rows = _exported(connection, provider)
        taken = timed(lambda: _load(connection, rows))
        row = connection.execute("SELECT count(*) FROM bare_visit").fetchone()
        if row is None or row[0] != count:
            raise NotTaken(f"COPY took {row} of {count} rows.")
        connection.execute("DROP TABLE bare_visit")
    return taken


def _exported(connection: psycopg.Connection, provider: Provider) -> bytes:
    with connection.cursor().copy(
        f"COPY (SELECT * FROM visits_visit WHERE provider_id = {provider.pk} ORDER BY id) TO STDOUT"
    ) as copy:
        return b"".join(bytes(part) for part in copy)


def _load(connection: psycopg.Connection, rows: bytes) -> None:
    with connection.cursor().copy("COPY bare_visit FROM STDIN") as copy:
        copy.write(rows)
