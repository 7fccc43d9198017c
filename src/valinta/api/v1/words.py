"""Types that several answers share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AfterValidator

from valinta.api.paging import LARGEST, USUAL


def _storable(text: str) -> str:
    """NUL and halves of a character cannot be stored by the database."""
    if "\x00" in text:
        raise ValueError("The text must not have a NUL character.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("The text must be whole Unicode characters.") from error
    return text.strip()


Text = Annotated[str, AfterValidator(_storable)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 1, 1))]


class ProblemOut(Schema):
    """What went wrong (RFC 9457). More members may stand beside these."""

    type: str = Field(description="Where the code is explained.")
    title: str
    status: int
    detail: str = Field(description="How to mend it.")
    code: str = Field(description="Stays the same in every language and version.")


class ListQuery(Schema):
    """How much of a list is wanted."""

    cursor: Annotated[str, Field(max_length=60)] | None = Field(
        None, description="`next_cursor` of the page before."
    )
    limit: int = Field(USUAL, ge=1, le=LARGEST, description="How many at most.")


class Names(Schema):
    """A name in each language."""

    fi: str
    sv: str
    en: str


def names(given: dict[str, Any]) -> dict[str, str]:
    """All three languages of a name; where one is missing, another stands for it."""
    first = next(iter(given.values()), "")
    finnish = given.get("fi") or first
    return {
        "fi": finnish,
        "sv": given.get("sv") or finnish,
        "en": given.get("en") or finnish,
    }


def hundredths(amount: int) -> str:
    """150 as 1.50."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


ProblemResponses = dict[int, type[ProblemOut]]
OrderStateName = Literal["placed", "accepted", "declined", "ended"]
VisitStateName = Literal["accepted", "in_review", "rejected", "confirmed", "disputed"]


def refusals(*statuses: int) -> ProblemResponses:
    """Problems that an operation can answer with, beside those of every operation."""
    return dict.fromkeys((401, 403, 422, 429, *statuses), ProblemOut)
