"""Tables as text files (CSV) from other programs: read without trust, written without formulas.

Reads UTF-8 with or without its mark, UTF-16 and Windows-1252; cells between semicolons, commas or
tabs. What is written is UTF-8 with the mark and semicolons, as spreadsheets in Finland expect.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Sequence

MARK = "\ufeff"
SEPARATORS = ";,\t"
LONGEST_CELL = 2_000
# A cell that begins so would be a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LOOK_INTO = 400


class NotText(ValueError):
    """The file is not text in any writing that is read here."""


class NotATable(ValueError):
    """From this line on the file cannot be read as a table. Lines count from 1."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(
            f"Line {line} cannot be read: a quotation mark is left open, or a cell is too long."
            " Save the file again as CSV."
        )


def decoded(data: bytes) -> str:
    """The text of a file. Raises NotText."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix(MARK)
    raise NotText("This is not a text file. Save the table as CSV (UTF-8).")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith(BOM_UTF8):
        return ("utf-8-sig",)
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return ("utf-16",)
    head = data[:_LOOK_INTO]
    if head and head.count(0) * 3 > len(head):
        # Every other byte of plain letters is zero in UTF-16; which one tells the order.
        return ("utf-16-le",) if head[1::2].count(0) > head[::2].count(0) else ("utf-16-be",)
    return ("utf-8", "cp1252")


def cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table with the line on which each begins; empty ones are passed over.

    Raises NotATable where a row cannot be read.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise NotATable(begins) from error
        if row is None:
            return
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise NotATable(begins)
        if any(cell.strip() for cell in row):
            yield begins, [bare(cell) for cell in row]


def _separator(text: str) -> str:
    """The sign that divides the first line into most cells."""
    first = next((line for line in io.StringIO(text[:20_000]) if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def bare(cell: str) -> str:
    """A cell without spaces around it, and without the mark that kept it from being a formula."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def harmless(cell: str) -> str:
    """A cell that a spreadsheet takes for text."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def table_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as the text of a file, with every cell harmless."""
    text = io.StringIO()
    text.write(MARK)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue()
