"""States of an order."""

from __future__ import annotations

from enum import StrEnum

from valinta.shared.states import StateMachine


class OrderState(StrEnum):
    """Placed by the client, accepted or declined by the provider, then ended."""

    PLACED = "placed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"


_S = OrderState
ORDER = StateMachine(
    "order",
    {
        _S.PLACED: {_S.ACCEPTED, _S.DECLINED, _S.ENDED},
        _S.ACCEPTED: {_S.ENDED},
        _S.DECLINED: set(),
        _S.ENDED: set(),
    },
)
OPEN = (OrderState.PLACED, OrderState.ACCEPTED)


class ChangeKind(StrEnum):
    """What has changed for a client during the way."""

    INTERRUPTION = "interruption"
    MOVE = "move"
    DEATH = "death"
    WITHDRAWAL = "withdrawal"
    PROGRAMME_END = "programme_end"
