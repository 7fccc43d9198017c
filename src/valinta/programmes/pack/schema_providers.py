"""Which providers can be approved: sectors, registers, conditions, and an application's days."""

from typing import Annotated, Literal

from pydantic import Field

from valinta.programmes.pack.schema_base import (
    Count,
    Flag,
    Form,
    Grounded,
    Names,
    Percent,
    Slug,
    Whole,
)

DayOfYear = Annotated[
    str,
    Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$"),
    Form('month and day of every year as text, `"07-01"`'),
]


class RegisterFacts(Grounded):
    """A register in which a provider's entry is proof that it may give services."""

    code: Slug = Field(description="Code of the register.")
    names: Names = Field(description="Name of the register.")
    keeper: Literal["national", "organiser"] = Field(description="Who keeps it.")


class ConditionFacts(Grounded):
    """One condition of approval, and what shows that it is met."""

    code: Slug = Field(description="Code that the evidence is kept with.")
    names: Names = Field(description="Short name of the condition.")
    words: Names = Field(description="What is asked for, in a sentence for the applicant.")
    shown_by: Literal["paper", "words", "register"] = Field(
        description="`paper`: a file; `words`: an answer; `register`: the entry in a register."
    )
    greatest_age_days: Count | None = Field(
        default=None,
        description="How old a paper may be, in days, when it is handed in; null: of any age.",
    )
    has_end: Flag = Field(
        default=False, description="Whether the paper names the last day on which it holds."
    )
    sectors: tuple[Literal["public", "private", "third_sector"], ...] | None = Field(
        default=None, description="Kinds of providers it concerns; null: all."
    )


class ApplicationTermsFacts(Grounded):
    """The days of an application."""

    decide_within_days: Count = Field(
        description="Days from its arrival within which an application is decided on."
    )
    clarify_within_days: Count = Field(
        description="Days that an applicant usually has to answer a clarification."
    )
    warn_before_days: Count = Field(
        description="Days before a paper's end from which the office is told of it."
    )
    account_change_days: Count = Field(
        description="Days that a confirmed change of a company's bank account waits."
    )
    new_within_years: Count = Field(
        description="Years from its founding within which a company counts as new in the figures."
    )


class RunningTermsFacts(Grounded):
    """The days a provider's own work goes by, besides those of the rulebook."""

    answer_order_days: Count = Field(
        description="Days after the day of an order until the end of which the provider answers it;"
        " an order without an answer is then declined by itself, and its money is free again."
    )
    price_windows: tuple[DayOfYear, ...] = Field(
        description="Days of the year from which a provider's new price can hold, after the"
        " rulebook's notice; none: any day."
    )
    late_cancellation_percent: Percent = Field(
        description="Share of a visit's price that is paid when the client calls it off later than"
        " the rulebook's hours before it."
    )
    end_client_notice_days: Whole = Field(
        description="Notice, in days, when a provider stops serving a client."
    )
    leave_notice_days: Whole = Field(
        description="Notice, in days, when a provider leaves the programme."
    )


class ProviderTermsFacts(Grounded):
    """Which providers can be approved; the source is for the sectors. More is in the rulebook."""

    sectors: Annotated[
        tuple[Literal["public", "private", "third_sector"], ...], Field(min_length=1)
    ] = Field(description="Kinds of providers a client can choose.")
    registers: Annotated[tuple[RegisterFacts, ...], Field(min_length=1)] = Field(
        description="An entry in at least one of these is needed."
    )
    conditions: Annotated[tuple[ConditionFacts, ...], Field(min_length=1)] = Field(
        description="What is looked at before approval, in the order of the application."
    )
    applications: ApplicationTermsFacts = Field(description="The days of an application.")
    running: RunningTermsFacts = Field(
        description="The days of answering orders, changing prices and ending."
    )
