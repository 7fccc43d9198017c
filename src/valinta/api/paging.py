"""Lists by cursor: newest first, each row once however much is added meanwhile."""

from __future__ import annotations

import base64
import binascii
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from valinta.api.problems import Problem, ProblemCode

LARGEST = 500
USUAL = 100
_MARK = "v1:"
_M = TypeVar("_M", bound=Model)


def page(rows: QuerySet[_M], cursor: str | None, limit: int) -> tuple[list[_M], str | None]:
    """The next rows by falling number, and the cursor for those after them (None: no more).

    Raises the Problem bad_cursor.
    """
    if cursor:
        rows = rows.filter(pk__lt=_read(cursor))
    found = list(rows.order_by("-pk")[: limit + 1])
    more = len(found) > limit
    return found[:limit], _write(found[limit - 1].pk) if more else None


def listed(items: list[Any], next_cursor: str | None) -> dict[str, Any]:
    """How every list of the API looks."""
    return {"items": items, "next_cursor": next_cursor}


def _write(number: int) -> str:
    return base64.urlsafe_b64encode(f"{_MARK}{number}".encode()).decode().rstrip("=")


def _read(cursor: str) -> int:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
        number = int(text.removeprefix(_MARK))
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise Problem(ProblemCode.BAD_CURSOR) from error
    if not text.startswith(_MARK) or not 0 < number < 2**63:
        raise Problem(ProblemCode.BAD_CURSOR)
    return number
