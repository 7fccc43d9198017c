"""The texts of the site: compile the catalogues, and check that none lacks Finnish or Swedish.

    python -m valinta.web.translations            compile what changed
    python -m valinta.web.translations --check    compile, and fail when a text lacks a translation
    python -m valinta.web.translations --update   add new texts to the catalogues, to be filled

Texts are English in templates (`translate`, `blocktranslate`) and Python (`gettext` and its kin).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from valinta.config.translations import LOCALE, compile_catalogues

SOURCE = Path(__file__).resolve().parents[1]
LANGUAGES = ("fi", "sv")
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}


def texts_in_use(source: Path = SOURCE) -> Catalog:
    """Every text that the templates and the code under the folder ask to be translated."""
    catalogue = Catalog(project="Valinta", fuzzy=False)
    for path in sorted((*source.rglob("*.py"), *source.rglob("templates/**/*.html"))):
        for message in _texts_of(path):
            catalogue.add(message)
    return catalogue


def faults(folder: Path = LOCALE, source: Path = SOURCE) -> list[str]:
    """What is wrong with the catalogues, one sentence each; empty when every text is translated."""
    used = texts_in_use(source)
    return [fault for language in LANGUAGES for fault in _faults_of(language, folder, used)]


def update(folder: Path = LOCALE, source: Path = SOURCE) -> None:
    """Add new texts to the catalogues without a translation, and take out those no longer used."""
    used = texts_in_use(source)
    for language in LANGUAGES:
        path = _path(folder, language)
        catalogue = _read(path, language)
        catalogue.update(used, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(
                file, catalogue, no_location=True, sort_output=True, omit_header=False, width=98
            )


def _texts_of(path: Path) -> Iterator[str | tuple[str, ...]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # What is left of a template after its texts are drawn out is not Python, so each line
        # stands alone.
        drawn = templatize(text, origin=str(path)).splitlines()
        text = "\n".join(line.strip() for line in drawn)
    if "gettext" not in text and "_(" not in text:
        return
    for _, message, _, _ in extract("python", BytesIO(text.encode()), KEYWORDS):
        if message:
            yield message


def _faults_of(language: str, folder: Path, used: Catalog) -> Iterator[str]:
    catalogue = _read(_path(folder, language), language)
    for message in used:
        key = message.id if isinstance(message.id, str) else message.id[0]
        if not key:
            continue
        found = catalogue.get(key)
        forms = found.string if found and not isinstance(found.string, str) else None
        said = all(forms) if forms else bool(found and found.string)
        if not said:
            yield f"{language}: no translation for “{key}”. Write it in the catalogue."
        elif found and found.fuzzy:
            yield f"{language}: the translation of “{key}” is fuzzy. Check it and remove the mark."
    for message, errors in catalogue.check():
        for error in errors:
            yield f"{language}: “{message.id}”: {error}"
    for message in catalogue:
        if message.id and used.get(message.id) is None:
            yield f"{language}: “{message.id}” is not used any more. Run with --update."


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        return Catalog(locale=language, project="Valinta", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _path(folder: Path, language: str) -> Path:
    return folder / language / "LC_MESSAGES" / "django.po"


def main(arguments: list[str]) -> int:
    """Run from the command line; 1 when the check finds faults."""
    if "--update" in arguments:
        update()
    compile_catalogues()
    found = faults() if "--check" in arguments else []
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
