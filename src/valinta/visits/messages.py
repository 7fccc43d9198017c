"""What is wrong with a reported line and how to mend it, in the provider's language.

Every code has its sentences in Finnish, Swedish and English; the facts of the line are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from valinta.visits.codes import Code
from valinta.visits.field_sentences import FIELD_SENTENCES
from valinta.visits.sentences import FIELDS, MONTHS, NOTHING, SENTENCES

LANGUAGES = ("fi", "sv", "en")
_RANGE = re.compile(r"[\[(](\d{4}-\d{2}-\d{2})?,(\d{4}-\d{2}-\d{2})?[\])]")


class UnknownLanguage(LookupError):
    """The sentences exist in Finnish, Swedish and English."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is wrong, and what the provider can do about it."""

    what: str
    mend: str


def explain(code: Code, facts: Mapping[str, object], language: str) -> Explanation:
    """The explanation of a line's code with its facts, as the adjudication gives them.

    A fact that the line did not have is said to be missing. Raises UnknownLanguage.
    """
    if language not in LANGUAGES:
        raise UnknownLanguage(f"There are no sentences in '{language}'; use fi, sv or en.")
    field = str(facts.get("field") or "")
    if code is Code.UNREADABLE and field in FIELD_SENTENCES:
        return Explanation(*FIELD_SENTENCES[field][language])
    words = {name: _word(name, facts.get(name), language) for name in _SHOWN}
    what, mend = SENTENCES[code][language]
    return Explanation(what.format_map(words), mend.format_map(words))


_SHOWN = (
    "field",
    "order",
    "served_on",
    "quantity",
    "band",
    "order_days",
    "approved_days",
    "within_days",
    "late_days",
)


def _word(name: str, fact: object, language: str) -> str:
    """A fact as it reads in the middle of a sentence."""
    if fact is None or fact == "":
        return NOTHING[language]
    if name == "field":
        return FIELDS[str(fact)][language]
    if name == "served_on":
        return _day(date.fromisoformat(str(fact)), language)
    if name in ("order_days", "approved_days"):
        return _days(str(fact), language)
    if name == "quantity":
        return _quantity(int(str(fact)), language)
    return str(fact)


def _day(day: date, language: str) -> str:
    if language == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def _days(text: str, language: str) -> str:
    """A half-open range of days as people say it: the first and the last day."""
    found = _RANGE.fullmatch(text)
    if found is None:
        return NOTHING[language]
    first, end = found.groups()
    starts = _day(date.fromisoformat(first), language) if first else ""
    last = _day(date.fromisoformat(end) - timedelta(days=1), language) if end else ""
    return f"{starts}–{last}"


def _quantity(hundredths: int, language: str) -> str:
    """1.5 or 1,5 for 150 hundredths; no needless zeros."""
    sign = "−" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), 100)
    decimals = f"{rest:02d}".rstrip("0")
    comma = "." if language == "en" else ","
    return f"{sign}{whole}{comma if decimals else ''}{decimals}"
