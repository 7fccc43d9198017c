"""Who works for a company and at which level: added, moved to another level, ended.

Done by the company's own administrators, and by the programme office where none is left.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from valinta.audit.actions import Note, record
from valinta.programmes.ranges import as_range
from valinta.providers.access import must_work_for
from valinta.providers.levels import Level
from valinta.providers.models import Approval, Provider, Unit, Worker
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.holdings import cover
from valinta.users.models import User
from valinta.users.permissions import Permission, Role


class WorksThereAlready(ValueError):
    """The person is listed in the company on some of these days."""


class LastAdmin(ValueError):
    """Somebody has to sign for the company: its last administrator stays until there is another."""


class NoLongerListed(ValueError):
    """The person's days in the company are over already."""


class NotAUnitHere(ValueError):
    """The unit is another company's, or its days are over."""


class WholeCompanysOwn(ValueError):
    """An administrator signs for the whole company and works in no unit of it."""


@transaction.atomic
def add_worker(
    *,
    provider: Provider,
    organiser_id: int,
    user: User,
    level: Level,
    period: Period,
    unit: Unit | None = None,
    by: Actor,
    at: datetime,
) -> Worker:
    """List a person among the company's own from the period's first day, perhaps in a unit.

    They get the provider's role with each organiser in view that has approved the company. Raises
    NotYourProvider, NotAtYourLevel, WorksThereAlready, NotAUnitHere or WholeCompanysOwn.
    """
    held = _locked(provider, organiser_id, by, at)
    _must_fit(unit, level, held, period.starts_on)
    days = as_range(period)
    if Worker.objects.filter(provider=held, user=user, valid__overlap=days).exists():
        raise WorksThereAlready("The person is listed already. Change the level instead.")
    made = Worker.objects.create(provider=held, user=user, level=level, unit=unit, valid=days)
    for one in _organisers(held):
        cover(
            user=user,
            organiser_id=one,
            role=Role.PROVIDER,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
        )
    _note(made, "add_worker", "", level, organiser_id, by, at)
    return made


@transaction.atomic
def change_level(
    *, worker: Worker, level: Level, organiser_id: int, by: Actor, at: datetime
) -> Worker:
    """Give the person another level from today on; the days before keep the old one.

    Whoever becomes an administrator leaves the unit. Raises NotYourProvider, NotAtYourLevel,
    LastAdmin or NoLongerListed.
    """
    provider = _locked(worker.provider, organiser_id, by, at)
    row = Worker.objects.select_for_update().get(pk=worker.pk)
    today, before = at.date(), Level(row.level)
    _must_run(row, today)
    if before is level:
        return row
    if before is Level.ADMIN:
        _must_leave_an_admin(provider, row, today)
    made = _from_today(row, level, None if level is Level.ADMIN else row.unit, today)
    _note(made, "change_level", before, level, organiser_id, by, at)
    return made


@transaction.atomic
def change_unit(
    *, worker: Worker, unit: Unit | None, organiser_id: int, by: Actor, at: datetime
) -> Worker:
    """Move the person to a unit from today on, or (None) to the whole company.

    Raises NotYourProvider, NotAtYourLevel, NoLongerListed, NotAUnitHere or WholeCompanysOwn.
    """
    provider = _locked(worker.provider, organiser_id, by, at)
    row = Worker.objects.select_for_update().get(pk=worker.pk)
    _must_run(row, at.date())
    _must_fit(unit, Level(row.level), provider, at.date())
    if row.unit_id == (unit.pk if unit else None):
        return row
    before = str(row.unit_id or "")
    made = _from_today(row, Level(row.level), unit, at.date())
    _note(made, "change_unit", before, str(made.unit_id or ""), organiser_id, by, at)
    return made


@transaction.atomic
def end_worker(
    *, worker: Worker, ends_on: date, organiser_id: int, by: Actor, at: datetime
) -> None:
    """End the person's days in the company from a day on; today at the earliest.

    Raises NotYourProvider, NotAtYourLevel, LastAdmin or NoLongerListed.
    """
    provider = _locked(worker.provider, organiser_id, by, at)
    row = Worker.objects.select_for_update().get(pk=worker.pk)
    _must_run(row, at.date())
    ends_on = max(ends_on, at.date())
    if row.level == Level.ADMIN:
        _must_leave_an_admin(provider, row, ends_on)
    _note(row, "end_worker", row.level, "ended", organiser_id, by, at)
    if row.valid.lower >= ends_on:
        row.delete()
    elif row.valid.upper is None or row.valid.upper > ends_on:
        _end(row, ends_on)


def _locked(provider: Provider, organiser_id: int, by: Actor, at: datetime) -> Provider:
    """The company, whose people nobody else changes before this transaction ends."""
    must_work_for(
        provider_id=provider.pk,
        organiser_id=organiser_id,
        permission=Permission.KEEP_COMPANY,
        by=by,
        at=at,
    )
    return Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)


def _must_fit(unit: Unit | None, level: Level, provider: Provider, on: date) -> None:
    """Refuse a unit of another company or of other days, and any for an administrator."""
    if unit is None:
        return
    if level is Level.ADMIN:
        raise WholeCompanysOwn("An administrator is of the whole company. Choose another level.")
    if not provider.units.filter(pk=unit.pk, valid__contains=on).exists():
        raise NotAUnitHere("Choose one of the company's units of today.")


def _from_today(row: Worker, level: Level, unit: Unit | None, today: date) -> Worker:
    """The person at another level or in another unit from today on, in a row of its own."""
    if row.valid.lower >= today:
        row.level, row.unit = level, unit
        row.save(update_fields=["level", "unit"])
        return row
    ends_on = row.valid.upper
    _end(row, today)
    return Worker.objects.create(
        provider_id=row.provider_id,
        user=row.user,
        level=level,
        unit=unit,
        valid=as_range(Period(today, ends_on)),
    )


def _organisers(provider: Provider) -> list[int]:
    rows = Approval.objects.filter(provider=provider).values_list("organiser_id", flat=True)
    return sorted(set(rows))


def _must_run(row: Worker, today: date) -> None:
    if row.valid.upper is not None and row.valid.upper <= today:
        raise NoLongerListed("The person's days here are over. List them again from today.")


def _must_leave_an_admin(provider: Provider, row: Worker, on: date) -> None:
    later = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=on)
    others = Worker.objects.filter(
        later, provider=provider, level=Level.ADMIN, valid__contains=on, user__is_active=True
    )
    if not others.exclude(user_id=row.user_id).exists():
        raise LastAdmin("This is the company's last administrator. Make another person one first.")


def _end(row: Worker, on: date) -> None:
    row.valid = as_range(Period(row.valid.lower, on))
    row.save(update_fields=["valid"])


def _note(
    row: Worker,
    verb: str,
    before: str,
    after: str,
    organiser_id: int,
    by: Actor,
    at: datetime,
) -> None:
    facts = {"provider": row.provider_id, "user": row.user_id}
    note = Note(verb, "worker", row.pk, before, after, facts=facts)
    record(organiser_id=organiser_id, by_id=by.user_id, at=at, notes=[note])
