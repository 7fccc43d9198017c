"""The frame of imports: columns, lines with their faults, and reading a table into lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from valinta.shared.sheets import NotATable, cells
from valinta.users.actor import Actor

MOST_LINES = 20_000
MOST_BYTES = 6_000_000
MOST_FAULTS = 1_000
_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its code, its titles by language, whether it is needed, and a made-up value."""

    code: str
    titles: Mapping[str, str]
    example: str
    needed: bool = False
    longest: int = 120


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong: the line (0: the whole file), the column's code, a word, and the value."""

    line: int
    column: str
    what: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its values by column code; a column that the file has not is empty."""

    number: int
    values: Mapping[str, str]

    def __getitem__(self, code: str) -> str:
        return self.values.get(code, "")


@dataclass(frozen=True, slots=True)
class Deed:
    """Who writes lines, and when. Whoever makes one has checked that they may."""

    by: Actor
    at: datetime


@dataclass(slots=True)
class Faults:
    """Faults as they are found. Of very many, the first ones are kept and the rest counted."""

    found: list[LineFault] = field(default_factory=list)
    number: int = 0
    lines: set[int] = field(default_factory=set)

    def add(self, line: int, column: str, what: str, value: str = "") -> None:
        """Note one."""
        self.number += 1
        self.lines.add(line)
        if len(self.found) < MOST_FAULTS:
            self.found.append(LineFault(line, column, what, value))


def read_lines(text: str, columns: Sequence[Column], faults: Faults) -> list[Line]:
    """The lines of a table by its head. A fault of the head or of the form stops the reading."""
    rows = cells(text)
    try:
        number, head = next(rows, (0, []))
        codes = _codes(number, head, columns, faults)
        return [] if faults.number else list(_lines(rows, codes, columns, faults))
    except NotATable as broken:
        faults.add(broken.line, "", "broken")
        return []


def _codes(
    number: int, head: Sequence[str], columns: Sequence[Column], faults: Faults
) -> list[str]:
    """The codes of the columns in the order of the file; titles of every language are known."""
    if not head:
        faults.add(0, "", "empty")
        return []
    known = {
        _plain(title): one.code for one in columns for title in (one.code, *one.titles.values())
    }
    codes = [known.get(_plain(cell), "") for cell in head]
    for cell, code in zip(head, codes, strict=True):
        if cell and not code:
            faults.add(number, "", "column", cell)
    for one in columns:
        if one.needed and one.code not in codes:
            faults.add(number, one.code, "no_column")
        if codes.count(one.code) > 1:
            faults.add(number, one.code, "column_twice")
    return codes


def _plain(title: str) -> str:
    return re.sub(r"[\s_*-]+", " ", title).strip().casefold()


def _lines(
    rows: Iterator[tuple[int, list[str]]],
    codes: Sequence[str],
    columns: Sequence[Column],
    faults: Faults,
) -> Iterator[Line]:
    for count, (number, row) in enumerate(rows, start=1):
        if count > MOST_LINES:
            faults.add(0, "", "too_many", str(MOST_LINES))
            return
        if len(row) > len(codes):
            if any(row[len(codes) :]):
                faults.add(number, "", "cells", str(len(row)))
            row = row[: len(codes)]
        line = Line(number, {code: cell for code, cell in zip(codes, row, strict=False) if code})
        _check_cells(line, columns, faults)
        yield line


def _check_cells(line: Line, columns: Sequence[Column], faults: Faults) -> None:
    for one in columns:
        value = line[one.code]
        if not value:
            if one.needed:
                faults.add(line.number, one.code, "needed")
        elif len(value) > one.longest:
            faults.add(line.number, one.code, "long", str(one.longest))
        elif _UNSEEN.search(value):
            faults.add(line.number, one.code, "unseen")


def day_of(written: str) -> date | None:
    """A day written as 2026-03-15 or 15.3.2026; None when it is neither."""
    try:
        turned = _DAY.fullmatch(written)
        if turned:
            return date(int(turned[3]), int(turned[2]), int(turned[1]))
        return date.fromisoformat(written)
    except ValueError:
        return None


def truth_of(written: str) -> bool | None:
    """Yes or no in the three languages, or x; an empty one is no; None when it is neither."""
    word = written.casefold()
    if word in ("", "no", "ei", "nej", "0", "false"):
        return False
    return True if word in ("yes", "kyllä", "ja", "1", "x", "true") else None
