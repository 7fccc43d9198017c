"""The guard of the past: no day before today may read differently after a load. Pure.

Rows can be split, ended or prolonged as one likes; what counts is what held on each day that has
already been.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from valinta.shared.periods import Period

Says = Mapping[str, Any]
Said = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What holds about something for a period. The values are compared; None says nothing."""

    name: str
    period: Period
    says: Says


@dataclass(frozen=True, slots=True)
class PastChange:
    """A fact about days that have been, which would be altered, removed or put in.

    `was` and `would_be` are in words; an empty one means that nothing held or would hold. No period
    means ever since the first load. `had` and `would_have` are the same as names and values.
    """

    where: str
    period: Period | None
    was: str
    would_be: str
    mend: str
    had: Said | None = None
    would_have: Said | None = None

    def __str__(self) -> str:
        when = f", {self.period}" if self.period else ""
        return (
            f"{self.where}{when}: was {self.was or 'not there'},"
            f" would be {self.would_be or 'not there'}. To mend: {self.mend}."
        )


class PastWouldChange(ValueError):
    """Loading the pack would change what held on days before today; each fact is in `changes`."""

    def __init__(self, programme: str, changes: Sequence[PastChange]) -> None:
        self.programme = programme
        self.changes = tuple(changes)
        super().__init__(
            f"The programme {programme} was not loaded, because the past would change:\n"
            + "\n".join(f"- {change}" for change in self.changes)
        )

    def __reduce__(self) -> tuple[type[PastWouldChange], tuple[str, tuple[PastChange, ...]]]:
        """Keeps the changes when the error crosses a process border."""
        return type(self), (self.programme, self.changes)


def past_changes(old: Iterable[Fact], new: Iterable[Fact], today: date) -> list[PastChange]:
    """Every difference between the two on days before today, in the order of names and days.

    Facts of one name must not overlap among the old, nor among the new.
    """
    before, after = _by_name(old), _by_name(new)
    return [
        change
        for name in sorted(before.keys() | after.keys())
        for change in _joined(_differences(name, before[name], after[name], today))
    ]


def _by_name(facts: Iterable[Fact]) -> defaultdict[str, list[Fact]]:
    named: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        named[fact.name].append(fact)
    return named


def _differences(
    name: str, before: Sequence[Fact], after: Sequence[Fact], today: date
) -> Iterator[tuple[Period, PastChange]]:
    for part in stretches((*before, *after), until=today):
        was, would_be = _said(before, part), _said(after, part)
        if was is None or would_be is None:
            if was != would_be:
                yield part, _change(name, was, would_be, today)
            continue
        for leaf in sorted(was.keys() | would_be.keys()):
            one = {leaf: was[leaf]} if leaf in was else None
            other = {leaf: would_be[leaf]} if leaf in would_be else None
            if one != other:
                yield part, _change(name, one, other, today)


def stretches(facts: Iterable[Fact], until: date | None = None) -> list[Period]:
    """The days that some fact is about, cut wherever one starts or ends; before `until` only."""
    periods = [fact.period for fact in facts]
    edges = {day for one in periods for day in (one.starts_on, one.ends_on) if day}
    if until is not None:
        edges = {day for day in edges if day < until} | ({until} if edges else set())
    ordered = sorted(edges)
    cut = [Period(start, end) for start, end in zip(ordered, ordered[1:], strict=False)]
    if until is None and ordered and any(one.is_open for one in periods):
        cut.append(Period(ordered[-1]))
    return [part for part in cut if any(one.covers(part) for one in periods)]


def _said(facts: Sequence[Fact], part: Period) -> Says | None:
    return next((fact.says for fact in facts if fact.period.covers(part)), None)


def _change(name: str, was: Says | None, would_be: Says | None, today: date) -> PastChange:
    if was is None:
        mend = f"let it start on {today} or later"
    elif would_be is None:
        mend = f"put it back as it was, and end it on {today} or later"
    else:
        mend = f"put it back as it was until {today} or later, and let the new one start then"
    words = in_words(was), in_words(would_be)
    return PastChange(name, None, *words, mend, said(was), said(would_be))


def said(says: Says | None) -> Said | None:
    """The values by name, lists as text, to be kept where nothing may change."""
    if says is None:
        return None
    return tuple(
        (leaf, str(value) if isinstance(value, list | dict) else value)
        for leaf, value in says.items()
    )


def _joined(changes: Iterable[tuple[Period, PastChange]]) -> list[PastChange]:
    """Each change once for the days it is about: stretches that touch are one."""
    parts: dict[PastChange, list[Period]] = {}
    for part, change in changes:
        held = parts.setdefault(change, [])
        if held and held[-1].ends_on == part.starts_on:
            held[-1] = Period(held[-1].starts_on, part.ends_on)
        else:
            held.append(part)
    return [replace(change, period=one) for change, held in parts.items() for one in held]


def in_words(says: Says | None) -> str:
    """The values in words; cents as euros, shares (hundredths of a per cent) as per cent."""
    if says is None:
        return ""
    return ", ".join(f"{leaf} {_figure(leaf, value)}" for leaf, value in says.items()) or "there"


def _figure(leaf: str, value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        if "cents" in leaf:
            return f"{value // 100}.{value % 100:02d} euros"
        if leaf.endswith("share"):
            return f"{value // 100}.{value % 100:02d} per cent"
    return str(value)
