"""States of a needs assessment, and who gives the consent to join."""

from __future__ import annotations

from enum import StrEnum

from valinta.shared.states import StateMachine


class AssessmentState(StrEnum):
    """An assessment is worked on, then completed."""

    STARTED = "started"
    COMPLETED = "completed"


class ConsentGiver(StrEnum):
    """Who gave the consent to join."""

    CLIENT = "client"
    REPRESENTATIVE = "representative"


ASSESSMENT = StateMachine(
    "assessment",
    {
        AssessmentState.STARTED: {AssessmentState.COMPLETED},
        AssessmentState.COMPLETED: set(),
    },
)
