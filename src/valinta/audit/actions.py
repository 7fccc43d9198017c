"""Write the audit log, in the same transaction as the thing it tells about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class Note:
    """What happened to one subject: `verb` names the act, `before` and `after` the states."""

    verb: str
    subject_kind: str
    subject_id: int
    before: str = ""
    after: str = ""
    client_id: int | None = None
    purpose: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def record(*, organiser_id: int, by_id: int | None, at: datetime, notes: Sequence[Note]) -> None:
    """Add the notes to the log. Facts are ids, codes and sums; never a person's data."""
    if not notes:
        return
    columns = (
        [note.verb for note in notes],
        [note.subject_kind for note in notes],
        [note.subject_id for note in notes],
        [note.before for note in notes],
        [note.after for note in notes],
        [note.client_id for note in notes],
        [note.purpose for note in notes],
        [json.dumps(dict(note.facts)) for note in notes],
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (organiser_id, at, by_id, verb, subject_kind, subject_id,"
            " before, after, client_id, purpose, facts)"
            " SELECT %s, %s, %s, * FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::text[],"
            " %s::text[], %s::bigint[], %s::text[], %s::jsonb[])",
            [organiser_id, at, by_id, *columns],
        )


def noting_sql(select: str) -> str:
    """SQL that adds what a query gives to the log, to be a part of a larger statement.

    The query returns verb, subject_kind, subject_id, before, after, client_id, purpose, facts. It
    takes the parameters `_organiser`, `_by` and `_at`.
    """
    return (
        "INSERT INTO audit_entry (organiser_id, at, by_id, verb, subject_kind, subject_id,"
        " before, after, client_id, purpose, facts)"
        " SELECT %(_organiser)s::bigint, %(_at)s::timestamptz, %(_by)s::bigint, chosen.*"
        f" FROM ({select}) chosen"
    )


def read(*, organiser_id: int, by_id: int, at: datetime, client_id: int, purpose: str) -> None:
    """Note that a user looked at a client's data, and why."""
    note = Note("read", "client", client_id, client_id=client_id, purpose=purpose)
    record(organiser_id=organiser_id, by_id=by_id, at=at, notes=[note])
