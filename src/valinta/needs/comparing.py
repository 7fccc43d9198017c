"""Two assessments side by side: what has grown, what has fallen, what is new or no longer. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Turn(StrEnum):
    """How a need has changed from one assessment to the next."""

    GROWN = "grown"
    FALLEN = "fallen"
    SAME = "same"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Compared:
    """One service in two assessments: hundredths of its unit or points; None where not needed."""

    service: str
    before: int | None
    now: int | None

    @property
    def turn(self) -> Turn:
        """What has become of the need."""
        if self.before is None:
            return Turn.NEW
        if self.now is None:
            return Turn.GONE
        if self.now == self.before:
            return Turn.SAME
        return Turn.GROWN if self.now > self.before else Turn.FALLEN

    @property
    def change(self) -> int:
        """By how much, in hundredths or points; never negative."""
        return abs((self.now or 0) - (self.before or 0))


def compare(before: Mapping[str, int], now: Mapping[str, int]) -> list[Compared]:
    """Every service of either assessment, those of the newer one first."""
    codes = dict.fromkeys([*now, *before])
    return [Compared(code, before.get(code), now.get(code)) for code in codes]


def fresh(before: Iterable[str], now: Iterable[str]) -> list[str]:
    """Those of `now` that were not there before, in their order."""
    had = set(before)
    return [one for one in now if one not in had]
