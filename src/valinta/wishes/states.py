"""States of a basket that is tried out, and of a request for what the tray does not have."""

from __future__ import annotations

from enum import StrEnum

from valinta.shared.states import StateMachine


class BasketState(StrEnum):
    """A basket is thought over, then perhaps wished for the plan, ordered or thrown away."""

    DRAFT = "draft"
    WISH = "wish"
    ORDERED = "ordered"
    DISCARDED = "discarded"


_B = BasketState
BASKET = StateMachine(
    "basket",
    {
        _B.DRAFT: {_B.WISH, _B.ORDERED, _B.DISCARDED},
        _B.WISH: {_B.DRAFT, _B.ORDERED, _B.DISCARDED},
        _B.ORDERED: set(),
        _B.DISCARDED: set(),
    },
)
KEPT = (BasketState.DRAFT, BasketState.WISH)


class RequestState(StrEnum):
    """A request is received, somebody looks into it, and it is answered one way or the other."""

    RECEIVED = "received"
    LOOKING = "looking"
    FOUND = "found"
    NOT_POSSIBLE = "not_possible"


_R = RequestState
REQUEST = StateMachine(
    "request",
    {
        _R.RECEIVED: {_R.LOOKING, _R.FOUND, _R.NOT_POSSIBLE},
        _R.LOOKING: {_R.FOUND, _R.NOT_POSSIBLE},
        _R.FOUND: set(),
        _R.NOT_POSSIBLE: set(),
    },
)
WAITING = (RequestState.RECEIVED, RequestState.LOOKING)


class RequestKind(StrEnum):
    """What is missing from the tray: a whole service, or a provider of one."""

    SERVICE = "service"
    PROVIDER = "provider"
