"""Sign in with the code of a letter and the date of birth: the client's own pages, fewer rights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.codes import digest
from valinta.clients.models import AccessCode
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.processes.write_access_letter import DOOR
from valinta.users.actor import Actor
from valinta.users.permissions import BY_LETTER, Permission, Role

MOST_WRONG_TRIES = 10


class LetterNotKnown(ValueError):
    """Code and date of birth do not go together, or the code works no more; which is not told."""

    def __init__(self) -> None:
        super().__init__(
            "The code and the date of birth do not match, or the code is too old. Check both, or"
            " ask your case manager for a new letter."
        )


def sign_in_by_letter(
    *, code: str, born_on: date, now: Callable[[Organiser], datetime]
) -> AccessCode:
    """The access code, with its client and the client's user, to open a session for.

    Success and failure are both noted. Raises LetterNotKnown.
    """
    found = digest(DOOR, code)
    with tenancy.holding(found):
        row = AccessCode.objects.filter(code_digest=found).select_related("organiser").first()
    if row is None:
        raise LetterNotKnown
    with tenancy.scope([row.organiser_id]):
        access, opens = _judge(row.pk, born_on, now(row.organiser))
    if not opens:
        raise LetterNotKnown
    return access


@transaction.atomic
def _judge(access_id: int, born_on: date, at: datetime) -> tuple[AccessCode, bool]:
    """Whether the code opens the pages; the answer is noted, a wrong date of birth counted."""
    access = (
        AccessCode.objects.select_for_update(of=("self",))
        .select_related("client__user", "organiser")
        .get(pk=access_id)
    )
    works = is_in_force(access, at)
    opens = works and access.client.born_on == born_on
    if works and not opens:
        access.wrong_tries += 1
        access.save()
    user = access.client.user
    note = Note(
        "sign_in_by_letter",
        "access_code",
        access.pk,
        after="opened" if opens else "refused",
        client_id=access.client_id,
    )
    by_id = user.pk if opens and user is not None else None
    record(organiser_id=access.organiser_id, by_id=by_id, at=at, notes=[note])
    return access, opens


def is_in_force(access: AccessCode, at: datetime) -> bool:
    """Whether the code opens the pages at the moment, for a client who may still sign in."""
    user = access.client.user
    return (
        access.ended_at is None
        and access.expires_at > at
        and access.wrong_tries < MOST_WRONG_TRIES
        and user is not None
        and user.is_active
    )


def actor_by_letter(access: AccessCode, full: Actor) -> Actor:
    """What is left of the user's own actor: the client of one organiser, with fewer rights."""
    here = (access.organiser_id, Role.CLIENT)
    return Actor(
        full.user_id,
        full.roles & {here},
        frozenset(one for one in full.days if one[0] == access.organiser_id),
        frozenset(Permission) - BY_LETTER,
    )
