"""States of a client's place in a programme."""

from __future__ import annotations

from enum import StrEnum

from valinta.shared.states import StateMachine


class EnrolmentState(StrEnum):
    """From first contact to the end."""

    INTERESTED = "interested"
    QUEUED = "queued"
    ENROLLED = "enrolled"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state, state) for state in cls]


class MandateScope(StrEnum):
    """What a representative may do for a client."""

    SEE = "see"
    PLAN = "plan"
    ORDER = "order"
    CONFIRM = "confirm"


_S = EnrolmentState
ENROLMENT = StateMachine(
    "enrolment",
    {
        _S.INTERESTED: {_S.QUEUED, _S.ENROLLED, _S.ENDED},
        _S.QUEUED: {_S.ENROLLED, _S.ENDED},
        _S.ENROLLED: {_S.WITHDRAWN, _S.ENDED},
        _S.WITHDRAWN: set(),
        _S.ENDED: set(),
    },
)
