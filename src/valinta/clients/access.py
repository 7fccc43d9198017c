"""Whether an actor may act for one client on a day: one rule for every verb about a client."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from valinta.clients.models import Client, Mandate
from valinta.clients.states import MandateScope
from valinta.users.actor import Actor
from valinta.users.permissions import ROLES, Permission, Role


class NotYourClient(PermissionError):
    """The client is another, or the mandate has ended or does not reach this."""

    def __init__(self) -> None:
        super().__init__(
            "This concerns a client for whom you may not do this today. A mandate may have ended"
            " or may not reach so far; ask the client or the case manager."
        )


def must_act_for(
    *,
    client: Client,
    permission: Permission,
    scope: MandateScope,
    or_scope: MandateScope | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Let the client, a representative with the scope on the day, and the organiser's people by.

    `or_scope` does as well as `scope`. Raises NotAllowed when no role gives the permission, else
    NotYourClient.
    """
    by.must(permission, client.organiser_id)
    if by.may_for_all(permission, client.organiser_id):
        return
    if is_client(client, permission, by) or represents(client, permission, scope, by, at):
        return
    if or_scope is None or not represents(client, permission, or_scope, by, at):
        raise NotYourClient


def must_end_grants(*, client: Client, by: Actor, at: datetime) -> None:
    """What was decided is ended by who decides, and by who withdraws: the client or caseworker."""
    if not by.may_for_all(Permission.MAKE_DECISIONS, client.organiser_id):
        withdraw = Permission.WITHDRAW_CONSENT
        must_act_for(client=client, permission=withdraw, scope=MandateScope.PLAN, by=by, at=at)


def is_client(client: Client, permission: Permission, by: Actor) -> bool:
    """Whether the actor is the client, with a client's role that gives the permission."""
    return (
        by.user_id is not None
        and by.user_id == client.user_id
        and by.holds(Role.CLIENT, client.organiser_id)
        and permission not in by.without
        and permission in ROLES[Role.CLIENT].permissions
    )


def represents(
    client: Client, permission: Permission, scope: MandateScope, by: Actor, at: datetime
) -> bool:
    """Whether the actor has a mandate of this scope for the client, in force at the moment."""
    if (
        by.user_id is None
        or not by.holds(Role.REPRESENTATIVE, client.organiser_id)
        or permission in by.without
        or permission not in ROLES[Role.REPRESENTATIVE].permissions
    ):
        return False
    not_ended = Q(ended_at__isnull=True) | Q(ended_at__gt=at)
    mandates = Mandate.objects.filter(
        not_ended,
        client_id=client.pk,
        organiser_id=client.organiser_id,
        user_id=by.user_id,
        valid__contains=at.date(),
        scope__contains=[scope],
    )
    return mandates.exists()
