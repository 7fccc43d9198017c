"""A company's bank account is changed by two people and a waiting time, so that nobody steals it.

One person of the company asks, another confirms; where a company has only one, the programme office
confirms after it has called the company. The days to wait are in the packs. Until they are over,
payments go to the account in use, and all who see the company's money can stop the change.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from valinta.audit.actions import Note, record
from valinta.providers.access import must_work_for
from valinta.providers.conditions import days_of
from valinta.providers.iban import checked_iban
from valinta.providers.levels import Level
from valinta.providers.models import AccountChange, Approval, Provider, Worker
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class SameAccount(ValueError):
    """The company has this account already."""


class ChangeUnderWay(ValueError):
    """The company is changing its account already."""


class SamePerson(PermissionError):
    """A change of the account is confirmed by another person than the one who asked for it."""


class NamedTooLate(SamePerson):
    """Who asks for an account could name a second administrator to confirm it: that one may not."""


class ChangeClosed(ValueError):
    """The change was confirmed, taken back or taken into use before."""


class StillWaiting(ValueError):
    """The waiting time has not run out."""


def days_to_wait(provider: Provider) -> int:
    """The longest waiting time among the programmes that have approved the company."""
    approvals = Approval.objects.filter(provider=provider).select_related("programme")
    return max((days_of(one.programme, "account_change_days") for one in approvals), default=0)


@transaction.atomic
def ask_account_change(
    *, provider: Provider, organiser_id: int, iban: str, bic: str = "", by: Actor, at: datetime
) -> AccountChange:
    """Ask for another bank account. Nothing changes before another person confirms it.

    Raises NotYourProvider, NotAtYourLevel, BadIban, SameAccount or ChangeUnderWay.
    """
    _must_keep(provider.pk, organiser_id, by, at)
    held = Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    wanted = checked_iban(iban)
    if wanted == held.iban:
        raise SameAccount("The company has this account already.")
    try:
        with transaction.atomic():
            made = AccountChange.objects.create(
                organiser_id=organiser_id,
                provider=held,
                iban=wanted,
                bic=bic.strip().upper(),
                asked_at=at,
                asked_by_id=by.user_id,
            )
    except IntegrityError as error:
        raise ChangeUnderWay("A change is under way. Confirm it or take it back first.") from error
    _note(made, "ask_account_change", "", "asked", by, at)
    return made


@transaction.atomic
def confirm_account_change(*, change: AccountChange, by: Actor, at: datetime) -> AccountChange:
    """Confirm as the second person; the waiting time begins, and its last day is known.

    Raises NotYourProvider, NotAtYourLevel, SamePerson, NamedTooLate or ChangeClosed.
    """
    _must_keep(change.provider_id, change.organiser_id, by, at)
    held = _open(change)
    if held.confirmed_at is not None:
        raise ChangeClosed("The change was confirmed before.")
    if by.user_id is None or by.user_id == held.asked_by_id:
        raise SamePerson("Somebody else than the one who asked has to confirm the account.")
    keeps = by.may_for_all(Permission.KEEP_COMPANY, change.organiser_id)
    if not keeps and not _was_named_before(held, by.user_id):
        raise NamedTooLate("An administrator who was named before the change has to confirm it.")
    held.confirmed_at, held.confirmed_by_id = at, by.user_id
    held.takes_effect_on = at.date() + timedelta(days=days_to_wait(held.provider))
    held.save()
    _note(held, "confirm_account_change", "asked", "confirmed", by, at)
    return held


@transaction.atomic
def withdraw_account_change(*, change: AccountChange, by: Actor, at: datetime) -> AccountChange:
    """Take a change back before it is in use; all who see the company's money can, each alone.

    They are told of it, and whoever is first to see that it is wrong stops it. The programme office
    can too. Raises NotYourProvider, NotAtYourLevel or ChangeClosed.
    """
    keeps = by.may_for_all(Permission.KEEP_COMPANY, change.organiser_id)
    must_work_for(
        provider_id=change.provider_id,
        organiser_id=change.organiser_id,
        permission=Permission.KEEP_COMPANY if keeps else Permission.SEE_OWN_STATEMENTS,
        by=by,
        at=at,
    )
    held = _open(change)
    held.withdrawn_at, held.withdrawn_by_id = at, by.user_id
    held.save()
    _note(held, "withdraw_account_change", "open", "withdrawn", by, at)
    return held


@transaction.atomic
def apply_account_change(*, change: AccountChange, by: Actor, at: datetime) -> Provider:
    """Take the account into use when the waiting time has run out; payments go there from now on.

    Raises NotYourProvider, NotAtYourLevel, ChangeClosed or StillWaiting.
    """
    _must_keep(change.provider_id, change.organiser_id, by, at)
    held = _open(change)
    if held.takes_effect_on is None or at.date() < held.takes_effect_on:
        raise StillWaiting("The account is taken into use after two people and the waiting time.")
    provider = Provider.objects.select_for_update(no_key=True).get(pk=held.provider_id)
    provider.iban, provider.bic = held.iban, held.bic
    provider.save(update_fields=["iban", "bic"])
    held.applied_at = at
    held.save()
    _note(held, "apply_account_change", "confirmed", "applied", by, at)
    return provider


def due_changes(organiser_id: int, on: date) -> list[AccountChange]:
    """The changes whose waiting time has run out by the day."""
    rows = AccountChange.objects.filter(
        organiser_id=organiser_id,
        takes_effect_on__lte=on,
        applied_at__isnull=True,
        withdrawn_at__isnull=True,
    )
    return list(rows.order_by("pk"))


def _was_named_before(change: AccountChange, user_id: int) -> bool:
    """Whether the person was an administrator of the company before the day of asking."""
    day_before = timezone.localtime(change.asked_at).date() - timedelta(days=1)
    return Worker.objects.filter(
        provider_id=change.provider_id,
        user_id=user_id,
        level=Level.ADMIN,
        valid__contains=day_before,
    ).exists()


def _must_keep(provider_id: int, organiser_id: int, by: Actor, at: datetime) -> None:
    must_work_for(
        provider_id=provider_id,
        organiser_id=organiser_id,
        permission=Permission.KEEP_COMPANY,
        by=by,
        at=at,
    )


def _open(change: AccountChange) -> AccountChange:
    held = AccountChange.objects.select_for_update().get(pk=change.pk)
    if held.applied_at is not None or held.withdrawn_at is not None:
        raise ChangeClosed("The change is in use already, or it was taken back.")
    return held


def _note(held: AccountChange, verb: str, before: str, after: str, by: Actor, at: datetime) -> None:
    facts = {"provider": held.provider_id}
    note = Note(verb, "account_change", held.pk, before, after, facts=facts)
    record(organiser_id=held.organiser_id, by_id=by.user_id, at=at, notes=[note])
