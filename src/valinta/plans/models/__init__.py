"""Support plans in the client's own words, service plans by version, signatures, decisions."""

from __future__ import annotations

from valinta.plans.models.deciding import Decision, DecisionPower, DecisionProposal
from valinta.plans.models.letters import Claim, DecisionDocument, Delivery
from valinta.plans.models.writing import (
    Paper,
    PlanComment,
    PlanLine,
    ServicePlan,
    Signature,
    SupportPlan,
)

__all__ = [
    "Claim",
    "Decision",
    "DecisionDocument",
    "DecisionPower",
    "DecisionProposal",
    "Delivery",
    "Paper",
    "PlanComment",
    "PlanLine",
    "ServicePlan",
    "Signature",
    "SupportPlan",
]
