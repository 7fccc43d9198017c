"""An absence becomes longer or shorter, or did not come to be."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.models import Absence
from valinta.programmes.ranges import as_range
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


@transaction.atomic
def move_absence(*, absence: Absence, period: Period | None, by: Actor, at: datetime) -> None:
    """Let an absence have other days; None: there is none. For the organiser's workers."""
    by.must(Permission.ENROL_CLIENTS, absence.organiser_id)
    after = "moved" if period else "removed"
    note = Note("move_absence", "absence", absence.pk, "", after, client_id=absence.client_id)
    if period is None:
        absence.delete()
    else:
        absence.valid = as_range(period)
        absence.save(update_fields=["valid"])
    record(organiser_id=absence.organiser_id, by_id=by.user_id, at=at, notes=[note])
