"""Keep what was changed during the way, and whose provider was lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.models import Client, Enrolment
from valinta.orders.actions import must_end_for, must_order_for
from valinta.orders.models import Change, Moving, Order
from valinta.orders.states import ChangeKind
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class ChangedMeanwhile(ValueError):
    """Somebody else has moved or taken back the change."""


class WordsMissing(ValueError):
    """What is done for a client is kept with its reason."""


class MovedAlready(ValueError):
    """A new order was placed, or the client wants none: there is nothing to settle any more."""


@dataclass(frozen=True, slots=True)
class Said:
    """A change as it is told: from when to when (exclusive), why, the proof, and what it did."""

    kind: ChangeKind
    starts_on: date
    ends_on: date | None = None
    reason: str = ""
    proof: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def keep_change(
    *, client: Client, enrolment: Enrolment | None, said: Said, by: Actor, at: datetime
) -> Change:
    """Keep a change that has just been carried out."""
    by.must(Permission.ENROL_CLIENTS, client.organiser_id)
    change = Change.objects.create(
        organiser_id=client.organiser_id,
        client=client,
        enrolment=enrolment,
        kind=said.kind,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        reason=said.reason.strip(),
        proof=said.proof.strip(),
        facts=dict(said.facts),
        made_at=at,
        made_by_id=by.user_id,
    )
    _note(change, "keep_change", "", "made", by, at)
    return change


@transaction.atomic
def move_change(
    *, change: Change, ends_on: date, facts: Mapping[str, Any], by: Actor, at: datetime
) -> Change:
    """Let a change end on another day. Raises ChangedMeanwhile."""
    locked = _locked(change, by)
    locked.ends_on, locked.facts = ends_on, dict(facts)
    locked.save(update_fields=["ends_on", "facts"])
    _note(locked, "move_change", "made", "moved", by, at)
    return locked


@transaction.atomic
def undo_change(*, change: Change, reason: str, by: Actor, at: datetime) -> Change:
    """Keep that a change was taken back, and why. Raises WordsMissing or ChangedMeanwhile."""
    if not reason.strip():
        raise WordsMissing("Write why it is taken back.")
    locked = _locked(change, by)
    locked.undone_at, locked.undone_by_id = at, by.user_id
    locked.undone_reason = reason.strip()
    locked.save()
    _note(locked, "undo_change", "made", "undone", by, at)
    return locked


@transaction.atomic
def finish_change(*, change: Change, by: Actor, at: datetime) -> Change:
    """Keep that a change can no longer be taken back. Raises ChangedMeanwhile."""
    locked = _locked(change, by)
    locked.finished_at = at
    locked.save(update_fields=["finished_at"])
    _note(locked, "finish_change", "made", "finished", by, at)
    return locked


@transaction.atomic
def begin_moving(
    *, order: Order, ends_on: date, was_until: date | None, reason: str, by: Actor, at: datetime
) -> Moving:
    """Keep that the client of an order has to find another provider. Raises WordsMissing."""
    must_end_for(order, by, at)
    if not reason.strip():
        raise WordsMissing("Write why the provider is no longer there; the clients are told.")
    moving = Moving.objects.create(
        organiser_id=order.organiser_id,
        order=order,
        client_id=order.client_id,
        ends_on=ends_on,
        was_until=was_until,
        reason=reason.strip(),
        begun_at=at,
        begun_by_id=by.user_id,
    )
    _note_moving(moving, "begin_moving", "begun", by, at)
    return moving


@transaction.atomic
def settle_moving(
    *, moving: Moving, new_order: Order | None, words: str = "", by: Actor, at: datetime
) -> Moving:
    """The client has a new order in place of the lost one, or wants none, for the reason given.

    Raises NotYourClient, WordsMissing or MovedAlready.
    """
    must_order_for(moving.client, by, at)
    if new_order is None and not words.strip():
        raise WordsMissing("Write why no new order is placed, and how the need is met.")
    locked = Moving.objects.select_for_update().get(pk=moving.pk)
    if locked.settled_at is not None:
        raise MovedAlready("This has been settled already. Look at the newest.")
    locked.new_order, locked.words = new_order, words.strip()
    locked.settled_at, locked.settled_by_id = at, by.user_id
    locked.save()
    _note_moving(locked, "settle_moving", "settled", by, at)
    return locked


def _locked(change: Change, by: Actor) -> Change:
    by.must(Permission.ENROL_CLIENTS, change.organiser_id)
    locked = Change.objects.select_for_update().get(pk=change.pk)
    if locked.undone_at or locked.finished_at or locked.ends_on != change.ends_on:
        raise ChangedMeanwhile("Somebody else has changed this meanwhile. Look at the newest.")
    return locked


def _note(change: Change, verb: str, before: str, after: str, by: Actor, at: datetime) -> None:
    note = Note(
        verb, "change", change.pk, before, after, client_id=change.client_id,
        facts={"kind": change.kind},
    )  # fmt: skip
    record(organiser_id=change.organiser_id, by_id=by.user_id, at=at, notes=[note])


def _note_moving(moving: Moving, verb: str, after: str, by: Actor, at: datetime) -> None:
    facts = {"order": moving.order_id}
    note = Note(verb, "moving", moving.pk, "", after, client_id=moving.client_id, facts=facts)
    record(organiser_id=moving.organiser_id, by_id=by.user_id, at=at, notes=[note])
