"""Make decisions: grant what a signed plan says, refuse, end. A change is always a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from valinta.clients.access import must_end_grants
from valinta.clients.models import Enrolment
from valinta.clients.trail import note_step
from valinta.plans.actions import PlanNotOpen
from valinta.plans.models import Decision, ServicePlan
from valinta.plans.moving import move_plan
from valinta.plans.power_actions import must_have_power
from valinta.plans.states import DECISION, DecisionState, PlanState
from valinta.programmes.ranges import as_range
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class GroundsMissing(ValueError):
    """A refusal says why, so that it can be understood and challenged."""


class PreparedByYou(PermissionError):
    """Who prepared a decision does not make it: two people look at it."""

    def __init__(self) -> None:
        super().__init__(
            "You prepared this yourself. Somebody else with the power to decide makes the decision."
        )


@transaction.atomic
def decide(
    *,
    plan: ServicePlan,
    period: Period,
    monthly: Money,
    legal_basis: Sequence[Mapping[str, object]],
    by: Actor,
    at: datetime,
    prepared_by_id: int | None = None,
    grounds: str = "",
) -> Decision:
    """Make a decision on a signed plan, up to the sum that the actor has the power for.

    The plan in force before it ends. So do former decisions, unless they were cut to end before the
    period begins. Raises NoPower, PreparedByYou or PlanNotOpen.
    """
    by.must(Permission.MAKE_DECISIONS, plan.organiser_id)
    must_have_power(organiser_id=plan.organiser_id, monthly=monthly, by=by, at=at)
    if prepared_by_id is not None and prepared_by_id == by.user_id:
        raise PreparedByYou
    locked = ServicePlan.objects.select_for_update().get(pk=plan.pk)
    if locked.state != PlanState.SIGNED:
        raise PlanNotOpen("The plan needs the signatures of the client's side and a worker first.")
    enrolment = locked.enrolment
    over = Q(valid__endswith__lte=at.date())
    in_the_way = Q(valid__overlap=(period.starts_on, period.ends_on))
    for old in enrolment.decisions.filter(over | in_the_way, state=DecisionState.IN_FORCE):
        end_decision(decision=old, by=by, at=at)
    for former in enrolment.plans.filter(state=PlanState.IN_FORCE):
        move_plan(former, PlanState.SUPERSEDED, by, at)
    move_plan(locked, PlanState.IN_FORCE, by, at)
    decision = Decision.objects.create(
        organiser_id=plan.organiser_id,
        enrolment=enrolment,
        plan=locked,
        state=DecisionState.IN_FORCE,
        monthly_cents=monthly.cents,
        legal_basis=[dict(one) for one in legal_basis],
        grounds=grounds,
        prepared_by_id=prepared_by_id,
        made_at=at,
        made_by_id=by.user_id,
        valid=as_range(period),
    )
    note_step(enrolment, "decide", "decision", decision.pk, "", decision.state, by, at)
    return decision


@transaction.atomic
def end_decision(*, decision: Decision, by: Actor, at: datetime) -> Decision:
    """End a decision: a new one takes its place, or the client has left. Raises NotYourClient."""
    must_end_grants(client=decision.enrolment.client, by=by, at=at)
    DECISION.check(DecisionState(decision.state), DecisionState.ENDED)
    decision.state = DecisionState.ENDED
    decision.ended_at = at
    decision.save()
    note_step(
        decision.enrolment,
        "end_decision",
        "decision",
        decision.pk,
        DecisionState.IN_FORCE,
        DecisionState.ENDED,
        by,
        at,
    )
    return decision


@transaction.atomic
def cut_decision(*, decision: Decision, ends_on: date, by: Actor, at: datetime) -> Decision:
    """Let a decision end on a later day, when another follows it. Nothing else of it changes."""
    by.must(Permission.MAKE_DECISIONS, decision.organiser_id)
    DECISION.check(DecisionState(decision.state), DecisionState.ENDED)
    decision.valid = as_range(Period(decision.valid.lower, ends_on))
    decision.save(update_fields=["valid"])
    state, kind = decision.state, "decision"
    note_step(decision.enrolment, "cut_decision", kind, decision.pk, state, state, by, at)
    return decision


@transaction.atomic
def refuse_application(
    *,
    enrolment: Enrolment,
    grounds: str,
    legal_basis: Sequence[Mapping[str, object]],
    by: Actor,
    at: datetime,
    plan: ServicePlan | None = None,
    prepared_by_id: int | None = None,
) -> Decision:
    """Decide that what was applied for is not granted, and why. What is in force stays.

    Raises GroundsMissing, PreparedByYou or NoPower.
    """
    by.must(Permission.MAKE_DECISIONS, enrolment.organiser_id)
    must_have_power(organiser_id=enrolment.organiser_id, monthly=Money(0), by=by, at=at)
    if prepared_by_id is not None and prepared_by_id == by.user_id:
        raise PreparedByYou
    if not grounds.strip():
        raise GroundsMissing("Write the grounds: the client has the right to know them.")
    decision = Decision.objects.create(
        organiser_id=enrolment.organiser_id,
        enrolment=enrolment,
        plan=plan,
        state=DecisionState.REFUSED,
        monthly_cents=0,
        legal_basis=[dict(one) for one in legal_basis],
        grounds=grounds.strip(),
        prepared_by_id=prepared_by_id,
        made_at=at,
        made_by_id=by.user_id,
        valid=as_range(Period(at.date())),
    )
    verb, state = "refuse_application", decision.state
    note_step(enrolment, verb, "decision", decision.pk, "", state, by, at)
    return decision
