"""Words and addresses of the public pages, for their templates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.conf import settings

from valinta.web import wording
from valinta.web.languages import PARAMETER
from valinta.web.public.programme_words import STATUS
from valinta.web.templatetags.wording import language

register = template.Library()


@register.inclusion_tag("public/alternates.html", takes_context=True)
def alternates(context: template.Context) -> dict[str, Any]:
    """The page's own address, and its address in each language, for search engines."""
    request = context["request"]
    address = request.build_absolute_uri(request.path)
    return {
        "address": address,
        "languages": [(code, f"{address}?{PARAMETER}={code}") for code, _ in settings.LANGUAGES],
    }


@register.filter
def status_name(status: str) -> str:
    """The status of a phase in words."""
    return str(STATUS[status])


@register.filter
def full_day(when: date) -> str:
    """A day with its year and without its weekday."""
    return wording.short_day(when, language(), date.min)
