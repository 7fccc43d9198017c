"""Requests for the tray as the office sees them: no names, alike wishes in one group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from valinta.programmes.names import named
from valinta.web.templatetags.wording import language
from valinta.wishes.models import TrayRequest

ANSWERED_SHOWN = 50
# Alike wishes are looked for among so many, the oldest first.
GROUPED_AT_ONCE = 200
# Two wishes are alike when at least half of the stems of the shorter one are in both.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Wish:
    """A request: what, where, and which worker knows more. A hidden address shows no town."""

    pk: int
    kind: str
    words: str
    town: str
    case_manager: str
    state: str
    asked_at: datetime
    answer: str
    application_id: int | None
    application: str
    approval_id: int | None
    offer: str


def with_facts(rows: QuerySet[TrayRequest]) -> QuerySet[TrayRequest]:
    """The rows with what is told of them."""
    return rows.select_related(
        "client__case_manager",
        "enrolment__municipality",
        "enrolment__programme",
        "application",
        "offer__approval__provider",
        "offer__service",
    )


def wishes_of(rows: Iterable[TrayRequest]) -> list[Wish]:
    """The rows of `with_facts` without the person."""
    return [_wish(one) for one in rows]


def groups_of(wishes: Sequence[Wish]) -> list[list[Wish]]:
    """Wishes that are alike together: the group with most first, then the one with the oldest."""
    stems = _stems(wishes)
    groups: list[list[Wish]] = []
    for one in wishes:
        for group in groups:
            first = group[0]
            if first.kind == one.kind and _alike(stems[first.pk], stems[one.pk]):
                group.append(one)
                break
        else:
            groups.append([one])
    return sorted(groups, key=lambda group: (-len(group), group[0].asked_at))


def _stems(wishes: Iterable[Wish]) -> dict[int, frozenset[str]]:
    listed = list(wishes)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, tsvector_to_array(catalogue_words(said, said, said))"
            " FROM unnest(%s::bigint[], %s::text[]) w (id, said)",
            [[one.pk for one in listed], [one.words for one in listed]],
        )
        return {pk: frozenset(words) for pk, words in cursor.fetchall()}


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    least = min(len(one), len(other))
    return least > 0 and len(one & other) >= ALIKE * least


def _wish(one: TrayRequest) -> Wish:
    client, offer = one.client, one.offer
    return Wish(
        one.pk,
        one.kind,
        one.words,
        "" if client.non_disclosure else _town(one),
        client.case_manager.display_name if client.case_manager else "",
        one.state,
        one.asked_at,
        one.answer,
        one.application_id,
        one.application.name if one.application else "",
        offer.approval_id if offer else None,
        f"{offer.approval.provider.name}, {named(offer.service.names, language())}"
        if offer
        else "",
    )


def _town(one: TrayRequest) -> str:
    return named(one.enrolment.municipality.names, language())
