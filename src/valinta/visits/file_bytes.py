"""The bytes of a large file: looked at before they are kept, put into UTF-8, cut into lines.

Nothing here holds more than a piece of the file and one line, whatever is sent.
"""

from __future__ import annotations

import codecs
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from enum import StrEnum

# A line of nine short cells; what is longer is no visit, and nobody reads it to its end.
LONGEST_LINE = 8_192
HEAD = 4_096
_UNREADABLE = "\ufffd"


class FileKind(StrEnum):
    """How the lines of a file are written."""

    CSV = "csv"
    NDJSON = "ndjson"


class NotAFileOfLines(ValueError):
    """The file is packed, a picture, a document or the like. `what` says what it seems to be."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__("Send the lines as a text file: CSV, or one JSON object on each line.")


# How files begin that hold no lines as they are. They are never unpacked or read any further.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "packed"),
    (b"PK\x05\x06", "packed"),
    (b"\x1f\x8b", "packed"),
    (b"BZh", "packed"),
    (b"\xfd7zXZ", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"\x28\xb5\x2f\xfd", "packed"),
    (b"\x04\x22\x4d\x18", "packed"),
    (b"\xd0\xcf\x11\xe0", "document"),
    (b"%PDF", "document"),
    (b"{\\rtf", "document"),
    (b"\x89PNG", "document"),
    (b"\xff\xd8\xff", "document"),
)


def kind_of(head: bytes) -> FileKind:
    """How a file with this beginning, in UTF-8, writes its lines. Raises NotAFileOfLines."""
    begins = head.lstrip()
    for beginning, what in _BEGINNINGS:
        if begins.startswith(beginning):
            raise NotAFileOfLines(what)
    if begins.startswith(b"<"):
        raise NotAFileOfLines("xml")
    if begins.startswith(b"["):
        raise NotAFileOfLines("json_list")
    if head.count(0) * 3 > len(head):
        raise NotAFileOfLines("document")
    return FileKind.NDJSON if begins.startswith(b"{") else FileKind.CSV


def in_utf8(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a file without its mark; one in UTF-16 is put into UTF-8.

    Half characters become signs that no text has, so that their line is answered as unreadable.
    """
    waiting = iter(pieces)
    head = b""
    for piece in waiting:
        head += piece
        if len(head) >= HEAD:
            break
    encoding, mark = _encoding(head)
    head = head[mark:]
    if encoding is None:
        if head:
            yield head
        yield from waiting
        return
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    yield decoder.decode(head).encode()
    for piece in waiting:
        yield decoder.decode(piece).encode()
    yield decoder.decode(b"", final=True).encode()


def _encoding(head: bytes) -> tuple[str | None, int]:
    """UTF-16 of which order, or None; and how many bytes its mark has."""
    if head.startswith(BOM_UTF8):
        return None, len(BOM_UTF8)
    if head.startswith(BOM_UTF16_LE):
        return "utf-16-le", 2
    if head.startswith(BOM_UTF16_BE):
        return "utf-16-be", 2
    begins = head[:400]
    if begins.count(0) * 3 > len(begins):
        # Every other byte of plain letters is zero; which one tells the order.
        odd, even = begins[1::2].count(0), begins[::2].count(0)
        if max(odd, even) > 4 * min(odd, even):
            return ("utf-16-le" if odd > even else "utf-16-be"), 0
    return None, 0


def lines_of(pieces: Iterable[bytes], offset: int = 0) -> Iterator[tuple[bytes | None, int]]:
    """Each line with the place in the file at which it ends; None for one that is too long.

    Lines end with LF, CR or both. `offset` is where the pieces begin.
    """
    rest, too_long = b"", False
    for piece in pieces:
        parts = (rest + piece).splitlines(keepends=True)
        # A CR at the end of the piece may have its LF in the next one.
        rest = parts.pop() if parts and not parts[-1].endswith(b"\n") else b""
        for part in parts:
            offset += len(part)
            yield (None if too_long or len(part) > LONGEST_LINE else part), offset
            too_long = False
        if len(rest) > LONGEST_LINE:
            # The last byte stays: it may be the CR before an LF.
            offset += len(rest) - 1
            rest, too_long = rest[-1:], True
    if rest:
        yield (None if too_long or len(rest) > LONGEST_LINE else rest), offset + len(rest)


def text_of(line: bytes) -> str | None:
    """The text of a line without its end, in UTF-8 or Windows-1252; None when it is no text."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        try:
            text = line.decode("cp1252")
        except UnicodeDecodeError:
            return None
    return None if "\0" in text or _UNREADABLE in text else text.rstrip("\r\n")
