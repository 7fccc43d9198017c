"""The fields of an assessment as they are typed, and what they say once they are complete. Pure.

Fields by name: `with-<role>` who takes part, `goals` one on each line, `notes`; by service code
`quantity-`, `mandatory-` and `reason-`; by need item `item-` the level and `meets-` the service
that answers to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from valinta.shared.changes import Content

PRESENT = ("client", "case_manager")
"""Roles of whom only the presence is told."""
NAMED = ("relative", "representative", "service_guide")
"""Roles whose people are named, one on each line."""
HIGHEST_QUANTITY = 100_000_00
ONE_UNIT = 100
_QUANTITY = re.compile(r"[0-9]{1,7}([.,][0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Offered:
    """A service that can be needed: its code, and whether it can be made mandatory."""

    code: str
    can_be_mandatory: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What an assessment asks in a programme: its services, and the items of a points model."""

    services: Sequence[Offered]
    items: Sequence[Mapping[str, Any]] = ()

    @property
    def by_points(self) -> bool:
        """Whether the need is told in points of items, not in quantities of services."""
        return bool(self.items)

    def fields(self) -> Iterator[str]:
        """Every field that can be typed, in the order of the screen."""
        yield from (f"with-{role}" for role in (*PRESENT, *NAMED))
        yield "goals"
        for item in self.items:
            yield from (f"item-{item['code']}", f"meets-{item['code']}")
        for one in self.services:
            if not self.by_points:
                yield f"quantity-{one.code}"
            if one.can_be_mandatory:
                yield from (f"mandatory-{one.code}", f"reason-{one.code}")
        yield "notes"


@dataclass(frozen=True, slots=True)
class Stated:
    """What is needed of one service, in hundredths of its unit a month, or in points."""

    service: str
    quantity_hundredths: int
    points: int | None = None
    mandatory: bool = False
    reason: str = ""


@dataclass(slots=True)
class Reading:
    """The answers read: the needs they state, and what is wrong or missing, by field."""

    needs: list[Stated] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)


def quantity_of(text: str) -> int | None:
    """Hundredths of a quantity typed with a comma or a point; None when it is not one."""
    compact = text.replace(" ", "").replace("\u00a0", "")
    if not _QUANTITY.fullmatch(compact):
        return None
    whole, _, part = compact.replace(",", ".").partition(".")
    hundredths = int(whole) * ONE_UNIT + int(part.ljust(2, "0") or 0)
    return hundredths if hundredths <= HIGHEST_QUANTITY else None


def participants_of(answers: Content) -> list[dict[str, str]]:
    """Who took part: each with the role, and the name where one is written."""
    found = [{"role": role} for role in PRESENT if answers.get(f"with-{role}")]
    for role in NAMED:
        names = answers.get(f"with-{role}", "").split("\n")
        found += [{"role": role, "name": name.strip()} for name in names if name.strip()]
    return found


def goals_of(answers: Content) -> list[str]:
    """The goals, one of each line."""
    return [line.strip() for line in answers.get("goals", "").split("\n") if line.strip()]


def read(shape: Shape, answers: Content) -> Reading:
    """What the answers say. Faults: `client`, `goals`, `quantity`, `level`, `service`, `reason`,
    `nothing`, `not_needed`, by the field each is at.
    """
    found = Reading()
    if not answers.get("with-client") and not answers.get("with-representative"):
        found.faults["with-client"] = "client"
    if not goals_of(answers):
        found.faults["goals"] = "goals"
    amounts = _points(shape, answers, found) if shape.by_points else None
    for one in shape.services:
        stated = _stated(one, answers, amounts, found)
        if stated is not None:
            found.needs.append(stated)
    if not found.needs and not found.faults:
        first = f"item-{shape.items[0]['code']}" if shape.items else _first_quantity(shape)
        found.faults[first] = "nothing"
    return found


def _first_quantity(shape: Shape) -> str:
    return f"quantity-{shape.services[0].code}" if shape.services else "notes"


def _points(shape: Shape, answers: Content, found: Reading) -> dict[str, int]:
    """Points by service: each item's level gives points to the service that answers to it."""
    codes = {one.code for one in shape.services}
    points: dict[str, int] = {}
    for item in shape.items:
        code = item["code"]
        level = answers.get(f"item-{code}", "")
        given = next((one["points"] for one in item["levels"] if one["code"] == level), None)
        service = answers.get(f"meets-{code}", "")
        if given is None:
            found.faults[f"item-{code}"] = "level"
        elif given and service not in codes:
            found.faults[f"meets-{code}"] = "service"
        elif given:
            points[service] = points.get(service, 0) + int(given)
    return points


def _stated(
    one: Offered, answers: Content, points: Mapping[str, int] | None, found: Reading
) -> Stated | None:
    mandatory = one.can_be_mandatory and bool(answers.get(f"mandatory-{one.code}"))
    reason = answers.get(f"reason-{one.code}", "") if mandatory else ""
    if points is None:
        typed = answers.get(f"quantity-{one.code}", "")
        quantity = quantity_of(typed) if typed else 0
        if quantity is None:
            found.faults[f"quantity-{one.code}"] = "quantity"
            return None
        given = None
    else:
        given = points.get(one.code)
        quantity = ONE_UNIT if given else 0
    if mandatory and not quantity:
        found.faults[f"mandatory-{one.code}"] = "not_needed"
    elif mandatory and not reason:
        found.faults[f"reason-{one.code}"] = "reason"
    return Stated(one.code, quantity, given, mandatory, reason) if quantity else None
