"""Names as they are searched for: without accents, capitals and hyphens."""

from __future__ import annotations

import re
import unicodedata

from django.db import models

# Letters that people write without their marks, in both cases: the database's locale may know none.
_FROM = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝŠŽČĆĐŁŃŚŹŻĘĄŐŰŘĚŮŤĎŇĽĹŔŞŢĂĀĒĪŌŪĢĶĻŅÕ"
_TO = "AAAAAAACEEEEIIIIDNOOOOOOUUUUYSZCCDLNSZZEAOUREUTDNLLRSTAAEIOUGKLNO"
_PAIRS = dict(zip(_FROM + _FROM.lower(), _TO.lower() * 2, strict=True))
_PAIRS |= dict.fromkeys("-'’´`.,", " ")
_TABLE = str.maketrans(_PAIRS)


class Folded(models.Func):
    """A name in the database as `folded` gives it."""

    output_field = models.TextField()
    template = (
        "translate(lower(%(expressions)s),"
        f" '{''.join(_PAIRS).replace(chr(39), chr(39) * 2)}', '{''.join(_PAIRS.values())}')"
    )


def folded(words: str) -> str:
    """A name in small letters without accents; hyphens and apostrophes become spaces."""
    return unicodedata.normalize("NFC", words).translate(_TABLE).lower()


def name_beginnings(words: str) -> list[str]:
    """The beginnings of names in what somebody typed, in any order; letters and digits only."""
    return re.findall(r"\w+", folded(words))
