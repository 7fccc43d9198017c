"""A client lives in another municipality, and their place may go along."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.models import Client, Enrolment
from valinta.programmes.models import Municipality, TargetGroup
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class NotACode(ValueError):
    """A municipality is known by its national code of three figures."""


@transaction.atomic
def move_home(*, client: Client, municipality_code: str, by: Actor, at: datetime) -> Client:
    """Note where the client lives now. Raises NotACode."""
    by.must(Permission.ENROL_CLIENTS, client.organiser_id)
    if len(municipality_code) != 3 or not municipality_code.isdecimal():
        raise NotACode("Give the municipality's code of three figures, for example 106.")
    locked = Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    locked.municipality_code = client.municipality_code = municipality_code
    locked.save(update_fields=["municipality_code"])
    # The log holds no home: it would tell where somebody under non-disclosure lives.
    note = Note("move_home", "client", client.pk, "", "moved", client_id=client.pk)
    record(organiser_id=client.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return locked


@transaction.atomic
def move_place(
    *,
    enrolment: Enrolment,
    municipality: Municipality,
    target_group: TargetGroup,
    by: Actor,
    at: datetime,
) -> Enrolment:
    """Let a place be one of another municipality of the programme, in a group that it has."""
    by.must(Permission.ENROL_CLIENTS, enrolment.organiser_id)
    locked = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    locked.municipality, locked.target_group = municipality, target_group
    locked.save(update_fields=["municipality", "target_group"])
    state = locked.state
    note = Note(
        "move_place", "enrolment", locked.pk, state, state, client_id=locked.client_id,
        facts={"group": target_group.code},
    )  # fmt: skip
    record(organiser_id=locked.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return locked
