"""Letters on paper and screen: accessible PDF (PDF/UA-1) from plain data."""

from valinta.integrations.letters.letter import (
    Block,
    Bullets,
    Facts,
    Heading,
    Letter,
    LetterCannotBeRendered,
    LetterError,
    LetterIncomplete,
    Paragraph,
    Table,
)
from valinta.integrations.letters.render import render_letter
from valinta.integrations.letters.signs import unshown

__all__ = [
    "Block",
    "Bullets",
    "Facts",
    "Heading",
    "Letter",
    "LetterCannotBeRendered",
    "LetterError",
    "LetterIncomplete",
    "Paragraph",
    "Table",
    "render_letter",
    "unshown",
]
