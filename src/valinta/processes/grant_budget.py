"""From a signed plan to a decision that gives money: a budget, vouchers, or both in one (HAM-1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from valinta.budgets.actions import Share, end_budget, end_voucher, open_budget, open_voucher
from valinta.budgets.models import Budget, Voucher
from valinta.budgets.states import BudgetState, VoucherState
from valinta.catalogue.models import Service, TimeBand
from valinta.catalogue.queries import voucher_values_on
from valinta.needs.models import EligibilityCheck
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.plans.actions import decide
from valinta.plans.models import Decision, PlanLine, ServicePlan
from valinta.plans.states import Way
from valinta.programmes.queries import must_be_open
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class NotEligible(ValueError):
    """A leg of eligibility is not met or not answered; the exception names it (KAI-3)."""

    def __init__(self, legs: list[str]) -> None:
        self.legs = legs
        super().__init__(f"These conditions are not met or not answered: {', '.join(legs)}.")


class NoVoucherValue(LookupError):
    """The programme gives no voucher value for the service on the day."""


class OrdersOpen(ValueError):
    """Orders of the former decision are open; end or move them before a new decision."""


@dataclass(frozen=True, slots=True)
class Granted:
    """What the decision gave: the budget (None when nothing is in it) and the vouchers offered."""

    decision: Decision
    budget: Budget | None
    vouchers: list[Voucher]


@transaction.atomic
def grant_budget(
    *,
    plan: ServicePlan,
    period: Period,
    by: Actor,
    at: datetime,
    income_tested_cents: Mapping[str, int] | None = None,
) -> Granted:
    """Decide on a signed plan and put its money in force for the period.

    Lines met by budget become pots: each mandatory service its own, the rest one free pot. Lines
    met by voucher become vouchers at the programme's values; `income_tested_cents` gives the value
    of a unit by service code where the client's income decides it. Other lines are no money here.
    Raises ProgrammeClosed, NotEligible, NoVoucherValue, OrdersOpen or PlanNotOpen.
    """
    by.must(Permission.MAKE_DECISIONS, plan.organiser_id)
    enrolment = plan.enrolment
    programme = enrolment.programme
    must_be_open(programme, at.date(), period.starts_on, period.last_on)
    _must_be_eligible(plan)
    _end_former(plan, by, at)
    lines = list(plan.lines.select_related("service").order_by("id"))
    money = [line for line in lines if line.way in (Way.BUDGET, Way.VOUCHER)]
    decision = decide(
        plan=plan,
        period=period,
        monthly=Money.total(Money(line.monthly_cents) for line in money),
        legal_basis=_legal_basis(lines),
        by=by,
        at=at,
    )
    budget = _open_budget(decision, period, lines, by, at)
    vouchers = [
        _open_voucher(decision, line, period, (income_tested_cents or {}), by, at)
        for line in lines
        if line.way == Way.VOUCHER
    ]
    return Granted(decision, budget, vouchers)


def _must_be_eligible(plan: ServicePlan) -> None:
    enrolment = plan.enrolment
    ways = set(plan.lines.values_list("way", flat=True))
    wanted = [
        leg["code"]
        for leg in enrolment.programme.terms.get("eligibility", [])
        if not leg.get("instruments") or ways & set(leg["instruments"])
    ]
    met = set(
        EligibilityCheck.objects.filter(enrolment=enrolment, met=True).values_list("leg", flat=True)
    )
    missing = [leg for leg in wanted if leg not in met]
    if missing:
        raise NotEligible(missing)


def _end_former(plan: ServicePlan, by: Actor, at: datetime) -> None:
    """End the budgets and vouchers of the former decision; what is left returns to the funding."""
    enrolment = plan.enrolment
    if Order.objects.filter(enrolment=enrolment, state__in=OPEN).exists():
        raise OrdersOpen("End or move the client's open orders first; their money is still held.")
    funding = enrolment.programme.funding_account_id
    for budget in enrolment.budgets.filter(state=BudgetState.IN_FORCE):
        end_budget(budget=budget, funding_account_id=funding, by=by, at=at)
    for voucher in enrolment.vouchers.filter(state=VoucherState.ACCEPTED):
        end_voucher(voucher=voucher, funding_account_id=funding, by=by, at=at)


def _legal_basis(lines: list[PlanLine]) -> list[dict[str, object]]:
    """The acts behind the services of the plan, each once, in the order of the lines."""
    seen: dict[tuple[str, str], dict[str, object]] = {}
    for line in lines:
        basis = line.service.legal_basis
        act, section = str(basis.get("act", "")), str(basis.get("section") or "")
        # The names are kept too: a decision reads the same whatever the pack says later.
        names = basis.get("names", {})
        seen.setdefault((act, section), {"act": act, "names": names, "section": section})
    return list(seen.values())


def _open_budget(
    decision: Decision, period: Period, lines: list[PlanLine], by: Actor, at: datetime
) -> Budget | None:
    in_budget = [line for line in lines if line.way == Way.BUDGET]
    if not in_budget:
        return None
    shares = [
        Share(line.service, Money(line.monthly_cents)) for line in in_budget if line.mandatory
    ]
    free = Money.total(Money(line.monthly_cents) for line in in_budget if not line.mandatory)
    if any(not line.mandatory for line in in_budget):
        shares.append(Share(None, free))
    return open_budget(
        decision=decision,
        period=period,
        shares=shares,
        funding_account_id=decision.enrolment.programme.funding_account_id,
        by=by,
        at=at,
    )


def _open_voucher(
    decision: Decision,
    line: PlanLine,
    period: Period,
    income_tested: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> Voucher:
    units = _units(line.service, period, income_tested)
    months = len(period.months())
    quantity = line.quantity_hundredths * months
    # Money is set aside for the dearest band, so a voucher's hours never run out of money.
    dearest = max(value.cents for _, value in units)
    return open_voucher(
        decision=decision,
        service=line.service,
        period=period,
        quantity_hundredths=quantity,
        units=units,
        granted=Money(dearest).times(quantity),
        funding_account_id=decision.enrolment.programme.funding_account_id,
        by=by,
        at=at,
    )


def _units(
    service: Service, period: Period, income_tested: Mapping[str, int]
) -> list[tuple[TimeBand, Money]]:
    values = voucher_values_on(service, period.starts_on)
    if not values:
        raise NoVoucherValue(
            f"The programme gives no voucher value for {service.code} on {period.starts_on}."
        )
    own = income_tested.get(service.code)
    units = []
    for value in values:
        cents = value.cents
        if own is not None and value.income_tested:
            cents = min(value.cents, max(own, value.least_cents or 0))
        units.append((value.band, Money(cents)))
    return units
