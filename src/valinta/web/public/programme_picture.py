"""What anyone may read about a programme: for whom, where, when, what, how many, on which rules.

Everything comes from the loaded pack. Of clients, only this is told: whether the places of a
municipality are taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404

from valinta.catalogue.models import Service
from valinta.clients.queries import taken_places
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.programmes.models import (
    Municipality,
    Phase,
    Programme,
    Quota,
    Rulebook,
    TargetGroup,
)
from valinta.web import clock

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class When:
    """A phase with its days; `last_on` is the last day on which it holds (None: no end known)."""

    names: Names
    status: str
    starts_on: date
    last_on: date | None
    is_now: bool


@dataclass(frozen=True, slots=True)
class Where:
    """A municipality and the day it joined; None for one that has not decided to join."""

    code: str
    names: Names
    joined_on: date | None
    is_in: bool


@dataclass(frozen=True, slots=True)
class JoinedOn:
    """The municipalities that joined on one day."""

    day: date | None
    names: tuple[Names, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A target group, and the municipalities it is offered in; empty means all of them."""

    code: str
    names: Names
    description: Names
    places: tuple[Names, ...]
    codes: frozenset[str]

    def is_in(self, municipality_code: str) -> bool:
        """Whether the group is offered in the municipality."""
        return not self.codes or municipality_code in self.codes


@dataclass(frozen=True, slots=True)
class Places:
    """How many clients a municipality may have at a time, and whether all places are taken."""

    names: Names
    group: Names | None
    number: int
    is_full: bool


@dataclass(frozen=True, slots=True)
class ProgrammePicture:
    """The whole public page of a programme on a day."""

    programme: Programme
    organiser: Organiser
    today: date
    phases: tuple[When, ...]
    municipalities: tuple[Where, ...]
    groups: tuple[Group, ...]
    services: tuple[Service, ...]
    rulebook: Rulebook | None

    @property
    def phase(self) -> When | None:
        """The phase it is now."""
        return next((one for one in self.phases if one.is_now), None)

    @property
    def opens_on(self) -> date | None:
        """The first day of the next phase, when it is not open now."""
        later = [one.starts_on for one in self.phases if one.starts_on > self.today]
        return None if self.phase or not later else min(later)

    @property
    def joined(self) -> tuple[Where, ...]:
        """The municipalities that are members today."""
        return tuple(one for one in self.municipalities if one.is_in)

    @property
    def by_joining_day(self) -> list[JoinedOn]:
        """The municipalities by the day they joined; last those that have not decided to."""
        found: defaultdict[date | None, list[Names]] = defaultdict(list)
        for one in self.municipalities:
            found[one.joined_on].append(one.names)
        days = sorted(found, key=lambda day: day or date.max)
        return [JoinedOn(day, tuple(found[day])) for day in days]

    @property
    def takes_in(self) -> bool:
        """Whether a resident can come forward today."""
        return self.phase is not None and bool(self.joined)

    @property
    def approved_by(self) -> Names:
        """The body that approved the rulebook of the day, by its names."""
        if self.rulebook is None:
            return {}
        bodies = self.programme.terms.get("approving_bodies", {})
        kept = {self.programme.language: self.rulebook.approved_by_body}
        return dict(bodies.get(self.rulebook.version, kept))

    def terms(self, key: str) -> Any:
        """One of the pack's undated lists."""
        return self.programme.terms.get(key) or []


def all_programmes() -> list[ProgrammePicture]:
    """Every programme, those that are open now first. In a fixed number of queries."""
    found = _pictures(list(Programme.objects.select_related("organiser").order_by("pk")))
    return sorted(
        found, key=lambda one: (one.phase is None, one.organiser.name_fi, one.programme.pk)
    )


def find_programme(organiser: str, programme: str) -> ProgrammePicture:
    """The programme of these codes. Raises Http404."""
    found = list(
        Programme.objects.select_related("organiser").filter(
            organiser__code=organiser, code=programme
        )
    )
    if not found:
        raise Http404("There is no such programme.")
    (picture,) = _pictures(found)
    return picture


def places_of(picture: ProgrammePicture) -> tuple[Places, ...]:
    """The quotas in force, and whether they are full. Only that leaves the organiser's scope."""
    quotas = Quota.objects.filter(programme=picture.programme).order_by("pk")
    in_force = [quota for quota in quotas if picture.today in quota.valid]
    if not in_force:
        return ()
    towns = {one.code: one.names for one in picture.municipalities}
    groups = {one.code: one.names for one in picture.groups}
    with tenancy.scope([picture.organiser.pk]):
        taken = taken_places(picture.programme)
    return tuple(
        Places(
            names=towns[quota.municipality_code],
            group=groups.get(quota.target_group_code),
            number=quota.places,
            is_full=_taken(taken, quota) >= quota.places,
        )
        for quota in in_force
        if quota.municipality_code in towns
    )


def _pictures(programmes: list[Programme]) -> list[ProgrammePicture]:
    phases = _by_programme(Phase.objects.order_by("valid"), programmes)
    towns = _by_programme(Municipality.objects.order_by("pk"), programmes)
    groups = _by_programme(TargetGroup.objects.order_by("pk"), programmes)
    services = _by_programme(Service.objects.order_by("pk"), programmes)
    rulebooks = _by_programme(Rulebook.objects.order_by("valid"), programmes)
    found = []
    for one in programmes:
        today = clock.today(one.organiser)
        where = _where(towns[one.pk], today)
        found.append(
            ProgrammePicture(
                programme=one,
                organiser=one.organiser,
                today=today,
                phases=tuple(_when(phase, today) for phase in phases[one.pk]),
                municipalities=where,
                groups=tuple(_group(group, one, where) for group in groups[one.pk]),
                services=tuple(services[one.pk]),
                rulebook=next((row for row in rulebooks[one.pk] if today in row.valid), None),
            )
        )
    return found


def _by_programme(rows: Any, programmes: list[Programme]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows.filter(programme__in=programmes):
        found[row.programme_id].append(row)
    return found


def _when(phase: Phase, today: date) -> When:
    end = phase.valid.upper
    return When(
        names=phase.names,
        status=phase.status,
        starts_on=phase.valid.lower,
        last_on=end - timedelta(days=1) if end else None,
        is_now=today in phase.valid,
    )


def _where(towns: Iterable[Municipality], today: date) -> tuple[Where, ...]:
    """Each municipality once: its membership of today, else the one to come, else the last one."""
    chosen: dict[str, Municipality] = {}
    for town in towns:
        held = chosen.get(town.code)
        if held is None or (town.valid is not None and today in town.valid):
            chosen[town.code] = town
    return tuple(
        Where(
            code=town.code,
            names=town.names,
            joined_on=town.valid.lower if town.valid else None,
            is_in=town.valid is not None and today in town.valid,
        )
        for town in chosen.values()
        if town.valid is None or town.valid.upper is None or town.valid.upper > today
    )


def _group(group: TargetGroup, programme: Programme, where: Iterable[Where]) -> Group:
    codes = frozenset(group.municipality_codes or ())
    return Group(
        code=group.code,
        names=group.names,
        description=programme.terms.get("target_groups", {}).get(group.code, {}),
        places=tuple(one.names for one in where if one.code in codes),
        codes=codes,
    )


def _taken(taken: Mapping[tuple[str, str], int], quota: Quota) -> int:
    return sum(
        number
        for (town, group), number in taken.items()
        if town == quota.municipality_code and quota.target_group_code in ("", group)
    )
