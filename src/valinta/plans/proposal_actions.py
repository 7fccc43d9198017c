"""Decisions are prepared by a worker, and returned with a reason when something is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from valinta.clients.models import Enrolment
from valinta.clients.trail import note_step
from valinta.plans.actions import PlanNotOpen
from valinta.plans.days import must_be_days_to_grant
from valinta.plans.decision_actions import GroundsMissing
from valinta.plans.models import Decision, DecisionProposal, ServicePlan
from valinta.plans.moving import must_be_somebody
from valinta.plans.states import PROPOSAL, PlanState, ProposalKind, ProposalState, Way
from valinta.programmes.ranges import as_range
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class ProposalWaits(ValueError):
    """One proposal of a client waits at a time; take that one back first."""


class ReturnNeedsReason(ValueError):
    """A returned proposal says what is missing, so that it can be mended."""


class NotPrepared(ValueError):
    """The proposal was answered meanwhile."""


@transaction.atomic
def prepare_decision(
    *,
    plan: ServicePlan,
    period: Period,
    income_tested_cents: Mapping[str, int],
    ends_orders: Sequence[int],
    grounds: str,
    by: Actor,
    at: datetime,
) -> DecisionProposal:
    """Put a signed plan before someone who decides, for a period.

    `income_tested_cents` is the value of a voucher's unit by service code where income decides it;
    `ends_orders` are orders that would not fit and end. Raises WrongCapacity,
    PlanNotOpen, ProposalWaits or what `must_be_days_to_grant` raises.
    """
    by.must(Permission.PREPARE_DECISIONS, plan.organiser_id)
    must_be_days_to_grant(plan.enrolment, period, at.date())
    _must_be_the_only(plan.enrolment)
    locked = ServicePlan.objects.select_for_update().get(pk=plan.pk)
    if locked.state != PlanState.SIGNED:
        raise PlanNotOpen("The plan needs the signatures of the client's side and a worker first.")
    lines = locked.lines.filter(way__in=[Way.BUDGET, Way.VOUCHER])
    proposal = DecisionProposal(
        organiser_id=plan.organiser_id,
        enrolment=locked.enrolment,
        kind=ProposalKind.GRANT,
        plan=locked,
        monthly_cents=sum(lines.values_list("monthly_cents", flat=True)),
        income_tested=dict(income_tested_cents),
        ends_orders=list(ends_orders),
        grounds=grounds.strip(),
        valid=as_range(period),
    )
    return _put(proposal, by, at)


@transaction.atomic
def prepare_refusal(
    *, enrolment: Enrolment, grounds: str, by: Actor, at: datetime
) -> DecisionProposal:
    """Put a refusal with its grounds before someone who decides.

    Raises GroundsMissing or ProposalWaits.
    """
    by.must(Permission.PREPARE_DECISIONS, enrolment.organiser_id)
    _must_be_the_only(enrolment)
    if not grounds.strip():
        raise GroundsMissing("Write the grounds: the client has the right to know them.")
    proposal = DecisionProposal(
        organiser_id=enrolment.organiser_id,
        enrolment=enrolment,
        kind=ProposalKind.REFUSE,
        monthly_cents=0,
        grounds=grounds.strip(),
        valid=as_range(Period(at.date())),
    )
    return _put(proposal, by, at)


@transaction.atomic
def return_proposal(
    *, proposal: DecisionProposal, reason: str, by: Actor, at: datetime
) -> DecisionProposal:
    """Give a proposal back: who decides says what is missing, who prepared takes it back.

    Raises ReturnNeedsReason or NotPrepared.
    """
    if by.user_id is None or by.user_id != proposal.prepared_by_id:
        by.must(Permission.MAKE_DECISIONS, proposal.organiser_id)
    else:
        by.must(Permission.PREPARE_DECISIONS, proposal.organiser_id)
    if not reason.strip():
        raise ReturnNeedsReason("Say what is missing, so that it can be mended.")
    locked = open_proposal(proposal)
    locked.return_reason = reason.strip()
    return _answer(locked, ProposalState.RETURNED, "return_proposal", by, at)


def open_proposal(proposal: DecisionProposal) -> DecisionProposal:
    """The proposal, locked, while it waits for its answer. Raises NotPrepared."""
    locked = (
        DecisionProposal.objects.select_for_update(of=("self",))
        .select_related("enrolment__programme", "plan")
        .get(pk=proposal.pk)
    )
    if locked.state != ProposalState.PREPARED:
        raise NotPrepared("This proposal was answered meanwhile. Look at the newest.")
    return locked


@transaction.atomic
def close_proposal(
    *, proposal: DecisionProposal, decision: Decision, by: Actor, at: datetime
) -> DecisionProposal:
    """Note that the decision was made on the proposal. Raises NotPrepared."""
    by.must(Permission.MAKE_DECISIONS, proposal.organiser_id)
    locked = open_proposal(proposal)
    locked.decision = decision
    return _answer(locked, ProposalState.DECIDED, "close_proposal", by, at)


def _must_be_the_only(enrolment: Enrolment) -> None:
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.proposals.filter(state=ProposalState.PREPARED).exists():
        raise ProposalWaits("A proposal of this client waits already. Take it back first.")


def _put(proposal: DecisionProposal, by: Actor, at: datetime) -> DecisionProposal:
    proposal.state = ProposalState.PREPARED
    proposal.prepared_at, proposal.prepared_by_id = at, must_be_somebody(by)
    proposal.save()
    kind, after = "proposal", ProposalState.PREPARED
    note_step(proposal.enrolment, "prepare_decision", kind, proposal.pk, "", after, by, at)
    return proposal


def _answer(
    locked: DecisionProposal, state: ProposalState, verb: str, by: Actor, at: datetime
) -> DecisionProposal:
    before = ProposalState(locked.state)
    PROPOSAL.check(before, state)
    locked.state, locked.answered_at = state, at
    locked.answered_by_id = must_be_somebody(by)
    locked.save()
    note_step(locked.enrolment, verb, "proposal", locked.pk, before, state, by, at)
    return locked
