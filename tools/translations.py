"""Are all texts of the screens there in Finnish and Swedish? Prints what is not; exit code 1 then.

The texts are written in English in templates and code. Each must have a translation in `fi` and
`sv`, finished (not fuzzy), with the same placeholders; a translation that nothing uses must go.
With `--update`, the catalogues get the texts that they miss, empty, and lose what nothing uses.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "valinta"
LANGUAGES = ("fi", "sv")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
Key = tuple[str, str]  # context (or nothing) and the English text, singular where it has two forms


class Use(NamedTuple):
    """Where a text is used first, and its plural where it has one."""

    place: str
    plural: str


def used(package: Path = PACKAGE) -> dict[Key, Use]:
    """Each text that templates and code use."""
    found: dict[Key, Use] = {}
    for path in sorted([*package.rglob("*.html"), *package.rglob("*.txt"), *package.rglob("*.py")]):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # Django turns a template into lines with calls; their indentation means nothing.
            text = "\n".join(line.strip() for line in templatize(text).splitlines())
        elif "gettext" not in text:
            continue
        for line, key, plural in _calls(text):
            place = f"{path.relative_to(package.parents[1])}:{line}"
            found.setdefault(key, Use(place, plural))
    return found


def _calls(text: str) -> Iterator[tuple[int, Key, str]]:
    source = io.BytesIO(text.encode())
    for line, function, messages, _ in extract_python(source, list(KEYWORDS), [], {}):
        parts = [messages] if isinstance(messages, str) else list(messages)
        context = parts.pop(0) if function and function.lstrip("n").startswith("pgettext") else ""
        if parts and parts[0]:
            plural = parts[1] if (function or "").startswith("n") and len(parts) > 1 else ""
            yield line, (context or "", parts[0]), plural or ""


def catalogue(language: str, package: Path = PACKAGE) -> Catalog:
    """All catalogues of a language in one."""
    whole = Catalog(locale=language)
    for path in sorted((package / "locale" / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                if message.id:
                    whole[message.id] = message
    return whole


def faults(package: Path = PACKAGE) -> list[str]:
    """What is missing, unfinished, different or left over, one line each."""
    texts = used(package)
    found = []
    for language in LANGUAGES:
        have = {_key(message): message for message in catalogue(language, package) if message.id}
        for key, use in texts.items():
            if key not in have:
                found.append(f"{language}: missing: {key[1]!r} ({use.place})")
        for key, message in have.items():
            if key not in texts:
                found.append(f"{language}: used nowhere: {key[1]!r}")
            found.extend(f"{language}: {fault}: {key[1]!r}" for fault in _unfinished(message))
    return found


def _key(message: Message) -> Key:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", text


def _unfinished(message: Message) -> Iterator[str]:
    strings = [message.string] if isinstance(message.string, str) else list(message.string)
    originals = [message.id] if isinstance(message.id, str) else list(message.id)
    if message.fuzzy:
        yield "fuzzy"
    if not all(strings):
        yield "not translated"
        return
    wanted = {frozenset(PLACEHOLDER.findall(one)) for one in originals}
    if any(frozenset(PLACEHOLDER.findall(one)) not in wanted for one in strings):
        yield "other placeholders"


def write(package: Path = PACKAGE) -> None:
    """Bring each catalogue up to the texts in use; its header and its translations are kept."""
    for language in LANGUAGES:
        target = package / "locale" / language / "LC_MESSAGES" / "django.po"
        header = target.read_text(encoding="utf-8").split("\n\n", 1)[0]
        have = {_key(message): message for message in catalogue(language, package) if message.id}
        fresh = Catalog(locale=language)
        for key, use in used(package).items():
            old = have.get(key)
            fresh.add(
                (key[1], use.plural) if use.plural else key[1],
                old.string if old else None,
                context=key[0] or None,
                flags={"fuzzy"} if old and old.fuzzy else (),
            )
        with target.open("wb") as file:
            file.write(f"{header}\n\n".encode())
            write_po(file, fresh, width=100, omit_header=True, sort_output=True)


if __name__ == "__main__":
    if "--update" in sys.argv:
        write()
    problems = faults()
    print(*(problems or [f"{len(used())} texts, all in {' and '.join(LANGUAGES)}"]), sep="\n")
    sys.exit(1 if problems else 0)
