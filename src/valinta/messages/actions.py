"""Write messages: open a thread, answer in it, note what was read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.access import must_act_for
from valinta.clients.models import Client
from valinta.clients.states import MandateScope
from valinta.messages.files import MOST_FILES, Sent, TooManyFiles, kind_of, safe_name
from valinta.messages.models import (
    Attachment,
    Glance,
    Message,
    Notice,
    NoticeChoice,
    Thread,
    of_the_clients_side,
    of_the_other_side,
)
from valinta.messages.states import NoticeKind, Route, Side
from valinta.providers.models import Provider
from valinta.users.actor import Actor
from valinta.users.permissions import Permission
from valinta.visits.models import Visit


class NotYourThread(PermissionError):
    """The thread is between others."""


class WrittenByNobody(PermissionError):
    """A message is a person's own, under their name."""


class NothingSaid(ValueError):
    """A message needs words, and a thread a subject."""


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
        user_id=_person(by),
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


def _person(by: Actor) -> int:
    if by.user_id is None:
        raise WrittenByNobody("A message is written by a person under their own name.")
    return by.user_id


def _side(thread: Thread, by: Actor) -> Side:
    """The side on which the actor stands. Raises NotYourThread."""
    this = Thread.objects.filter(pk=thread.pk)
    if this.filter(of_the_clients_side(by)).exists():
        return Side.CLIENT
    if this.filter(of_the_other_side(by)).exists():
        return Side.OTHER
    raise NotYourThread("This thread is between others.")


def say(
    thread: Thread, side: Side, words: str, files: Sequence[Sent], by: Actor, at: datetime
) -> Message:
    """Put a message of a side into a thread: for this room's verbs, which have let the actor by.

    Raises NothingSaid, WrittenByNobody, and what `kind_of` raises for a file.
    """
    if not words.strip():
        raise NothingSaid("Write what you want to say.")
    if len(files) > MOST_FILES:
        raise TooManyFiles(f"Send at most {MOST_FILES} files with one message.")
    message = Message.objects.create(
        organiser_id=thread.organiser_id,
        thread=thread,
        side=side,
        words=words.strip(),
        written_at=at,
        written_by_id=_person(by),
    )
    for file in files:
        kind = kind_of(file)
        Attachment.objects.create(
            organiser_id=thread.organiser_id,
            message=message,
            name=safe_name(file, kind),
            kind=kind,
            size=len(file.content),
            content=file.content,
        )
    _tell(thread, by, at)
    return message


def _tell(thread: Thread, by: Actor, at: datetime) -> None:
    """An e-mail to those of both sides who chose it and have none waiting: news, no content.

    Nobody is written to about a client who has died.
    """
    if thread.client.died_on is not None:
        return
    concerned = set(thread.messages.values_list("written_by_id", flat=True))
    if thread.client.user_id is not None:
        concerned.add(thread.client.user_id)
    managed = thread.route in (Route.CASE_MANAGER, Route.VISIT)
    if managed and thread.client.case_manager_id is not None:
        concerned.add(thread.client.case_manager_id)
    put_notices(thread.organiser_id, concerned - {_person(by)}, at)


def put_notices(organiser_id: int, user_ids: Collection[int], at: datetime) -> None:
    """E-mails that there is something new, to those of the users who chose it; each has one."""
    choices = NoticeChoice.objects.filter(
        organiser_id=organiser_id, user_id__in=user_ids, confirmed_at__isnull=False
    )
    waiting = Notice.objects.filter(
        organiser_id=organiser_id, sent_at__isnull=True, kind=NoticeKind.NEWS
    ).values_list("user_id", flat=True)
    for choice in choices.exclude(user_id__in=waiting):
        Notice.objects.create(organiser_id=organiser_id, user_id=choice.user_id, made_at=at)


def _note(thread: Thread, verb: str, by: Actor, at: datetime) -> None:
    facts = {"route": thread.route}
    note = Note(verb, "thread", thread.pk, "", "written", thread.client_id, facts=facts)
    record(organiser_id=thread.organiser_id, by_id=by.user_id, at=at, notes=[note])
