"""Two people change one thing at the same time: what another changed, and both brought together.

A form sends the version that it was opened with. When a newer one is kept, what came between is a
list of changes, field by field, and `bring_together` says which of them meet with what was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

Content = Mapping[str, str]
"""The fields of a form by name, each as text; a field that is not there is empty."""


@dataclass(frozen=True, slots=True)
class Change:
    """Another has changed one field: what it was, what it is now, who did it and when."""

    field: str
    was: str
    now: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Together:
    """What was typed with what another changed.

    `content` has the other's words in fields that only they changed (`theirs`), and the typed ones
    in those that both changed in different ways (`both`). Nothing that was typed falls out.
    """

    content: dict[str, str]
    theirs: tuple[Change, ...]
    both: tuple[Change, ...]


def tidy(text: str) -> str:
    """The text as it is kept: lines end in one way, without empty space around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def tidied(content: Content) -> dict[str, str]:
    """The fields that say something, each tidied."""
    return {field: text for field, typed in content.items() if (text := tidy(typed))}


def difference(before: Content, after: Content) -> dict[str, tuple[str, str]]:
    """The fields that differ: what each was and is."""
    fields = sorted(before.keys() | after.keys())
    pairs = {field: (before.get(field, ""), after.get(field, "")) for field in fields}
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def in_sum(changes: Iterable[Change]) -> list[Change]:
    """The changes of each field as one, from its first state to its last; those undone fall out."""
    last: dict[str, Change] = {}
    for one in changes:
        first = last.get(one.field, one)
        last[one.field] = Change(one.field, first.was, one.now, one.by_id, one.at)
    return [one for one in last.values() if one.was != one.now]


def bring_together(changes: Iterable[Change], typed: Content) -> Together:
    """Bring what was typed together with what another changed meanwhile."""
    content, theirs, both = dict(typed), [], []
    for one in in_sum(changes):
        mine = typed.get(one.field, "")
        if mine == one.now:
            continue
        if mine == one.was:
            content[one.field] = one.now
            theirs.append(one)
        else:
            both.append(one)
    return Together(content, tuple(theirs), tuple(both))
