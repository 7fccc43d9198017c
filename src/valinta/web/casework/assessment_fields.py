"""The form of an assessment: its rows with what is typed and wrong, and its fields in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.catalogue.models import Service
from valinta.needs.answers import NAMED, PRESENT
from valinta.programmes.models import Programme
from valinta.programmes.names import named
from valinta.shared.changes import Content
from valinta.web.templatetags.wording import language, unit_name

Words = str | Promise
Names = Mapping[str, str]

PARTICIPANTS: dict[str, Words] = {
    "client": _("The client"),
    "case_manager": _("The case manager"),
    "relative": _("Relatives and people close"),
    "representative": _("A representative"),
    "service_guide": _("A service guide"),
}
FAULTS: dict[str, Words] = {
    "client": _("The client takes part in the assessment, or a representative in their place."),
    "goals": _("Write at least one goal: what the client wants."),
    "quantity": _("Write a number, for example 12 or 7,5."),
    "level": _("Choose the one that fits."),
    "service": _("Choose the service that answers to this need."),
    "reason": _("Write why it is mandatory; the client will read it."),
    "nothing": _("Write what is needed of at least one service."),
    "not_needed": _("It is marked mandatory, but nothing of it is needed."),
}


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service: how much of it, whether mandatory and why, and how much there was last time."""

    code: str
    names: Names
    unit: str
    quantity: str
    can_be_mandatory: bool
    mandatory: bool
    reason: str
    last: int | None
    faults: Mapping[str, str]

    @property
    def quantity_fault(self) -> str:
        return self.faults.get(f"quantity-{self.code}", "")

    @property
    def mandatory_fault(self) -> str:
        return self.faults.get(f"mandatory-{self.code}", "")

    @property
    def reason_fault(self) -> str:
        return self.faults.get(f"reason-{self.code}", "")


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of the programme's own instrument: its levels, and which service answers to it."""

    code: str
    names: Names
    levels: Sequence[Mapping[str, Any]]
    level: str
    meets: str
    faults: Mapping[str, str]

    @property
    def level_fault(self) -> str:
        return self.faults.get(f"item-{self.code}", "")

    @property
    def meets_fault(self) -> str:
        return self.faults.get(f"meets-{self.code}", "")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A role that can take part: present or not, or named."""

    role: str
    words: str
    value: str
    is_named: bool
    fault: str


@dataclass(frozen=True, slots=True)
class AssessmentForm:
    """Everything that can be typed, with what is typed now."""

    people: Sequence[PersonRow]
    goals: str
    notes: str
    items: Sequence[ItemRow]
    services: Sequence[ServiceRow]
    faults: Mapping[str, str]

    @property
    def fault_list(self) -> list[tuple[str, str]]:
        """The field and the words of each fault."""
        return list(self.faults.items())

    @property
    def goals_fault(self) -> str:
        return self.faults.get("goals", "")

    @property
    def mandatory_only(self) -> list[ServiceRow]:
        """The services that can be made mandatory, for programmes that count in points."""
        return [one for one in self.services if one.can_be_mandatory]

    @property
    def options(self) -> list[tuple[str, str]]:
        """The services to choose from."""
        return [(one.code, named(one.names, language())) for one in self.services]


def form_of(
    programme: Programme,
    services: Sequence[Service],
    content: Content,
    last: Mapping[str, int],
    faults: Mapping[str, str] | None = None,
) -> AssessmentForm:
    """The form of a programme filled with `content`; `last` is the last assessment's quantities."""
    told = {field: str(FAULTS[what]) for field, what in (faults or {}).items()}
    return AssessmentForm(
        people=[
            PersonRow(
                role,
                str(PARTICIPANTS[role]),
                content.get(f"with-{role}", ""),
                role in NAMED,
                told.get(f"with-{role}", ""),
            )
            for role in (*PRESENT, *NAMED)
        ],
        goals=content.get("goals", ""),
        notes=content.get("notes", ""),
        items=[_item(one, content, told) for one in programme.terms.get("need_items", [])],
        services=[_service(one, content, last, told) for one in services],
        faults=told,
    )


def _item(item: Mapping[str, Any], content: Content, faults: Mapping[str, str]) -> ItemRow:
    code = item["code"]
    level, meets = content.get(f"item-{code}", ""), content.get(f"meets-{code}", "")
    return ItemRow(code, item["names"], item["levels"], level, meets, faults)


def _service(
    one: Service, content: Content, last: Mapping[str, int], faults: Mapping[str, str]
) -> ServiceRow:
    return ServiceRow(
        code=one.code,
        names=one.names,
        unit=one.unit,
        quantity=content.get(f"quantity-{one.code}", ""),
        can_be_mandatory=one.can_be_mandatory,
        mandatory=bool(content.get(f"mandatory-{one.code}")),
        reason=content.get(f"reason-{one.code}", ""),
        last=last.get(one.code),
        faults=faults,
    )


class FieldWords:
    """The fields of a programme's assessment in words, for telling what another has changed."""

    def __init__(self, programme: Programme, services: Sequence[Service]) -> None:
        self._services = {one.code: one for one in services}
        self._items = {one["code"]: one for one in programme.terms.get("need_items", [])}

    def label(self, field: str) -> str:
        """What the field is called on the screen."""
        kind, _dash, code = field.partition("-")
        if kind == "with":
            return str(PARTICIPANTS.get(code, code))
        if kind in ("item", "meets"):
            item = named(self._items.get(code, {}).get("names", {}), language()) or code
            words = gettext("%(item)s: the service that answers to it")
            return item if kind == "item" else words % {"item": item}
        if field == "goals":
            return gettext("Goals")
        if field == "notes":
            return gettext("Notes")
        words = {
            "quantity": gettext("%(service)s: how much"),
            "mandatory": gettext("%(service)s: mandatory"),
            "reason": gettext("%(service)s: why mandatory"),
        }.get(kind, "%(service)s")
        return words % {"service": self._service(code)}

    def shown(self, field: str, value: str) -> str:
        """A value of the field in words."""
        kind, _dash, code = field.partition("-")
        if value == "1" and (kind == "mandatory" or (kind == "with" and code in PRESENT)):
            return gettext("yes")
        if kind == "meets":
            return self._service(value)
        if kind == "item":
            levels = self._items.get(code, {}).get("levels", [])
            names = [one["names"] for one in levels if one["code"] == value]
            return named(names[0], language()) if names else value
        if kind == "quantity" and code in self._services:
            return f"{value} · {unit_name(self._services[code].unit)}"
        return value

    def _service(self, code: str) -> str:
        one = self._services.get(code)
        return named(one.names, language()) if one else code
