"""Names in several languages, as packs give them."""

from __future__ import annotations

from collections.abc import Mapping


def named(names: Mapping[str, str], language: str) -> str:
    """The name in the language asked for, else in Finnish, else in whatever language there is."""
    return names.get(language) or names.get("fi") or next(iter(names.values()), "")
