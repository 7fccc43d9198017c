"""Write about webhooks: subscribe, renew the secret, resume, send again, end."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from valinta.api.hooks import EventKind, SendingState
from valinta.api.models import ApiClient, Event, Sending, Subscription
from valinta.audit.actions import Note, record
from valinta.integrations.webhooks import checked, written
from valinta.jobs.queue import defer
from valinta.providers.access import must_work_for
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

MOST = 20


class TooManySubscriptions(ValueError):
    """A company has at most 20 addresses that are told of events."""


class SubscriptionEnded(ValueError):
    """The subscription has been ended; make a new one."""


class NotYetTried(ValueError):
    """The message is on its way; it is sent again by itself until it arrives."""


@transaction.atomic
def subscribe_webhook(
    *, client: ApiClient, address: str, kinds: Collection[EventKind], by: Actor, at: datetime
) -> Subscription:
    """Have an address told of events of these kinds about the client's company.

    Raises NotYourProvider, AddressRefused or TooManySubscriptions.
    """
    _must(client.provider_id, client.organiser_id, by, at)
    checked(address, settings.WEBHOOK_NETWORKS)
    ApiClient.objects.select_for_update(no_key=True).get(pk=client.pk)
    own = Subscription.objects.filter(
        organiser_id=client.organiser_id, provider_id=client.provider_id, ended_at__isnull=True
    )
    if own.count() >= MOST:
        raise TooManySubscriptions("End a subscription before you make another: 20 is the most.")
    subscription = Subscription.objects.create(
        organiser_id=client.organiser_id,
        provider_id=client.provider_id,
        client=client,
        address=address,
        kinds=sorted(set(kinds)),
        made_at=at,
    )
    _note(subscription, "subscribe_webhook", "", "listening", by, at)
    return subscription


@transaction.atomic
def end_webhook(*, subscription: Subscription, by: Actor, at: datetime) -> Subscription:
    """Tell an address nothing any more. Raises NotYourProvider or SubscriptionEnded."""
    held = _locked(subscription, by, at)
    held.ended_at = at
    held.save()
    waiting = held.sendings.filter(state=SendingState.WAITING)
    waiting.update(state=SendingState.GIVEN_UP, outcome="ended", next_at=None)
    _note(held, "end_webhook", "listening", "ended", by, at)
    return held


@transaction.atomic
def renew_webhook_secret(*, subscription: Subscription, by: Actor, at: datetime) -> Subscription:
    """Sign with a new secret from now on. Raises NotYourProvider or SubscriptionEnded."""
    held = _locked(subscription, by, at)
    held.generation += 1
    held.save()
    _note(held, "renew_webhook_secret", "listening", "listening", by, at)
    return held


@transaction.atomic
def resume_webhook(*, subscription: Subscription, by: Actor, at: datetime) -> Subscription:
    """Start a paused subscription again, and send what was given up meanwhile.

    Raises NotYourProvider or SubscriptionEnded.
    """
    held = _locked(subscription, by, at)
    since, held.paused_at = held.paused_at, None
    held.save()
    given_up = held.sendings.filter(state=SendingState.GIVEN_UP)
    for one in given_up.order_by("pk") if since else ():
        _send(one)
    _note(held, "resume_webhook", "paused" if since else "listening", "listening", by, at)
    return held


@transaction.atomic
def replay_webhook(*, sending: Sending, by: Actor, at: datetime) -> Sending:
    """Send one message again, whether it arrived or was given up.

    Raises NotYourProvider, SubscriptionEnded or NotYetTried.
    """
    held = _locked(sending.subscription, by, at)
    again = Sending.objects.select_for_update(of=("self",)).get(pk=sending.pk)
    if again.state == SendingState.WAITING:
        raise NotYetTried("The message is still on its way.")
    _send(again)
    _note(held, "replay_webhook", "listening", "listening", by, at)
    return again


@transaction.atomic
def try_webhook(*, subscription: Subscription, by: Actor, at: datetime) -> Sending:
    """Send a test message to the address. Raises NotYourProvider or SubscriptionEnded."""
    held = _locked(subscription, by, at)
    event = Event.objects.create(
        organiser_id=held.organiser_id,
        provider_id=held.provider_id,
        kind=EventKind.TEST,
        subject_kind="webhook",
        subject_id=held.pk,
        at=at,
    )
    sending = Sending.objects.create(organiser_id=held.organiser_id, subscription=held, event=event)
    _send(sending)
    _note(held, "try_webhook", "listening", "listening", by, at)
    return sending


def secret_of(subscription: Subscription) -> bytes:
    """What signs for this address: made anew each time from the installation's key."""
    mark = f"{subscription.pk}:{subscription.generation}"
    return salted_hmac("valinta.api.webhook", mark, algorithm="sha256").digest()


def told_secret(subscription: Subscription) -> str:
    """The secret as the receiver is told it, once."""
    return written(secret_of(subscription))


def _send(sending: Sending) -> None:
    sending.state, sending.tries, sending.next_at = SendingState.WAITING, 0, None
    sending.save()
    defer(
        "send_event",
        organiser_id=sending.organiser_id,
        queue="webhooks",
        sending_id=sending.pk,
    )


def _must(provider_id: int, organiser_id: int, by: Actor, at: datetime) -> None:
    must_work_for(
        provider_id=provider_id,
        organiser_id=organiser_id,
        permission=Permission.KEEP_PROVIDER_PAGES,
        by=by,
        at=at,
    )


def _locked(subscription: Subscription, by: Actor, at: datetime) -> Subscription:
    _must(subscription.provider_id, subscription.organiser_id, by, at)
    held = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    if held.ended_at is not None:
        raise SubscriptionEnded("This subscription has been ended. Make a new one.")
    return held


def _note(
    subscription: Subscription, verb: str, before: str, after: str, by: Actor, at: datetime
) -> None:
    facts = {"provider": subscription.provider_id}
    note = Note(verb, "webhook", subscription.pk, before, after, facts=facts)
    record(organiser_id=subscription.organiser_id, by_id=by.user_id, at=at, notes=[note])
