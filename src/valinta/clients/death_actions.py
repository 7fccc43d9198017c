"""A client has died: who could open the client's pages can no more. A mistake is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.models import AccessCode, Client, Invitation, Mandate
from valinta.clients.states import InvitationState
from valinta.users.actor import Actor
from valinta.users.models import Holding
from valinta.users.permissions import Permission, Role


class DayToCome(ValueError):
    """A death is noted on its day or later."""


class HasDied(ValueError):
    """The death of the client has been noted before."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Whose access was closed, by ids: enough to open it again."""

    mandates: tuple[int, ...]
    invitations: tuple[int, ...]
    codes: tuple[int, ...]
    holdings: tuple[tuple[int, str, str | None], ...]

    def as_json(self) -> dict[str, Any]:
        """The same as it is kept."""
        return {
            "mandates": list(self.mandates),
            "invitations": list(self.invitations),
            "codes": list(self.codes),
            "holdings": [list(one) for one in self.holdings],
        }


@transaction.atomic
def note_death(*, client: Client, on: date, by: Actor, at: datetime) -> Closed:
    """Note the day of death and close the client's pages to everyone outside the house.

    Mandates, invitations, letters' codes and the client's own sign-in end now. Raises DayToCome or
    HasDied.
    """
    by.must(Permission.ENROL_CLIENTS, client.organiser_id)
    if on > at.date():
        raise DayToCome("Give a day of today or before.")
    locked = Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    if locked.died_on is not None:
        raise HasDied("The death has been noted before. Look at the page of changes.")
    closed = Closed(
        _end(Mandate.objects.filter(client=client, ended_at__isnull=True), "ended_at", at),
        _withdraw(client, at),
        _end(AccessCode.objects.filter(client=client, ended_at__isnull=True), "ended_at", at),
        _sign_out(client, at),
    )
    locked.died_on = client.died_on = on
    locked.save(update_fields=["died_on"])
    _note(client, "note_death", "living", "dead", by, at)
    return closed


@transaction.atomic
def take_death_back(*, client: Client, closed: dict[str, Any], by: Actor, at: datetime) -> None:
    """The client lives: open the pages to those again to whom they were open."""
    by.must(Permission.ENROL_CLIENTS, client.organiser_id)
    Mandate.objects.filter(client=client, pk__in=closed["mandates"]).update(ended_at=None)
    AccessCode.objects.filter(client=client, pk__in=closed["codes"]).update(ended_at=None)
    Invitation.objects.filter(client=client, pk__in=closed["invitations"]).update(
        state=InvitationState.SENT, answered_at=None
    )
    for key, start, end in closed["holdings"]:
        days = (date.fromisoformat(start), end and date.fromisoformat(end))
        Holding.objects.filter(pk=key).update(valid=days)
    Client.objects.filter(pk=client.pk).update(died_on=None)
    client.died_on = None
    _note(client, "take_death_back", "dead", "living", by, at)


def _end(rows: Any, field: str, at: datetime) -> tuple[int, ...]:
    ids = tuple(rows.order_by("pk").values_list("pk", flat=True))
    rows.model.objects.filter(pk__in=ids).update(**{field: at})
    return ids


def _withdraw(client: Client, at: datetime) -> tuple[int, ...]:
    sent = Invitation.objects.filter(client=client, state=InvitationState.SENT)
    ids = tuple(sent.order_by("pk").values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=ids).update(state=InvitationState.WITHDRAWN, answered_at=at)
    return ids


def _sign_out(client: Client, at: datetime) -> tuple[tuple[int, str, str | None], ...]:
    """End the client's own role with this organiser; with others they are another's matter."""
    if client.user_id is None:
        return ()
    held = Holding.objects.filter(
        user_id=client.user_id,
        organiser_id=client.organiser_id,
        role=Role.CLIENT,
        valid__contains=at.date(),
    )
    kept: list[tuple[int, str, str | None]] = []
    for one in held:
        start, end = one.valid.lower, one.valid.upper
        kept.append((one.pk, start.isoformat(), end and end.isoformat()))
        one.valid = (start, max(at.date(), start))
        one.save(update_fields=["valid"])
    return tuple(kept)


def _note(client: Client, verb: str, before: str, after: str, by: Actor, at: datetime) -> None:
    note = Note(verb, "client", client.pk, before, after, client_id=client.pk)
    record(organiser_id=client.organiser_id, by_id=by.user_id, at=at, notes=[note])
