"""Template filters for assessments: amounts with their units, or points."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from valinta.web import wording
from valinta.web.templatetags.wording import language

register = template.Library()

A_MONTH: dict[str, str | Promise] = {
    "hour": _("hours a month"),
    "visit": _("visits a month"),
    "day": _("days a month"),
    "week": _("weeks a month"),
    "month": _("months"),
}


@register.filter
def units_a_month(unit: str) -> str:
    """What stands after a quantity that is typed."""
    return str(A_MONTH[unit])


@register.filter
def quantity_in(amount: int, unit: str) -> str:
    """An amount in hundredths of a unit; in points where there is no unit."""
    if unit:
        return wording.amount_of(amount, unit, language())
    return ngettext("%(n)s point", "%(n)s points", amount) % {"n": amount}


@register.filter
def amount_or_points(amount: int | None, unit: str) -> str:
    """As `quantity_in`; a dash where nothing is needed."""
    return "–" if amount is None else quantity_in(amount, unit)
