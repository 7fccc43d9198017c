"""Answer an invitation with its code: a mandate for who types it, once, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from valinta.audit.actions import Note, record
from valinta.clients.codes import digest
from valinta.clients.mandates import MandateForOneself, write_mandate
from valinta.clients.models import Invitation, Mandate
from valinta.clients.states import InvitationState
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.processes.invite_supporter import DOOR
from valinta.shared.periods import Period
from valinta.users.holdings import cover
from valinta.users.models import User
from valinta.users.permissions import Role

Clock = Callable[[Organiser], datetime]


class NotInvited(ValueError):
    """No open invitation has this code; a wrong, used, withdrawn and old code look the same."""

    def __init__(self) -> None:
        super().__init__(
            "The code is wrong, or it has been used, taken back or grown too old. Check it, or ask"
            " the person who invited you for a new one."
        )


class NameTaken(ValueError):
    """Another user has this username."""

    def __init__(self) -> None:
        super().__init__("Someone has this username already. Choose another one.")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who makes a username to answer an invitation."""

    username: str
    display_name: str
    password: str
    language: str


def open_invitation(*, code: str, now: Clock) -> Invitation:
    """The invitation of the code with its client and organiser. Raises NotInvited."""
    organiser = _organiser_of(code)
    with tenancy.scope([organiser.pk]):
        return _must_be_open(_of(code), now(organiser))


def accept_invitation(*, code: str, user: User, now: Clock) -> Mandate:
    """Give the user the mandate of the invitation, from today. The code works once.

    Raises NotInvited, MandateForOneself or MandateExists.
    """
    organiser = _organiser_of(code)
    with tenancy.scope([organiser.pk], user.pk), transaction.atomic():
        invitation = _locked(code, now(organiser))
        return _accept(invitation, user, now(organiser))


def accept_as_newcomer(*, code: str, who: Newcomer, now: Clock) -> User:
    """Make a user who signs in with a password, and give them the mandate of the invitation.

    Raises NotInvited, NameTaken, or Django's ValidationError when the password is too weak.
    """
    organiser = _organiser_of(code)
    user = User(username=who.username, display_name=who.display_name, language=who.language)
    validate_password(who.password, user)
    user.set_password(who.password)
    with tenancy.scope([organiser.pk]), transaction.atomic():
        invitation = _locked(code, now(organiser))
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
        row = Invitation.objects.filter(code_digest=found).select_related("organiser").first()
    if row is None:
        raise NotInvited
    return row.organiser


def _of(code: str) -> QuerySet[Invitation]:
    return Invitation.objects.filter(code_digest=digest(DOOR, code)).select_related(
        "client", "organiser"
    )


def _locked(code: str, at: datetime) -> Invitation:
    """The invitation, and nobody else answers it before this transaction ends."""
    return _must_be_open(_of(code).select_for_update(of=("self",)), at)


def _must_be_open(found: QuerySet[Invitation], at: datetime) -> Invitation:
    invitation = found.first()
    if invitation is None or invitation.state_at(at) != InvitationState.SENT:
        raise NotInvited
    if invitation.ends_on <= at.date():
        raise NotInvited
    return invitation


def _accept(invitation: Invitation, user: User, at: datetime) -> Mandate:
    client = invitation.client
    if user.pk in (client.user_id, invitation.invited_by_id):
        raise MandateForOneself("Hand the code to the person whom you invited.")
    period = Period(at.date(), invitation.ends_on)
    mandate = write_mandate(
        client=client, user=user, kind=invitation.kind, scope=invitation.scope, period=period
    )
    cover(
        user=user,
        organiser_id=client.organiser_id,
        role=Role.REPRESENTATIVE,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
    )
    invitation.state, invitation.answered_at = InvitationState.ACCEPTED, at
    invitation.mandate = mandate
    invitation.save()
    _note(invitation, mandate, user, at)
    return mandate


def _note(invitation: Invitation, mandate: Mandate, user: User, at: datetime) -> None:
    sent, accepted = InvitationState.SENT, InvitationState.ACCEPTED
    about = invitation.client_id
    notes = [
        Note("accept_invitation", "invitation", invitation.pk, sent, accepted, client_id=about),
        Note("give_mandate", "mandate", mandate.pk, "", "given", client_id=about),
    ]
    record(organiser_id=invitation.organiser_id, by_id=user.pk, at=at, notes=notes)
