"""The verbs of the programme's set-up: its pack, the texts of its letters, and imports."""

from __future__ import annotations

from tests.permissions import calls_programme as calls
from tests.permissions.verb import OFFICE, SYSTEM, Verb
from valinta.processes import import_sheets, letter_texts, preview_pack

VERBS: dict[str, Verb] = {
    "keep a draft of a pack": Verb(preview_pack.keep_draft, OFFICE | SYSTEM, calls.draft),
    "take a pack into use": Verb(preview_pack.take_draft, OFFICE | SYSTEM, calls.take_draft),
    "write a letter's text": Verb(letter_texts.write_letter_text, OFFICE | SYSTEM, calls.text),
    "try an import": Verb(import_sheets.try_import, OFFICE | SYSTEM, calls.attempt),
    "take an import": Verb(import_sheets.take_import, OFFICE | SYSTEM, calls.take),
    "throw an import away": Verb(import_sheets.drop_import, OFFICE | SYSTEM, calls.drop),
}
