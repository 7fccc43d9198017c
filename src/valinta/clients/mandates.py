"""What a mandate may be: as what, within which scopes, and never for or by oneself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from valinta.clients.models import Client, Mandate
from valinta.clients.states import (
    NEEDS_SIGHT,
    SIGHT,
    SUPPORTERS,
    SUPPORTERS_MAY,
    MandateKind,
    MandateScope,
)
from valinta.programmes.ranges import as_range
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.models import User


class UnknownMandate(ValueError):
    """The kind or a scope is not one that a mandate can have."""


class MandateWithoutSight(ValueError):
    """Something may be done that may not be looked at, or nothing may be looked at."""


class TooMuchForSupporter(ValueError):
    """A supporter looks and helps; to order, confirm or sign takes an authorised person."""


class MandateForOneself(ValueError):
    """The client needs no mandate, and nobody gives one to themselves."""


class MandateOver(ValueError):
    """The last day has gone by already."""


class MandateExists(ValueError):
    """The person acts for the client already; the former mandate is taken back first."""

    def __init__(self) -> None:
        super().__init__(
            "This person acts for the client already in these days. Take the former mandate back"
            " first, then give the new one."
        )


def checked_scope(kind: str, scope: Collection[str]) -> list[str]:
    """The scopes in order, when a mandate of the kind may have them.

    Raises UnknownMandate, MandateWithoutSight or TooMuchForSupporter.
    """
    wanted = {MandateScope(one) for one in scope if one in list(MandateScope)}
    if kind not in list(MandateKind) or len(wanted) < len(set(scope)):
        known = ", ".join([*MandateKind, *MandateScope])
        raise UnknownMandate(f"Choose the kind and the scopes of a mandate from these: {known}.")
    if MandateKind(kind) in SUPPORTERS and not wanted <= SUPPORTERS_MAY:
        raise TooMuchForSupporter(
            "A supporter may look and help to write the support plan. To let someone order,"
            " confirm visits or sign, make them an authorised representative."
        )
    blind = [one for one in wanted if one in NEEDS_SIGHT and not NEEDS_SIGHT[one] & wanted]
    if blind or not wanted & SIGHT:
        raise MandateWithoutSight(
            "Let the person look at the plan, at the money or at everything: nobody can plan,"
            " order or confirm what they do not see."
        )
    return sorted(wanted)


def must_be_another(client: Client, user_id: int, by: Actor) -> None:
    """Raise MandateForOneself when the mandate is for the client, or for who gives it."""
    if user_id in (client.user_id, by.user_id):
        raise MandateForOneself("A mandate is given to another person than oneself.")


def must_lie_ahead(last_on: date, today: date) -> None:
    """Raise MandateOver when the last day has gone by."""
    if last_on < today:
        raise MandateOver("Choose a last day that is today or later.")


@transaction.atomic
def write_mandate(
    *, client: Client, user: User, kind: str, scope: Collection[str], period: Period
) -> Mandate:
    """Keep a mandate that has been given. Raises MandateExists."""
    Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    valid = as_range(period)
    if client.mandates.filter(user=user, ended_at=None, valid__overlap=valid).exists():
        raise MandateExists
    return Mandate.objects.create(
        organiser_id=client.organiser_id,
        client=client,
        user=user,
        kind=kind,
        scope=sorted(scope),
        valid=valid,
    )
