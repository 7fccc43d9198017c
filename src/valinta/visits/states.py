"""States of a visit that are stored. Settled and paid follow from its run and its payment."""

from __future__ import annotations

from enum import StrEnum

from valinta.shared.states import StateMachine


class VisitState(StrEnum):
    """A visit that was taken in; refused lines are kept with their batch, not as visits."""

    ACCEPTED = "accepted"
    IN_REVIEW = "in_review"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


_S = VisitState
VISIT = StateMachine(
    "visit",
    {
        _S.IN_REVIEW: {_S.ACCEPTED, _S.REJECTED},
        _S.ACCEPTED: {_S.CONFIRMED, _S.DISPUTED},
        _S.DISPUTED: {_S.ACCEPTED, _S.REJECTED},
        _S.CONFIRMED: set(),
        _S.REJECTED: set(),
    },
)


class FileState(StrEnum):
    """Where a large file is: it waits for the job, is being taken in, or every line is answered."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"


class Found(StrEnum):
    """What a check found: the visit was as it was reported, or it was not."""

    RIGHT = "right"
    WRONG = "wrong"
