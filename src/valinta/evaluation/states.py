"""States of a round of wellbeing questions, and when it is asked."""

from __future__ import annotations

from enum import StrEnum

from valinta.shared.states import StateMachine


class Moment(StrEnum):
    """When a measure is asked (KEU-12): at enrolment, while in the programme, after its end."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class QuestionKind(StrEnum):
    """How a question is answered: with a number, with a goal and its number, or with words."""

    SCALE = "scale"
    GOAL = "goal"
    TEXT = "text"


class RoundState(StrEnum):
    """Answering is voluntary: a round is answered, or left out, or its days go by."""

    OPEN = "open"
    PAUSED = "paused"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    EXPIRED = "expired"


_R = RoundState
ROUND = StateMachine(
    "round of questions",
    {
        _R.OPEN: {_R.PAUSED, _R.ANSWERED, _R.SKIPPED, _R.EXPIRED},
        _R.PAUSED: {_R.OPEN, _R.ANSWERED, _R.SKIPPED, _R.EXPIRED},
        _R.ANSWERED: set(),
        _R.SKIPPED: set(),
        _R.EXPIRED: set(),
    },
)
WAITING = (RoundState.OPEN, RoundState.PAUSED)
