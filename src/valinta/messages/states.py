"""To whom a client writes, and who speaks in a thread."""

from __future__ import annotations

from enum import StrEnum


class Route(StrEnum):
    """To whom the client's question goes (KEU-11)."""

    PROVIDER = "provider"
    CASE_MANAGER = "case_manager"
    OFFICE = "office"


class Side(StrEnum):
    """Who speaks: the client's side, or those the thread leads to."""

    CLIENT = "client"
    OTHER = "other"


class Kind(StrEnum):
    """What a file may be; the value is its media type."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
