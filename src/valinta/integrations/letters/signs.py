"""Which signs of a text a letter cannot show: those that no font of the letters has."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache

from valinta.integrations.letters.letter import Letter, LetterError, Paragraph, plain
from valinta.integrations.letters.render import render_letter

MOST_TOLD = 10
# The Latin alphabets with their marks, and the signs of ordinary text, are in the font as a whole.
_COMMON = re.compile("[\n\x20-\x7e\xa0-\u024f\u1e00-\u1eff\u2010-\u2027\u20ac]")
_MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)


def unshown(text: str) -> list[str]:
    """The signs that cannot stand in a letter, each once, at most ten; empty for most texts."""
    rare = dict.fromkeys(_COMMON.sub("", plain(text)))
    found: list[str] = []
    for sign in rare:
        if not _is_shown(sign):
            found.append(sign)
        if len(found) == MOST_TOLD:
            break
    return found


@lru_cache(maxsize=4096)
def _is_shown(sign: str) -> bool:
    if unicodedata.category(sign) in ("Cc", "Cs"):
        return False
    letter = Letter(
        language="en",
        title="A",
        sender=["A"],
        recipient=["A"],
        date="A",
        created_at=_MADE_AT,
        blocks=[Paragraph(f"A{sign}A")],
    )
    try:
        render_letter(letter)
    except LetterError:
        return False
    return True
