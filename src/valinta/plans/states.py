"""States of plans, proposals, decisions and claims; the ways of organising, signing and sending."""

from __future__ import annotations

from enum import StrEnum

from valinta.shared.states import StateMachine


class PlanState(StrEnum):
    """A version of the service plan."""

    DRAFT = "draft"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


PLAN = StateMachine(
    "service plan",
    {
        PlanState.DRAFT: {PlanState.SIGNED, PlanState.SUPERSEDED},
        PlanState.SIGNED: {PlanState.IN_FORCE, PlanState.SUPERSEDED},
        PlanState.IN_FORCE: {PlanState.SUPERSEDED},
        PlanState.SUPERSEDED: set(),
    },
)


class DecisionState(StrEnum):
    """A decision is in force until it ends or a new one takes its place."""

    IN_FORCE = "in_force"
    ENDED = "ended"
    REFUSED = "refused"


DECISION = StateMachine(
    "decision",
    {
        DecisionState.IN_FORCE: {DecisionState.ENDED},
        DecisionState.ENDED: set(),
        DecisionState.REFUSED: set(),
    },
)


class ProposalKind(StrEnum):
    """What is proposed: to grant what a signed plan says, or to refuse what was applied for."""

    GRANT = "grant"
    REFUSE = "refuse"


class ProposalState(StrEnum):
    """A proposal waits until it is decided on or returned to who prepared it."""

    PREPARED = "prepared"
    DECIDED = "decided"
    RETURNED = "returned"


PROPOSAL = StateMachine(
    "proposal",
    {
        ProposalState.PREPARED: {ProposalState.DECIDED, ProposalState.RETURNED},
        ProposalState.DECIDED: set(),
        ProposalState.RETURNED: set(),
    },
)


class ClaimState(StrEnum):
    """A claim for a revised decision: received, looked into, answered."""

    RECEIVED = "received"
    HANDLED = "handled"
    ANSWERED = "answered"


CLAIM = StateMachine(
    "claim",
    {
        ClaimState.RECEIVED: {ClaimState.HANDLED, ClaimState.ANSWERED},
        ClaimState.HANDLED: {ClaimState.ANSWERED},
        ClaimState.ANSWERED: set(),
    },
)


class ClaimOutcome(StrEnum):
    """What came of a claim: a new decision, the old one as it was, or no look at it (too late)."""

    CHANGED = "changed"
    UPHELD = "upheld"
    NOT_EXAMINED = "not_examined"


class ClaimWay(StrEnum):
    """How a claim came."""

    PORTAL = "portal"
    PAPER = "paper"


class DeliveryWay(StrEnum):
    """How a letter goes to the client; what is posted is printed first."""

    PORTAL = "portal"
    POST = "post"
    IN_PERSON = "in_person"


class Way(StrEnum):
    """How one need of the plan is met (HAM-4, SIU-6, OST-5)."""

    BUDGET = "budget"
    VOUCHER = "voucher"
    OWN_SERVICE = "own_service"
    PURCHASED = "purchased_service"
    EMPLOYER = "employer_model"


class Signer(StrEnum):
    """In which capacity someone signs a plan (KAI-4)."""

    CLIENT = "client"
    REPRESENTATIVE = "representative"
    WORKER = "worker"


class SigningWay(StrEnum):
    """Where a signature was given: in the portal by the signer, or on paper."""

    PORTAL = "portal"
    PAPER = "paper"
