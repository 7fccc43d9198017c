"""Licensed instruments whose results are taken in beside an assessment: never their texts."""

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from valinta.programmes.pack.schema_base import Flag, Form, Grounded, Names, Slug, Text


def score_from_text(written: object) -> Decimal:
    """A score written as decimal text with at most two decimals, for example 6 or 4.02."""
    if not isinstance(written, str) or not re.fullmatch(r"-?\d{1,4}(\.\d{1,2})?", written):
        raise PydanticCustomError(
            "pack",
            "{problem}",
            {
                "problem": f"{written!r} is not a score",
                "mend": 'write it in quotes with a decimal point, for example "6" or "4.02"',
            },
        )
    return Decimal(written)


Score = Annotated[Decimal, BeforeValidator(score_from_text), Form('score as text, `"4.02"`')]


class ScoreFacts(Grounded):
    """One number that an instrument gives. The source is for the range."""

    code: Slug = Field(description="Code of the score, as results are taken in.")
    names: Names = Field(description="What the score is called.")
    lowest: Score = Field(description="Lowest score there can be.")
    highest: Score = Field(description="Highest score there can be.")
    more_need: Literal["higher", "lower"] = Field(
        description="Whether a higher or a lower score means more need."
    )


class ResultInstrumentFacts(Grounded):
    """A licensed instrument of needs or functioning. Its questions are never in a pack."""

    code: Slug = Field(description="Code of the instrument.")
    names: Names = Field(description="Name of the instrument.")
    owner: Names = Field(description="Who owns it.")
    version: Text = Field(description="Version that the scores are of.")
    licence: Names = Field(description="Terms of use, and who must be asked.")
    licence_needed: Flag = Field(
        description="Whether the organiser must have a licence before results are taken in."
    )
    scores: Annotated[tuple[ScoreFacts, ...], Field(min_length=1)] = Field(
        description="The numbers that are taken in."
    )
