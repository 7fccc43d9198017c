"""The audit trail of what belongs to a client's place in a programme."""

from __future__ import annotations

from datetime import datetime

from valinta.audit.actions import Note, record
from valinta.clients.models import Enrolment
from valinta.users.actor import Actor


def note_step(
    enrolment: Enrolment,
    verb: str,
    kind: str,
    subject_id: int,
    before: str,
    after: str,
    by: Actor,
    at: datetime,
) -> None:
    """Note in the audit log that a subject of the enrolment went from one state to another."""
    note = Note(verb, kind, subject_id, before, after, client_id=enrolment.client_id)
    record(organiser_id=enrolment.organiser_id, by_id=by.user_id, at=at, notes=[note])
