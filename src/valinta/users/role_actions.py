"""Give a worker's role for a period and end it: done by the programme office, for its organiser."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from valinta.audit.actions import Note, record
from valinta.users.actor import Actor
from valinta.users.holdings import cover
from valinta.users.models import Holding, User
from valinta.users.permissions import Permission, Role

# Clients, those who act for them and providers' workers get their roles in other ways.
STAFF = (
    Role.CASE_MANAGER,
    Role.DECISION_MAKER,
    Role.FINANCE_PREPARER,
    Role.FINANCE_APPROVER,
    Role.OFFICE,
    Role.EVALUATOR,
)
# Two hats that one person should not wear at the same time.
CLASHES = (
    (Role.FINANCE_PREPARER, Role.FINANCE_APPROVER),
    (Role.FINANCE_APPROVER, Role.OFFICE),
    (Role.OFFICE, Role.PROVIDER),
    (Role.DECISION_MAKER, Role.PROVIDER),
    (Role.CASE_MANAGER, Role.PROVIDER),
)


class NotAStaffRole(ValueError):
    """The role is not one that the office gives."""


class RoleNeedsDays(ValueError):
    """A role is given for one day or more."""


class LastOfficeUser(ValueError):
    """Somebody has to keep the programme office: the last one stays until there is another."""


@transaction.atomic
def give_role(
    *,
    organiser_id: int,
    user: User,
    role: Role,
    starts_on: date,
    ends_on: date | None,
    by: Actor,
    at: datetime,
) -> Holding:
    """Let the user hold the role from the first day up to (not including) the end.

    Raises NotAllowed, NotAStaffRole or RoleNeedsDays.
    """
    by.must(Permission.GIVE_ROLES, organiser_id)
    must_be_given(role, starts_on, ends_on)
    cover(user=user, organiser_id=organiser_id, role=role, starts_on=starts_on, ends_on=ends_on)
    held = Holding.objects.get(
        user=user, organiser_id=organiser_id, role=role, valid__contains=starts_on
    )
    _note(held, "give_role", "", "held", ends_on, by, at)
    return held


@transaction.atomic
def end_role(*, holding: Holding, ends_on: date, by: Actor, at: datetime) -> None:
    """End a role from a day on; one that would begin later is taken away.

    Raises NotAllowed, NotAStaffRole or LastOfficeUser.
    """
    by.must(Permission.GIVE_ROLES, holding.organiser_id)
    must_be_given(Role(holding.role), ends_on, None)
    ends_on = max(ends_on, at.date())
    # All of the role together: two who end each other's at the same time take turns.
    same = Holding.objects.select_for_update().filter(
        organiser_id=holding.organiser_id, role=holding.role
    )
    held = {one.pk: one for one in same.order_by("pk")}[holding.pk]
    if held.role == Role.OFFICE and not _others(held, ends_on):
        raise LastOfficeUser(
            "This is the last one in the programme office. Give the role to another first."
        )
    _note(held, "end_role", "held", "ended", ends_on, by, at)
    if held.valid.lower >= ends_on:
        held.delete()
        return
    if held.valid.upper is None or held.valid.upper > ends_on:
        held.valid = (held.valid.lower, ends_on)
        held.save(update_fields=["valid"])


def must_be_given(role: Role, starts_on: date, ends_on: date | None) -> None:
    """Raise NotAStaffRole or RoleNeedsDays when the office cannot give the role so."""
    if role not in STAFF:
        raise NotAStaffRole("This role comes with being a client, a supporter or a provider.")
    if ends_on is not None and ends_on <= starts_on:
        raise RoleNeedsDays("The last day is not before the first.")


def clashes_of(roles: set[Role]) -> list[tuple[Role, Role]]:
    """The pairs among the roles that should not be held by one person."""
    return [(one, other) for one, other in CLASHES if one in roles and other in roles]


def _others(held: Holding, on: date) -> bool:
    later = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=on)
    others = Holding.objects.filter(
        later, organiser_id=held.organiser_id, role=held.role, valid__contains=on
    )
    return others.exclude(user_id=held.user_id).filter(user__is_active=True).exists()


def _note(
    held: Holding, verb: str, before: str, after: str, ends: date | None, by: Actor, at: datetime
) -> None:
    facts = {"user": held.user_id, "role": held.role, "ends_on": str(ends) if ends else ""}
    note = Note(verb, "holding", held.pk, before, after, facts=facts)
    record(organiser_id=held.organiser_id, by_id=by.user_id, at=at, notes=[note])
