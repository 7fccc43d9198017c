"""The shape of ids in addresses: what fits the database's ids, so no other number gets further."""

from __future__ import annotations

from django.urls import register_converter


class RowId:
    """A positive whole number of at most 18 digits."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


ROW = "row"
register_converter(RowId, ROW)
