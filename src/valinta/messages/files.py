"""Files that come with messages: what they really are, how large, and a safe name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from valinta.messages.states import Kind

MOST_BYTES = 5 * 1024 * 1024
MOST_FILES = 3
_BEGINNINGS: dict[bytes, Kind] = {
    b"%PDF-": Kind.PDF,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"\xff\xd8\xff": Kind.JPEG,
}
_ENDINGS: dict[Kind, tuple[str, ...]] = {
    Kind.PDF: (".pdf",),
    Kind.PNG: (".png",),
    Kind.JPEG: (".jpg", ".jpeg"),
}


class FileTooLarge(ValueError):
    """The file is larger than what can be sent."""


class FileOfAnotherKind(ValueError):
    """The file is not a PDF, PNG or JPEG, whatever its name says."""


class TooManyFiles(ValueError):
    """More files than can be sent with one message."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came in."""

    name: str
    content: bytes


def kind_of(file: Sent) -> Kind:
    """What the file is by its first bytes. Raises FileTooLarge or FileOfAnotherKind."""
    if len(file.content) > MOST_BYTES:
        raise FileTooLarge(
            f"A file may have at most {MOST_BYTES // 1024 // 1024} megabytes. Send a smaller one."
        )
    for beginning, kind in _BEGINNINGS.items():
        if file.content.startswith(beginning):
            return kind
    raise FileOfAnotherKind("Send a PDF, or a picture as PNG or JPEG.")


def safe_name(file: Sent, kind: Kind) -> str:
    """The file's name without folders and odd signs, ending as its kind does; at most 120 signs."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", file.name))[-1]
    plain = re.sub(r"[^\w .()+-]", "_", last).strip(" .") or "file"
    stem = plain.rsplit(".", 1)[0] if "." in plain else plain
    ending = _ENDINGS[kind][0]
    for one in _ENDINGS[kind]:
        if plain.lower().endswith(one):
            ending = one
    return f"{stem[: 120 - len(ending)]}{ending}"
