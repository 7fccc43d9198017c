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
