"""To whom a client writes, and who speaks in a thread."""

from __future__ import annotations

from enum import StrEnum


class Route(StrEnum):
    """To whom the client's question goes (KEU-11).

    `visit` is the talk about a visit that the client disputed: its provider and the case manager
    both read and answer.
    """

    PROVIDER = "provider"
    CASE_MANAGER = "case_manager"
    OFFICE = "office"
    VISIT = "visit"


class NoticeKind(StrEnum):
    """What an e-mail is for: there is something new, or the code that confirms the address."""

    NEWS = "news"
    CODE = "code"


class Side(StrEnum):
    """Who speaks: the client's side, or those the thread leads to."""

    CLIENT = "client"
    OTHER = "other"


class Kind(StrEnum):
    """What a file may be; the value is its media type."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
