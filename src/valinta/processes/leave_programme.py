"""A client leaves: consent withdrawn, or another end. No hold is left, and services go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from valinta.budgets.actions import end_budget, end_voucher, refuse_voucher
from valinta.budgets.states import BudgetState, VoucherState
from valinta.clients.actions import end_enrolment
from valinta.clients.models import Enrolment
from valinta.orders.actions import end_order
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.plans.actions import LineChosen, end_decision, write_plan
from valinta.plans.models import ServicePlan
from valinta.plans.states import DecisionState, PlanState, Way
from valinta.shared.money import Money
from valinta.users.actor import Actor


@dataclass(frozen=True, slots=True)
class Left:
    """The enrolment that ended and the draft plan that carries the services on (None: no plan)."""

    enrolment: Enrolment
    next_plan: ServicePlan | None


@transaction.atomic
def leave_programme(
    *,
    enrolment: Enrolment,
    withdrawn: bool,
    reason: str,
    planner: Actor,
    by: Actor,
    at: datetime,
) -> Left:
    """End the client's place with no loss of service (KEU-3).

    Open orders end and their money returns, budgets and vouchers end, the decision ends, and each
    line of the plan goes to the organiser's own service in a draft that `planner` (the case
    manager) takes up.
    """
    funding = enrolment.programme.funding_account_id
    for order in Order.objects.filter(enrolment=enrolment, state__in=OPEN).order_by("pk"):
        end_order(order=order, reason="client left the programme", by=by, at=at)
    for budget in enrolment.budgets.filter(state=BudgetState.IN_FORCE):
        end_budget(budget=budget, funding_account_id=funding, by=by, at=at)
    for voucher in enrolment.vouchers.filter(state=VoucherState.ACCEPTED):
        end_voucher(voucher=voucher, funding_account_id=funding, by=by, at=at)
    for offered in enrolment.vouchers.filter(state=VoucherState.OFFERED):
        refuse_voucher(voucher=offered, reason=reason, funding_account_id=funding, by=by, at=at)
    for decision in enrolment.decisions.filter(state=DecisionState.IN_FORCE):
        end_decision(decision=decision, by=by, at=at)
    next_plan = _carry_on(enrolment, planner, at)
    ended = end_enrolment(enrolment=enrolment, withdrawn=withdrawn, reason=reason, by=by, at=at)
    return Left(ended, next_plan)


def _carry_on(enrolment: Enrolment, planner: Actor, at: datetime) -> ServicePlan | None:
    """A draft in which every need is met without the programme's money."""
    plan = enrolment.plans.filter(state=PlanState.IN_FORCE).first()
    if plan is None:
        return None
    lines = []
    for line in plan.lines.select_related("service"):
        way = Way(line.way)
        if way in (Way.BUDGET, Way.VOUCHER):
            ways = line.service.ways
            way = Way.OWN_SERVICE if not ways or Way.OWN_SERVICE in ways else Way.PURCHASED
        lines.append(
            LineChosen(line.service, way, line.quantity_hundredths, Money(line.monthly_cents))
        )
    return write_plan(
        enrolment=enrolment,
        allocation=plan.allocation,
        lines=lines,
        support_plan=plan.support_plan,
        by=planner,
        at=at,
    )
