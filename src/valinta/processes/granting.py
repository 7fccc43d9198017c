"""What every grant has in common: who may get it, the decision, and its money put in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from valinta.budgets.actions import Share, open_budget, open_voucher
from valinta.budgets.models import Budget, Voucher
from valinta.catalogue.models import Service, TimeBand, VoucherValue
from valinta.catalogue.queries import voucher_values_of, voucher_values_on
from valinta.clients.models import Client, Enrolment
from valinta.needs.models import EligibilityCheck
from valinta.orders.actions import ClientHasDied
from valinta.plans.days import must_be_days_to_grant
from valinta.plans.decision_actions import decide
from valinta.plans.models import Decision, PlanLine, ServicePlan
from valinta.plans.states import Way
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor


class NotEligible(ValueError):
    """A leg of eligibility is not met or not answered; the exception names it (KAI-3)."""

    def __init__(self, legs: list[str]) -> None:
        self.legs = legs
        super().__init__(f"These conditions are not met or not answered: {', '.join(legs)}.")


class NoVoucherValue(LookupError):
    """The programme gives no voucher value for the service on the day."""


@dataclass(frozen=True, slots=True)
class Granting:
    """A grant before it is made: of which plan, for which period, by whom and when.

    `income_tested_cents` gives the value of a voucher's unit by service code where the client's
    income decides it; `prepared_by_id` is who prepared it, and does not make it.
    """

    plan: ServicePlan
    period: Period
    by: Actor
    at: datetime
    income_tested_cents: Mapping[str, int] = field(default_factory=dict)
    prepared_by_id: int | None = None
    grounds: str = ""

    @property
    def begins_later(self) -> bool:
        """Whether what is in force goes on until a day to come."""
        return self.period.starts_on > self.at.date()


@dataclass(frozen=True, slots=True)
class Granted:
    """What the decision gave: the budget (None when nothing is in it) and the vouchers offered."""

    decision: Decision
    budget: Budget | None
    vouchers: list[Voucher]


def must_be_grantable(granting: Granting) -> None:
    """Let by what may be granted.

    Raises ClientHasDied, NotEligible or what `must_be_days_to_grant` raises.
    """
    # Read anew, and a death that is being recorded is waited for.
    client = Client.objects.select_for_update(no_key=True).get(pk=granting.plan.enrolment.client_id)
    if client.died_on is not None:
        raise ClientHasDied("The client has died, so nothing is granted.")
    places = Enrolment.objects.select_related("programme")
    place = places.get(pk=granting.plan.enrolment_id)
    must_be_days_to_grant(place, granting.period, granting.at.date())
    _must_be_eligible(granting.plan)


def put_in_force(granting: Granting) -> Granted:
    """Decide, open the budget's pots and offer the vouchers. Former ones have to be ended before.

    Raises NoVoucherValue, NoPower, PreparedByYou or PlanNotOpen.
    """
    plan, period, by, at = granting.plan, granting.period, granting.by, granting.at
    lines = list(plan.lines.select_related("service").order_by("id"))
    money = [line for line in lines if line.way in (Way.BUDGET, Way.VOUCHER)]
    decision = decide(
        plan=plan,
        period=period,
        monthly=Money.total(Money(line.monthly_cents) for line in money),
        legal_basis=legal_basis(lines),
        by=by,
        at=at,
        prepared_by_id=granting.prepared_by_id,
        grounds=granting.grounds,
    )
    budget = _open_budget(decision, period, lines, by, at)
    vouchers = [
        _open_voucher(decision, line, period, granting.income_tested_cents, by, at)
        for line in lines
        if line.way == Way.VOUCHER
    ]
    return Granted(decision, budget, vouchers)


def shares_of(lines: list[PlanLine]) -> list[Share]:
    """The pots of a month: each mandatory service its own, the rest one free pot."""
    in_budget = [line for line in lines if line.way == Way.BUDGET]
    shares = [
        Share(line.service, Money(line.monthly_cents)) for line in in_budget if line.mandatory
    ]
    free = [line for line in in_budget if not line.mandatory]
    if free:
        shares.append(Share(None, Money.total(Money(line.monthly_cents) for line in free)))
    return shares


def voucher_sums(
    lines: Sequence[PlanLine], period: Period, income_tested: Mapping[str, int]
) -> dict[int, Money]:
    """What is set aside for each line's voucher, by the line's service: see `_whole`."""
    values = voucher_values_of([line.service for line in lines], period.starts_on)
    return {
        line.service_id: _whole(
            line, period, _priced(line.service, values[line.service_id], period, income_tested)
        )
        for line in lines
    }


def _whole(line: PlanLine, period: Period, units: Sequence[tuple[TimeBand, Money]]) -> Money:
    """A voucher's whole quantity in the dearest band, so that its hours never lack money."""
    dearest = max(value.cents for _, value in units)
    return Money(dearest).times(line.quantity_hundredths * len(period.months()))


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


def legal_basis(lines: list[PlanLine]) -> list[dict[str, object]]:
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
    shares = shares_of(lines)
    if not shares:
        return None
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
    values = voucher_values_on(line.service, period.starts_on)
    units = _priced(line.service, values, period, income_tested)
    return open_voucher(
        decision=decision,
        service=line.service,
        period=period,
        quantity_hundredths=line.quantity_hundredths * len(period.months()),
        units=units,
        granted=_whole(line, period, units),
        funding_account_id=decision.enrolment.programme.funding_account_id,
        by=by,
        at=at,
    )


def _priced(
    service: Service,
    values: Sequence[VoucherValue],
    period: Period,
    income_tested: Mapping[str, int],
) -> list[tuple[TimeBand, Money]]:
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
