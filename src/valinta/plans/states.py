"""States of a service plan and of a decision, and the ways a service can be organised."""

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


DECISION = StateMachine(
    "decision",
    {DecisionState.IN_FORCE: {DecisionState.ENDED}, DecisionState.ENDED: set()},
)


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
