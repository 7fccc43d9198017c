"""Shares of the rulebook as a reader writes them."""

from __future__ import annotations

from django.utils.translation import get_language

from valinta.shared.money import NO_BREAK_SPACE


def percent_text(written: str) -> str:
    """A decimal text as a percentage of the reader's language."""
    is_english = (get_language() or "").startswith("en")
    trimmed = written.rstrip("0").rstrip(".") if "." in written else written
    return f"{trimmed}%" if is_english else f"{trimmed.replace('.', ',')}{NO_BREAK_SPACE}%"
