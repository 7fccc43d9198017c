"""What the decisions tab shows: what waits, decisions with their letters and ways, claims.

The number of queries does not depend on how many decisions there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from valinta.clients.models import Client, Enrolment
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.plans.models import (
    Claim,
    Decision,
    DecisionProposal,
    Delivery,
    ServicePlan,
)
from valinta.plans.states import DecisionState, DeliveryWay, PlanState, ProposalState
from valinta.processes.what_carries import Carried, what_carries
from valinta.programmes.ranges import as_period
from valinta.rules.appeal import Challenge, last_day
from valinta.shared.periods import Period
from valinta.web.names import names_of
from valinta.web.plan_picture import decisions_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for its decision, with what it does to open orders."""

    proposal: DecisionProposal
    prepared_by: str
    last_on: date | None
    carried: Carried | None
    ending: list[Order]


@dataclass(frozen=True, slots=True)
class Returned:
    """The newest proposal, when it came back."""

    proposal: DecisionProposal
    by: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with the names of who is in it."""

    claim: Claim
    maker: str
    answerer: str


@dataclass(frozen=True, slots=True)
class Made:
    """A decision with its letters' ways and its claims. `claim_until` is None while not sent."""

    decision: Decision
    made_by: str
    prepared_by: str
    last_on: date | None
    deliveries: list[Delivery]
    claims: list[ClaimRow]
    claim_until: date | None

    @property
    def ways_left(self) -> list[DeliveryWay]:
        """The ways that the letter has not gone."""
        used = {one.way for one in self.deliveries if one.claim_id is None}
        return [way for way in DeliveryWay if way not in used]

    @property
    def is_refusal(self) -> bool:
        return self.decision.state == DecisionState.REFUSED

    @property
    def may_claim(self) -> bool:
        """Whether no claim on it waits for an answer."""
        return all(row.claim.state == "answered" for row in self.claims)


@dataclass(frozen=True, slots=True)
class Preparing:
    """A signed plan that can be prepared: for which days, and what that does to open orders."""

    plan: ServicePlan
    period: Period
    carried: Carried


def waiting_of(enrolment: Enrolment | None, today: date) -> Waiting | None:
    """The proposal of the client that waits, if any."""
    proposal = (
        DecisionProposal.objects.filter(enrolment=enrolment, state=ProposalState.PREPARED)
        .select_related("plan", "enrolment__programme")
        .first()
    )
    return picture_of(proposal, today) if proposal else None


def picture_of(proposal: DecisionProposal, today: date) -> Waiting:
    """A proposal with what it does to open orders."""
    period = as_period(proposal.valid)
    ending = Order.objects.filter(
        enrolment_id=proposal.enrolment_id, pk__in=proposal.ends_orders, state__in=OPEN
    )
    names = names_of([proposal.prepared_by_id])
    return Waiting(
        proposal=proposal,
        prepared_by=names.get(proposal.prepared_by_id, ""),
        last_on=None if period.is_open else period.last_on,
        carried=_carried(proposal, period, today),
        ending=list(ending.select_related("service", "provider").order_by("pk")),
    )


def _carried(proposal: DecisionProposal, period: Period, today: date) -> Carried | None:
    if proposal.plan is None:
        return None
    return what_carries(
        plan=proposal.plan,
        period=period,
        today=today,
        income_tested_cents=proposal.income_tested,
        without=proposal.ends_orders,
    )


def returned_of(enrolment: Enrolment | None) -> Returned | None:
    """The newest proposal, when it was returned and nothing has been prepared since."""
    newest = DecisionProposal.objects.filter(enrolment=enrolment).order_by("-pk").first()
    if newest is None or newest.state != ProposalState.RETURNED:
        return None
    return Returned(newest, names_of([newest.answered_by_id]).get(newest.answered_by_id or 0, ""))


def to_prepare(enrolment: Enrolment | None, today: date) -> ServicePlan | None:
    """The signed plan that waits for a decision."""
    return (
        ServicePlan.objects.filter(enrolment=enrolment, state=PlanState.SIGNED)
        .select_related("enrolment__programme")
        .order_by("-version")
        .first()
    )


def preparing(plan: ServicePlan, period: Period, today: date) -> Preparing:
    """What a decision on the plan for a period would do to open orders."""
    return Preparing(plan, period, what_carries(plan=plan, period=period, today=today))


def made_of(client: Client) -> list[Made]:
    """All decisions about the client, those in force first, in six queries."""
    places = list(client.enrolments.values_list("pk", flat=True))
    rows = decisions_of(places)
    ways = list(Delivery.objects.filter(decision__in=rows).order_by("queued_at", "pk"))
    claims = list(
        Claim.objects.filter(decision__in=rows).select_related("paper").order_by("received_at")
    )
    people = [*(one.made_by_id for one in rows), *(one.prepared_by_id for one in rows)]
    people += [one for claim in claims for one in (claim.made_by_id, claim.answered_by_id)]
    names = names_of(people)
    return [
        Made(
            decision=one,
            made_by=names.get(one.made_by_id or 0, ""),
            prepared_by=names.get(one.prepared_by_id or 0, ""),
            last_on=one.valid.upper - timedelta(days=1) if one.valid.upper else None,
            deliveries=[way for way in ways if way.decision_id == one.pk],
            claims=[_row(claim, names) for claim in claims if claim.decision_id == one.pk],
            claim_until=_until([way for way in ways if way.decision_id == one.pk]),
        )
        for one in rows
    ]


def _row(claim: Claim, names: dict[int, str]) -> ClaimRow:
    answerer = names.get(claim.answered_by_id or 0, "")
    return ClaimRow(claim, names.get(claim.made_by_id, ""), answerer)


def _until(ways: list[Delivery]) -> date | None:
    received = [one.received_on for one in ways if one.claim_id is None and one.received_on]
    return last_day(Challenge.CLAIM, min(received)) if received else None
