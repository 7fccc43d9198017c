"""Suspend a provider: no new orders, while running ones go on; and let it go on again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.providers.application_actions import WordsMissing
from valinta.providers.models import Approval, Suspension
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class SuspendedAlready(ValueError):
    """The provider is suspended already."""


class NotSuspended(ValueError):
    """The provider is not suspended."""


class ApprovalOver(ValueError):
    """The approval has ended, so there is nothing to suspend."""


@transaction.atomic
def suspend_approval(
    *, approval: Approval, starts_on: date, reason: str, by: Actor, at: datetime
) -> Suspension:
    """Let the provider get no new orders from a day on, with the reason.

    Raises NotAllowed, WordsMissing, SuspendedAlready or ApprovalOver.
    """
    by.must(Permission.APPROVE_PROVIDERS, approval.organiser_id)
    if not reason.strip():
        raise WordsMissing("Write why the provider is suspended; it will read it.")
    held = Approval.objects.select_for_update().get(pk=approval.pk)
    if held.suspended_on is not None:
        raise SuspendedAlready("The provider is suspended already.")
    first = max(starts_on, at.date())
    if held.valid.upper is not None and held.valid.upper <= first:
        raise ApprovalOver("The approval ends before that day.")
    made = Suspension.objects.create(
        organiser_id=held.organiser_id,
        approval=held,
        starts_on=first,
        reason=reason.strip(),
        begun_at=at,
        begun_by_id=by.user_id,
    )
    held.suspended_on = first
    held.save(update_fields=["suspended_on"])
    _note(held, "suspend_approval", "approved", "suspended", by, at)
    return made


@transaction.atomic
def end_suspension(*, approval: Approval, words: str = "", by: Actor, at: datetime) -> Suspension:
    """Let the provider get new orders again. Raises NotAllowed or NotSuspended."""
    by.must(Permission.APPROVE_PROVIDERS, approval.organiser_id)
    held = Approval.objects.select_for_update().get(pk=approval.pk)
    running = held.suspensions.filter(ended_at__isnull=True).first()
    if running is None:
        raise NotSuspended("The provider is not suspended.")
    running.ended_at, running.ended_by_id, running.end_words = at, by.user_id, words.strip()
    running.save()
    held.suspended_on = None
    held.save(update_fields=["suspended_on"])
    _note(held, "end_suspension", "suspended", "approved", by, at)
    return running


def _note(held: Approval, verb: str, before: str, after: str, by: Actor, at: datetime) -> None:
    note = Note(verb, "approval", held.pk, before, after)
    record(organiser_id=held.organiser_id, by_id=by.user_id, at=at, notes=[note])
