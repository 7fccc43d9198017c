"""Template filters of the office's pages."""

from __future__ import annotations

from django import template

from valinta.shared.money import NO_BREAK_SPACE

register = template.Library()


@register.filter
def thousands(number: int) -> str:
    """A number with a space between its thousands: “184 300”."""
    return f"{number:,}".replace(",", NO_BREAK_SPACE)
