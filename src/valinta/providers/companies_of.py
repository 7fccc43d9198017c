"""The companies that an actor works for on the day it is, and where they are approved."""

from __future__ import annotations

from dataclasses import dataclass

from valinta.providers.levels import Level, may_at
from valinta.providers.models import Approval, Provider, Worker
from valinta.users.actor import Actor
from valinta.users.permissions import Permission, Role


@dataclass(frozen=True, slots=True)
class Membership:
    """The actor's place in a company, and the organisers where it and the actor are at home.

    A company whose approvals have all ended keeps its organisers: what it did there is still owed,
    shown and asked about.
    """

    provider: Provider
    level: Level
    organiser_ids: frozenset[int]
    unit_id: int | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the level and the unit inside the company let the actor do this."""
        return may_at(self.level, permission, in_unit=self.unit_id is not None)


def memberships_of(actor: Actor) -> list[Membership]:
    """The actor's companies by name, those with an approval of some day. Two queries."""
    if actor.user_id is None:
        return []
    where = actor.organisers_as(Role.PROVIDER)
    days = {organiser_id: day for organiser_id, day in actor.days if organiser_id in where}
    held = Worker.objects.filter(user_id=actor.user_id).select_related("provider")
    rows = list(held.order_by("provider__name", "provider_id", "valid"))
    approved = set(
        Approval.objects.filter(
            organiser_id__in=days, provider_id__in=[one.provider_id for one in rows]
        ).values_list("provider_id", "organiser_id")
    )
    found: dict[int, Membership] = {}
    for row in rows:
        own = frozenset(
            organiser_id
            for organiser_id, day in days.items()
            if (row.provider_id, organiser_id) in approved and day in row.valid
        )
        if own:
            found[row.provider_id] = Membership(row.provider, Level(row.level), own, row.unit_id)
    return list(found.values())
