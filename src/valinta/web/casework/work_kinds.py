"""What can be due for a worker by kind, and what a source of rows about one kind is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Why something is due."""

    DISPUTE = "dispute"
    MONEY_SHORT = "money_short"
    ORDER_SHORT = "order_short"
    DECISION_ENDS = "decision_ends"
    DECISION_WAITS = "decision_waits"
    ASSESSMENT = "assessment"
    SIGNATURE = "signature"
    REVIEW = "review"
    CHECK = "check"
    MESSAGE = "message"
    NOBODY = "nobody"
    INTEREST = "interest"
    PLACE = "place"
    MANDATE_ENDS = "mandate_ends"
    REQUEST = "request"
    MONEY_UNUSED = "money_unused"
    WELLBEING = "wellbeing"


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of what is due, how harmful it is to wait, and where its rows come from."""

    kind: Kind
    harm: int
    rows: str


# Days and shares of the pack, as `terms` has them.
TERMS = (
    "interest_answer_days",
    "assessment_ready_days",
    "signature_days",
    "decision_days",
    "request_answer_days",
    "message_answer_days",
    "mandate_notice_days",
    "decision_notice_days",
    "month_end_days",
    "unused_percent",
    "pace_after_days",
    "pace_percent",
)


def on_day(moment: str) -> str:
    """SQL for the day of a moment where the people live."""
    return f"({moment} AT TIME ZONE %(zone)s::text)::date"
