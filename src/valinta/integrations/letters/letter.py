"""What a letter is made of. Every text is plain text: no markup is read from it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Language = Literal["fi", "sv", "en"]

LANGUAGES = ("fi", "sv", "en")
DEEPEST_HEADING = 3
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


class LetterError(ValueError):
    """The letter cannot be made."""


class LetterIncomplete(LetterError):
    """The letter lacks something that an accessible letter must have, or contradicts itself."""


class LetterCannotBeRendered(LetterError):
    """The typesetter refused the letter, for example a letter of an alphabet no font here has."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line feed starts a new line."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under the letter's title: level 2, or 3 when a level 2 comes before it."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, such as “Decision number” and “D-12”."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row. ``right_columns`` counts from zero: sums and quantities."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    right_columns: frozenset[int] = frozenset()


Block = Paragraph | Heading | Bullets | Facts | Table


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. ``created_at`` has a zone and is given by the caller, never read from the
    clock: the same letter made again is the same file. ``date`` is the day as the reader's
    language writes it."""

    language: Language
    title: str
    sender: Sequence[str]
    recipient: Sequence[str]
    date: str
    created_at: datetime
    blocks: Sequence[Block]
    reference: str = ""


def check_letter(letter: Letter) -> None:
    """Raise ``LetterIncomplete`` when the letter could not be made accessible (PDF/UA-1)."""
    if letter.language not in LANGUAGES:
        raise LetterIncomplete(f"Letters are written in fi, sv or en, not in “{letter.language}”.")
    if not letter.title.strip() or not letter.blocks:
        raise LetterIncomplete("A letter has a title and something to say under it.")
    if letter.created_at.utcoffset() is None:
        raise LetterIncomplete("Give created_at with a time zone, for example UTC.")
    level = 1
    for block in letter.blocks:
        if isinstance(block, Heading):
            _check_heading(block, level)
            level = block.level
        elif isinstance(block, Table):
            _check_table(block)
    # Messages of errors may end up in a log: they never quote what the letter says to a person.
    for text in _texts(letter):
        _check_text(text)


def _check_heading(heading: Heading, level_before: int) -> None:
    if not 2 <= heading.level <= min(level_before + 1, DEEPEST_HEADING):
        raise LetterIncomplete(
            f"A heading is of level {heading.level} after level {level_before}. "
            f"Levels go from 2 to {DEEPEST_HEADING} and none is skipped on the way down."
        )
    if not heading.text.strip():
        raise LetterIncomplete("A heading is empty. Give it words or leave it out.")


def _check_table(table: Table) -> None:
    width = len(table.header)
    if not width or any(not name.strip() for name in table.header):
        raise LetterIncomplete("Every column of a table has a header that says what it holds.")
    for number, row in enumerate(table.rows, start=1):
        if len(row) != width:
            raise LetterIncomplete(f"Row {number} has {len(row)} cells under {width} headers.")
    if any(not 0 <= column < width for column in table.right_columns):
        raise LetterIncomplete(f"Columns are counted from 0 to {width - 1}.")


def plain(text: str) -> str:
    """The text with every way to end a line written as a line feed, and a tab as a space.

    Forms of web pages send two characters for the end of a line, and texts that are copied from
    other programs have their own.
    """
    return _LINE_END.sub("\n", text).replace("\t", " ")


def _check_text(text: str) -> None:
    for character in plain(text):
        if unicodedata.category(character) in ("Cc", "Cs") and character != "\n":
            raise LetterIncomplete(
                f"A text has the control character U+{ord(character):04X}. Take it out."
            )


def _texts(letter: Letter) -> Iterator[str]:
    yield from (letter.title, letter.date, letter.reference, *letter.sender, *letter.recipient)
    for block in letter.blocks:
        match block:
            case Paragraph(text) | Heading(text):
                yield text
            case Bullets(items):
                yield from items
            case Facts(pairs):
                yield from (text for pair in pairs for text in pair)
            case Table(header, rows):
                yield from header
                yield from (cell for row in rows for cell in row)
