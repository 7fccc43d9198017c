"""A client declines a voucher: the refusal leads to another way of organising, never a dead end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valinta.budgets.actions import refuse_voucher
from valinta.budgets.models import Voucher
from valinta.orders.actions import end_order
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.plans.actions import WayNotPossible, change_way
from valinta.plans.models import PlanLine
from valinta.plans.states import PlanState, Way
from valinta.users.actor import Actor

WITHOUT_MONEY = frozenset({Way.OWN_SERVICE, Way.PURCHASED})


@transaction.atomic
def decline_voucher(
    *, voucher: Voucher, to: Way, reason: str, by: Actor, planner: Actor, at: datetime
) -> PlanLine:
    """Record the refusal, return the money, and meet the need in the way `to` (HAM-4).

    `planner` is the case manager who changes the plan. Raises RefusalNeedsReason or WayNotPossible;
    then nothing has changed. A budget is no such way: its money needs a decision of its own.
    """
    if to not in WITHOUT_MONEY:
        raise WayNotPossible(
            f"A declined voucher leads to {' or '.join(sorted(WITHOUT_MONEY))}; {to} needs a new"
            " plan and decision."
        )
    enrolment = voucher.enrolment
    for order in Order.objects.filter(slices__voucher=voucher, state__in=OPEN).distinct():
        end_order(order=order, reason="voucher declined", by=planner, at=at)
    refuse_voucher(
        voucher=voucher,
        reason=reason,
        funding_account_id=enrolment.programme.funding_account_id,
        by=by,
        at=at,
    )
    line = PlanLine.objects.get(
        plan__enrolment=enrolment,
        plan__state=PlanState.IN_FORCE,
        service_id=voucher.service_id,
        way=Way.VOUCHER,
    )
    return change_way(line=line, to=to, reason=reason, by=planner, at=at)
