"""What case managers go by: when things are due, how contacts are named, and who opens whom."""

from typing import Annotated

from pydantic import Field

from valinta.programmes.pack.schema_base import (
    Count,
    Facts,
    Flag,
    Grounded,
    Names,
    Percent,
    Slug,
)


class CaseloadFacts(Grounded):
    """Whom the organiser's case managers may open. The source is for the organiser's own rule."""

    closed: Flag = Field(
        description="True: a case manager opens their own clients, those they cover, those without"
        " a case manager and those of municipalities they receive; another's only with a reason."
    )
    opening_days: Count = Field(
        description="For how many days an opening with a reason lasts, the day itself included."
    )


class DueFacts(Grounded):
    """After how many days, or how long before, something is due in the work list."""

    interest_answer_days: Count = Field(
        description="Days within which somebody who came forward is answered."
    )
    assessment_ready_days: Count = Field(
        description="Days from the start within which an assessment is ready."
    )
    signature_days: Count = Field(
        description="Days within which a plan that was written is signed by all."
    )
    decision_days: Count = Field(
        description="Days within which a signed plan or a proposal is decided on."
    )
    request_answer_days: Count = Field(
        description="Days within which a request for the tray is answered."
    )
    message_answer_days: Count = Field(
        description="Days within which a message of a client is answered."
    )
    mandate_notice_days: Count = Field(
        description="Days before a mandate's end from which its end is told."
    )
    decision_notice_days: Count = Field(
        description="Days before a decision's end from which its end is told."
    )
    month_end_days: Count = Field(
        description="Days before a month's end from which unused money is told."
    )
    unused_percent: Percent = Field(
        description="Share of a month's free money that has to be unused to be told."
    )
    pace_after_days: Count = Field(
        description="Days of the month after which money that goes faster than time is told."
    )
    pace_percent: Percent = Field(
        description="How much faster than time the money has to go, in per cent of the month."
    )


class ContactWordFacts(Facts):
    """A kind or a purpose of a contact."""

    code: Slug = Field(description="Code that contacts are kept with.")
    names: Names = Field(description="What it is called.")


class ContactLogFacts(Grounded):
    """How contacts with clients are logged (KAI-6). The source is for the kinds and purposes."""

    usual_minutes: Count = Field(description="Minutes that stand in the form to begin with.")
    mend_days: Count = Field(
        description="For how many days who logged a contact may change it, that day included."
    )
    kinds: Annotated[tuple[ContactWordFacts, ...], Field(min_length=1)] = Field(
        description="Kinds of contacts, in the order of the buttons."
    )
    purposes: Annotated[tuple[ContactWordFacts, ...], Field(min_length=1)] = Field(
        description="What contacts are for; the first stands in the form to begin with."
    )


class ChangeTermsFacts(Grounded):
    """How changes during the way are handled."""

    death_undo_days: Count = Field(
        description="Days within which a death that was noted by mistake is taken back without"
        " loss; budgets and the place end for good after them."
    )


class DecisionTermsFacts(Grounded):
    """For how long something is decided at once."""

    longest_months: Count = Field(
        description="How many calendar months a decision has at most, its first and last included"
        " even if it has only a part of them."
    )


class CaseworkFacts(Facts):
    """What case managers of the programme go by."""

    due: DueFacts = Field(description="When things are due in the work list.")
    contacts: ContactLogFacts = Field(description="How contacts are logged.")
    changes: ChangeTermsFacts = Field(description="How changes during the way are handled.")
    decisions: DecisionTermsFacts = Field(description="For how long something is decided at once.")
