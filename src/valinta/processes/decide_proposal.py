"""A decision maker decides on what a worker has prepared: the decision, its money, its letters."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valinta.plans.decision_actions import PreparedByYou, refuse_application
from valinta.plans.models import Decision, DecisionProposal
from valinta.plans.proposal_actions import close_proposal, open_proposal
from valinta.plans.states import ProposalKind
from valinta.processes.change_decision import change_decision
from valinta.processes.letters_of_decision import write_letters
from valinta.programmes.models import Programme
from valinta.programmes.ranges import as_period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


@transaction.atomic
def decide_proposal(*, proposal: DecisionProposal, by: Actor, at: datetime) -> Decision:
    """Make the decision that was proposed, and keep its letters. Orders go on where they fit.

    Raises NotPrepared, PreparedByYou, NoPower, or what `change_decision` raises; then nothing has
    changed.
    """
    by.must(Permission.MAKE_DECISIONS, proposal.organiser_id)
    locked = open_proposal(proposal)
    if by.user_id is not None and by.user_id == locked.prepared_by_id:
        raise PreparedByYou
    decision = _grant(locked, by, at) if locked.plan_id else _refuse(locked, by, at)
    close_proposal(proposal=locked, decision=decision, by=by, at=at)
    write_letters(decision, None, at)
    return decision


def _grant(proposal: DecisionProposal, by: Actor, at: datetime) -> Decision:
    assert proposal.kind == ProposalKind.GRANT and proposal.plan is not None, "it has its plan"
    changed = change_decision(
        plan=proposal.plan,
        period=as_period(proposal.valid),
        income_tested_cents=proposal.income_tested,
        ends_orders=proposal.ends_orders,
        prepared_by_id=proposal.prepared_by_id,
        grounds=proposal.grounds,
        by=by,
        at=at,
    )
    return changed.granted.decision


def _refuse(proposal: DecisionProposal, by: Actor, at: datetime) -> Decision:
    return refuse_application(
        enrolment=proposal.enrolment,
        grounds=proposal.grounds,
        legal_basis=acts_of(proposal.enrolment.programme),
        prepared_by_id=proposal.prepared_by_id,
        by=by,
        at=at,
    )


def acts_of(programme: Programme) -> list[dict[str, object]]:
    """The acts that the conditions of the programme rest on, in the form a decision keeps."""
    acts = programme.terms.get("acts", [])
    return [{"act": one["number"], "names": one["names"], "section": ""} for one in acts]
