"""Write about needs: eligibility with its grounds, assessment, allocation and its adjustment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from valinta.catalogue.models import Service
from valinta.clients.models import Enrolment
from valinta.clients.trail import note_step
from valinta.needs.assessment_actions import start_assessment
from valinta.needs.closing import close
from valinta.needs.eligibility_fields import EligibilityChanged, changes_since
from valinta.needs.models import Allocation, AllocationLine, Assessment, EligibilityCheck, Need
from valinta.needs.states import AssessmentState
from valinta.programmes.models import AllocationRule
from valinta.shared.changes import Content
from valinta.shared.money import Money
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


@dataclass(frozen=True, slots=True)
class LegAnswer:
    """The answer to one leg of eligibility and its ground.

    `act` is the code of the act chosen, for a leg that is met under one of several acts.
    """

    leg: str
    met: bool
    ground: str
    act: str = ""


@dataclass(frozen=True, slots=True)
class NeedStated:
    """A need: hundredths of the service's unit in a month, or points of an instrument.

    `reason`: why the service is mandatory for this client.
    """

    service: Service
    quantity_hundredths: int
    mandatory: bool = False
    points: int | None = None
    reason: str = ""


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


class ActNotChosen(ValueError):
    """The leg is met under one of several acts, and which of them has not been chosen."""

    def __init__(self, leg: str, acts: Sequence[str]) -> None:
        self.leg = leg
        super().__init__(f"Choose the act for {leg}: one of {', '.join(acts)}.")


class CannotBeMandatory(ValueError):
    """The service may not be made mandatory in a budget."""


class MandatoryNeedsReason(ValueError):
    """A service is mandatory for a client only with a reason that the client can read (KEU-5)."""


class AssessmentUnderWay(ValueError):
    """Another assessment of the same place is not completed yet."""


class AdjustmentNeedsReason(ValueError):
    """A sum is adjusted by hand only with a reason the client can read."""


class AllocationBelowZero(ValueError):
    """The adjustment would take the sum below zero."""


class AllocationChanged(ValueError):
    """The sum has more lines than when it was looked at: another has adjusted it meanwhile."""


@transaction.atomic
def record_eligibility(
    *,
    enrolment: Enrolment,
    legs: Sequence[str],
    answers: Sequence[LegAnswer],
    seen: Content | None = None,
    by: Actor,
    at: datetime,
) -> list[str]:
    """Record an answer and a ground for every leg; return the legs that are not met (KAI-3).

    `seen` is what was recorded when the form was opened, by field (see `eligibility_fields`).
    Raises LegUnanswered, ActNotChosen, or EligibilityChanged when another has answered since.
    """
    by.must(Permission.ASSESS_NEEDS, enrolment.organiser_id)
    answered = {answer.leg for answer in answers if answer.ground.strip()}
    missing = [leg for leg in legs if leg not in answered]
    if missing:
        raise LegUnanswered(f"Answer these and give the ground: {', '.join(missing)}.")
    # Two who answer at the same time wait for each other here.
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    kept = list(EligibilityCheck.objects.filter(enrolment=enrolment))
    if seen is not None and (changes := changes_since(seen, kept)):
        raise EligibilityChanged(changes)
    legs_of_pack = enrolment.programme.terms.get("eligibility", [])
    acts = {one["code"]: one.get("acts", []) for one in legs_of_pack}
    for answer in answers:
        offered = acts.get(answer.leg, [])
        if answer.met and offered and answer.act not in offered:
            raise ActNotChosen(answer.leg, offered)
    for answer in answers:
        EligibilityCheck.objects.update_or_create(
            enrolment=enrolment,
            leg=answer.leg,
            defaults={
                "organiser_id": enrolment.organiser_id,
                "met": answer.met,
                "act": answer.act if answer.met else "",
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
    notes: str = "",
    by: Actor,
    at: datetime,
) -> Assessment:
    """Record a whole assessment at once: who took part, goals first, then needs (OST-4).

    For an assessment that was made elsewhere; step by step see `assessment_actions`. Raises
    PlaceIsOver, AssessmentUnderWay, CannotBeMandatory or MandatoryNeedsReason.
    """
    by.must(Permission.ASSESS_NEEDS, enrolment.organiser_id)
    if enrolment.assessments.filter(state=AssessmentState.STARTED).exists():
        raise AssessmentUnderWay(
            "An assessment of this client is under way. Complete that one instead."
        )
    assessment = start_assessment(enrolment=enrolment, by=by, at=at)
    assessment.participants = [dict(one) for one in participants]
    assessment.goals, assessment.notes = list(goals), notes
    for need in needs:
        _must_be_sound(need)
        Need.objects.create(
            organiser_id=enrolment.organiser_id,
            assessment=assessment,
            service=need.service,
            quantity_hundredths=need.quantity_hundredths,
            points=need.points,
            mandatory=need.mandatory,
            reason=need.reason,
        )
    return close(assessment, "assess_needs", by, at)


def _must_be_sound(need: NeedStated) -> None:
    if need.mandatory and not need.service.can_be_mandatory:
        raise CannotBeMandatory(
            f"The service {need.service.code} cannot be mandatory in this programme."
        )
    if need.mandatory and not need.reason.strip():
        raise MandatoryNeedsReason(
            f"Write why the service {need.service.code} is mandatory; the client will read it."
        )


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
    seen_lines: int | None = None,
    by: Actor,
    at: datetime,
) -> Allocation:
    """Add a line of plus or minus `amount` for a service, with the reason the client will read.

    `seen_lines` is how many lines the sum had when it was looked at. Raises AllocationChanged when
    it has more now, AdjustmentNeedsReason or AllocationBelowZero.
    """
    by.must(Permission.ASSESS_NEEDS, allocation.organiser_id)
    if not reason.strip():
        raise AdjustmentNeedsReason("Write why the sum changes; the client will read it.")
    locked = Allocation.objects.select_for_update().get(pk=allocation.pk)
    if seen_lines is not None and locked.lines.count() != seen_lines:
        raise AllocationChanged("Another has adjusted the sum meanwhile. Look at it, then decide.")
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
