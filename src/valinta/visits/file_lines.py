"""The lines of a large file as the door reads them, from any place in it."""

from __future__ import annotations

import csv
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from valinta.shared.sheets import LONGEST_CELL, SEPARATORS, bare
from valinta.visits.file_bytes import LONGEST_LINE, FileKind, lines_of, text_of
from valinta.visits.lines import FIELDS, NO_LINE, OPTIONAL, Unread
from valinta.visits.tables import columns_of, named, table_line

COLUMNS = (*FIELDS, *OPTIONAL)
_KNOWN = frozenset(COLUMNS)
# A cell may have ends of lines in it, within quotation marks; not more than so many.
_MOST_IN_A_CELL = 20
TOO_LONG, NO_TEXT = Unread("line_long"), Unread("line_signs")
OPEN_QUOTE, TOO_MANY_CELLS = Unread("line_quote"), Unread("line_cells")
Cells = Sequence[str] | Unread


class Shape(NamedTuple):
    """How the file is written: its titles by column, and the sign between cells.

    `titles` are the names of the columns, None for one that is not read; `has_titles`: the first
    line names them.
    """

    kind: FileKind
    separator: str
    titles: tuple[str | None, ...]
    has_titles: bool


class FileLine(NamedTuple):
    """A line: the number of the line of text on which it begins, what the door reads or why it
    cannot, its cells as they came, and the place and number of the line of text after it.
    """

    number: int
    line: Mapping[str, object]
    cells: Cells
    next_byte: int
    next_number: int


class _Raw(NamedTuple):
    text: bytes | None
    ends: int
    number: int


def shape_of(kind: FileKind, head: bytes) -> Shape:
    """The shape of a file that begins so."""
    if kind is FileKind.NDJSON:
        return Shape(kind, "", COLUMNS, False)
    first = next((one for one, _end in lines_of([head]) if one and one.strip()), b"")
    text = text_of(first) or ""
    separator = max(SEPARATORS, key=text.count)
    cells = _cells(text, separator)
    named = None if cells is None else columns_of(cells)
    return Shape(kind, separator, tuple(named or COLUMNS), named is not None)


def file_lines(
    pieces: Iterable[bytes], shape: Shape, at_byte: int = 0, number: int = 1
) -> Iterator[FileLine]:
    """The lines from a place on: the pieces begin there, and its line of text has this number.

    Empty lines and the titles are passed over.
    """
    raw = (
        _Raw(text, ends, place)
        for place, (text, ends) in enumerate(lines_of(pieces, at_byte), start=number)
    )
    made = _json_lines(raw) if shape.kind is FileKind.NDJSON else _table_lines(raw, shape)
    waits_for_titles = shape.has_titles and at_byte == 0
    for one in made:
        if waits_for_titles:
            waits_for_titles = False
            continue
        yield one


def _json_lines(raw: Iterable[_Raw]) -> Iterator[FileLine]:
    for text, ends, number in raw:
        if text is None or text.strip():
            line = TOO_LONG if text is None else _json_line(text)
            cells = line if isinstance(line, Unread) else _as_cells(line)
            yield FileLine(number, line, cells, ends, number + 1)


def _json_line(text: bytes) -> Mapping[str, object]:
    words = text_of(text)
    if words is None:
        return NO_TEXT
    try:
        found = json.loads(words, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return NO_LINE
    if not isinstance(found, dict):
        return NO_LINE
    return named({name: value for name, value in found.items() if name in _KNOWN})


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON.")


def _as_cells(line: Mapping[str, object]) -> list[str]:
    return ["" if line.get(one) is None else str(line[one]) for one in COLUMNS]


def _table_lines(raw: Iterable[_Raw], shape: Shape) -> Iterator[FileLine]:
    waiting, coming = deque[_Raw](), iter(raw)
    while True:
        first = waiting.popleft() if waiting else next(coming, None)
        if first is None:
            return
        if first.text is not None and not first.text.strip():
            continue
        cells, taken = _row(first, waiting, coming, shape.separator)
        last = first
        for _one in range(taken):
            last = waiting.popleft()
        if isinstance(cells, Unread) or any(cell.strip() for cell in cells):
            line = _as_line(cells, shape)
            given = line if isinstance(line, Unread) else cells
            yield FileLine(first.number, line, given, last.ends, last.number + 1)


def _row(
    first: _Raw, waiting: deque[_Raw], coming: Iterator[_Raw], separator: str
) -> tuple[Cells, int]:
    """The cells of a row, and how many of the waiting lines of text it takes besides its first."""
    if first.text is None:
        return TOO_LONG, 0
    text = text_of(first.text)
    if text is None:
        return NO_TEXT, 0
    cells = _cells(text, separator)
    if cells is not None:
        return cells, 0
    for more in range(1, _MOST_IN_A_CELL):
        if len(waiting) < more:
            following = next(coming, None)
            if following is None:
                break
            waiting.append(following)
        next_text = text_of(waiting[more - 1].text or b"\0")
        if next_text is None or len(text) > LONGEST_LINE:
            break
        text = f"{text}\n{next_text}"
        cells = _cells(text, separator)
        if cells is not None:
            return cells, more
    return OPEN_QUOTE, 0


def _cells(text: str, separator: str) -> list[str] | None:
    """The cells of a row; None where a quotation mark is open or out of its place."""
    if '"' not in text:
        return text.split(separator)
    try:
        rows = list(csv.reader([text], delimiter=separator, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _as_line(cells: Cells, shape: Shape) -> Mapping[str, object]:
    if isinstance(cells, Unread):
        return cells
    if any(cell.strip() for cell in cells[len(shape.titles) :]):
        return TOO_MANY_CELLS
    given = {name: bare(cell) for name, cell in zip(shape.titles, cells, strict=False) if name}
    if any(len(cell) > LONGEST_CELL for cell in given.values()):
        return TOO_LONG
    return named(table_line(given))
