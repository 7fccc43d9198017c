"""The organiser's workers by role, in plain words, with pairs of roles that should not meet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from valinta.clients.models import Cover, Reception
from valinta.programmes.models import Programme
from valinta.users.models import Holding, RoleInvitation
from valinta.users.permissions import Role
from valinta.users.role_actions import STAFF, clashes_of
from valinta.web.office.providers_picture import towns_of
from valinta.web.words import ROLES, Words

WHO: dict[Role, Words] = {
    Role.CASE_MANAGER: _(
        "The organiser's worker who plans with clients; employed by the organiser."
    ),
    Role.DECISION_MAKER: _(
        "The official with the power to decide on services (act 812/2000 section 45 onwards)."
    ),
    Role.FINANCE_PREPARER: _(
        "Finance officer who prepares payment runs; can never approve a run they prepared."
    ),
    Role.FINANCE_APPROVER: _("A second finance officer who approves runs prepared by another."),
    Role.OFFICE: _("Programme staff who approve providers and keep the tray, prices and rulebook."),
    Role.EVALUATOR: _(
        "Researcher or board member; sees figures with small cells hidden, never a person."
    ),
}


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with what it is for, and who holds it today or later."""

    role: Role
    name: Words
    who: Words
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody holds two roles at the same time that two people should hold."""

    person: str
    one: Words
    other: Words


def people_of(programme: Programme, at: datetime) -> dict[str, Any]:
    """What the page of people shows, in a fixed number of queries."""
    organiser_id, today = programme.organiser_id, at.date()
    later = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=today)
    every = Holding.objects.filter(later, organiser_id=organiser_id).select_related("user")
    staff = list(every.filter(role__in=STAFF).order_by("user__display_name", "pk"))
    # Of providers' many workers only those who are the organiser's too can have roles that clash.
    too = every.filter(role=Role.PROVIDER, user__in={one.user_id for one in staff})
    rows = [*staff, *too]
    by_role: defaultdict[str, list[Holding]] = defaultdict(list)
    for one in rows:
        by_role[one.role].append(one)
    invitations = RoleInvitation.objects.filter(
        organiser_id=organiser_id,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=at,
    )
    receptions = Reception.objects.filter(later, organiser_id=organiser_id)
    covers = Cover.objects.filter(later, organiser_id=organiser_id, ended_at__isnull=True)
    return {
        "rows": [RoleRow(one, ROLES[one], WHO[one], tuple(by_role[one])) for one in STAFF],
        "clashes": _clashes(rows, today),
        "invitations": list(invitations.order_by("pk")),
        "receptions": list(receptions.select_related("user").order_by("municipality_code", "pk")),
        "covers": list(covers.select_related("user", "covered_by").order_by("valid", "pk")),
        "towns": towns_of(programme),
        "workers": _workers(by_role[Role.CASE_MANAGER], today),
    }


def _workers(held: list[Holding], today: date) -> list[tuple[int, str]]:
    """The case managers of the day, to be named as receivers."""
    return [(one.user_id, one.user.display_name) for one in held if one.valid.lower <= today]


def _clashes(rows: list[Holding], today: date) -> list[Clash]:
    roles: defaultdict[int, set[Role]] = defaultdict(set)
    names = {}
    for one in rows:
        if one.valid.lower <= today:
            roles[one.user_id].add(Role(one.role))
            names[one.user_id] = one.user.display_name
    return [
        Clash(names[pk], ROLES[one], ROLES[other])
        for pk, held in roles.items()
        for one, other in clashes_of(held)
    ]
