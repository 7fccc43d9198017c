"""The demo's people for the sign-in page: by organiser, then by role. Only in the demo."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.users.models import Holding, User
from valinta.users.permissions import Role
from valinta.web import clock


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """The people of one role, by name."""

    role: Role
    people: list[User]


@dataclass(frozen=True, slots=True)
class OrganiserGroup:
    """An organiser's people, by role."""

    organiser: Organiser
    roles: list[RoleGroup]


def demo_people() -> list[OrganiserGroup]:
    """Everyone made for the demo who holds a role on the organiser's demo day; empty outside it."""
    if not settings.DEMO:
        return []
    organisers = list(Organiser.objects.order_by("name_fi"))
    with tenancy.scope([one.pk for one in organisers]):
        held = list(
            Holding.objects.filter(user__made_for_demo=True, user__is_active=True)
            .select_related("user")
            .order_by("user__display_name", "pk")
        )
    return [group for one in organisers if (group := _group(one, held)).roles]


def _group(organiser: Organiser, held: list[Holding]) -> OrganiserGroup:
    today = clock.today(organiser)
    here = [one for one in held if one.organiser_id == organiser.pk and today in one.valid]
    roles = [
        RoleGroup(role, [one.user for one in here if one.role == role])
        for role in Role
        if any(one.role == role for one in here)
    ]
    return OrganiserGroup(organiser, roles)
