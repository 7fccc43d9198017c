"""Write about needs: eligibility with its grounds, assessment, allocation and its adjustment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from valinta.catalogue.models import Service
from valinta.clients.models import Enrolment
from valinta.clients.trail import note_step
from valinta.needs.models import Allocation, AllocationLine, Assessment, EligibilityCheck, Need
from valinta.needs.states import ASSESSMENT, AssessmentState
from valinta.programmes.models import AllocationRule
from valinta.shared.money import Money
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


@dataclass(frozen=True, slots=True)
class LegAnswer:
    """The answer to one leg of eligibility and the ground for it."""

    leg: str
    met: bool
    ground: str


@dataclass(frozen=True, slots=True)
class NeedStated:
    """A need: hundredths of the service's unit in a month, or points of an instrument."""

    service: Service
    quantity_hundredths: int
    mandatory: bool = False
    points: int | None = None


@dataclass(frozen=True, slots=True)
class LineMade:
    """One computed line of an allocation."""

    service: Service
    explanation: str
    quantity_hundredths: int
    unit_cents: int | None
    amount: Money
    mandatory: bool


class LegUnanswered(ValueError):
    """A leg of eligibility has no answer or no ground."""


class CannotBeMandatory(ValueError):
    """The service may not be made mandatory in a budget."""


class AdjustmentNeedsReason(ValueError):
    """A sum is adjusted by hand only with a reason the client can read."""


class AllocationBelowZero(ValueError):
    """The adjustment would take the sum below zero."""


@transaction.atomic
def record_eligibility(
    *,
    enrolment: Enrolment,
    legs: Sequence[str],
    answers: Sequence[LegAnswer],
    by: Actor,
    at: datetime,
) -> list[str]:
    """Record an answer and a ground for every leg; return the legs that are not met (KAI-3)."""
    by.must(Permission.ASSESS_NEEDS, enrolment.organiser_id)
    answered = {answer.leg for answer in answers if answer.ground.strip()}
    missing = [leg for leg in legs if leg not in answered]
    if missing:
        raise LegUnanswered(f"Answer these and give the ground: {', '.join(missing)}.")
    for answer in answers:
        EligibilityCheck.objects.update_or_create(
            enrolment=enrolment,
            leg=answer.leg,
            defaults={
                "organiser_id": enrolment.organiser_id,
                "met": answer.met,
                "ground": answer.ground,
                "checked_at": at,
                "checked_by_id": by.user_id,
            },
        )
    unmet = [answer.leg for answer in answers if not answer.met]
    note_step(enrolment, "record_eligibility", "eligibility", enrolment.pk, "", "checked", by, at)
    return unmet


@transaction.atomic
def assess_needs(
    *,
    enrolment: Enrolment,
    participants: Sequence[Mapping[str, str]],
    goals: Sequence[str],
    needs: Sequence[NeedStated],
    by: Actor,
    at: datetime,
) -> Assessment:
    """Record a completed needs assessment: who took part, goals first, then needs (OST-4)."""
    by.must(Permission.ASSESS_NEEDS, enrolment.organiser_id)
    assessment = Assessment.objects.create(
        organiser_id=enrolment.organiser_id,
        enrolment=enrolment,
        state=AssessmentState.STARTED,
        participants=[dict(one) for one in participants],
        goals=list(goals),
        started_at=at,
        assessed_by_id=by.user_id,
    )
    for need in needs:
        if need.mandatory and not need.service.can_be_mandatory:
            raise CannotBeMandatory(
                f"The service {need.service.code} cannot be mandatory in this programme."
            )
        Need.objects.create(
            organiser_id=enrolment.organiser_id,
            assessment=assessment,
            service=need.service,
            quantity_hundredths=need.quantity_hundredths,
            points=need.points,
            mandatory=need.mandatory,
        )
    ASSESSMENT.check(AssessmentState.STARTED, AssessmentState.COMPLETED)
    assessment.state = AssessmentState.COMPLETED
    assessment.completed_at = at
    assessment.save()
    note_step(
        enrolment,
        "assess_needs",
        "assessment",
        assessment.pk,
        AssessmentState.STARTED,
        AssessmentState.COMPLETED,
        by,
        at,
    )
    return assessment


@transaction.atomic
def save_allocation(
    *,
    assessment: Assessment,
    rule: AllocationRule,
    lines: Sequence[LineMade],
    by: Actor,
    at: datetime,
) -> Allocation:
    """Keep a computed allocation with its lines; the total is their sum to the cent (KEU-4)."""
    by.must(Permission.ASSESS_NEEDS, assessment.organiser_id)
    total = Money.total(line.amount for line in lines)
    allocation = Allocation.objects.create(
        organiser_id=assessment.organiser_id,
        assessment=assessment,
        rule=rule,
        total_cents=total.cents,
        made_at=at,
        made_by_id=by.user_id,
    )
    AllocationLine.objects.bulk_create(
        AllocationLine(
            organiser_id=assessment.organiser_id,
            allocation=allocation,
            number=number,
            service=line.service,
            explanation=line.explanation,
            quantity_hundredths=line.quantity_hundredths,
            unit_cents=line.unit_cents,
            cents=line.amount.cents,
            mandatory=line.mandatory,
        )
        for number, line in enumerate(lines, start=1)
    )
    enrolment = assessment.enrolment
    note_step(enrolment, "save_allocation", "allocation", allocation.pk, "", "made", by, at)
    return allocation


@transaction.atomic
def adjust_allocation(
    *,
    allocation: Allocation,
    service: Service,
    amount: Money,
    reason: str,
    by: Actor,
    at: datetime,
) -> Allocation:
    """Add a line of plus or minus `amount` for a service, with the reason the client will read."""
    by.must(Permission.ASSESS_NEEDS, allocation.organiser_id)
    if not reason.strip():
        raise AdjustmentNeedsReason("Write why the sum changes; the client will read it.")
    locked = Allocation.objects.select_for_update().get(pk=allocation.pk)
    total = locked.total_cents + amount.cents
    if total < 0:
        raise AllocationBelowZero("The sum cannot go below zero. Take off a smaller amount.")
    line = locked.lines.filter(service=service).first()
    AllocationLine.objects.create(
        organiser_id=locked.organiser_id,
        allocation=locked,
        number=locked.lines.count() + 1,
        service=service,
        explanation="adjustment",
        quantity_hundredths=0,
        unit_cents=None,
        cents=amount.cents,
        mandatory=line.mandatory if line else False,
        reason=reason,
    )
    locked.total_cents = total
    locked.save()
    enrolment = locked.assessment.enrolment
    note_step(enrolment, "adjust_allocation", "allocation", locked.pk, "made", "made", by, at)
    return locked
