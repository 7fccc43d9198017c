"""Follow up those who came forward: answer, close, and remove what is not needed any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from valinta.audit.actions import Note, record
from valinta.clients.models import Interest, Reception
from valinta.clients.states import INTEREST, InterestState
from valinta.programmes.ranges import as_range
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Permission

OVER = (InterestState.ENROLLED, InterestState.CLOSED)


@transaction.atomic
def name_receiver(
    *,
    organiser_id: int,
    municipality_code: str,
    user: User,
    period: Period,
    by: Actor,
    at: datetime,
) -> Reception:
    """Name who receives those who come forward from a municipality; several may be named."""
    by.must(Permission.LOAD_PROGRAMMES, organiser_id)
    named = Reception.objects.create(
        organiser_id=organiser_id,
        municipality_code=municipality_code,
        user=user,
        valid=as_range(period),
    )
    note = Note("name_receiver", "reception", named.pk, "", "named")
    record(organiser_id=organiser_id, by_id=by.user_id, at=at, notes=[note])
    return named


@transaction.atomic
def end_reception(*, reception: Reception, ends_on: date, by: Actor, at: datetime) -> None:
    """From a day on the worker receives the municipality's people no longer. Raises NotAllowed."""
    by.must(Permission.LOAD_PROGRAMMES, reception.organiser_id)
    note = Note("end_reception", "reception", reception.pk, "named", "ended")
    record(organiser_id=reception.organiser_id, by_id=by.user_id, at=at, notes=[note])
    if reception.valid.lower >= ends_on:
        reception.delete()
        return
    reception.valid = as_range(Period(reception.valid.lower, ends_on))
    reception.save()


@transaction.atomic
def answer_interest(*, interest: Interest, to: InterestState, by: Actor, at: datetime) -> Interest:
    """Note that someone who came forward was contacted, enrolled, or that the matter is closed.

    Raises ForbiddenTransition.
    """
    by.must(Permission.ENROL_CLIENTS, interest.organiser_id)
    locked = Interest.objects.select_for_update().get(pk=interest.pk)
    before = InterestState(locked.state)
    INTEREST.check(before, to)
    locked.state = to
    locked.closed_at = at if to in OVER else None
    locked.save()
    note = Note("answer_interest", "interest", locked.pk, before, to)
    record(organiser_id=locked.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return locked


@transaction.atomic
def remove_old_interests(*, organiser_id: int, by: Actor, at: datetime) -> int:
    """Remove those that were closed longer ago than they are kept; how many there were.

    One that nobody has answered is never removed. The audit log keeps that the form came and
    that it was removed, without names.
    """
    by.must(Permission.ENROL_CLIENTS, organiser_id)
    closed = Interest.objects.filter(organiser_id=organiser_id, state__in=OVER)
    old = [
        pk
        for pk, closed_at in closed.values_list("pk", "closed_at")
        if closed_at is not None and at.date() >= _kept_until(localtime(closed_at).date())
    ]
    closed.filter(pk__in=old).delete()
    notes = [Note("remove_interest", "interest", pk, "", "removed") for pk in old]
    record(organiser_id=organiser_id, by_id=by.user_id, at=at, notes=notes)
    return len(old)


def _kept_until(closed_on: date) -> date:
    """The day from which it is not needed, by the setting in force on the day of closing."""
    kept: Mapping[str, int] = settings.INTEREST_KEPT_DAYS
    in_force = [start for start in kept if date.fromisoformat(start) <= closed_on]
    return closed_on + timedelta(days=kept[max(in_force)] if in_force else max(kept.values()))
