"""What a new decision takes the place of: ended at once, or on the day when the new one begins."""

from __future__ import annotations

from valinta.budgets.actions import end_budget, end_voucher
from valinta.budgets.cutting_actions import cut_budget, cut_voucher
from valinta.budgets.models import Budget, Voucher
from valinta.budgets.states import BudgetState, VoucherState
from valinta.plans.decision_actions import cut_decision
from valinta.plans.models import Decision
from valinta.plans.states import DecisionState
from valinta.processes.granting import Granting

WAITING = [VoucherState.OFFERED, VoucherState.ACCEPTED]


def end_former(granting: Granting) -> None:
    """End what is in force for the client; what is left returns to the funding.

    When the new decision begins on a day to come, the former holds until then: only its days and
    money after that go.
    """
    enrolment, day = granting.plan.enrolment, granting.period.starts_on
    by, at, funding = granting.by, granting.at, enrolment.programme.funding_account_id
    for budget in enrolment.budgets.filter(state=BudgetState.IN_FORCE):
        if _goes_on(budget, granting):
            cut_budget(budget=budget, ends_on=day, funding_account_id=funding, by=by, at=at)
        else:
            end_budget(budget=budget, funding_account_id=funding, by=by, at=at)
    for voucher in enrolment.vouchers.filter(state__in=WAITING):
        if _goes_on(voucher, granting):
            cut_voucher(voucher=voucher, ends_on=day, funding_account_id=funding, by=by, at=at)
        else:
            end_voucher(voucher=voucher, funding_account_id=funding, by=by, at=at)
    for decision in enrolment.decisions.filter(state=DecisionState.IN_FORCE):
        if _goes_on(decision, granting) and (
            decision.valid.upper is None or decision.valid.upper > day
        ):
            cut_decision(decision=decision, ends_on=day, by=by, at=at)


def _goes_on(former: Budget | Voucher | Decision, granting: Granting) -> bool:
    """Whether it holds today and goes on until the new decision begins."""
    upper = former.valid.upper
    is_over = upper is not None and upper <= granting.at.date()
    begins_before = former.valid.lower < granting.period.starts_on
    return granting.begins_later and begins_before and not is_over
