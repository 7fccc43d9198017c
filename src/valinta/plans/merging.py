"""Two people write one plan at the same time: what both typed is brought together, nothing lost."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

_MARK_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Typed:
    """A text as it was typed, and the mark of the text that the writer saw at the beginning."""

    text: str
    seen: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The texts by section, and those that another has changed otherwise, as they are now."""

    texts: dict[str, str]
    changed_by_another: dict[str, str]


def tidy(text: str) -> str:
    """The text as it is kept: lines end in one way, without empty space around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def mark(text: str) -> str:
    """A short mark by which two texts are told apart."""
    return hashlib.sha256(tidy(text).encode()).hexdigest()[:_MARK_LENGTH]


def merge(current: Mapping[str, str], typed: Mapping[str, Typed]) -> Merged:
    """Bring what was typed together with what is kept now.

    A section that only one of two writers has changed is theirs. One that both have changed, in
    different words, is told about: `texts` then has what was typed, `changed_by_another` what is
    kept. Sections that were not typed stay; empty ones fall out.
    """
    texts, changed = dict(current), {}
    for code, one in typed.items():
        kept, new = tidy(current.get(code, "")), tidy(one.text)
        if mark(new) == one.seen:
            continue
        texts[code] = new
        if mark(kept) != one.seen and kept != new:
            changed[code] = kept
    return Merged({code: text for code, text in texts.items() if text}, changed)
