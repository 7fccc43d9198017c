"""When a decision counts as received, and until when it can be challenged."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from valinta.rules.law import figure, whole
from valinta.rules.public_holidays import holiday_name, is_eve

_SATURDAY = 5


class Sent(StrEnum):
    """How a decision went to the client."""

    BY_POST = "by_post"
    ELECTRONICALLY = "electronic"
    IN_PERSON = "in_person"


class Challenge(StrEnum):
    """What can be asked for: a claim for a revised decision, or an appeal to the court after it."""

    CLAIM = "revised_decision"
    APPEAL = "appeal_to_court"


def received_on(sent: Sent, day: date) -> date:
    """The day on which what was sent on a day counts as received, unless something else is shown.

    Acts 434/2003 section 59 and 13/2003 section 19; what is handed over is received at once.
    """
    if sent is Sent.IN_PERSON:
        return day
    return day + timedelta(days=whole(f"receipt_of_decisions.{sent}", day))


def days_for(challenge: Challenge, on: date) -> int:
    """The length of the time in days, as the law stands on a day."""
    return whole(str(challenge), on)


def last_day(challenge: Challenge, received: date) -> date:
    """The last day of the time. The day of receipt is not counted.

    A time that would end when offices are closed ends on the next day when they are open (act
    150/1930 section 5).
    """
    day = received + timedelta(days=days_for(challenge, received))
    while _is_closed(day):
        day += timedelta(days=1)
    return day


def _is_closed(day: date) -> bool:
    eves = figure("time_limits.eves", day).value
    return day.weekday() >= _SATURDAY or holiday_name(day) is not None or is_eve(day, of=eves)
