"""Write about the systems of providers: take one in, change its secret, end it."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from valinta.api.models import ApiClient
from valinta.api.scopes import OF_THE_WHOLE, Scope
from valinta.audit.actions import Note, record
from valinta.providers.access import must_work_for
from valinta.providers.membership_actions import NotAUnitHere
from valinta.providers.models import Approval, Provider, Unit
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Permission

SALT = "valinta.api.secret"
# Long enough for a year's work, short enough that a forgotten system does not stay for ever.
LONGEST = timedelta(days=400)
# How long the former secret works beside a new one, so that no system stands still.
GRACE = timedelta(days=2)


class NoScopes(ValueError):
    """A system is taken in with at least one scope."""


class EndsTooLate(ValueError):
    """A system ends on a day to come, at most 400 days away."""


class OfTheWholeCompany(ValueError):
    """A scope is about the whole company, and the system is bound to a unit."""


class NotApprovedHere(PermissionError):
    """The organiser has never approved the provider, so its systems have nothing to do here."""


class RevokedAlready(ValueError):
    """The system has been ended; take in a new one."""


@dataclass(frozen=True, slots=True)
class WithSecret:
    """A system and its secret, which is told this once and kept by nobody here."""

    client: ApiClient
    secret: str


@transaction.atomic
def register_api_client(
    *,
    provider: Provider,
    organiser_id: int,
    name: str,
    scopes: Collection[Scope],
    ends_on: date,
    unit: Unit | None = None,
    by: Actor,
    at: datetime,
) -> WithSecret:
    """Let a provider's system in for one organiser's affairs, until before a day.

    With a `unit` it sees and does what is of that unit. Raises NotYourProvider, NotAtYourLevel,
    NotApprovedHere, NoScopes, OfTheWholeCompany, NotAUnitHere or EndsTooLate.
    """
    _must_keep(provider.pk, organiser_id, by, at)
    if not Approval.objects.filter(organiser_id=organiser_id, provider=provider).exists():
        raise NotApprovedHere("Apply to the organiser first; then a system can be connected.")
    if not scopes:
        raise NoScopes("Choose at least one thing that the system may do.")
    if unit is not None:
        _must_fit(unit, provider, scopes, at.date())
    if not at.date() < ends_on <= at.date() + LONGEST:
        raise EndsTooLate("Choose a day to come, at most 400 days away. It can be renewed then.")
    identifier, secret = f"vc_{secrets.token_hex(10)}", _new_secret()
    user = User(
        username=f"api:{identifier}",
        display_name=f"{name} / {provider.name}"[:120],
        is_active=False,
    )
    user.set_unusable_password()
    user.save()
    client = ApiClient.objects.create(
        organiser_id=organiser_id,
        provider=provider,
        unit=unit,
        user=user,
        name=name,
        identifier=identifier,
        scopes=sorted(scopes),
        secret_digest=digest(secret),
        made_at=at,
        made_by_id=by.user_id,
        ends_on=ends_on,
    )
    _note(client, "register_api_client", "", "in use", by, at)
    return WithSecret(client, secret)


@transaction.atomic
def rotate_api_secret(*, client: ApiClient, at_once: bool, by: Actor, at: datetime) -> WithSecret:
    """Give a system a new secret. The former one works for two days more, or `at_once` not at all.

    At once also ends the tokens that are out. Raises NotYourProvider, NotAtYourLevel or
    RevokedAlready.
    """
    locked = _locked(client, by, at)
    secret = _new_secret()
    if at_once:
        locked.former_digest, locked.former_until = "", None
        locked.generation += 1
    else:
        locked.former_digest, locked.former_until = locked.secret_digest, at + GRACE
    locked.secret_digest = digest(secret)
    locked.save()
    _note(locked, "rotate_api_secret", "in use", "in use", by, at)
    return WithSecret(locked, secret)


@transaction.atomic
def revoke_api_client(*, client: ApiClient, by: Actor, at: datetime) -> ApiClient:
    """End a system: no new tokens, and those that are out no longer work.

    Raises NotYourProvider, NotAtYourLevel or RevokedAlready.
    """
    locked = _locked(client, by, at)
    locked.revoked_at, locked.revoked_by_id = at, by.user_id
    locked.save()
    locked.subscriptions.filter(ended_at__isnull=True).update(ended_at=at)
    _note(locked, "revoke_api_client", "in use", "revoked", by, at)
    return locked


def digest(secret: str) -> str:
    """What is kept of a secret: only this installation can make it again from the secret."""
    return salted_hmac(SALT, secret, algorithm="sha256").hexdigest()


def has_secret(client: ApiClient, secret: str, at: datetime) -> bool:
    """Whether this is the system's secret now, or the former one within its time."""
    given = digest(secret)
    former = client.former_until is not None and at < client.former_until
    is_new = constant_time_compare(given, client.secret_digest)
    return is_new or (former and constant_time_compare(given, client.former_digest))


def _new_secret() -> str:
    return f"vs_{secrets.token_urlsafe(32)}"


def _must_keep(provider_id: int, organiser_id: int, by: Actor, at: datetime) -> None:
    must_work_for(
        provider_id=provider_id,
        organiser_id=organiser_id,
        permission=Permission.KEEP_COMPANY,
        by=by,
        at=at,
    )


def _must_fit(unit: Unit, provider: Provider, scopes: Collection[Scope], on: date) -> None:
    if not provider.units.filter(pk=unit.pk, valid__contains=on).exists():
        raise NotAUnitHere("Choose one of the company's units of today.")
    if OF_THE_WHOLE & set(scopes):
        raise OfTheWholeCompany("Statements and prices are the whole company's: leave them out.")


def _locked(client: ApiClient, by: Actor, at: datetime) -> ApiClient:
    _must_keep(client.provider_id, client.organiser_id, by, at)
    locked = ApiClient.objects.select_for_update(of=("self",)).get(pk=client.pk)
    if locked.revoked_at is not None:
        raise RevokedAlready("This system has been ended. Take in a new one.")
    return locked


def _note(client: ApiClient, verb: str, before: str, after: str, by: Actor, at: datetime) -> None:
    facts = {"provider": client.provider_id, "scopes": list(client.scopes), "unit": client.unit_id}
    note = Note(verb, "api_client", client.pk, before, after, facts=facts)
    record(organiser_id=client.organiser_id, by_id=by.user_id, at=at, notes=[note])
