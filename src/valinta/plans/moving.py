"""Plans go from state to state: for this room's own verbs, which have let the actor by."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from valinta.clients.models import Enrolment
from valinta.clients.trail import note_step
from valinta.plans.models import Paper, ServicePlan
from valinta.plans.states import PLAN, PlanState, ProposalState, Signer
from valinta.users.actor import Actor

NEWER_PLAN = "newer_plan"
"""The reason of a proposal that came back because the plan was written anew."""


class WrongCapacity(PermissionError):
    """A plan is signed as what the signer is: the client, a representative or a worker."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned paper whose kind has been read from its content."""

    name: str
    content_type: str
    content: bytes


def must_be_somebody(by: Actor) -> int:
    """The user who acts. Raises WrongCapacity for the software's own work."""
    if by.user_id is None:
        raise WrongCapacity("This is done by a person under their own name.")
    return by.user_id


def move_plan(plan: ServicePlan, state: PlanState, by: Actor, at: datetime) -> None:
    """Take a plan to another state."""
    before = PlanState(plan.state)
    PLAN.check(before, state)
    plan.state = state
    plan.save()
    note_step(plan.enrolment, "move_plan", "service_plan", plan.pk, before, state, by, at)


def move_if_signed(plan: ServicePlan, by: Actor, at: datetime) -> None:
    """Let a draft be signed when both sides are under it."""
    signers = set(plan.signatures.values_list("signer", flat=True))
    if Signer.WORKER in signers and signers & {Signer.CLIENT, Signer.REPRESENTATIVE}:
        move_plan(plan, PlanState.SIGNED, by, at)


def supersede_waiting(enrolment: Enrolment, by: Actor, at: datetime) -> None:
    """Let no older version wait for a signature or a decision; who prepared it is told."""
    for old in enrolment.plans.filter(state__in=[PlanState.DRAFT, PlanState.SIGNED]):
        move_plan(old, PlanState.SUPERSEDED, by, at)
    for waiting in enrolment.proposals.filter(state=ProposalState.PREPARED, plan__isnull=False):
        waiting.state, waiting.return_reason = ProposalState.RETURNED, NEWER_PLAN
        waiting.answered_at = at
        waiting.answered_by_id = by.user_id or waiting.prepared_by_id
        waiting.save()
        before, after = ProposalState.PREPARED, ProposalState.RETURNED
        kind, verb = "proposal", "return_proposal"
        note_step(enrolment, verb, kind, waiting.pk, before, after, by, at)


def keep_paper(enrolment: Enrolment, scan: Scan, by: Actor, at: datetime) -> Paper:
    """Keep a scan as it came."""
    paper = Paper.objects.create(
        organiser_id=enrolment.organiser_id,
        enrolment=enrolment,
        name=scan.name,
        content_type=scan.content_type,
        content=scan.content,
        sha256=hashlib.sha256(scan.content).hexdigest(),
        kept_at=at,
        kept_by_id=must_be_somebody(by),
    )
    note_step(enrolment, "keep_paper", "paper", paper.pk, "", "kept", by, at)
    return paper
