"""The actor: who is doing something now, with which hats. Actions take one as `by`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from valinta.organisers import tenancy
from valinta.users.models import Holding
from valinta.users.permissions import ROLES, Permission, Role


class NotAllowed(PermissionError):
    """The actor holds no role that gives the permission, or did not sign in strongly enough."""

    def __init__(self, permission: Permission, organiser_id: int) -> None:
        self.permission = permission
        self.organiser_id = organiser_id
        super().__init__(
            f"This needs the permission '{permission}' for organiser {organiser_id}."
            " Ask the programme office for a role that has it."
        )


@dataclass(frozen=True, slots=True)
class Machine:
    """A provider's own system that acts by itself, for one provider and nobody else.

    With a `unit_id` it sees and does what is of that unit of the provider.
    """

    provider_id: int
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A user (None for the system's own work) and the roles they hold today, by organiser.

    `days` is the day it is for each organiser: lists of what an actor may see count mandates on it.
    Without a day there no mandate counts. Verbs count mandates on the day of their own `at`.
    `without`: permissions that the roles would give and this way of signing in does not.
    `machine`: set where no person acts but a provider's system; it works for that provider alone.
    """

    user_id: int | None
    roles: frozenset[tuple[int, Role]]
    days: frozenset[tuple[int, date]] = frozenset()
    without: frozenset[Permission] = frozenset()
    machine: Machine | None = None

    @property
    def organiser_ids(self) -> frozenset[int]:
        return frozenset(organiser_id for organiser_id, _ in self.roles)

    def holds(self, role: Role, organiser_id: int | None = None) -> bool:
        """Whether the actor wears this hat, for this organiser or (None) for any."""
        return any(held is role and organiser_id in (None, where) for where, held in self.roles)

    def may(self, permission: Permission, organiser_id: int) -> bool:
        """Whether some role held for the organiser gives the permission."""
        return permission not in self.without and any(
            where == organiser_id and permission in ROLES[role].permissions
            for where, role in self.roles
        )

    def may_for_all(self, permission: Permission, organiser_id: int) -> bool:
        """Whether the permission reaches every client and provider of the organiser.

        False where it comes only from a role that reaches the holder's own things.
        """
        return permission not in self.without and any(
            where == organiser_id
            and not ROLES[role].own_only
            and permission in ROLES[role].permissions
            for where, role in self.roles
        )

    def organisers_as(self, role: Role) -> frozenset[int]:
        """The organisers for which the actor wears this hat."""
        return frozenset(where for where, held in self.roles if held is role)

    def organisers_where(self, permission: Permission) -> frozenset[int]:
        """The organisers for which the actor has the permission."""
        return frozenset(one for one in self.organiser_ids if self.may(permission, one))

    def must(self, permission: Permission, organiser_id: int) -> None:
        """Raise NotAllowed unless the actor has the permission."""
        if not self.may(permission, organiser_id):
            raise NotAllowed(permission, organiser_id)


def system(*organiser_ids: int) -> Actor:
    """The software's own work for these organisers: timed runs, loading, the demo's clockwork."""
    return Actor(None, frozenset((one, Role.SYSTEM) for one in organiser_ids))


def actor_of(user_id: int, on: date) -> Actor:
    """The actor a signed-in user is on a day. Expects the tenancy scope to name the user."""
    held = Holding.objects.filter(user_id=user_id, valid__contains=on).values_list(
        "organiser_id", "role"
    )
    roles = frozenset((organiser_id, Role(role)) for organiser_id, role in held)
    return Actor(user_id, roles, frozenset((organiser_id, on) for organiser_id, _ in roles))


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Work with the database showing only the actor's organisers."""
    with tenancy.scope(actor.organiser_ids, actor.user_id):
        yield actor
