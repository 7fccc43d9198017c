"""What a programme's page says: phases, municipalities, places, rulebook, money, assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from valinta.catalogue.models import Service
from valinta.processes.places import Rooms
from valinta.programmes.models import Municipality, PackLoad, Programme
from valinta.programmes.names import named
from valinta.shared.money import half_up_div
from valinta.web.office import pack_words
from valinta.web.templatetags.wording import language
from valinta.web.wording import amount_of

EXAMPLE_AMOUNT = 10_00
EXAMPLE_POINTS = 10
EXAMPLE_CENTS = 1_000_00


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality: its people, its decision, and from when to when it is in the programme."""

    code: str
    names: Mapping[str, str]
    population: int
    year: int
    decided_on: date | None
    joined_on: date | None
    left_on: date | None

    def state(self, on: date) -> str:
        """`out`, `coming`, `left` or `in`."""
        if self.joined_on is None:
            return "out"
        if self.joined_on > on:
            return "coming"
        return "left" if self.left_on is not None and self.left_on <= on else "in"


@dataclass(frozen=True, slots=True)
class Covered:
    """The share of the region's people that lives in member municipalities, from a day on."""

    on: date
    people: int
    everyone: int
    joins: tuple[Mapping[str, str], ...]
    leaves: tuple[Mapping[str, str], ...]

    @property
    def hundredths(self) -> int:
        """The share in hundredths of a per cent, half up."""
        return half_up_div(self.people * 10_000, self.everyone) if self.everyone else 0

    @property
    def percent(self) -> str:
        """The share in words."""
        return pack_words.percent(self.hundredths)

    @property
    def width(self) -> str:
        """The share as the width of a bar."""
        return f"{self.hundredths / 100:.2f}"


@dataclass(frozen=True, slots=True)
class Places:
    """Places of a municipality or of a group in it: how many, taken and waited for."""

    town: Mapping[str, str]
    group: Mapping[str, str] | None
    places: int
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        """Places that nobody has."""
        return max(0, self.places - self.taken)

    @property
    def width(self) -> str:
        """How full it is, as the width of a bar."""
        share = min(100.0, self.taken * 100 / self.places) if self.places else 100.0
        return f"{share:.2f}"


@dataclass(frozen=True, slots=True)
class Assumed:
    """Something without a known source: which part, what of it, and the reason given."""

    section: str
    what: tuple[str, ...]
    why: str


def content_in_use(programme: Programme) -> dict[str, Any]:
    """What the pack in use says, whole; empty when none was loaded."""
    found = (
        PackLoad.objects.filter(programme=programme)
        .order_by("-pk")
        .values_list("content", flat=True)
        .first()
    )
    return dict(found or {})


def towns(programme: Programme, content: Mapping[str, Any]) -> list[Town]:
    """The municipalities of the region, those that joined first, first."""
    said = {one["code"]: one for one in content.get("municipalities", [])}
    found = [
        _town(row, said.get(row.code, {}))
        for row in Municipality.objects.filter(programme=programme).order_by("code", "pk")
    ]
    return sorted(found, key=lambda one: (one.joined_on or date.max, one.code))


def _town(row: Municipality, said: Mapping[str, Any]) -> Town:
    decided = said.get("decided_on")
    return Town(
        row.code,
        row.names,
        row.population,
        row.population_year,
        date.fromisoformat(decided) if decided else None,
        row.valid.lower if row.valid else None,
        row.valid.upper if row.valid else None,
    )


def coverage(rows: Sequence[Town], today: date) -> list[Covered]:
    """The share from each day on which it changes, and today's."""
    days = {day for one in rows for day in (one.joined_on, one.left_on) if day}
    return [_covered(rows, day) for day in sorted(days | {today})]


def _covered(rows: Sequence[Town], on: date) -> Covered:
    everyone = {one.code: one.population for one in rows}
    inside = {one.code: one.population for one in rows if one.state(on) == "in"}
    return Covered(
        on,
        sum(inside.values()),
        sum(everyone.values()),
        tuple(one.names for one in rows if one.joined_on == on),
        tuple(one.names for one in rows if one.left_on == on),
    )


def places(programme: Programme, today: date, rows: Sequence[Town]) -> list[Places]:
    """The quotas of the day and how full they are, in the order of municipalities."""
    rooms = Rooms([programme.pk], today)
    town_names = {one.code: one.names for one in rows}
    group_names = {one.code: one.names for one in programme.target_groups.all()}
    quotas = programme.quotas.filter(valid__contains=today)
    found = []
    for quota in quotas.order_by("municipality_code", "target_group_code"):
        room = rooms.of(programme.pk, quota.municipality_code, quota.target_group_code)
        group = group_names.get(quota.target_group_code) if quota.target_group_code else None
        town = town_names.get(quota.municipality_code, {})
        found.append(Places(town, group, quota.places, room.taken, len(room.queue)))
    return found


def example(programme: Programme, model: str, parameters: Mapping[str, Any]) -> str:
    """The allocation rule shown on one made-up need."""
    euros = pack_words.euros
    if model == "hours_x_unit_cost" and parameters.get("unit_cents"):
        code, cents = next(iter(parameters["unit_cents"].items()))
        service = Service.objects.filter(programme=programme, code=code).first()
        if service is not None:
            return gettext("%(service)s, %(amount)s a month × %(cost)s = %(sum)s a month.") % {
                "service": named(service.names, language()),
                "amount": amount_of(EXAMPLE_AMOUNT, service.unit, language()),
                "cost": euros(cents),
                "sum": euros(half_up_div(EXAMPLE_AMOUNT * cents, 100)),
            }
    if model == "points_x_euro" and parameters.get("cents_per_point"):
        cents = parameters["cents_per_point"]
        return gettext("%(points)s points × %(value)s = %(sum)s a month.") % {
            "points": EXAMPLE_POINTS,
            "value": euros(cents),
            "sum": euros(EXAMPLE_POINTS * cents),
        }
    if model == "current_services_price" and parameters.get("share"):
        share = parameters["share"]
        return gettext("Services for %(cost)s a month × %(share)s = %(sum)s a month.") % {
            "cost": euros(EXAMPLE_CENTS),
            "share": pack_words.percent(share),
            "sum": euros(half_up_div(EXAMPLE_CENTS * share, 10_000)),
        }
    return ""


def assumptions(content: Mapping[str, Any]) -> list[Assumed]:
    """What the pack takes for granted without a source, with the same reason told once."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, part in content.items():
        for what, why in _assumed(part, ""):
            held = found.setdefault((pack_words.section(name), why), [])
            if what and what not in held:
                held.append(what)
    return [Assumed(section, tuple(what), why) for (section, why), what in found.items()]


def _assumed(part: Any, near: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, Mapping):
        names = part.get("names")
        here = named(names, language()) if isinstance(names, Mapping) else near
        if part.get("assumed") is True:
            yield here, str(part.get("why") or "")
        for value in part.values():
            yield from _assumed(value, here)
    elif isinstance(part, list):
        for value in part:
            yield from _assumed(value, near)
