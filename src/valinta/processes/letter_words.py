"""The words of letters: defaults by kind, language and key, and an organiser's own in their place.

`KINDS` names every key with its default. An organiser's own text takes the place of the default of
its key; what stands in braces in the default has to stand in it too (`faults_in` tells).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from valinta.processes import claim_words, decision_words

DECISION = "decision"
CLAIM_ANSWER = "claim_answer"
KINDS: dict[str, dict[str, dict[str, str]]] = {
    DECISION: decision_words.WORDS,
    CLAIM_ANSWER: claim_words.WORDS,
}
_PLACE = re.compile(r"\{(\w+)\}")


def words_of(kind: str, language: str, own: Mapping[str, str]) -> dict[str, str]:
    """The words of a kind of letter in a language, with the organiser's `own` by key."""
    defaults = KINDS[kind][language]
    kept = {
        key: text
        for key, text in own.items()
        if key in defaults and text.strip() and not faults_in(kind, language, key, text)
    }
    return {**defaults, **kept}


def faults_in(kind: str, language: str, key: str, text: str) -> set[str]:
    """The places in braces that a text lacks or has too many of, against the default."""
    wanted = set(_PLACE.findall(KINDS[kind][language][key]))
    return wanted ^ set(_PLACE.findall(text))
