"""Answering a refused line: by whom, once, and with what."""

from __future__ import annotations

from datetime import datetime

from valinta.audit.actions import Note, record
from valinta.providers.access import sees_a_part
from valinta.users.actor import Actor
from valinta.visits.models import Mending, RefusedLine, Visit
from valinta.visits.serving import NotYourVisit, must_report


class MendedAlready(ValueError):
    """Another line answers the refused one already, or it was set aside."""


def must_mend(*, refused: RefusedLine, by: Actor, at: datetime) -> RefusedLine:
    """The refused line, locked, when the actor may answer it and nobody has yet.

    Who sees a part of the company's orders answers the lines that they sent themselves, the office
    those of all. Raises
    NotYourProvider, NotYourVisit or MendedAlready. Runs inside the caller's transaction.
    """
    locked = RefusedLine.objects.select_for_update(of=("self",)).select_related("batch")
    line = locked.get(pk=refused.pk)
    must_report(provider_id=line.batch.provider_id, organiser_id=line.organiser_id, by=by, at=at)
    own = line.batch.received_by_id == by.user_id
    if not own and sees_a_part(provider_id=line.batch.provider_id, by=by, at=at):
        raise NotYourVisit
    if Mending.objects.filter(refused=line).exists():
        raise MendedAlready("This line has been mended or set aside meanwhile.")
    return line


def note_mended(*, refused: RefusedLine, visit: Visit | None, by: Actor, at: datetime) -> Mending:
    """Keep which visit answers the refused line; None: it was set aside."""
    made = Mending.objects.create(
        organiser_id=refused.organiser_id,
        refused=refused,
        visit=visit,
        made_at=at,
        made_by_id=by.user_id,
    )
    after = "mended" if visit else "set_aside"
    client_id = visit.client_id if visit else None
    note = Note("mend_line", "refused_line", refused.pk, "refused", after, client_id=client_id)
    record(organiser_id=refused.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return made
