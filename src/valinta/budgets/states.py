"""States of a budget and of a voucher."""

from __future__ import annotations

from enum import StrEnum

from valinta.shared.states import StateMachine


class BudgetState(StrEnum):
    """A budget is in force until its end or until the client leaves."""

    IN_FORCE = "in_force"
    ENDED = "ended"


BUDGET = StateMachine(
    "budget", {BudgetState.IN_FORCE: {BudgetState.ENDED}, BudgetState.ENDED: set()}
)


class VoucherState(StrEnum):
    """A voucher is offered; the client accepts it or refuses it (act 569/2009 section 6)."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ENDED = "ended"


_V = VoucherState
VOUCHER = StateMachine(
    "voucher",
    {
        # An offer that another decision takes the place of ends without an answer.
        _V.OFFERED: {_V.ACCEPTED, _V.REFUSED, _V.ENDED},
        _V.ACCEPTED: {_V.REFUSED, _V.ENDED},
        _V.REFUSED: set(),
        _V.ENDED: set(),
    },
)


class InformationWay(StrEnum):
    """How the information on a voucher was given: read in the portal, talked through, posted."""

    PORTAL = "portal"
    IN_PERSON = "in_person"
    POST = "post"
