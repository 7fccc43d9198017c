"""See what a piece of work would do: it is done, looked at and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from django.db import transaction

Seen = TypeVar("Seen")


class _Look(Exception):
    """Carries what was seen out of the transaction that is taken back."""


def done_and_taken_back(work: Callable[[], Seen]) -> Seen:
    """What the work gives; nothing of what it did stays. Raises what the work raises."""
    seen: list[Seen] = []

    def look() -> NoReturn:
        with transaction.atomic():
            seen.append(work())
            raise _Look

    try:
        look()
    except _Look:
        return seen[0]
