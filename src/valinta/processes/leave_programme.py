"""A client leaves: consent withdrawn, or another end. Services go on, and visits made are paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet, Sum

from valinta.budgets.actions import end_budget, end_voucher, refuse_voucher
from valinta.budgets.models import Pot
from valinta.budgets.states import BudgetState, VoucherState
from valinta.clients.actions import end_enrolment
from valinta.clients.models import Enrolment
from valinta.ledger.models import Account
from valinta.orders.actions import end_order, shorten_order
from valinta.orders.models import Order, Slice
from valinta.orders.states import OPEN
from valinta.plans.actions import LineChosen, write_plan
from valinta.plans.decision_actions import end_decision
from valinta.plans.models import PlanLine, ServicePlan
from valinta.plans.states import DecisionState, PlanState, Way
from valinta.programmes.queries import last_report_on
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor


@dataclass(frozen=True, slots=True)
class Left:
    """The enrolment that ended and the draft plan that carries the services on (None: no plan)."""

    enrolment: Enrolment
    next_plan: ServicePlan | None


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaving would do: orders that end, money that returns, and each need's next way.

    `kept` of what returns stays held, at the longest until `kept_until`, for visits that were made
    and are not reported yet. None: nothing is kept.
    """

    orders: tuple[Order, ...]
    returns: Money
    kept: Money
    kept_until: date | None
    lines: tuple[tuple[PlanLine, Way], ...]


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

    Open orders end with this day, and their money returns, but for what they hold for the days so
    far: that stays until visits of those days can no longer be reported, and `close_ended_orders`
    frees it. Budgets, vouchers and the decision end. Each line of the plan goes to the organiser's
    own service in a draft that `planner` (the case manager) takes up.
    """
    # Orders that are being placed are waited for, and end here too.
    Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    funding = enrolment.programme.funding_account_id
    for order in Order.objects.filter(enrolment=enrolment, state__in=OPEN).order_by("pk"):
        _stop(order, by, at)
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


def what_leaving_does(enrolment: Enrolment, on: date) -> Leaving:
    """What would end, what would return and how each need would be met, if the client left `on`."""
    orders = Order.objects.filter(enrolment=enrolment, state__in=OPEN)
    budgets = enrolment.budgets.filter(state=BudgetState.IN_FORCE)
    vouchers = enrolment.vouchers.filter(state__in=[VoucherState.OFFERED, VoucherState.ACCEPTED])
    held = Slice.objects.filter(order__in=orders).values_list("hold_id")
    pots = Pot.objects.filter(budget__in=budgets).values_list("account_id")
    # One after another: asked for in one question, the database would look at every account.
    returns = (
        _sum(Account.objects.filter(pk__in=held))
        + _sum(Account.objects.filter(pk__in=pots))
        + _sum(Account.objects.filter(pk__in=vouchers.values_list("account_id")))
    )
    begun = Slice.objects.filter(order__in=orders, valid__startswith__lte=on)
    kept = _sum(Account.objects.filter(pk__in=begun.values_list("hold_id")))
    plan = _plan_in_force(enrolment)
    return Leaving(
        orders=tuple(orders.select_related("service", "provider").order_by("pk")),
        returns=returns,
        kept=kept,
        kept_until=last_report_on(enrolment.programme, on) if kept else None,
        lines=tuple((line, _way_onwards(line)) for line in _lines(plan)) if plan else (),
    )


def _stop(order: Order, by: Actor, at: datetime) -> None:
    """End an order with this day; one whose days lie ahead ends altogether."""
    reason, end = "client left the programme", at.date() + timedelta(days=1)
    days = Period(order.valid.lower, order.valid.upper)
    if days.starts_on >= end:
        end_order(order=order, reason=reason, by=by, at=at)
        return
    ends_on = end if days.ends_on is None else min(end, days.ends_on)
    shorten_order(order=order, ends_on=ends_on, reason=reason, by=by, at=at)


def _sum(accounts: QuerySet[Account]) -> Money:
    return Money(accounts.aggregate(cents=Sum(F("credits") - F("debits")))["cents"] or 0)


def _plan_in_force(enrolment: Enrolment) -> ServicePlan | None:
    return enrolment.plans.filter(state=PlanState.IN_FORCE).first()


def _lines(plan: ServicePlan) -> QuerySet[PlanLine]:
    return plan.lines.select_related("service").order_by("pk")


def _way_onwards(line: PlanLine) -> Way:
    """How a need of the plan is met without the programme's money."""
    way = Way(line.way)
    if way not in (Way.BUDGET, Way.VOUCHER):
        return way
    ways = line.service.ways
    return Way.OWN_SERVICE if not ways or Way.OWN_SERVICE in ways else Way.PURCHASED


def _carry_on(enrolment: Enrolment, planner: Actor, at: datetime) -> ServicePlan | None:
    """A draft in which every need is met without the programme's money."""
    plan = _plan_in_force(enrolment)
    if plan is None:
        return None
    lines = [
        LineChosen(
            line.service, _way_onwards(line), line.quantity_hundredths, Money(line.monthly_cents)
        )
        for line in _lines(plan)
    ]
    return write_plan(
        enrolment=enrolment,
        allocation=plan.allocation,
        lines=lines,
        support_plan=plan.support_plan,
        by=planner,
        at=at,
    )
