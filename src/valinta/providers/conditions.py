"""The conditions of approval in a programme's terms, and how an application stands to each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils import timezone

from valinta.programmes.models import Programme
from valinta.providers.applying import Application, Evidence, RegisterEntry
from valinta.providers.states import PROVES, EvidenceState

_USUAL_DAYS = {
    "decide_within_days": 60,
    "clarify_within_days": 14,
    "warn_before_days": 30,
    "account_change_days": 7,
    "new_within_years": 5,
}


class UnknownCondition(LookupError):
    """The programme has no such condition, or the applicant's sector is free of it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as the programme's pack says it."""

    code: str
    names: Mapping[str, str]
    words: Mapping[str, str]
    shown_by: str
    greatest_age_days: int | None
    has_end: bool
    sectors: tuple[str, ...] | None

    def concerns(self, sector: str) -> bool:
        """Whether it is asked of a provider of the sector."""
        return self.sectors is None or sector in self.sectors


class Lack(StrEnum):
    """Why a condition is not met yet."""

    MISSING = "missing"
    NOT_LOOKED_AT = "not_looked_at"
    REFUSED = "refused"
    TOO_OLD = "too_old"
    OVER = "over"
    NO_ENTRY = "no_entry"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an application stands to a condition on a day. `lack` is None when it is met.

    `age_days` is the age of the paper on the day it was handed in, `age_now_days` on the day.
    `days_left` is counted to the last day on which the paper holds, that day included.
    """

    condition: Condition
    evidence: Evidence | None
    entry: RegisterEntry | None
    lack: Lack | None
    age_days: int | None = None
    age_now_days: int | None = None
    days_left: int | None = None

    @property
    def is_too_old(self) -> bool:
        """Whether the paper was older than it may be when it was handed in."""
        limit = self.condition.greatest_age_days
        return limit is not None and self.age_days is not None and self.age_days > limit


def provider_terms(programme: Programme) -> Mapping[str, Any]:
    """What the pack says of providers."""
    found: Mapping[str, Any] = programme.terms.get("providers", {})
    return found


def days_of(programme: Programme, what: str) -> int:
    """A number of the terms of applications: decide_within_days, new_within_years or so."""
    return int(provider_terms(programme).get("applications", {}).get(what, _USUAL_DAYS[what]))


def conditions_of(programme: Programme, sector: str = "") -> list[Condition]:
    """The conditions in the pack's order: those of a sector, or all."""
    every = [_condition(one) for one in provider_terms(programme).get("conditions", [])]
    return [one for one in every if not sector or one.concerns(sector)]


def condition_of(programme: Programme, code: str, sector: str) -> Condition:
    """The condition with the code. Raises UnknownCondition."""
    for one in conditions_of(programme, sector):
        if one.code == code:
            return one
    raise UnknownCondition(f"There is no condition {code} for this applicant.")


def standings(
    application: Application,
    evidence: Iterable[Evidence],
    entries: Iterable[RegisterEntry],
    on: date,
) -> list[Standing]:
    """How the application stands to each condition; evidence and entries are its own."""
    newest = {one.condition: one for one in sorted(evidence, key=lambda one: one.pk)}
    mine = [one for one in entries if one.business_id == application.business_id]
    return [
        _by_register(one, application, mine, on)
        if one.shown_by == "register"
        else _by_evidence(one, newest.get(one.code), on)
        for one in conditions_of(application.programme, application.sector)
    ]


def entries_of(application: Application) -> list[RegisterEntry]:
    """The company's entries in registers that the organiser has noted, newest first."""
    found = RegisterEntry.objects.filter(
        organiser_id=application.organiser_id, business_id=application.business_id
    )
    return list(found.order_by("-pk"))


def proves(entry: RegisterEntry, on: date) -> bool:
    """Whether the entry lets the company work on the day."""
    begins, ends = entry.valid.lower, entry.valid.upper
    return entry.state in PROVES and begins <= on and (ends is None or on < ends)


def _by_register(
    condition: Condition, application: Application, entries: list[RegisterEntry], on: date
) -> Standing:
    named = [one for one in entries if one.register == application.register]
    proof = next((one for one in (*named, *entries) if proves(one, on)), None)
    shown = proof or next(iter((*named, *entries)), None)
    return Standing(condition, None, shown, None if proof else Lack.NO_ENTRY)


def _by_evidence(condition: Condition, evidence: Evidence | None, on: date) -> Standing:
    if evidence is None:
        return Standing(condition, None, None, Lack.MISSING)
    handed = timezone.localtime(evidence.handed_at).date()
    until = evidence.valid_until
    left = None if until is None else (until - on).days
    standing = Standing(
        condition, evidence, None, None, evidence.age_on(handed), evidence.age_on(on), left
    )
    lack = _lack(standing, evidence)
    return Standing(condition, evidence, None, lack, standing.age_days, standing.age_now_days, left)


def _lack(standing: Standing, evidence: Evidence) -> Lack | None:
    if evidence.state == EvidenceState.REFUSED:
        return Lack.REFUSED
    if standing.days_left is not None and standing.days_left < 0:
        return Lack.OVER
    if standing.is_too_old:
        return Lack.TOO_OLD
    return Lack.NOT_LOOKED_AT if evidence.state == EvidenceState.RECEIVED else None


def _condition(facts: Mapping[str, Any]) -> Condition:
    sectors = facts.get("sectors")
    return Condition(
        facts["code"],
        facts["names"],
        facts["words"],
        facts["shown_by"],
        facts.get("greatest_age_days"),
        bool(facts.get("has_end")),
        None if sectors is None else tuple(sectors),
    )
