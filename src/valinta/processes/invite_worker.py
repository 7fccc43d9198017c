"""Ask somebody new to take a worker's role, take that back, and answer it with the code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction

from valinta.audit.actions import Note, record
from valinta.clients.codes import digest, new_code
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.processes.accept_invitation import Clock, NameTaken, Newcomer, NotInvited
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.holdings import cover
from valinta.users.models import RoleInvitation, User
from valinta.users.permissions import Permission, Role
from valinta.users.role_actions import must_be_given

DOOR = "role"


class NobodyNamed(ValueError):
    """An invitation says for whom it is."""


class AnsweredBefore(ValueError):
    """The invitation was answered or taken back before."""


@dataclass(frozen=True, slots=True)
class InvitedWorker:
    """The invitation, and its code in plain text: shown once and kept nowhere."""

    invitation: RoleInvitation
    code: str


@transaction.atomic
def invite_worker(
    *, organiser_id: int, name: str, role: Role, period: Period, by: Actor, at: datetime
) -> InvitedWorker:
    """Make an invitation whose code the office hands over.

    Raises NotAllowed, NobodyNamed, NotAStaffRole or RoleNeedsDays.
    """
    by.must(Permission.GIVE_ROLES, organiser_id)
    if not name.strip():
        raise NobodyNamed("Write whom you invite.")
    must_be_given(role, period.starts_on, period.ends_on)
    code = new_code()
    invitation = RoleInvitation.objects.create(
        organiser_id=organiser_id,
        name=name.strip(),
        role=role,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        code_digest=digest(DOOR, code),
        invited_at=at,
        invited_by_id=by.user_id,
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
    )
    _note(invitation, "invite_worker", "", "sent", by.user_id, at)
    return InvitedWorker(invitation, code)


@transaction.atomic
def withdraw_role_invitation(*, invitation: RoleInvitation, by: Actor, at: datetime) -> None:
    """Take an invitation back before it is answered. Raises NotAllowed or AnsweredBefore."""
    by.must(Permission.GIVE_ROLES, invitation.organiser_id)
    held = RoleInvitation.objects.select_for_update().get(pk=invitation.pk)
    if held.accepted_at is not None or held.withdrawn_at is not None:
        raise AnsweredBefore("The invitation was answered or taken back before.")
    held.withdrawn_at = at
    held.save()
    _note(held, "withdraw_role_invitation", "sent", "withdrawn", by.user_id, at)


def open_role_invitation(*, code: str, now: Clock) -> RoleInvitation:
    """The invitation of the code with its organiser. Raises NotInvited."""
    organiser = _organiser_of(code)
    with tenancy.scope([organiser.pk]):
        return _held(code, now(organiser))


def accept_role(*, code: str, user: User, now: Clock) -> RoleInvitation:
    """Give the user the role of the invitation. The code works once. Raises NotInvited."""
    organiser = _organiser_of(code)
    with tenancy.scope([organiser.pk], user.pk), transaction.atomic():
        return _accept(_held(code, now(organiser), lock=True), user, now(organiser))


def accept_role_as_newcomer(*, code: str, who: Newcomer, now: Clock) -> User:
    """Make a user who signs in with a password, and give them the role of the invitation.

    Raises NotInvited, NameTaken, or Django's ValidationError when the password is too weak.
    """
    organiser = _organiser_of(code)
    user = User(username=who.username, display_name=who.display_name, language=who.language)
    validate_password(who.password, user)
    user.set_password(who.password)
    with tenancy.scope([organiser.pk]), transaction.atomic():
        invitation = _held(code, now(organiser), lock=True)
        try:
            with transaction.atomic():
                user.save()
        except IntegrityError as error:
            raise NameTaken from error
        _accept(invitation, user, now(organiser))
    return user


def _organiser_of(code: str) -> Organiser:
    found = digest(DOOR, code)
    with tenancy.holding(found):
        row = RoleInvitation.objects.filter(code_digest=found).select_related("organiser").first()
    if row is None:
        raise NotInvited
    return row.organiser


def _held(code: str, at: datetime, *, lock: bool = False) -> RoleInvitation:
    rows = RoleInvitation.objects.select_related("organiser")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    invitation = rows.filter(code_digest=digest(DOOR, code)).first()
    if invitation is None or not invitation.is_open_at(at):
        raise NotInvited
    if invitation.ends_on is not None and invitation.ends_on <= at.date():
        raise NotInvited
    return invitation


def _accept(invitation: RoleInvitation, user: User, at: datetime) -> RoleInvitation:
    cover(
        user=user,
        organiser_id=invitation.organiser_id,
        role=Role(invitation.role),
        starts_on=max(invitation.starts_on, at.date()),
        ends_on=invitation.ends_on,
    )
    invitation.accepted_at, invitation.accepted_by = at, user
    invitation.save()
    _note(invitation, "accept_role", "sent", "accepted", user.pk, at)
    return invitation


def _note(
    held: RoleInvitation, verb: str, before: str, after: str, by_id: int | None, at: datetime
) -> None:
    facts = {"role": held.role}
    note = Note(verb, "role_invitation", held.pk, before, after, facts=facts)
    record(organiser_id=held.organiser_id, by_id=by_id, at=at, notes=[note])
