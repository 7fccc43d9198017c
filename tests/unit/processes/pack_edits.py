"""Packs with one thing changed, made from the real ones in memory."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from tests.unit.programmes.pack_copies import PACKS
from valinta.programmes.pack import Pack, read_pack

TODAY = date(2019, 3, 15)
NOW = datetime(2019, 3, 15, 9, 30, tzinfo=ZoneInfo("Europe/Helsinki"))
# The key of a price of Keusote that is in force on that day.
PRICE_IN_FORCE = {"service": "home-care", "band": "weekday-day", "starts_on": date(2019, 1, 1)}


@lru_cache
def pack(name: str) -> Pack:
    """A real pack."""
    return read_pack(PACKS / name)


def edited(whole: Pack, where: str, at: int, **values: Any) -> Pack:
    """The pack with one piece changed; `where` names its list, as `allocation.unit_costs`."""
    pieces = list(_list_at(whole, where))
    pieces[at] = pieces[at].model_copy(update=values)
    return with_list(whole, where, pieces)


def without(whole: Pack, where: str, at: int) -> Pack:
    """The pack without one piece of a list."""
    pieces = list(_list_at(whole, where))
    del pieces[at]
    return with_list(whole, where, pieces)


def with_more(whole: Pack, where: str, at: int, **values: Any) -> Pack:
    """The pack with one more piece: a copy of another with some values changed."""
    pieces = _list_at(whole, where)
    return with_list(whole, where, [*pieces, pieces[at].model_copy(update=values)])


def with_list(whole: Pack, where: str, pieces: list[BaseModel]) -> Pack:
    """The pack with one of its lists replaced."""
    *around, name = where.split(".")
    if around:
        inner = getattr(whole, around[0]).model_copy(update={name: tuple(pieces)})
        return whole.model_copy(update={around[0]: inner})
    return whole.model_copy(update={name: tuple(pieces)})


def rulebook_with(whole: Pack, at: int, **parameters: Any) -> Pack:
    """The pack with terms of one of its rulebooks changed."""
    terms = whole.rulebooks[at].parameters.model_copy(update=parameters)
    return edited(whole, "rulebooks", at, parameters=terms)


def find(whole: Pack, where: str, **values: Any) -> int:
    """The place in a list of the one piece with these values."""
    (at,) = (
        at
        for at, piece in enumerate(_list_at(whole, where))
        if all(getattr(piece, name) == value for name, value in values.items())
    )
    return at


def _list_at(whole: Pack, where: str) -> tuple[Any, ...]:
    found: Any = whole
    for name in where.split("."):
        found = getattr(found, name)
    return tuple(found)
