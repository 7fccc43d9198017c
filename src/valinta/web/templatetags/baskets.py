"""Template filters of the what-if page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.web import wording
from valinta.web.client.basket_forms import AMOUNT
from valinta.web.templatetags.wording import language

register = template.Library()

UNITS_MANY: dict[str, str | Promise] = {
    "hour": _("How many hours"),
    "visit": _("How many visits"),
    "day": _("How many days"),
    "week": _("How many weeks"),
    "month": _("How many months"),
}


@register.filter
def unit_many(unit: str) -> str:
    """The label of an amount in the unit."""
    return str(UNITS_MANY[unit])


@register.filter
def in_units(hundredths: int, unit: str) -> str:
    """A quantity in hundredths of a unit, with the unit."""
    return wording.amount_of(hundredths, unit, language())


@register.filter
def faults_of(form: Any, band: str) -> list[str]:
    """What is wrong with the amount of a band; nothing without a form that has one."""
    name = AMOUNT + band
    return list(form[name].errors) if form and name in form.fields else []


@register.filter
def typed_amount(typed: Mapping[str, Any], band: str) -> str:
    """What was typed as the amount of a band."""
    return str(typed.get(AMOUNT + band) or "")
