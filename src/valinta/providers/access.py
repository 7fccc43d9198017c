"""Whether an actor may act for a provider on a day, and for its customer at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from valinta.clients.models import Client, Mandate
from valinta.clients.states import ACTS
from valinta.providers.levels import Level, may_at
from valinta.providers.models import Worker
from valinta.users.actor import Actor
from valinta.users.permissions import Permission, Role


class NotYourProvider(PermissionError):
    """The actor does not work for the provider on the day."""

    def __init__(self) -> None:
        super().__init__(
            "This belongs to a provider you do not work for today. Ask the provider to list you"
            " among its workers."
        )


class NotAtYourLevel(PermissionError):
    """The actor works for the provider, but this is done there by others."""

    def __init__(self) -> None:
        super().__init__(
            "In your company this is done by the office or an administrator. Ask one of them to do"
            " it, or to give you a level that may."
        )


def must_work_for(
    *, provider_id: int, organiser_id: int, permission: Permission, by: Actor, at: datetime
) -> None:
    """Let the provider's own workers of the day by, at a level that may do this, and the system.

    Raises NotAllowed when no role gives the permission, NotYourProvider, or NotAtYourLevel.
    """
    by.must(permission, organiser_id)
    if by.may_for_all(permission, organiser_id):
        return
    if by.machine is not None and by.machine.provider_id == provider_id:
        # What its scopes do not give was refused above: see `Actor.without`.
        return
    place = place_of(provider_id=provider_id, by=by, at=at)
    if place is None:
        raise NotYourProvider
    if not may_at(place.level, permission, in_unit=place.unit_id is not None):
        raise NotAtYourLevel


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person stands in a company: the level, and the unit where there is one."""

    level: Level
    unit_id: int | None


def place_of(*, provider_id: int, by: Actor, at: datetime) -> Place | None:
    """The place of a person who works for the provider on the day; None for anybody else."""
    if by.user_id is None or by.machine is not None:
        return None
    row = Worker.objects.filter(
        provider_id=provider_id, user_id=by.user_id, valid__contains=at.date()
    ).first()
    return None if row is None else Place(Level(row.level), row.unit_id)


def sees_a_part(*, provider_id: int, by: Actor, at: datetime) -> bool:
    """Whether the actor works for the provider and sees only some of its clients' orders.

    That is a worker, with own clients, whoever works in one unit, and a system that is bound to it.
    """
    if by.machine is not None:
        return by.machine.unit_id is not None
    place = place_of(provider_id=provider_id, by=by, at=at)
    return place is not None and (place.level is Level.WORKER or place.unit_id is not None)


class OwnCompany(PermissionError):
    """Nobody decides for another that money goes to the company they work for or own."""

    def __init__(self) -> None:
        super().__init__(
            "You act for this client and work for the provider, so you cannot decide this for"
            " both. Ask the client or the case manager to do it, or choose another provider."
        )


def must_not_profit(*, client: Client, provider_id: int, by: Actor, at: datetime) -> None:
    """Refuse one who acts for the client and works for the provider on the day.

    The client's own choices and the organiser's workers are not held back. Asks the database only
    when the actor has a representative's role. Raises OwnCompany.
    """
    if (
        by.user_id is None
        or by.user_id == client.user_id
        or not by.holds(Role.REPRESENTATIVE, client.organiser_id)
        or by.may_for_all(Permission.ORDER_SERVICES, client.organiser_id)
    ):
        return
    on = at.date()
    mandates = Mandate.objects.filter(
        client_id=client.pk,
        user_id=by.user_id,
        valid__contains=on,
        ended_at__isnull=True,
        scope__overlap=list(ACTS),
    )
    works = Worker.objects.filter(
        provider_id=provider_id,
        user_id=by.user_id,
        valid__contains=on,
        user_id__in=mandates.values("user_id"),
    )
    if works.exists():
        raise OwnCompany
