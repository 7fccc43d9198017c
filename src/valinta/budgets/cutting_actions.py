"""Let a budget or a voucher end on a later day, because another decision follows it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from valinta.budgets.expiring import expire
from valinta.budgets.models import Budget, Voucher
from valinta.clients.access import must_end_grants
from valinta.clients.trail import note_step
from valinta.ledger.models import Account
from valinta.programmes.ranges import as_range
from valinta.shared.money import Money, half_up_div
from valinta.shared.periods import Period
from valinta.users.actor import Actor


@transaction.atomic
def cut_budget(
    *, budget: Budget, ends_on: date, funding_account_id: int, by: Actor, at: datetime
) -> Budget:
    """Let a budget hold until a day; what is in the pots of later months goes to the funding.

    Nothing changes when it ends before the day anyway. Raises NotYourClient.
    """
    must_end_grants(client=budget.enrolment.client, by=by, at=at)
    if budget.valid.upper is not None and budget.valid.upper <= ends_on:
        return budget
    budget.valid = as_range(Period(budget.valid.lower, ends_on))
    budget.save(update_fields=["valid"])
    later = budget.pots.filter(valid__startswith__gte=ends_on).order_by("account_id")
    for account_id in later.values_list("account_id", flat=True):
        expire(account_id, budget.organiser_id, funding_account_id, budget.pk, by, at)
    state = budget.state
    note_step(budget.enrolment, "cut_budget", "budget", budget.pk, state, state, by, at)
    return budget


@transaction.atomic
def cut_voucher(
    *, voucher: Voucher, ends_on: date, funding_account_id: int, by: Actor, at: datetime
) -> Voucher:
    """Let a voucher hold until a day; of what is left, the days after it return to the funding.

    Nothing changes when it ends before the day anyway. Raises NotYourClient.
    """
    must_end_grants(client=voucher.enrolment.client, by=by, at=at)
    end = voucher.valid.upper
    if end is None or end <= ends_on:
        return voucher
    first = max(at.date(), voucher.valid.lower)
    days, kept_days = (end - first).days, (ends_on - first).days
    left = Account.objects.get(pk=voucher.account_id).balance_cents
    kept = half_up_div(left * kept_days, days)
    voucher.valid = as_range(Period(voucher.valid.lower, ends_on))
    voucher.quantity_hundredths = half_up_div(
        voucher.quantity_hundredths * (ends_on - voucher.valid.lower).days,
        (end - voucher.valid.lower).days,
    )
    voucher.save(update_fields=["valid", "quantity_hundredths"])
    expire(
        voucher.account_id,
        voucher.organiser_id,
        funding_account_id,
        voucher.pk,
        by,
        at,
        amount=Money(left - kept),
    )
    state = voucher.state
    note_step(voucher.enrolment, "cut_voucher", "voucher", voucher.pk, state, state, by, at)
    return voucher
