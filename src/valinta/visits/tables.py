"""Reported visits as a table from a spreadsheet: columns by their titles, days and times as people
write them, put into the lines that the door reads. Nothing is judged here.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from valinta.visits.lines import FIELDS as NEEDED
from valinta.visits.lines import LOCAL, OPTIONAL
from valinta.visits.sentences import FIELDS as TITLES

COLUMNS = (*NEEDED, *OPTIONAL)
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
# A month's file has few different days and times of the clock: each is read once.
_KEPT = 8_192
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:]00)?")


class TableLine(NamedTuple):
    """A line of the table: the line of the text on which it stands, and what the door reads."""

    number: int
    line: Mapping[str, object]


def titles(language: str) -> list[str]:
    """The titles of the columns, in the order of the template."""
    return [TITLES[one][language] for one in COLUMNS]


def table_lines(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[TableLine]:
    """The lines of a table. Its first row may name the columns, in any language; else they stand
    in the order of the template.

    See `named` for lines without a reference.
    """
    seen: Counter[str] = Counter()
    columns: Sequence[str | None] | None = None
    for number, cells in rows:
        if columns is None:
            columns = columns_of(cells)
            if columns is not None:
                continue
            columns = COLUMNS
        given = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
        yield TableLine(number, named(table_line(given), seen))


def unknown_titles(cells: Sequence[str]) -> list[str]:
    """Titles of a first row that name no column: what stands below them is not read."""
    columns = columns_of(cells)
    if columns is None:
        return []
    return [cell for cell, name in zip(cells, columns, strict=True) if cell and name is None]


def columns_of(cells: Sequence[str]) -> list[str | None] | None:
    """What each cell of a first row names, in any language; None when no cell is a title."""
    known = {one.casefold(): name for name in COLUMNS for one in (name, *TITLES[name].values())}
    found = [known.get(cell.strip().casefold()) for cell in cells]
    return found if any(found) else None


def table_line(given: Mapping[str, str]) -> dict[str, object]:
    """What the door reads of the named cells: days and times as people write them."""
    day = _day(given.get("served_on", ""))
    typed = given.get("ended_at", "")
    starts, ends = _moment(day, given.get("started_at", "")), _moment(day, typed)
    line: dict[str, object] = {**given, "served_on": day}
    line |= {"started_at": starts, "ended_at": _after(starts, ends, typed)}
    return line


def named(line: Mapping[str, object], seen: Counter[str] | None = None) -> Mapping[str, object]:
    """The line; without a reference it gets one that follows from what it says.

    So the same lines sent again are the same visits, in a table or in a file. `seen` counts what
    was named so far: lines that say the very same are then visits of their own. A large file, of
    which only a part is read at a time, has no such count, and there they are one visit.
    """
    if str(line.get("reference") or "").strip():
        return line
    said = "|".join(_said(line.get(one)) for one in COLUMNS if one != "reference")
    digest = hashlib.sha256(said.encode(errors="replace")).hexdigest()[:24]
    number = 1
    if seen is not None:
        seen[digest] += 1
        number = seen[digest]
    return {**line, "reference": f"t-{digest}-{number}"}


def _said(value: object) -> str:
    return "" if value is None else str(value).strip()


@lru_cache(_KEPT)
def _day(text: str) -> str:
    """A day as the door reads it; what is no day stays as it is, and is refused there."""
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return text


@lru_cache(_KEPT)
def _moment(day: str, text: str) -> str:
    """A moment as the door reads it: a time of day is on the line's day."""
    written, _, clock = text.rpartition(" ")
    on = _day(written) if written else day
    found = _CLOCK.fullmatch(clock)
    if found is None:
        return text
    hours, minutes = map(int, found.groups())
    try:
        moment = datetime.combine(date.fromisoformat(on), time(hours, minutes), tzinfo=LOCAL)
    except ValueError:
        return text
    return moment.isoformat()


@lru_cache(_KEPT)
def _after(starts: str, ends: str, typed: str) -> str:
    """The end; a time of day that is before the beginning is on the next day."""
    if _CLOCK.fullmatch(typed) is None:
        return ends
    try:
        first, last = datetime.fromisoformat(starts), datetime.fromisoformat(ends)
        return (last + timedelta(days=1)).isoformat() if last < first else ends
    except (ValueError, TypeError, OverflowError):
        return ends
