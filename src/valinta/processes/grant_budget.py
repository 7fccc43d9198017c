"""From a signed plan to a decision that gives money: a budget, vouchers, or both in one (HAM-1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.plans.models import ServicePlan
from valinta.processes.end_former import end_former
from valinta.processes.granting import (
    Granted,
    Granting,
    NotEligible,
    NoVoucherValue,
    must_be_grantable,
    put_in_force,
)
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

__all__ = ["Granted", "NoVoucherValue", "NotEligible", "OrdersOpen", "grant_budget"]


class OrdersOpen(ValueError):
    """Orders of the former decision are open; end or move them before a new decision."""


@transaction.atomic
def grant_budget(
    *,
    plan: ServicePlan,
    period: Period,
    by: Actor,
    at: datetime,
    income_tested_cents: Mapping[str, int] | None = None,
    prepared_by_id: int | None = None,
) -> Granted:
    """Decide on a signed plan and put its money in force for the period.

    Lines met by budget become pots: each mandatory service its own, the rest one free pot. Lines
    met by voucher become vouchers at the programme's values; `income_tested_cents` gives the value
    of a unit by service code where the client's income decides it. Other lines are no money here.
    For a client with open orders see `change_decision`. Raises ProgrammeClosed, NotEligible,
    NoVoucherValue, OrdersOpen, NoPower, PreparedByYou or PlanNotOpen.
    """
    by.must(Permission.MAKE_DECISIONS, plan.organiser_id)
    granting = Granting(plan, period, by, at, income_tested_cents or {}, prepared_by_id)
    must_be_grantable(granting)
    if Order.objects.filter(enrolment_id=plan.enrolment_id, state__in=OPEN).exists():
        raise OrdersOpen(
            "The client has open orders. Change the decision with its orders carried over, or end"
            " them first; their money is still held."
        )
    end_former(granting)
    return put_in_force(granting)
