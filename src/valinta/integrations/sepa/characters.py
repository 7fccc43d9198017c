"""The characters every SEPA bank passes on (EPC217-08), and how others are written in them."""

from __future__ import annotations

import re
import unicodedata

from valinta.integrations.sepa.errors import InvalidIdentifier, UnwritableText

LONGEST_IDENTIFIER = 35

_FOREIGN = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")
_WRITTEN_AS = {
    "&": "+",
    "_": "-",
    "\u2010": "-",
    "\u2011": "-",
    "\u2013": "-",
    "\u2014": "-",
    "’": "'",
    "‘": "'",
    "´": "'",
    "`": "'",
    '"': "'",
    "“": "'",
    "”": "'",
    ";": ",",
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "ø": "o",
    "Ø": "O",
    "œ": "oe",
    "Œ": "OE",
    "đ": "d",
    "Đ": "D",
    "ł": "l",
    "Ł": "L",
    "ŋ": "n",
    "Ŋ": "N",
    "ŧ": "t",
    "Ŧ": "T",
    "ð": "d",
    "Ð": "D",
    "þ": "th",
    "Þ": "TH",
}


def sepa_text(text: str, what: str, longest: int) -> str:
    """A name or a part of an address in SEPA characters.

    Accents are left out (ä is written a, å a, ö o), as EPC217-08 advises, and a few marks and
    letters are written as their neighbours (& as +, ø as o, the Sámi ŋ as n). Anything else, such
    as another alphabet, raises ``UnwritableText``: a name is never changed by guessing, nor cut.
    """
    latin = "".join(_WRITTEN_AS.get(letter, letter) for letter in text)
    parted = unicodedata.normalize("NFKD", latin)
    written = " ".join("".join(c for c in parted if not unicodedata.combining(c)).split())
    if foreign := _FOREIGN.search(written):
        raise UnwritableText(
            f"{what} has “{foreign[0]}” (U+{ord(foreign[0]):04X}), which banks do not pass on. "
            "Write it in letters A to Z."
        )
    if not 0 < len(written) <= longest:
        raise UnwritableText(f"{what} is {len(written)} characters long; give 1 to {longest}.")
    return written


def check_identifier(text: str, what: str) -> None:
    """Raise ``InvalidIdentifier`` unless banks pass the id on as it is.

    An id is 1 to 35 SEPA characters without spaces; a slash neither begins nor ends it and two
    do not follow each other (EPC217-08). Ids are never rewritten.
    """
    if not 0 < len(text) <= LONGEST_IDENTIFIER:
        raise InvalidIdentifier(
            f"{what} “{text}” is {len(text)} characters long; give 1 to {LONGEST_IDENTIFIER}."
        )
    if _FOREIGN.search(text) or " " in text:
        raise InvalidIdentifier(
            f"{what} “{text}” may have letters A to Z, digits and / - ? : ( ) . , ' + only."
        )
    if text.startswith("/") or text.endswith("/") or "//" in text:
        raise InvalidIdentifier(
            f"{what} “{text}” may not begin or end with a slash nor have two in a row."
        )
