"""Whose client somebody is: take one, hand them over, cover for a colleague, answer a newcomer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.models import Client, Cover, HandOver, Interest
from valinta.organisers.models import Organiser
from valinta.programmes.ranges import as_range
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.models import Holding, User
from valinta.users.permissions import Permission, Role


class NotInYourCaseload(PermissionError):
    """The client is another worker's, whose caseload is closed."""


class TakenAlready(ValueError):
    """Somebody else has taken the client or the newcomer."""


class NotACaseManager(ValueError):
    """The colleague holds no role of a case manager on the day."""


class OnlyCaseManagers(PermissionError):
    """Clients and newcomers are taken by a case manager, for themselves."""


class NoteMissing(ValueError):
    """Handing over says in a few words why, and what is under way."""


class CoverTwice(ValueError):
    """The colleague covers for the worker already on some of the days."""


@transaction.atomic
def take_client(*, client: Client, by: Actor, at: datetime) -> Client:
    """Become the case manager of a client who has none; of one's own, nothing changes.

    Raises OnlyCaseManagers or TakenAlready.
    """
    by.must(Permission.DIVIDE_CLIENTS, client.organiser_id)
    user = _oneself(by, client.organiser_id, at)
    locked = Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    if locked.case_manager_id is not None and locked.case_manager_id != user.pk:
        raise TakenAlready("Another case manager has taken this client meanwhile.")
    if locked.case_manager_id == user.pk:
        return locked
    locked.case_manager = user
    locked.save(update_fields=["case_manager"])
    _note(locked.organiser_id, [Note("take_client", "client", locked.pk, "", "taken", locked.pk)],
          by, at)  # fmt: skip
    return locked


@transaction.atomic
def take_interest(*, interest: Interest, by: Actor, at: datetime) -> Interest:
    """Become the one who answers somebody who came forward.

    Raises OnlyCaseManagers or TakenAlready.
    """
    by.must(Permission.ENROL_CLIENTS, interest.organiser_id)
    user = _oneself(by, interest.organiser_id, at)
    locked = Interest.objects.select_for_update(no_key=True).get(pk=interest.pk)
    if locked.taken_by_id not in (None, user.pk):
        raise TakenAlready("A colleague has taken this one meanwhile.")
    locked.taken_by = user
    locked.save(update_fields=["taken_by"])
    _note(locked.organiser_id, [Note("take_interest", "interest", locked.pk, "", "taken")], by, at)
    return locked


@transaction.atomic
def hand_over(
    *, clients: Collection[Client], to: User, words: str, by: Actor, at: datetime
) -> list[Client]:
    """Give clients of one organiser to a colleague, one or many at once. `words` are the reason.

    Raises NoteMissing, NotACaseManager, and NotInYourCaseload with nobody handed over.
    """
    organiser_id = next(iter({one.organiser_id for one in clients}))
    by.must(Permission.DIVIDE_CLIENTS, organiser_id)
    if not words.strip():
        raise NoteMissing("Write in a few words why, and what is under way.")
    _case_manager(to.pk, organiser_id, at)
    ids = {one.pk for one in clients}
    met = Client.objects.met_by(by).filter(pk__in=ids, organiser_id=organiser_id)
    locked = list(Client.objects.select_for_update(no_key=True).filter(pk__in=met.values("pk")))
    if {one.pk for one in locked} != ids:
        raise NotInYourCaseload("Hand over your own clients, those you cover and those of nobody.")
    moved = [one for one in locked if one.case_manager_id != to.pk]
    notes = [
        Note(
            "hand_over_client", "client", one.pk, "", "handed over", client_id=one.pk,
            facts={"from": one.case_manager_id, "to": to.pk},
        )
        for one in moved
    ]  # fmt: skip
    HandOver.objects.bulk_create(
        HandOver(
            organiser_id=organiser_id,
            client=one,
            given_by_id=by.user_id,
            from_user_id=one.case_manager_id,
            to_user=to,
            words=words.strip()[:500],
            handed_at=at,
        )
        for one in moved
    )
    Client.objects.filter(pk__in=[one.pk for one in moved]).update(case_manager=to)
    _note(organiser_id, notes, by, at)
    return moved


@transaction.atomic
def cover_for(
    *, organiser: Organiser, user: User, colleague: User, period: Period, by: Actor, at: datetime
) -> Cover:
    """Let a colleague look after a worker's clients for a period of days.

    Either of the two arranges it, or who decides. Raises NotACaseManager or CoverTwice.
    """
    by.must(Permission.DIVIDE_CLIENTS, organiser.pk)
    _must_concern(by, organiser.pk, user.pk, colleague.pk)
    for one in (user, colleague):
        _case_manager(one.pk, organiser.pk, at)
    if user.pk == colleague.pk:
        raise CoverTwice("Choose somebody else than the one who is away.")
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    valid = as_range(period)
    same = Cover.objects.filter(
        organiser=organiser, user=user, covered_by=colleague, ended_at__isnull=True
    )
    if same.filter(valid__overlap=valid).exists():
        raise CoverTwice("This colleague covers on some of these days already.")
    cover = Cover.objects.create(
        organiser=organiser, user=user, covered_by=colleague, valid=valid, made_at=at
    )
    _note(organiser.pk, [Note("cover_for", "cover", cover.pk, "", "covered")], by, at)
    return cover


@transaction.atomic
def end_cover(*, cover: Cover, by: Actor, at: datetime) -> Cover:
    """End a cover before its last day. Doing it again changes nothing."""
    by.must(Permission.DIVIDE_CLIENTS, cover.organiser_id)
    _must_concern(by, cover.organiser_id, cover.user_id, cover.covered_by_id)
    locked = Cover.objects.select_for_update().get(pk=cover.pk)
    if locked.ended_at is None:
        locked.ended_at = at
        locked.save(update_fields=["ended_at"])
        _note(locked.organiser_id, [Note("end_cover", "cover", cover.pk, "covered", "ended")],
              by, at)  # fmt: skip
    return locked


def _must_concern(by: Actor, organiser_id: int, *user_ids: int) -> None:
    if by.may(Permission.SEE_OPENINGS, organiser_id) or by.user_id in user_ids:
        return
    raise NotInYourCaseload("Cover is arranged by the two whom it concerns, or by their superior.")


def _oneself(by: Actor, organiser_id: int, at: datetime) -> User:
    try:
        return _case_manager(by.user_id, organiser_id, at)
    except NotACaseManager as error:
        raise OnlyCaseManagers("Only case managers take clients. Hand the client over.") from error


def _case_manager(user_id: int | None, organiser_id: int, at: datetime) -> User:
    """The user, when they are a case manager of the organiser on the day."""
    holdings = Holding.objects.filter(
        user_id=user_id or 0,
        organiser_id=organiser_id,
        role=Role.CASE_MANAGER,
        valid__contains=at.date(),
    )
    found = holdings.select_related("user").first()
    if found is None:
        raise NotACaseManager("Choose somebody who is a case manager of this organiser today.")
    return found.user


def _note(organiser_id: int, notes: list[Note], by: Actor, at: datetime) -> None:
    record(organiser_id=organiser_id, by_id=by.user_id, at=at, notes=notes)
