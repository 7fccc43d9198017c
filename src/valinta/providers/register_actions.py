"""Entries in registers: those the organiser has seen in a national one, and those it keeps itself.

A national entry is noted by hand with the day it was seen: the register has no public interface.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from stdnum.fi import ytunnus

from valinta.audit.actions import Note, record
from valinta.programmes.models import Programme
from valinta.programmes.ranges import as_range
from valinta.providers.actions import NotABusinessId, NotRegistered
from valinta.providers.applying import Keeper, RegisterEntry
from valinta.providers.conditions import provider_terms
from valinta.providers.states import ENTRY, EntryState
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class EntryExists(ValueError):
    """The company has an entry in the register for the days already."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is entered: which company, where, under which number, and where it may work."""

    register: str
    business_id: str
    name: str
    number: str
    state: EntryState
    period: Period
    municipality_codes: Sequence[str] | None = None
    service_codes: Sequence[str] = ()
    words: str = ""


@transaction.atomic
def add_entry(*, programme: Programme, entry: NewEntry, by: Actor, at: datetime) -> RegisterEntry:
    """Add an entry to a register that the programme knows (SIU-8).

    Raises NotAllowed, NotABusinessId, NotRegistered (an unknown register, or no number) or
    EntryExists.
    """
    by.must(Permission.APPROVE_PROVIDERS, programme.organiser_id)
    if not ytunnus.is_valid(entry.business_id):
        raise NotABusinessId("This is not a business id. Check each digit, the last one too.")
    registers = {one["code"]: one for one in provider_terms(programme).get("registers", [])}
    if entry.register not in registers or not entry.number.strip():
        raise NotRegistered(f"Give the number of an entry in one of: {', '.join(registers)}.")
    written = ytunnus.format(ytunnus.compact(entry.business_id))
    same = RegisterEntry.objects.filter(
        organiser_id=programme.organiser_id,
        register=entry.register,
        business_id=written,
        valid__overlap=(entry.period.starts_on, entry.period.ends_on),
    )
    if same.exists():
        raise EntryExists("This company is in the register for those days. Change that entry.")
    codes = entry.municipality_codes
    made = RegisterEntry.objects.create(
        organiser_id=programme.organiser_id,
        register=entry.register,
        keeper=Keeper(registers[entry.register].get("keeper", Keeper.NATIONAL)),
        business_id=written,
        name=entry.name.strip(),
        number=entry.number.strip(),
        state=entry.state,
        municipality_codes=None if codes is None else sorted(set(codes)),
        service_codes=sorted(set(entry.service_codes)),
        words=entry.words.strip(),
        noted_at=at,
        noted_by_id=by.user_id,
        valid=as_range(entry.period),
    )
    _note(made, "add_entry", "", by, at)
    return made


@transaction.atomic
def move_entry(
    *, entry: RegisterEntry, state: EntryState, on: date, by: Actor, at: datetime
) -> RegisterEntry:
    """Take an entry to another state; one that is refused or removed holds until the day.

    Raises NotAllowed or ForbiddenTransition.
    """
    by.must(Permission.APPROVE_PROVIDERS, entry.organiser_id)
    held = RegisterEntry.objects.select_for_update().get(pk=entry.pk)
    before = EntryState(held.state)
    ENTRY.check(before, state)
    held.state = state
    if ENTRY.is_final(state):
        end = max(on, held.valid.lower)
        held.valid = (
            as_range(Period(held.valid.lower, end)) if end > held.valid.lower else (held.valid)
        )
    held.save()
    _note(held, "move_entry", before, by, at)
    return held


def _note(held: RegisterEntry, verb: str, before: str, by: Actor, at: datetime) -> None:
    note = Note(verb, "register_entry", held.pk, before, held.state)
    record(organiser_id=held.organiser_id, by_id=by.user_id, at=at, notes=[note])
