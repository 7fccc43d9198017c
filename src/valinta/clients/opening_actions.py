"""Open a client with a reason: another worker's where caseloads are closed, or what is hidden."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.models import AccessGrant, Client
from valinta.clients.states import OpeningScope
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

LEAST_LETTERS = 10


class ReasonMissing(ValueError):
    """Opening needs a reason that the client can read and understand."""


class OpenedByNobody(PermissionError):
    """A client is opened by a person under their own name."""


@transaction.atomic
def open_client(
    *, client: Client, scope: OpeningScope, reason: str, by: Actor, at: datetime
) -> AccessGrant:
    """Let the worker open the client for the organiser's days of opening, this day the first.

    The client sees who opened, when and why; supervisors have a list of openings. With an opening
    in force, nothing changes and that one is given back. Raises ReasonMissing or OpenedByNobody.
    """
    by.must(Permission.SEE_CLIENTS, client.organiser_id)
    if by.user_id is None:
        raise OpenedByNobody("A client is opened by a person under their own name.")
    words = reason.strip()
    if len(words) < LEAST_LETTERS:
        raise ReasonMissing("Write the reason in a sentence; the client can read it.")
    # Two tabs of one worker wait for each other here.
    locked = Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    today = at.date()
    same = AccessGrant.objects.filter(client=locked, user_id=by.user_id, scope=scope)
    held = same.filter(valid__contains=today).first()
    if held is not None:
        return held
    grant = AccessGrant.objects.create(
        organiser_id=locked.organiser_id,
        client=locked,
        user_id=by.user_id,
        scope=scope,
        reason=words[:400],
        valid=(today, today + timedelta(days=locked.organiser.opening_days)),
        opened_at=at,
    )
    note = Note(
        "open_client", "opening", grant.pk, "", scope, client_id=locked.pk, purpose="opened"
    )
    record(organiser_id=locked.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return grant
