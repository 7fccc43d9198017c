"""A company keeps its own facts and units up to date. Its bank account: see `account_actions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import ProtectedError, Q

from valinta.audit.actions import Note, record
from valinta.programmes.ranges import as_range
from valinta.providers.access import must_work_for
from valinta.providers.contact import checked_contact
from valinta.providers.models import Provider, Unit
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class UnitExists(ValueError):
    """The company has a unit of this name already."""


class UnitEnded(ValueError):
    """The unit's days are over."""


class UnitInUse(ValueError):
    """People work in the unit or orders are its own on the day it would end."""


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """What a company says of itself. Its name, sector and business id are changed by the office."""

    size_class: str
    languages: Sequence[str]
    postal_address: Mapping[str, str]
    contact: Mapping[str, str]
    descriptions: Mapping[str, str]


@transaction.atomic
def update_company(
    *, provider: Provider, organiser_id: int, facts: CompanyFacts, by: Actor, at: datetime
) -> Provider:
    """Write the company's facts anew. Raises NotYourProvider, NotAtYourLevel or BadContact."""
    held = _kept(provider, organiser_id, by, at)
    held.size_class, held.languages = facts.size_class, list(facts.languages)
    held.postal_address = {key: text.strip() for key, text in facts.postal_address.items()}
    held.contact = checked_contact(facts.contact)
    held.descriptions = {code: text.strip() for code, text in facts.descriptions.items()}
    held.save(
        update_fields=["size_class", "languages", "postal_address", "contact", "descriptions"]
    )
    _note(held, "update_company", "provider", held.pk, organiser_id, by, at)
    return held


@transaction.atomic
def open_unit(
    *,
    provider: Provider,
    organiser_id: int,
    name: str,
    address: str = "",
    phone: str = "",
    by: Actor,
    at: datetime,
) -> Unit:
    """Begin a unit from today. Raises NotYourProvider, NotAtYourLevel or UnitExists."""
    held = _kept(provider, organiser_id, by, at)
    if held.units.filter(name=name.strip(), valid__endswith__isnull=True).exists():
        raise UnitExists("The company has a unit of this name already.")
    made = Unit.objects.create(
        provider=held,
        name=name.strip(),
        address=address.strip(),
        phone=phone.strip(),
        valid=as_range(Period(at.date())),
    )
    _note(held, "open_unit", "unit", made.pk, organiser_id, by, at)
    return made


@transaction.atomic
def end_unit(*, unit: Unit, organiser_id: int, ends_on: date, by: Actor, at: datetime) -> Unit:
    """End a unit on a day, today at the earliest; a unit of no days is removed.

    Systems that are bound to it no longer work from that day on. Its open orders are looked at by
    `processes.close_unit`. Raises NotYourProvider, NotAtYourLevel, UnitEnded or UnitInUse.
    """
    held = _kept(unit.provider, organiser_id, by, at)
    row = Unit.objects.select_for_update().get(pk=unit.pk)
    if row.valid.upper is not None:
        raise UnitEnded("The unit's days are over already.")
    ends_on = max(ends_on, at.date())
    later = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=ends_on)
    if row.people.filter(later).exists():
        raise UnitInUse("People work in the unit. Move them first.")
    _note(held, "end_unit", "unit", row.pk, organiser_id, by, at)
    if row.valid.lower >= ends_on:
        try:
            row.delete()
            return unit
        except ProtectedError:
            # Something names it already: it has been there for a day.
            ends_on = row.valid.lower + timedelta(days=1)
    row.valid = as_range(Period(row.valid.lower, ends_on))
    row.save(update_fields=["valid"])
    return row


def _kept(provider: Provider, organiser_id: int, by: Actor, at: datetime) -> Provider:
    must_work_for(
        provider_id=provider.pk,
        organiser_id=organiser_id,
        permission=Permission.KEEP_COMPANY,
        by=by,
        at=at,
    )
    return Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)


def _note(
    held: Provider, verb: str, kind: str, pk: int, organiser_id: int, by: Actor, at: datetime
) -> None:
    note = Note(verb, kind, pk, "", "kept", facts={"provider": held.pk})
    record(organiser_id=organiser_id, by_id=by.user_id, at=at, notes=[note])
