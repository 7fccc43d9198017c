"""Visits that go on: how one comes to its end."""

from __future__ import annotations

from datetime import datetime

from valinta.audit.actions import Note, record
from valinta.orders.models import Order
from valinta.users.actor import Actor
from valinta.visits.models import StartedVisit


def close_started(*, order: Order, reference: str, by: Actor, at: datetime) -> None:
    """The line of a started visit went in: it does not go on any more. Nothing when there is none.

    The line may name another order of the provider than the one it was begun for. Runs inside the
    caller's transaction.
    """
    going_on = StartedVisit.objects.select_for_update().filter(
        organiser_id=order.organiser_id,
        provider_id=order.provider_id,
        reference=reference,
        closed_at__isnull=True,
    )
    for one in going_on:
        close_one(one, "ended", by, at)


def close_one(one: StartedVisit, after: str, by: Actor, at: datetime) -> None:
    """Say that it goes on no more: `after` is ended or dropped."""
    one.closed_at = at
    one.save(update_fields=["closed_at"])
    note_started("close_started_visit", one, "started", after, by, at)


def note_started(
    verb: str, one: StartedVisit, before: str, after: str, by: Actor, at: datetime
) -> None:
    client_id = Order.objects.values_list("client_id", flat=True).get(pk=one.order_id)
    note = Note(verb, "started_visit", one.pk, before, after, client_id=client_id)
    record(organiser_id=one.organiser_id, by_id=by.user_id, at=at, notes=[note])
