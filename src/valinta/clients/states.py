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
    """What someone who acts for a client may see and do.

    `see` is everything the client sees. A supporter may be let in narrower: `see_plan` is the
    support plan and the service plan, `see_budget` the money and the orders, `write` is to help
    write the support plan. `plan` is to plan and to sign in the client's place.
    """

    SEE = "see"
    SEE_PLAN = "see_plan"
    SEE_BUDGET = "see_budget"
    WRITE = "write"
    PLAN = "plan"
    ORDER = "order"
    CONFIRM = "confirm"


class MandateKind(StrEnum):
    """As what someone acts for a client.

    A guardian is appointed (act 442/1999), an authorised person is chosen by the client; both may
    act in the client's place. Supporters look and help with words, and decide nothing.
    """

    GUARDIAN = "guardian"
    AUTHORISED = "authorised"
    CLOSE = "supporter_close"
    EXPERT = "supporter_expert"
    WORKER = "supporter_worker"


class OpeningScope(StrEnum):
    """What a worker opens with a reason: another worker's client, or what non-disclosure hides."""

    PAGES = "pages"
    CONTACT = "contact"


class InvitationState(StrEnum):
    """Of an invitation to support a client. It expires by itself: no row is changed for that."""

    SENT = "sent"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


SIGHT = frozenset({MandateScope.SEE, MandateScope.SEE_PLAN, MandateScope.SEE_BUDGET})
# Nobody does for another what they may not look at. What may be done takes along what must be read
# for it and nothing else: the plan to plan, sign or help to write; prices, orders and what money
# is left to order, confirm or dispute. It opens no messages, decisions, answers or history.
PLAN_DEEDS = [MandateScope.WRITE, MandateScope.PLAN]
PLAN_SIGHT = [MandateScope.SEE, MandateScope.SEE_PLAN]
MONEY_DEEDS = [MandateScope.ORDER, MandateScope.CONFIRM]
MONEY_SIGHT = [MandateScope.SEE, MandateScope.SEE_BUDGET]
NEEDS_SIGHT: dict[MandateScope, frozenset[MandateScope]] = {
    **dict.fromkeys(PLAN_DEEDS, frozenset(PLAN_SIGHT)),
    **dict.fromkeys(MONEY_DEEDS, frozenset(MONEY_SIGHT)),
}
SUPPORTERS = frozenset({MandateKind.CLOSE, MandateKind.EXPERT, MandateKind.WORKER})
SUPPORTERS_MAY = SIGHT | {MandateScope.WRITE}
ACTS = frozenset({MandateScope.PLAN, MandateScope.ORDER, MandateScope.CONFIRM})


_I = InvitationState
INVITATION = StateMachine(
    "invitation",
    {
        _I.SENT: {_I.ACCEPTED, _I.WITHDRAWN},
        _I.ACCEPTED: set(),
        _I.WITHDRAWN: set(),
        _I.EXPIRED: set(),
    },
)
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


class InterestState(StrEnum):
    """From a form that came in to an answer: a place, or an end without one."""

    RECEIVED = "received"
    CONTACTED = "contacted"
    ENROLLED = "enrolled"
    CLOSED = "closed"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state, state) for state in cls]


_R = InterestState
INTEREST = StateMachine(
    "interest",
    {
        _R.RECEIVED: {_R.CONTACTED, _R.ENROLLED, _R.CLOSED},
        _R.CONTACTED: {_R.ENROLLED, _R.CLOSED},
        _R.ENROLLED: set(),
        _R.CLOSED: set(),
    },
)
