"""A company writes to a client it serves: a thread on the provider's route."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.models import Client
from valinta.messages.actions import NotYourThread
from valinta.messages.files import Sent
from valinta.messages.models import Thread
from valinta.messages.saying import NothingSaid, say
from valinta.messages.states import Route, Side
from valinta.orders.assigning import of_own_clients
from valinta.orders.models import Order
from valinta.providers.access import must_work_for
from valinta.providers.models import Provider
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


@transaction.atomic
def write_to_client(
    *,
    provider: Provider,
    client: Client,
    subject: str,
    words: str,
    by: Actor,
    at: datetime,
    files: Sequence[Sent] = (),
) -> Thread:
    """One of the company's people begins a thread with a client whose orders they may see.

    Raises NotYourProvider, NotAtYourLevel, NotYourThread, NothingSaid, and what `kind_of` raises
    for a file.
    """
    must_work_for(
        provider_id=provider.pk,
        organiser_id=client.organiser_id,
        permission=Permission.WRITE_MESSAGES,
        by=by,
        at=at,
    )
    # Whoever may write for all of the organiser has routes of their own, and is no company.
    if not Order.objects.filter(of_own_clients(by), provider=provider, client=client).exists():
        raise NotYourThread("Write to clients whom you serve.")
    if not subject.strip():
        raise NothingSaid("Give the message a subject of a few words.")
    thread = Thread.objects.create(
        organiser_id=client.organiser_id,
        client=client,
        route=Route.PROVIDER,
        provider=provider,
        subject=subject.strip(),
        opened_at=at,
        opened_by_id=by.user_id,
        last_at=at,
    )
    say(thread, Side.OTHER, words, files, by, at)
    facts = {"route": thread.route}
    note = Note("write_to_client", "thread", thread.pk, "", "written", client.pk, facts=facts)
    record(organiser_id=client.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return thread
