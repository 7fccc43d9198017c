"""The job that tells an address of an event, and tries again until it arrives or is given up."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from valinta.api.hook_actions import secret_of
from valinta.api.hooks import SendingState
from valinta.api.models import Sending, Subscription
from valinta.audit.actions import Note, record
from valinta.integrations.webhooks import AddressRefused, Outcome, checked, send, signed
from valinta.jobs.queue import defer
from valinta.jobs.registry import job
from valinta.organisers import clock
from valinta.users.actor import Actor

QUEUE = "webhooks"
_HOUR = timedelta(hours=1)
# After each failed try; after the last one the message is given up and the address paused.
WAITS = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    _HOUR,
    3 * _HOUR,
    6 * _HOUR,
    12 * _HOUR,
    24 * _HOUR,
    24 * _HOUR,
)
PLACES = {"order": "orders", "visit": "visits", "statement": "statements"}


@job("send_event", queue=QUEUE)
def send_event(*, organiser_id: int, by: Actor, at: datetime, sending_id: int) -> None:
    """Tell one address of one event. No transaction is open while the other side is waited for."""
    found = Sending.objects.select_related(
        "subscription__client__unit", "event__provider", "event__organiser"
    ).filter(pk=sending_id)
    sending = found.first()
    if sending is None or sending.state != SendingState.WAITING:
        return
    subscription = sending.subscription
    if subscription.paused_at is not None:
        _give_up(sending, "paused")
        return
    if subscription.ended_at is not None or not subscription.client.works_on(at.date()):
        _give_up(sending, "ended")
        return
    _keep(sending, _tell(sending), by, at)


def body_of(sending: Sending) -> bytes:
    """What is told: kind and ids. Whoever may see more asks the API for it."""
    event = sending.event
    place = PLACES.get(event.subject_kind)
    data = {event.subject_kind: event.subject_id}
    said = {
        "id": message_id(sending),
        "type": str(event.kind),
        "at": event.at.isoformat(),
        "organiser": event.organiser.code,
        "company": event.provider.business_id,
        "data": data,
        "href": f"/api/v1/{place}/{event.subject_id}" if place else None,
    }
    return json.dumps(said).encode()


def message_id(sending: Sending) -> str:
    """The same each time the message is sent, so that the receiver knows a repetition."""
    return f"evt_{sending.event_id}"


def _tell(sending: Sending) -> Outcome:
    subscription = sending.subscription
    secret, now = secret_of(subscription), clock.moment()
    message = signed(secret, message_id(sending), now, body_of(sending))
    try:
        # Looked up anew each time: the name may lead somewhere else by now.
        return send(checked(subscription.address, settings.WEBHOOK_NETWORKS), message)
    except AddressRefused:
        return Outcome(0, "address refused")


@transaction.atomic
def _keep(sending: Sending, outcome: Outcome, by: Actor, at: datetime) -> None:
    held = Sending.objects.select_for_update(of=("self",)).get(pk=sending.pk)
    if held.state != SendingState.WAITING:
        return
    held.tries += 1
    held.tried_at, held.outcome = at, str(outcome)
    if outcome.arrived:
        held.state, held.next_at = SendingState.ARRIVED, None
    elif outcome.gone or held.tries > len(WAITS):
        held.state, held.next_at = SendingState.GIVEN_UP, None
        _stop(sending.subscription, outcome, by, at)
    else:
        wait = WAITS[held.tries - 1]
        held.next_at = at + wait
        defer(
            "send_event",
            organiser_id=held.organiser_id,
            queue=QUEUE,
            after=wait,
            sending_id=held.pk,
        )
    held.save()


def _stop(subscription: Subscription, outcome: Outcome, by: Actor, at: datetime) -> None:
    """Pause an address that has failed for days; end one that says it wants nothing more."""
    held = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    if outcome.gone:
        held.ended_at = held.ended_at or at
    else:
        held.paused_at = held.paused_at or at
    held.save()
    after = "ended" if outcome.gone else "paused"
    note = Note("stop_webhook", "webhook", held.pk, "listening", after)
    record(organiser_id=held.organiser_id, by_id=by.user_id, at=at, notes=[note])


def _give_up(sending: Sending, why: str) -> None:
    Sending.objects.filter(pk=sending.pk, state=SendingState.WAITING).update(
        state=SendingState.GIVEN_UP, outcome=why, next_at=None
    )
