"""Log contacts with and about a client (KAI-6); mend or take back one's own soon after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.contact_words import ContactWords, contact_words
from valinta.clients.models import Client, Contact
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

MOST_MINUTES = 1440


class UnknownContact(ValueError):
    """The kind or the purpose is not one of the programme's."""


class MinutesOutOfRange(ValueError):
    """A contact takes from one minute to a day."""


class ContactAhead(ValueError):
    """A contact is logged when it has taken place."""


class NotYourContact(PermissionError):
    """Only who logged a contact mends it."""


class TooLateToMend(ValueError):
    """The days for mending have gone by, or it was taken back before."""


@dataclass(frozen=True, slots=True)
class Logged:
    """What is told of a contact: codes of the programme, minutes, the moment, short words."""

    kind: str
    purpose: str
    minutes: int
    happened_at: datetime
    with_whom: str = ""
    words: str = ""


@transaction.atomic
def log_contact(*, client: Client, said: Logged, by: Actor, at: datetime) -> Contact:
    """Log a contact. Raises UnknownContact, MinutesOutOfRange or ContactAhead."""
    by.must(Permission.LOG_CONTACTS, client.organiser_id)
    _must_fit(said, contact_words(client), at)
    if by.user_id is None:
        raise NotYourContact("A contact is logged by the worker who had it.")
    contact = Contact(
        organiser_id=client.organiser_id, client=client, logged_at=at, logged_by_id=by.user_id
    )
    _write(contact, said)
    _note(contact, "log_contact", "", "logged", by, at)
    return contact


@transaction.atomic
def change_contact(*, contact: Contact, said: Logged, by: Actor, at: datetime) -> Contact:
    """Mend one's own contact. Raises NotYourContact, TooLateToMend, and what logging raises."""
    locked = _to_mend(contact, by, at)
    _must_fit(said, contact_words(locked.client), at)
    _write(locked, said)
    _note(locked, "change_contact", "logged", "changed", by, at)
    return locked


@transaction.atomic
def cancel_contact(*, contact: Contact, by: Actor, at: datetime) -> Contact:
    """Take back one's own contact that was logged by mistake. Raises NotYourContact, TooLateToMend.

    The row stays, and counts no more.
    """
    locked = _to_mend(contact, by, at)
    locked.cancelled_at = at
    locked.save(update_fields=["cancelled_at"])
    _note(locked, "cancel_contact", "logged", "cancelled", by, at)
    return locked


def may_mend(contact: Contact, words: ContactWords, user_id: int | None, at: datetime) -> bool:
    """Whether the user may mend the contact at the moment."""
    last_day = contact.logged_at + timedelta(days=words.mend_days)
    return contact.cancelled_at is None and contact.logged_by_id == user_id and at < last_day


def _to_mend(contact: Contact, by: Actor, at: datetime) -> Contact:
    by.must(Permission.LOG_CONTACTS, contact.organiser_id)
    locked = Contact.objects.select_for_update().select_related("client").get(pk=contact.pk)
    if locked.logged_by_id != by.user_id:
        raise NotYourContact("Who logged a contact mends it. Ask them.")
    if not may_mend(locked, contact_words(locked.client), by.user_id, at):
        raise TooLateToMend("This contact can be changed no more. Log a new one that says so.")
    return locked


def _must_fit(said: Logged, words: ContactWords, at: datetime) -> None:
    if said.kind not in words.kinds or said.purpose not in words.purposes:
        raise UnknownContact("Choose the kind and the purpose from the programme's list.")
    if not 1 <= said.minutes <= MOST_MINUTES:
        raise MinutesOutOfRange("Give from 1 to 1,440 minutes.")
    if said.happened_at > at:
        raise ContactAhead("A contact is logged when it has taken place: give a time gone by.")


def _write(contact: Contact, said: Logged) -> None:
    contact.kind, contact.purpose = said.kind, said.purpose
    contact.minutes, contact.happened_at = said.minutes, said.happened_at
    contact.with_whom, contact.words = said.with_whom.strip()[:120], said.words.strip()[:500]
    contact.save()


def _note(contact: Contact, verb: str, before: str, after: str, by: Actor, at: datetime) -> None:
    facts = {"kind": contact.kind, "minutes": contact.minutes}
    note = Note(verb, "contact", contact.pk, before, after, contact.client_id, facts=facts)
    record(organiser_id=contact.organiser_id, by_id=by.user_id, at=at, notes=[note])
