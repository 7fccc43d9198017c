"""Words and small forms that every part of a programme pack is made of.

Amounts are whole cents, times of day are minutes since midnight, and periods are half-open: the
first day belongs to the period, the last day does not.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict
from pydantic_core import PydanticCustomError


@dataclass(frozen=True)
class Form:
    """How a value is written in a pack, for the reference page."""

    text: str


def _refuse(problem: str, mend: str) -> PydanticCustomError:
    return PydanticCustomError("pack", "{problem}", {"problem": problem, "mend": mend})


def cents_from_euros(written: object) -> int:
    """Whole cents of an amount written as euros with two decimals, for example 42.50."""
    if not isinstance(written, str) or not re.fullmatch(r"\d{1,9}\.\d{2}", written):
        raise _refuse(
            f"{written!r} is not an amount of euros",
            'write euros and cents with a point and two decimals, for example "42.50"',
        )
    return int(written.replace(".", ""))


def percent_from_text(written: object) -> Decimal:
    """A percentage from 0 to 100 written as decimal text, for example 80 or 12.5, exactly."""
    if not isinstance(written, str) or not re.fullmatch(r"\d{1,3}(\.\d{1,4})?", written):
        raise _refuse(
            f"{written!r} is not a percentage",
            'write the percentage in quotes with a decimal point, for example "80" or "12.5"',
        )
    if Decimal(written) > 100:
        raise _refuse(f"{written} percent is more than 100", "write a share from 0 to 100")
    return Decimal(written)


def minute_from_clock(written: object) -> int:
    """Minutes since midnight of a time written as HH:MM, from 00:00 to 24:00."""
    text = written if isinstance(written, str) else ""
    found = re.fullmatch(r"([01]\d|2[0-4]):([0-5]\d)", text)
    if found is None or int(found[1]) * 60 + int(found[2]) > 24 * 60:
        raise _refuse(
            f"{written!r} is not a time of day",
            'write hours and minutes with two digits each, for example "07:00" or "24:00"',
        )
    return int(found[1]) * 60 + int(found[2])


Cents = Annotated[int, BeforeValidator(cents_from_euros), Form('euros as text, `"42.50"`')]
Percent = Annotated[Decimal, BeforeValidator(percent_from_text), Form('percent as text, `"80"`')]
Minute = Annotated[int, BeforeValidator(minute_from_clock), Form('time of day, `"07:00"`')]
Day = Annotated[date, Strict(), Form("day, `2019-03-15`, without quotes")]
Flag = Annotated[bool, Strict(), Form("`true` or `false`")]
Whole = Annotated[int, Strict(), Field(ge=0), Form("whole number from 0")]
Count = Annotated[int, Strict(), Field(ge=1), Form("whole number from 1")]
Text = Annotated[str, Field(min_length=1, pattern=r"\S"), Form("text")]
Slug = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60),
    Form("code: small letters, digits and single hyphens"),
]
MunicipalityCode = Annotated[
    str,
    Field(pattern=r"^[0-9]{3}$"),
    Form('municipality number of Statistics Finland as text, `"049"`'),
]


class Facts(BaseModel):
    """A frozen piece of a pack in which a key that is not known is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Names(Facts):
    """The same words in the three languages of the screens."""

    fi: Text = Field(description="In Finnish.")
    sv: Text = Field(description="In Swedish.")
    en: Text = Field(description="In English.")


class EasyText(Facts):
    """One sentence in easy language (selkokieli, lättläst), written by a person."""

    fi: Text = Field(description="In easy Finnish.")
    sv: Text = Field(description="In easy Swedish.")


class Grounded(Facts):
    """A figure or fact that says where it is from: a source, or `assumed: true` and why."""

    source: Text | None = Field(
        default=None,
        description="Where the figure is from: act, address, meeting or programme description.",
    )
    assumed: Flag = Field(
        default=False, description="True when no source is known; then `why` must be there."
    )
    why: Text | None = Field(
        default=None, description="Why this figure was assumed, and what it was reasoned from."
    )


class Dated(Grounded):
    """A grounded fact that is true from one day until another, half-open."""

    starts_on: Day = Field(description="First day on which it is true.")
    ends_on: Day | None = Field(
        description="First day on which it is no longer true; null while no end is known."
    )
