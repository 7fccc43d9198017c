"""A detector of words from another language: what a page in Swedish must not have left over.

A word passes when the language knows it: from its catalogue, from the packs, from the letters, or
as the name of a day, a month or a language. Any other word is left over, of whatever language it
is. People's own words are given as such (names of people and providers, what people have written)
and taken out of the text first. A whole text that is the English or Finnish for something with
another Swedish is left over too, though each of its words may be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

import yaml
from babel import Locale
from babel.messages.pofile import read_po
from django.contrib.auth.password_validation import password_validators_help_texts
from django.template.defaultfilters import filesizeformat
from django.utils import translation
from lxml import html

from tests.repository.files import PACKAGE, ROOT
from valinta.web.wording import LOCALES

LANGUAGES = ("fi", "sv", "en")
PACKS = ROOT / "programmes"
# Modules whose words stand beside the catalogue: letters are written without a request.
BESIDE = {
    "valinta.processes.access_letter_words": "WORDS",
    "valinta.processes.appeal_words": "WORDS",
    "valinta.processes.claim_words": "WORDS",
    "valinta.processes.decision_words": "WORDS",
    "valinta.integrations.letters.render": "_WORDS",
}
NAMES = {"valinta"}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Attributes that are read aloud or shown.
SHOWN = ("title", "aria-label", "aria-description", "placeholder", "alt", "data-name", "label")
# Codes are copied letter by letter, into a file for example.
SILENT = ("script", "style", "template", "code")
WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’-][^\W\d_]+)*(?!\w)")
# Addresses, codes and file names that are copied letter by letter, and places to fill in.
SIGNS = re.compile(r"https?://\S+|\S+@\S+|\b[3-9A-Y]{4}(?:-[3-9A-Y]{4}){2}\b|\bR-\d+\b|\{\w+\}")
FILLED_IN = re.compile(r"%\(\w+\)s|%[sd]|\{\w*\}|<[^>]*>|&\w+;")
# Money and times as another language writes them.
SHAPES = {
    "fi": re.compile(r"(?<!\d)(?<!\d\s)€\s?\d|\b\d{1,2}:\d\d\b"),
    "sv": re.compile(r"(?<!\d)(?<!\d\s)€\s?\d|\b\d{1,2}:\d\d\b"),
    "en": re.compile(r"\d\s?€|\b\d+,\d\d\b"),
}


def left_over(page: bytes | str, language: str, own: Iterable[str] = ()) -> list[str]:
    """What on an HTML page is not of the language, each with the text around it."""
    own = list(own)
    texts = dict.fromkeys(texts_in(html.document_fromstring(page), language))
    return [fault for text in texts if text.strip() for fault in faults_in(text, language, own)]


def faults_in(text: str, language: str, own: Iterable[str] = ()) -> list[str]:
    """What in a plain text is not of the language: words, whole texts, shapes of numbers."""
    text = " ".join(text.split())
    text = SIGNS.sub(" ", text)
    bare = text
    if any(one not in vocabulary(language) for one in words_of(text)):
        bare = _without(text, own)
    found = [one for one in words_of(bare) if one not in vocabulary(language)]
    found += SHAPES[language].findall(bare)
    if WORD.search(text) and text not in own and _folded(text) in foreign_texts(language):
        found.append("the whole text")
    return [f"{', '.join(dict.fromkeys(found))} in {text!r}"] if found else []


def words_of(text: str) -> list[str]:
    """The words of a text in small letters."""
    return [one.lower() for one in WORD.findall(text)]


def texts_in(element: Any, language: str) -> Iterator[str]:
    """Every text that is shown or read aloud, except in parts marked as of another language."""
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return
    if element.get("lang", language).split("-")[0] != language:
        return
    yield from (element.get(name) for name in SHOWN if element.get(name))
    if element.tag == "input" and element.get("type") in ("submit", "button"):
        yield element.get("value", "")
    if element.tag == "meta" and element.get("name") == "description":
        yield element.get("content", "")
    yield element.text or ""
    for child in element:
        yield from texts_in(child, language)
        yield child.tail or ""


@cache
def vocabulary(language: str) -> frozenset[str]:
    """Every word that the language has here."""
    texts = [*_catalogue(language).values(), *_packs(language), *_beside(language)]
    words = {word for text in texts for word in words_of(FILLED_IN.sub(" ", text))}
    locale = Locale.parse(language)
    for one in (locale, Locale.parse(LOCALES[language])):
        words |= {word for name in _calendar(one) for word in words_of(name)}
    words |= {word for name in locale.languages.values() for word in words_of(name)}
    with translation.override(language):
        # The framework's own texts, in its own catalogue.
        framework = [*password_validators_help_texts(), *map(filesizeformat, (1, 2, 10**5, 10**7))]
    words |= {word for text in framework for word in words_of(text)}
    return frozenset(words | NAMES)


def spoken(language: str) -> list[str]:
    """The words of the catalogue and the packs, as often as they are said: once in a text."""
    texts = [*_catalogue(language).values(), *_packs(language)]
    return [word for text in texts for word in set(words_of(FILLED_IN.sub(" ", text)))]


@cache
def foreign_texts(language: str) -> frozenset[str]:
    """Whole texts of the other languages that this one says otherwise."""
    own = {_folded(text) for text in [*_catalogue(language).values(), *_packs(language)]}
    others = [one for one in LANGUAGES if one != language]
    texts = {
        _folded(text)
        for other in others
        for text in [*_catalogue(other).values(), *_packs(other)]
        if not FILLED_IN.search(text)
    }
    return frozenset(texts - own)


@cache
def _catalogue(language: str) -> dict[str, str]:
    """By English text: the same in the language. Plurals are several texts."""
    with (PACKAGE / f"locale/{'fi' if language == 'en' else language}/LC_MESSAGES/django.po").open(
        "rb"
    ) as file:
        messages = [one for one in read_po(file) if one.id]
    found = {}
    for one in messages:
        english = one.id if isinstance(one.id, tuple) else (one.id,)
        there = one.string if isinstance(one.string, tuple) else (one.string,)
        for key, text in zip(english, there, strict=True):
            found[f"{one.context}|{key}"] = key if language == "en" else text
    return found


@cache
def _packs(language: str) -> list[str]:
    """Every text of every pack in the language."""
    return [
        text
        for path in sorted(PACKS.rglob("*.yaml"))
        for text in _said(yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER), language)
    ]


def _beside(language: str) -> list[str]:
    tables = [getattr(import_module(module), name) for module, name in BESIDE.items()]
    units = import_module("valinta.processes.decision_words").UNITS
    texts = [table[language] for table in (*tables, units)]
    texts += _why_refused(language)
    return [text for one in texts for text in (one.values() if isinstance(one, dict) else (one,))]


def _why_refused(language: str) -> list[dict[int, str]]:
    """What is said of lines that were not taken, with the names of the fields."""
    module = import_module("valinta.visits.sentences")
    rows = import_module("valinta.visits.field_sentences").FIELD_SENTENCES
    said = [dict(enumerate(one[language])) for one in (*module.SENTENCES.values(), *rows.values())]
    return [*said, {0: " ".join(one[language] for one in module.FIELDS.values())}]


def _said(node: Any, language: str) -> Iterator[str]:
    if isinstance(node, dict):
        if language == "en" and "why" in node:
            # What is assumed is told in the words of whoever made the pack.
            yield str(node["why"])
        if language in node and set(node) <= set(LANGUAGES):
            yield str(node[language])
        else:
            for child in node.values():
                yield from _said(child, language)
    elif isinstance(node, list):
        for child in node:
            yield from _said(child, language)


def _calendar(locale: Locale) -> Iterator[str]:
    if locale.language == "fi":
        # As the months are said in sentences: of March, in March.
        months = locale.months["stand-alone"]["wide"].values()
        yield from (f"{month}{ending}" for month in months for ending in ("n", "ssa"))
    for table in (locale.days, locale.months):
        for widths in table.values():
            for names in widths.values():
                yield from names.values()


def _without(text: str, own: Iterable[str]) -> str:
    for one in sorted({" ".join(one.split()) for one in own}, key=len, reverse=True):
        if one and one in text:
            text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", " ", text)
    return text


def _folded(text: str) -> str:
    return " ".join(text.split()).strip(" .:!?").lower()
