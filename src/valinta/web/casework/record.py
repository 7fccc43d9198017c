"""One client on one page: steps, need and money and choice, goals, representatives, explanation.

Reads only; the number of queries does not depend on how many rows there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Sum

from valinta.clients.contact_words import ContactWords, organiser_words, words_of
from valinta.clients.models import Client, Enrolment, Mandate
from valinta.needs.models import AllocationLine, Assessment
from valinta.needs.states import AssessmentState
from valinta.orders.models import Slice
from valinta.orders.states import OrderState
from valinta.plans.models import Decision, PlanLine, ServicePlan
from valinta.plans.states import DecisionState, PlanState, Way
from valinta.programmes.models import Municipality
from valinta.shared.periods import Period
from valinta.visits.models import Visit
from valinta.web.casework.caseload import NEEDS_A_PERSON
from valinta.web.casework.events import Event, latest_events
from valinta.web.casework.steps import Facts, NextStep, Step, next_step, steps
from valinta.web.picture import BudgetPicture, budget_picture


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need of the plan: how it is met, the month's money for it, and who was chosen. Cents."""

    service: dict[str, str]
    unit: str
    quantity_hundredths: int
    is_mandatory: bool
    way: Way
    monthly: int
    ordered: int | None
    providers: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Representative:
    """Someone who may act for the client, what they may do, and their last day (None: open)."""

    name: str
    kind: str
    scope: tuple[str, ...]
    last_on: date | None


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """Everything on the page. `age` in whole years."""

    age: int
    enrolment: Enrolment | None
    municipality: dict[str, str]
    representatives: list[Representative]
    steps: list[Step]
    next_step: NextStep
    budget: BudgetPicture | None
    needs: list[NeedRow]
    goals: list[str]
    explanation: list[AllocationLine]
    events: list[Event]
    contact_words: ContactWords

    @property
    def monthly(self) -> int:
        """The month's money of all needs, in cents."""
        return sum(row.monthly for row in self.needs)

    @property
    def ordered(self) -> int:
        """What is ordered for the month, in cents."""
        return sum(row.ordered or 0 for row in self.needs)


def client_record(client: Client, on: date) -> ClientRecord:
    """Read the page's facts for a day."""
    enrolment = (
        Enrolment.objects.filter(client=client)
        .select_related("municipality", "programme")
        .order_by("-applied_at", "-pk")
        .first()
    )
    assessment = (
        Assessment.objects.filter(enrolment=enrolment, state=AssessmentState.COMPLETED)
        .order_by("-completed_at")
        .first()
    )
    words = (
        words_of(enrolment.programme.terms) if enrolment else organiser_words(client.organiser_id)
    )
    plan = _plan(enrolment)
    orders = _orders_of_month(client.pk, on)
    budget = budget_picture(client.pk, on)
    facts = Facts(
        today=on,
        enrolment=enrolment,
        assessment=assessment,
        plan=plan,
        decision=Decision.objects.filter(enrolment=enrolment, state=DecisionState.IN_FORCE).first(),
        orders=len({order for _, order, _, _ in orders}),
        visits_to_settle=Visit.objects.filter(client=client, state__in=NEEDS_A_PERSON).count(),
        free=budget.free if budget else None,
    )
    return ClientRecord(
        age=_age(client.born_on, on),
        enrolment=enrolment,
        municipality=_municipality(enrolment),
        representatives=_representatives(client.pk, on),
        steps=steps(facts),
        next_step=next_step(facts),
        budget=budget,
        needs=_needs(plan, orders),
        goals=list(assessment.goals) if assessment else [],
        explanation=_explanation(plan),
        events=latest_events(client.pk, words),
        contact_words=words,
    )


OrderedRow = tuple[int, int, str, int]


def _orders_of_month(client_id: int, on: date) -> list[OrderedRow]:
    """Service, order, provider's name and cents held or used this month, for each order."""
    month = Period.month(on.year, on.month)
    return list(
        Slice.objects.filter(
            order__client_id=client_id, valid__overlap=(month.starts_on, month.ends_on)
        )
        .exclude(order__state=OrderState.DECLINED)
        .order_by("order__provider__name", "order_id")
        .values_list("order__service_id", "order_id", "order__provider__name")
        .annotate(cents=Sum("reserved_cents"))
    )


def _plan(enrolment: Enrolment | None) -> ServicePlan | None:
    return (
        ServicePlan.objects.filter(enrolment=enrolment)
        .exclude(state=PlanState.SUPERSEDED)
        .annotate(signed_by=Count("signatures"))
        .order_by("-version")
        .first()
    )


def _needs(plan: ServicePlan | None, orders: list[OrderedRow]) -> list[NeedRow]:
    lines = PlanLine.objects.filter(plan=plan).select_related("service")
    rows = []
    for line in lines.order_by("-monthly_cents", "pk"):
        own = [row for row in orders if row[0] == line.service_id]
        bought = line.way in (Way.BUDGET, Way.VOUCHER)
        rows.append(
            NeedRow(
                service=line.service.names,
                unit=line.service.unit,
                quantity_hundredths=line.quantity_hundredths,
                is_mandatory=line.mandatory,
                way=Way(line.way),
                monthly=line.monthly_cents,
                ordered=sum(row[3] for row in own) if bought else None,
                providers=tuple(dict.fromkeys(row[2] for row in own)),
                reason=line.reason,
            )
        )
    return rows


def _explanation(plan: ServicePlan | None) -> list[AllocationLine]:
    lines = (
        AllocationLine.objects.filter(allocation__serviceplan=plan)
        if plan
        else (AllocationLine.objects.none())
    )
    return list(lines.select_related("service").order_by("number"))


def _representatives(client_id: int, on: date) -> list[Representative]:
    mandates = Mandate.objects.filter(
        client_id=client_id, valid__contains=on, ended_at__isnull=True
    ).select_related("user")
    return [
        Representative(
            name=one.user.display_name,
            kind=one.kind,
            scope=tuple(one.scope),
            last_on=one.valid.upper - timedelta(days=1) if one.valid.upper else None,
        )
        for one in mandates.order_by("pk")
    ]


def _municipality(enrolment: Enrolment | None) -> dict[str, str]:
    if enrolment is None:
        return {}
    municipality: Municipality = enrolment.municipality
    return dict(municipality.names)


def _age(born_on: date, on: date) -> int:
    had_birthday = (on.month, on.day) >= (born_on.month, born_on.day)
    return on.year - born_on.year - (0 if had_birthday else 1)
