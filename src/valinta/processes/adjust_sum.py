"""Adjust a month's sum by hand: with a reason, and only until a plan rests on it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valinta.catalogue.models import Service
from valinta.needs.actions import adjust_allocation
from valinta.needs.models import Allocation
from valinta.plans.models import ServicePlan
from valinta.plans.states import PlanState
from valinta.shared.money import Money
from valinta.users.actor import Actor


class PlanRestsOnSum(ValueError):
    """A plan that has been signed was made of the sum; what changes now is a new assessment."""


@transaction.atomic
def adjust_sum(
    *,
    allocation: Allocation,
    service: Service,
    amount: Money,
    reason: str,
    seen_lines: int,
    by: Actor,
    at: datetime,
) -> Allocation:
    """Add a line of plus or minus `amount` cents with the reason that the client will read.

    Raises PlanRestsOnSum, or what `adjust_allocation` raises.
    """
    plans = ServicePlan.objects.filter(allocation=allocation).exclude(state=PlanState.DRAFT)
    if plans.exists():
        raise PlanRestsOnSum(
            "A plan has been signed on this sum. Assess anew; the new sum goes to a new plan."
        )
    return adjust_allocation(
        allocation=allocation,
        service=service,
        amount=amount,
        reason=reason,
        seen_lines=seen_lines,
        by=by,
        at=at,
    )
