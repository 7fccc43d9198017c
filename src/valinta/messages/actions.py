"""Write messages: open a thread, answer in it, note what was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.access import must_act_for
from valinta.clients.models import Client
from valinta.clients.states import MandateScope
from valinta.messages.files import Sent
from valinta.messages.models import (
    Glance,
    Message,
    Thread,
    of_the_clients_side,
    of_the_other_side,
)
from valinta.messages.saying import NothingSaid, person_of, say
from valinta.messages.states import Route, Side
from valinta.providers.models import Provider
from valinta.users.actor import Actor
from valinta.users.permissions import Permission
from valinta.visits.models import Visit


class NotYourThread(PermissionError):
    """The thread is between others."""


class NotYourProviderNow(ValueError):
    """The client has ordered nothing from the provider, so there is nothing to write about."""


class AnotherVisit(ValueError):
    """The visit is not the client's, or not one of the provider who is asked."""


@transaction.atomic
def open_thread(
    *,
    client: Client,
    route: Route,
    subject: str,
    words: str,
    by: Actor,
    at: datetime,
    provider: Provider | None = None,
    visit: Visit | None = None,
    files: Sequence[Sent] = (),
) -> Thread:
    """The client's side asks a provider, the case manager or the office (KEU-11).

    The case manager and the office may also begin, each on their own route.
    Raises NotYourClient, NotYourThread, NothingSaid, NotYourProviderNow, AnotherVisit, and what
    `kind_of` raises for a file.
    """
    must_act_for(
        client=client,
        permission=Permission.WRITE_MESSAGES,
        scope=MandateScope.SEE,
        by=by,
        at=at,
    )
    if not subject.strip():
        raise NothingSaid("Give the message a subject of a few words.")
    if provider is not None and not client.orders.filter(provider=provider).exists():
        raise NotYourProviderNow("Choose a provider from whom something has been ordered.")
    _must_be_theirs(visit, client, route, provider)
    thread = Thread.objects.create(
        organiser_id=client.organiser_id,
        client=client,
        route=route,
        provider=provider,
        visit=visit,
        subject=subject.strip(),
        opened_at=at,
        opened_by_id=by.user_id,
        last_at=at,
    )
    say(thread, _side(thread, by), words, files, by, at)
    _note(thread, "open_thread", by, at)
    return thread


@transaction.atomic
def write_message(
    *, thread: Thread, words: str, by: Actor, at: datetime, files: Sequence[Sent] = ()
) -> Message:
    """Either side goes on in a thread.

    Raises NotYourThread, NothingSaid, and what `kind_of` raises for a file.
    """
    by.must(Permission.WRITE_MESSAGES, thread.organiser_id)
    locked = Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    side = _side(locked, by)
    message = say(locked, side, words, files, by, at)
    locked.last_at = at
    locked.save(update_fields=["last_at"])
    _note(locked, "write_message", by, at)
    return message


@transaction.atomic
def note_glance(*, thread: Thread, by: Actor, at: datetime) -> None:
    """Note that the actor has read the thread up to now. Raises NotYourThread."""
    by.must(Permission.WRITE_MESSAGES, thread.organiser_id)
    if not Thread.objects.visible_to(by).filter(pk=thread.pk).exists():
        raise NotYourThread("This thread is between others.")
    Glance.objects.update_or_create(
        thread=thread,
        user_id=person_of(by),
        defaults={"read_at": at},
        create_defaults={"read_at": at, "organiser_id": thread.organiser_id},
    )
    note = Note("note_glance", "thread", thread.pk, "", "read", thread.client_id)
    record(organiser_id=thread.organiser_id, by_id=by.user_id, at=at, notes=[note])


def _must_be_theirs(
    visit: Visit | None, client: Client, route: Route, provider: Provider | None
) -> None:
    """Raise AnotherVisit unless the visit is one of the client and of the provider who is asked."""
    whose = visit is None or visit.client_id == client.pk
    if visit is None:
        fits = route != Route.VISIT
    else:
        fits = provider is None or visit.provider_id == provider.pk
    if not whose or not fits:
        raise AnotherVisit("Choose a visit of the client's, and the provider who reported it.")


def _side(thread: Thread, by: Actor) -> Side:
    """The side on which the actor stands. Raises NotYourThread."""
    this = Thread.objects.filter(pk=thread.pk)
    if this.filter(of_the_clients_side(by)).exists():
        return Side.CLIENT
    if this.filter(of_the_other_side(by)).exists():
        return Side.OTHER
    raise NotYourThread("This thread is between others.")


def _note(thread: Thread, verb: str, by: Actor, at: datetime) -> None:
    facts = {"route": thread.route}
    note = Note(verb, "thread", thread.pk, "", "written", thread.client_id, facts=facts)
    record(organiser_id=thread.organiser_id, by_id=by.user_id, at=at, notes=[note])
