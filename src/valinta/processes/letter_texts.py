"""The texts of letters that a programme's office has written in the place of the house's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.integrations.letters.letter import Block, Heading, Letter, Paragraph
from valinta.integrations.letters.render import render_letter
from valinta.integrations.letters.signs import unshown
from valinta.processes.letter_parts import Language, address_of, day
from valinta.processes.letter_words import KINDS, faults_in, words_of
from valinta.programmes.models import LetterText, Programme
from valinta.shared.changes import tidy
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

LONGEST = 2_000
_PLACE = re.compile(r"\{\w+\}")
# What stands in the places of a preview; nobody's.
MADE_UP = {
    "number": "12345", "new": "12346", "claim": "678", "total": "480,00 €", "period": "1.1.–31.12.",
    "name": "Aino Esimerkki", "days": "30", "post": "7", "electronic": "3", "receiver": "…",
    "court": "…",
}  # fmt: skip


class UnknownText(LookupError):
    """There is no such text in that kind of letter."""


class TextDoesNotFit(ValueError):
    """The text cannot stand in the letter.

    `places` are those missing or too many, or the signs that letters cannot show.
    """

    def __init__(self, what: str, places: frozenset[str] = frozenset()) -> None:
        self.what, self.places = what, places
        super().__init__(
            f"The text does not fit ({what} {', '.join(sorted(places))}). Write each of the places"
            " in braces once as in the house's own text, no other braces, and at most"
            f" {LONGEST} signs."
        )


class TextChanged(RuntimeError):
    """Somebody else wrote this text meanwhile; the newest is in `newest`."""

    def __init__(self, newest: LetterText) -> None:
        self.newest = newest
        super().__init__("Somebody else wrote this text meanwhile. Look at the newest first.")


class DayGoneBy(ValueError):
    """A text holds from today on or later: letters that were written stay as they are."""


def own_words(
    programme: Programme, kind: str, language: str, on: date | None = None
) -> Mapping[str, str]:
    """The office's own texts of a kind of letter in a language on the day, by key."""
    rows = LetterText.objects.filter(programme=programme, kind=kind, language=language)
    if on is not None:
        rows = rows.filter(starts_on__lte=on)
    newest = rows.order_by("key", "-starts_on", "-pk").distinct("key")
    return {key: text for key, text in newest.values_list("key", "text") if text}


@transaction.atomic
def write_letter_text(
    *,
    programme: Programme,
    kind: str,
    language: str,
    key: str,
    text: str,
    starts_on: date,
    version: int,
    by: Actor,
    at: datetime,
) -> LetterText:
    """Write the office's own text, in force from a day on; an empty one brings back the house's.

    `version` is the id of the newest row that the writer saw (0: none). Raises UnknownText,
    TextDoesNotFit, DayGoneBy or TextChanged.
    """
    by.must(Permission.LOAD_PROGRAMMES, programme.organiser_id)
    if key not in KINDS.get(kind, {}).get(language, {}):
        raise UnknownText(f"There is no text {key} in letters of the kind {kind}, {language}.")
    said = tidy(text)
    _must_fit(kind, language, key, said)
    if starts_on < at.date():
        raise DayGoneBy("Give a first day of today or later.")
    Programme.objects.select_for_update().get(pk=programme.pk)
    rows = LetterText.objects.filter(programme=programme, kind=kind, language=language, key=key)
    newest = rows.order_by("pk").last()
    if newest is not None and newest.pk != version:
        raise TextChanged(newest)
    made = LetterText.objects.create(
        organiser_id=programme.organiser_id,
        programme=programme,
        kind=kind,
        language=language,
        key=key,
        text=said,
        starts_on=starts_on,
        written_at=at,
        by_id=by.user_id,
    )
    facts = {"kind": kind, "language": language, "key": key}
    note = Note("write_letter_text", "letter text", made.pk, "", "written", facts=facts)
    record(organiser_id=made.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return made


def preview_letter(
    *, programme: Programme, kind: str, language: Language, on: datetime, more: Mapping[str, str]
) -> bytes:
    """All texts of a kind of letter as PDF, in their order, with made-up facts in their places.

    `more` are texts that are tried and not kept.
    """
    own = {**own_words(programme, kind, language, on.date()), **more}
    words = words_of(kind, language, own)
    blocks: list[Block] = [Heading(_filled(words["number"]))]
    blocks += [
        Paragraph(_filled(text)) for key, text in words.items() if key not in ("title", "number")
    ]
    organiser = programme.organiser
    return render_letter(
        Letter(
            language=language,
            title=words["title"],
            sender=[organiser.name(language), *address_of(organiser)],
            recipient=[MADE_UP["name"]],
            date=day(on.date(), language),
            created_at=on,
            reference=_filled(words["number"]),
            blocks=blocks,
        )
    )


def _must_fit(kind: str, language: str, key: str, text: str) -> None:
    if not text:
        return
    if len(text) > LONGEST:
        raise TextDoesNotFit("long")
    if signs := unshown(text):
        raise TextDoesNotFit("signs", frozenset(signs))
    if places := faults_in(kind, language, key, text):
        raise TextDoesNotFit("places", frozenset(places))
    # Places are filled by format(): any other brace would reach into what stands behind them.
    if set("{}") & set(_PLACE.sub("", text)):
        raise TextDoesNotFit("braces")


def _filled(text: str) -> str:
    return _PLACE.sub(lambda found: MADE_UP.get(found[0][1:-1], "…"), text)
