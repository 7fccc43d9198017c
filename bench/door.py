"""S13, S14, S15: one large file through the door: speed against COPY, growth within it, memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from bench.figures import Figure, per_second
from bench.growth import MEMORY_MEGABYTES
from bench.intake import NotTaken, copied
from bench.memory import watched
from bench.volume import Volume, lines
from bench.world import REPORTED_AT, World
from valinta.catalogue.models import Price
from valinta.processes.hand_in_file import hand_in_file
from valinta.processes.take_in_file import take_in_some
from valinta.providers.models import Provider
from valinta.visits.file_lines import COLUMNS
from valinta.visits.files import VisitFile

_ROWS = 5_000


def measure(
    world: World, volume: Volume, provider: Provider, tell: Callable[[str], None]
) -> list[Figure]:
    """Hand in the provider's lines as one CSV file, and take it in as the job does."""
    with watched() as peak:
        started = time.perf_counter()
        file = hand_in_file(
            programme=world.programme,
            provider=provider,
            name="bench.csv",
            content=_table(volume.orders[provider.pk], _band(provider)),
            by=world.clerk,
            at=REPORTED_AT,
        )
        kept = time.perf_counter() - started
        tell(f"kept {file.lines:,} lines in {kept:.1f} s")
        turns = _turns(world, file)
    file = VisitFile.objects.select_related("batch").get(pk=file.pk)
    count, seconds = file.lines_done, kept + sum(turns)
    if file.batch.taken != count:
        raise NotTaken(f"Of {count} lines of the file {file.batch.taken} were taken.")
    reference = copied(world, provider, count)
    half = len(turns) // 2
    first, second = sum(turns[:half]) / half, sum(turns[-half:]) / half
    return [
        Figure(
            "S13",
            f"a file of {count:,} lines, kept and taken in, against COPY",
            per_second(count, seconds),
            per_second(count, reference),
            reference / seconds,
            "least",
            0.35,
        ),
        Figure(
            "S14",
            "the second half of the file against its first",
            f"{second:.2f} s a chunk",
            f"{first:.2f} s a chunk",
            second / first,
            "most",
            1.3,
            "x time",
        ),
        Figure(
            "S15",
            f"memory of the process while a file of {count:,} lines is taken in",
            f"{peak.most:.0f} MB at most",
            f"{peak.before:.0f} MB before",
            peak.most,
            "most",
            MEMORY_MEGABYTES,
            "MB",
        ),
    ]


def _turns(world: World, file: VisitFile) -> list[float]:
    """Seconds of each chunk, the place in the file found anew for every one of them."""
    turns: list[float] = []
    while True:
        started = time.perf_counter()
        found = VisitFile.objects.select_related("programme", "provider", "batch").get(pk=file.pk)
        done = take_in_some(file=found, by=world.clerk, at=REPORTED_AT, seconds=-1)
        turns.append(time.perf_counter() - started)
        if done:
            return turns


def _band(provider: Provider) -> str:
    """The band whose price the orders were placed at."""
    prices = Price.objects.filter(offer__approval__provider=provider)
    return prices.order_by("band_id").values_list("band__code", flat=True)[0]


def _table(orders: list[int], band: str) -> Iterator[bytes]:
    """The provider's lines as pieces of a CSV file."""
    part = [";".join(COLUMNS)]
    for line in lines(orders):
        line["band"] = band
        part.append(";".join(str(line.get(one, "")) for one in COLUMNS))
        if len(part) == _ROWS:
            yield ("\n".join(part) + "\n").encode()
            part = []
    yield "\n".join(part).encode()
