"""Template filters for euros, days and names in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from babel import Locale
from django import template
from django.utils import timezone
from django.utils.translation import get_language

from valinta.clients.states import EnrolmentState
from valinta.needs.models import AllocationLine
from valinta.organisers.models import Organiser
from valinta.plans.states import Way
from valinta.programmes.names import named
from valinta.shared.money import Money, format_euros
from valinta.users.permissions import Role
from valinta.web import wording, words

register = template.Library()


class Amount(Protocol):
    """Something with a quantity in hundredths of a unit."""

    @property
    def quantity_hundredths(self) -> int: ...
    @property
    def unit(self) -> str: ...


class Ordered(Protocol):
    """Something ordered, of which a part is done, in hundredths of a unit."""

    @property
    def done(self) -> int: ...
    @property
    def ordered(self) -> int: ...
    @property
    def unit(self) -> str: ...


class Timed(Protocol):
    """Something with a beginning and an end, which may not be known."""

    @property
    def started_at(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...


def language() -> str:
    """The reader's language: fi, sv or en."""
    return (get_language() or "fi").split("-")[0]


@register.filter
def euros(cents: int) -> str:
    """Whole cents as euros."""
    return format_euros(Money(cents), language())


@register.filter
def name(names: Mapping[str, str]) -> str:
    """A name from a pack."""
    return named(names, language())


@register.filter
def text(texts: Mapping[str, str]) -> str:
    """A text from a pack that not every language has; empty when the reader's does not."""
    return texts.get(language(), "")


@register.filter
def tongue(code: str) -> str:
    """A language by its name in the reader's: “ruotsi”, “svenska”, “Swedish”."""
    if code in words.SIGNED:
        return str(words.SIGNED[code])
    return str(Locale.parse(wording.LOCALES[language()]).languages.get(code, code))


@register.filter
def name_list(many: Iterable[Mapping[str, str]]) -> str:
    """Names from a pack as a list in a sentence."""
    return wording.joined([named(one, language()) for one in many])


@register.filter
def organiser_name(organiser: Organiser) -> str:
    """The organiser's name."""
    return organiser.name(language())


@register.filter
def day(when: date | datetime, today: date | None = None) -> str:
    """A day with its weekday; give today to leave out the year that needs no saying."""
    return wording.day_in_words(_on(when), language(), today)


@register.filter
def long_day(when: date | datetime) -> str:
    """A day with its weekday and its year."""
    return wording.day_in_words(_on(when), language(), date.min)


@register.filter
def short_day(when: date | datetime, today: date | None = None) -> str:
    """A day without its weekday."""
    return wording.short_day(_on(when), language(), today)


@register.filter
def month(when: date) -> str:
    """The month's name."""
    return wording.month_in_words(when, language())


@register.filter
def span(timed: Timed) -> str:
    """From when to when."""
    return wording.time_span(timed.started_at, timed.ended_at, language())


@register.filter
def clock(when: datetime) -> str:
    """A time of day: “9.00”."""
    return wording.clock_time(when, language())


@register.filter
def progress(line: Ordered) -> str:
    """How much of what was ordered is done."""
    return wording.progress(line.done, line.ordered, line.unit, language())


@register.filter
def amount_of(thing: Amount) -> str:
    """A quantity with its unit."""
    return wording.amount_of(thing.quantity_hundredths, thing.unit, language())


@register.filter
def how_computed(line: AllocationLine) -> str:
    """The quantity, and the price of a unit where the line has one: “12 hours × 38,50 €”."""
    if not line.quantity_hundredths:
        return ""
    amount = wording.amount_of(line.quantity_hundredths, line.service.unit, language())
    return amount if line.unit_cents is None else f"{amount} × {euros(line.unit_cents)}"


@register.filter
def initials(person: str) -> str:
    """The initials of a person's name."""
    return wording.initials(person)


@register.filter
def role_name(role: str) -> str:
    """A role in words."""
    return str(words.ROLES[Role(role)])


@register.filter
def enrolment_state(state: str | None) -> str:
    """A client's place in the programme in words; a dash for none."""
    return str(words.ENROLMENT[EnrolmentState(state)]) if state else "–"


@register.filter
def way_name(way: str) -> str:
    """A way of organising in words."""
    return str(words.WAYS[Way(way)])


@register.filter
def unit_name(unit: str) -> str:
    """One unit in words."""
    return str(words.UNITS[unit])


@register.filter
def day_before(end: date) -> date:
    """The last day of a half-open period that ends on this day."""
    return end - timedelta(days=1)


@register.filter
def mandate_kind(kind: str) -> str:
    """As what someone acts for a client, for a sentence."""
    return str(words.MANDATE_KINDS.get(kind, kind))


@register.filter
def scope_list(scope: Iterable[str]) -> str:
    """What a mandate allows, as a list in a sentence."""
    order = [one for one in words.SCOPES if one in set(scope)]
    return wording.joined([str(words.SCOPES[one]) for one in order])


def _on(when: date | datetime) -> date:
    return timezone.localtime(when).date() if isinstance(when, datetime) else when
