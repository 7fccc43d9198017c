"""What a measurement gives, how it is drawn, and how time is taken."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: our figure, the reference of the same run, their ratio, and the goal for it.

    `least` and `most` are the goal; the ratio is ours divided by the reference's.
    """

    mark: str
    what: str
    ours: str
    reference: str
    ratio: float
    bound: Literal["least", "most"]
    goal: float
    unit: str = "x"

    @property
    def met(self) -> bool:
        """Whether the ratio keeps the goal."""
        return self.ratio >= self.goal if self.bound == "least" else self.ratio <= self.goal

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        sign = ">=" if self.bound == "least" else "<="
        return (
            self.mark,
            self.what,
            self.ours,
            self.reference,
            f"{self.ratio:.2f} {self.unit}",
            f"{sign} {self.goal:g} {self.unit}",
            "met" if self.met else "MISSED",
        )


HEADINGS = ("", "work", "ours", "reference", "ratio", "goal", "")


def drawn(figures: Sequence[Figure]) -> str:
    """The rows as a table of plain text."""
    rows = [HEADINGS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * (sum(widths) + 2 * len(widths)), *lines[1:]])


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def per_second(count: int, seconds: float, what: str = "/s") -> str:
    """A speed as text: 12,300/s."""
    return f"{count / seconds:,.0f}{what}"
