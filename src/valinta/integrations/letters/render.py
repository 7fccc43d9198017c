"""Typesets a letter as PDF/UA-1 with Typst; the letter reaches the template as data only."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Any, Final

import typst

from valinta.integrations.letters.letter import (
    Block,
    Bullets,
    Facts,
    Heading,
    Letter,
    LetterCannotBeRendered,
    Paragraph,
    Table,
    check_letter,
    plain,
)

STANDARD: Final = "ua-1"
"""ISO 14289-1, PDF/UA-1: what EN 301 549 asks of documents that anyone must be able to read."""

_QUOTED = re.compile(r'the text `".*?"`', re.DOTALL)
_WORDS = {
    "fi": {"reference": "Viite", "page": "Sivu"},
    "sv": {"reference": "Referens", "page": "Sida"},
    "en": {"reference": "Reference", "page": "Page"},
}


def render_letter(letter: Letter) -> bytes:
    """The letter as PDF/UA-1: tagged, titled, with its language and fonts inside.

    The same letter gives the same bytes. Only fonts that come with the typesetter are used
    (Libertinus Serif, SIL Open Font License 1.1), whatever the machine has. Raises
    ``LetterIncomplete`` or ``LetterCannotBeRendered``.
    """
    check_letter(letter)
    try:
        return typst.compile(
            _template(),
            format="pdf",
            pdf_standards=STANDARD,
            ignore_system_fonts=True,
            sys_inputs={"letter": json.dumps(_plain(_as_data(letter)))},
            timestamp=int(letter.created_at.timestamp()),
        )
    except typst.TypstError as error:
        # Messages of errors may end up in a log, so what the letter says is taken out of them.
        why = _QUOTED.sub("a text", error.message)
        raise LetterCannotBeRendered(f"The letter could not be typeset: {why}") from None


@cache
def _template() -> bytes:
    return (resources.files(__package__) / "letter.typ").read_bytes()


def _plain(data: Any) -> Any:
    """The data with each of its texts made plain."""
    if isinstance(data, str):
        return plain(data)
    if isinstance(data, list):
        return [_plain(one) for one in data]
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    return data


def _as_data(letter: Letter) -> dict[str, object]:
    return {
        "language": letter.language,
        "words": _WORDS[letter.language],
        "title": letter.title,
        "sender": list(letter.sender),
        "recipient": list(letter.recipient),
        "date": letter.date,
        "reference": letter.reference,
        "blocks": [_block_as_data(block) for block in letter.blocks],
    }


def _block_as_data(block: Block) -> dict[str, object]:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Bullets(items):
            return {"kind": "bullets", "items": list(items)}
        case Facts(pairs):
            return {"kind": "facts", "pairs": [list(pair) for pair in pairs]}
        case Table(header, rows, right_columns):
            return {
                "kind": "table",
                "header": list(header),
                "rows": [list(row) for row in rows],
                "right": sorted(right_columns),
            }
