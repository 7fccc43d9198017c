"""A long list, a piece at a time: what is shown says that it is not all, and the rest is one away.

    rows = piece(request, orders, 100, name="orders", at=address)

and below the list `{% include "piece.html" with piece=rows %}`. It asks one question however long
the list is: one row more than is shown tells that others follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.http import HttpRequest
from django.utils.http import urlencode

# Farther than anybody looks: an address is not to make the database count its way through it all.
FARTHEST = 10_000

Row = TypeVar("Row", covariant=True)


class Sliced(Protocol[Row]):
    """A list or a queryset: rows can be cut out of it."""

    def __getitem__(self, rows: slice, /) -> Iterable[Row]:
        """The rows between two places."""


@dataclass(frozen=True, slots=True)
class Piece(Sequence[Row]):
    """Some rows of a list, the first of them counted from 1, and where the others are.

    `earlier` and `later` are addresses, empty where there is nothing.
    """

    rows: Sequence[Row]
    first: int
    earlier: str
    later: str

    @property
    def last(self) -> int:
        """The number of the last row."""
        return self.first + len(self.rows) - 1

    @property
    def is_all(self) -> bool:
        """Whether there are no other rows than these."""
        return not self.earlier and not self.later

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __getitem__(self, key: Any) -> Any:
        return self.rows[key]


def piece(
    request: HttpRequest,
    rows: Sliced[Row],
    size: int,
    *,
    name: str = "page",
    at: str = "",
    place: str = "",
) -> Piece[Row]:
    """The piece of the rows that the address asks for by `name`; the first, when it asks oddly.

    `at` is the address of the list where the reader may have come by a form, and `place` the id of
    what the links jump to. Whatever else the address says of the page stays in the links.
    """
    number = _number(request.GET.get(name, ""))
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    if number > 1 and not found:
        number, start = 1, 0
        found = list(rows[: size + 1])

    def link(to: int) -> str:
        asked = request.GET.copy()
        asked[name] = str(to)
        return f"{at}?{urlencode(asked, doseq=True)}{place and f'#{place}'}"

    return Piece(
        rows=found[:size],
        first=start + 1,
        earlier=link(number - 1) if number > 1 else "",
        later=link(number + 1) if len(found) > size else "",
    )


def _number(text: str) -> int:
    fits = text.isascii() and text.isdecimal() and len(text) < 6
    return min(max(int(text), 1), FARTHEST) if fits else 1
