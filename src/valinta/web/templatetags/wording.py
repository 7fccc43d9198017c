"""Template filters for euros, days and names in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from valinta.programmes.names import named
from valinta.shared.money import Money, format_euros
from valinta.web import wording

register = template.Library()


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
def day(when: date | datetime, today: date | None = None) -> str:
    """A day with its weekday; give today to leave out the year that needs no saying."""
    return wording.day_in_words(_on(when), language(), today)


@register.filter
def short_day(when: date | datetime, today: date | None = None) -> str:
    """A day without its weekday."""
    return wording.short_day(_on(when), language(), today)


@register.filter
def month(when: date) -> str:
    """The month's name."""
    return wording.month_in_words(when, language())


@register.filter
def initials(person: str) -> str:
    """The initials of a person's name."""
    return wording.initials(person)


def _on(when: date | datetime) -> date:
    return timezone.localtime(when).date() if isinstance(when, datetime) else when
