"""Wellbeing measures: our own questions and when they are asked, and licensed ones by name only."""

from typing import Annotated, Literal

from pydantic import Field

from valinta.programmes.pack.schema_base import (
    Count,
    EasyText,
    Facts,
    Flag,
    Grounded,
    Names,
    Slug,
    Text,
    Whole,
)


class ScaleFacts(Facts):
    """Whole numbers to choose from, each end in words. At most eleven, so that they fit a phone."""

    lowest: Whole = Field(description="Lowest number.")
    highest: Count = Field(description="Highest number.")
    lowest_words: Names = Field(description="What the lowest number means.")
    highest_words: Names = Field(description="What the highest number means.")


class QuestionFacts(Facts):
    """One question of a measure, worded for this project. The client may leave out any."""

    code: Slug = Field(description="Code of the question; answers are compared under it.")
    kind: Literal["scale", "goal", "text"] = Field(
        description=(
            "`scale`: a number; `goal`: the client names a goal and rates it; `text`: own words."
        )
    )
    text: Names = Field(description="The question.")
    easy: EasyText = Field(description="The question in one easy sentence.")
    scale: ScaleFacts | None = Field(
        default=None, description="The numbers, for `scale` and `goal`; null for `text`."
    )


class AskingFacts(Grounded):
    """When a measure is asked. Before: at enrolment, from that day on."""

    every_months: Count | None = Field(
        description="During: this many months after enrolment, and again; null when not `during`."
    )
    after_end_days: Whole | None = Field(
        description="After: this many days after the end; null when not `after`."
    )
    open_before_days: Whole = Field(
        description="How many days before the due day the questions can be answered."
    )
    open_after_days: Count = Field(
        description="How many days from the due day on they can be answered."
    )


class MeasureFacts(Grounded):
    """A wellbeing measure. The questions of a licensed one are never in a pack."""

    code: Slug = Field(description="Code of the measure.")
    names: Names = Field(description="Name of the measure.")
    kind: Literal["own", "results_only"] = Field(
        description="`own`: worded by this project; `results_only`: licensed, results are imported."
    )
    version: Text = Field(description="Version of the instrument.")
    licence: Text = Field(description="Terms of use, and who must be asked.")
    licence_needed: Flag = Field(
        description="Whether the organiser must record its licence before results are taken in."
    )
    moments: Annotated[tuple[Literal["before", "during", "after"], ...], Field(min_length=1)] = (
        Field(description="When it is measured.")
    )
    lowest: Whole | None = Field(description="Lowest result; null when there is no total.")
    highest: Whole | None = Field(description="Highest result; null when there is no total.")
    asking: AskingFacts | None = Field(
        default=None, description="When the client is asked; only for `own`."
    )
    questions: tuple[QuestionFacts, ...] = Field(
        default=(), description="What the client is asked, in this order; only for `own`."
    )
