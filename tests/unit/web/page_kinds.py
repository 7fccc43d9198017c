"""The table of the things that pages list, each with the work that makes twenty-nine more of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.unit.web.rows import Scene

MORE = 29
Grow = Callable[[Scene], None]
GROWTH: dict[str, Grow] = {}


def grows(work: Grow) -> Grow:
    """Keep it in the table under its own name."""
    GROWTH[work.__name__] = work
    return work


def months_from(first: date) -> list[date]:
    return [first + timedelta(days=30 * n) for n in range(MORE + 2)]
