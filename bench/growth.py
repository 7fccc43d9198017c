"""S6, S7, S8: from ten thousand visits to a million: settlement, cost per visit, and memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bench.figures import Figure, per_second, timed
from bench.memory import Peak, watched
from bench.settling import bare_seconds, seconds_to_settle
from bench.volume import VISITS_PER_ORDER, Volume, lines, owner
from bench.world import REPORTED_AT, SETTLED_AT, World
from valinta.processes.take_in_visits import take_in_visits
from valinta.providers.models import Provider
from valinta.settlements.models import Run

MEMORY_MEGABYTES = 300.0


@dataclass(frozen=True, slots=True)
class Small:
    """Seconds per visit when there was little in the tables."""

    taking: float
    settling: float


def small(world: World, volume: Volume, providers: Sequence[Provider]) -> Small:
    """Take in the files of the first providers, and settle them."""
    count = sum(_visits(volume, one) for one in providers)
    _stream(world, volume, providers[0])
    taking = timed(lambda: [_stream(world, volume, one) for one in providers[1:]])
    settling = seconds_to_settle(world, count, SETTLED_AT)
    return Small(taking / (count - _visits(volume, providers[0])), settling / count)


def large(
    world: World,
    volume: Volume,
    providers: Sequence[Provider],
    there: int,
    before: Small,
    tell: Callable[[str], None],
) -> list[Figure]:
    """Take in the rest up to the million and settle it; `there` visits wait to be settled."""
    last = providers[-max(len(providers) // 10, 2) :]
    with watched() as while_taking:
        for one in providers[: -len(last)]:
            _stream(world, volume, one)
        taking = timed(lambda: [_stream(world, volume, one) for one in last])
    per_visit = taking / sum(_visits(volume, one) for one in last)
    total = there + sum(_visits(volume, one) for one in providers)
    tell(f"settling {total:,} visits")
    with owner(world) as connection:
        connection.execute("VACUUM ANALYZE visits_visit")
    newest = Run.objects.order_by("-pk").values_list("pk", flat=True)[0]
    reference = bare_seconds(world, newest)
    with watched() as while_settling:
        settling = seconds_to_settle(world, total, SETTLED_AT + timedelta(days=1))
    return [
        Figure(
            "S6",
            f"settle {total:,} visits to the payment file, against bare sets",
            f"{settling:.1f} s, {per_second(total, settling)}",
            f"{reference:.1f} s, {per_second(total, reference)}",
            settling / reference,
            "most",
            2.0,
            "x time",
        ),
        _growth("take-in", per_visit, before.taking, total),
        _growth("settlement", settling / total, before.settling, total),
        _memory(f"taking in {total - there:,} visits", while_taking),
        _memory(f"settling {total:,} visits", while_settling),
    ]


def _growth(what: str, now: float, then: float, total: int) -> Figure:
    return Figure(
        "S7",
        f"{what}: cost per visit among {total:,} against the first",
        f"{now * 1e6:.1f} us a visit",
        f"{then * 1e6:.1f} us a visit",
        now / then,
        "most",
        1.3,
        "x cost",
    )


def _memory(what: str, peak: Peak) -> Figure:
    return Figure(
        "S8",
        f"memory of the process while {what}",
        f"{peak.most:.0f} MB at most",
        f"{peak.before:.0f} MB before",
        peak.most,
        "most",
        MEMORY_MEGABYTES,
        "MB",
    )


def _visits(volume: Volume, provider: Provider) -> int:
    return len(volume.orders[provider.pk]) * VISITS_PER_ORDER


def _stream(world: World, volume: Volume, provider: Provider) -> None:
    """A file that is read and answered as it goes, kept nowhere whole."""
    take_in_visits(
        programme=world.programme,
        provider=provider,
        lines=lines(volume.orders[provider.pk]),
        by=world.clerk,
        at=REPORTED_AT,
        door="file",
        on_answers=lambda answers: None,
    )
