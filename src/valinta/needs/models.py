"""From needs to euros: consent, eligibility, assessment, allocation with every line explained."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from valinta.catalogue.models import Service, TimeBand
from valinta.clients.models import Enrolment
from valinta.needs.states import AssessmentState, ConsentGiver
from valinta.organisers.models import Organiser
from valinta.programmes.models import AllocationRule


class ConsentPoint(models.Model):
    """One point of the checklist gone through before joining: who, when, in which words (KEU-3).

    `text` is the point as it was read out; `given_by` says who gave the consent.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="points")
    item = models.CharField(max_length=40)
    text = models.TextField()
    language = models.CharField(max_length=2)
    given_by = models.CharField(max_length=14, choices=[(one, one) for one in ConsentGiver])
    gone_at = models.DateTimeField()
    gone_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "item"], name="point_is_gone_through_once"
            ),
        ]


class EligibilityCheck(models.Model):
    """One leg of eligibility with its answer and its ground (KAI-3).

    `act` is the code of the act under which the client is entitled, where the leg names acts.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="eligibility")
    leg = models.CharField(max_length=40)
    met = models.BooleanField()
    act = models.CharField(max_length=60, default="")
    ground = models.TextField()
    checked_at = models.DateTimeField()
    checked_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "leg"], name="leg_is_answered_once"),
            models.CheckConstraint(name="leg_has_its_ground", condition=~Q(ground="")),
        ]


class Assessment(models.Model):
    """A needs assessment. `participants` lists roles; `goals` are the client's own, in order.

    `answers` are the fields of the form as they were typed, by name (see `valinta.needs.answers`);
    `version` grows by one at each saving.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=10, choices=[(one, one) for one in AssessmentState])
    participants = models.JSONField(default=list)
    goals = models.JSONField(default=list)
    notes = models.TextField(default="")
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    assessed_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state=AssessmentState.STARTED),
                name="one_assessment_is_under_way",
            ),
            models.CheckConstraint(
                name="completed_assessment_has_its_moment",
                condition=Q(state=AssessmentState.STARTED, completed_at__isnull=True)
                | Q(state=AssessmentState.COMPLETED, completed_at__isnull=False),
            ),
        ]


class AssessmentSave(models.Model):
    """One saving of an assessment under way: what it changed, by whom and when.

    `changes` has what each changed field was and is; `sitting` is of one opening of the form.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="saves")
    version = models.PositiveIntegerField()
    changes = models.JSONField()
    sitting = models.CharField(max_length=36, default="")
    saved_at = models.DateTimeField()
    saved_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "version"], name="version_is_saved_once"),
        ]


class Need(models.Model):
    """A need for a service: hundredths of its unit in a month, or points of an instrument.

    `reason` says why the service is mandatory for this client (KEU-5).
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="needs")
    service = models.ForeignKey(Service, on_delete=models.PROTECT)
    band = models.ForeignKey(TimeBand, null=True, on_delete=models.PROTECT)
    quantity_hundredths = models.PositiveIntegerField()
    points = models.PositiveIntegerField(null=True)
    mandatory = models.BooleanField(default=False)
    reason = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "service"], name="need_is_stated_once"),
        ]


class Allocation(models.Model):
    """The sum for a month that the needs come to, in cents. The lines add up to it exactly."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="allocations")
    rule = models.ForeignKey(AllocationRule, on_delete=models.PROTECT)
    total_cents = models.BigIntegerField()
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="allocation_is_not_negative", condition=Q(total_cents__gte=0)
            ),
        ]


class AllocationLine(models.Model):
    """One line of the explanation: how much of what, at what price. Adjustments carry a reason."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    allocation = models.ForeignKey(Allocation, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    service = models.ForeignKey(Service, on_delete=models.PROTECT)
    explanation = models.CharField(max_length=40)
    quantity_hundredths = models.BigIntegerField()
    unit_cents = models.BigIntegerField(null=True)
    cents = models.BigIntegerField()
    mandatory = models.BooleanField(default=False)
    reason = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "number"], name="allocation_line_has_its_number"
            ),
            models.CheckConstraint(
                name="adjustment_has_its_reason",
                condition=~Q(explanation="adjustment") | ~Q(reason=""),
            ),
        ]


class InstrumentResult(models.Model):
    """The result of a licensed instrument: who did it, when, and its scores. Never its texts.

    `instrument` and the codes of `scores` are the programme pack's; each score is a number as text.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="results")
    instrument = models.CharField(max_length=60)
    version = models.CharField(max_length=60)
    done_on = models.DateField()
    done_by = models.CharField(max_length=120)
    scores = models.JSONField()
    taken_in_at = models.DateTimeField()
    taken_in_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "instrument", "done_on"], name="result_is_taken_in_once"
            ),
        ]
