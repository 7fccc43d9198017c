"""Invite someone to support the client, take it back, and answer it with the code (SIU-4)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.access import must_act_for
from valinta.clients.codes import digest, new_code
from valinta.clients.mandates import checked_scope, must_lie_ahead
from valinta.clients.models import Client, Invitation
from valinta.clients.states import INVITATION, InvitationState, MandateKind, MandateScope
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

DOOR = "invitation"


class GuardianNeedsCaseworker(PermissionError):
    """A guardian is recorded by a worker who has seen the court's or the agency's decision."""


class NameMissing(ValueError):
    """An invitation says for whom it is."""


@dataclass(frozen=True, slots=True)
class Invited:
    """The invitation, and its code in plain text: shown once and kept nowhere."""

    invitation: Invitation
    code: str


@transaction.atomic
def invite_supporter(
    *,
    client: Client,
    name: str,
    kind: str,
    scope: Collection[str],
    last_on: date,
    by: Actor,
    at: datetime,
) -> Invited:
    """Make an invitation whose code the client hands over; `last_on` is the mandate's last day.

    Raises NotYourClient, NameMissing, GuardianNeedsCaseworker, MandateOver, or what `checked_scope`
    raises.
    """
    _must_give(client, by, at)
    if not name.strip():
        raise NameMissing("Write whom you invite.")
    checked = checked_scope(kind, scope)
    must_lie_ahead(last_on, at.date())
    _must_see_decision(kind, client, by)
    code = new_code()
    invitation = Invitation.objects.create(
        organiser_id=client.organiser_id,
        client=client,
        name=name.strip(),
        kind=kind,
        scope=checked,
        ends_on=last_on + timedelta(days=1),
        code_digest=digest(DOOR, code),
        invited_at=at,
        invited_by_id=by.user_id,
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
    )
    _note(invitation, "invite_supporter", "", InvitationState.SENT, by, at)
    return Invited(invitation, code)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """Take an invitation back before it is answered.

    Raises NotYourClient, or ForbiddenTransition when it was accepted or taken back before.
    """
    _must_give(invitation.client, by, at)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    INVITATION.check(InvitationState(locked.state), InvitationState.WITHDRAWN)
    locked.state, locked.answered_at = InvitationState.WITHDRAWN, at
    locked.save()
    sent, withdrawn = InvitationState.SENT, InvitationState.WITHDRAWN
    _note(locked, "withdraw_invitation", sent, withdrawn, by, at)
    return locked


def _must_give(client: Client, by: Actor, at: datetime) -> None:
    must_act_for(
        client=client, permission=Permission.GIVE_MANDATES, scope=MandateScope.PLAN, by=by, at=at
    )


def _must_see_decision(kind: str, client: Client, by: Actor) -> None:
    if kind == MandateKind.GUARDIAN and not by.may_for_all(
        Permission.GIVE_MANDATES, client.organiser_id
    ):
        raise GuardianNeedsCaseworker(
            "Ask your case manager to record a guardian: they need to see the decision."
        )


def _note(
    invitation: Invitation, verb: str, before: str, after: str, by: Actor, at: datetime
) -> None:
    note = Note(
        verb,
        "invitation",
        invitation.pk,
        before,
        after,
        client_id=invitation.client_id,
        facts={"kind": invitation.kind, "scope": list(invitation.scope)},
    )
    record(organiser_id=invitation.organiser_id, by_id=by.user_id, at=at, notes=[note])
