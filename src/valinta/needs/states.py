"""States of a needs assessment."""

from __future__ import annotations

from enum import StrEnum

from valinta.shared.states import StateMachine


class AssessmentState(StrEnum):
    """An assessment is worked on, then completed."""

    STARTED = "started"
    COMPLETED = "completed"


ASSESSMENT = StateMachine(
    "assessment",
    {
        AssessmentState.STARTED: {AssessmentState.COMPLETED},
        AssessmentState.COMPLETED: set(),
    },
)
