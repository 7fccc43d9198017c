"""Checks of the licensed instruments whose results are taken in."""

from collections.abc import Iterator

from valinta.programmes.pack.faults import Finding
from valinta.programmes.pack.schema import Pack


def check_results(pack: Pack) -> Iterator[Finding]:
    """Each score has a range."""
    for at, instrument in enumerate(pack.result_instruments):
        for number, score in enumerate(instrument.scores):
            if score.lowest >= score.highest:
                yield Finding(
                    ("result_instruments", at, "scores", number, "highest"),
                    f"the score {score.code!r} goes from {score.lowest} to {score.highest}",
                    "let the highest be higher than the lowest",
                )
