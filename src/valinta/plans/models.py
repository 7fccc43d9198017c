"""Support plans in the client's own words, service plans by version, signatures, decisions."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from valinta.catalogue.models import Service
from valinta.clients.models import Enrolment
from valinta.needs.models import Allocation
from valinta.organisers.models import Organiser
from valinta.plans.states import DecisionState, PlanState, Signer, Way
from valinta.programmes.models import no_overlap


class SupportPlan(models.Model):
    """What the client wants, in their own words (SIU-4), by code of the programme's prompt.

    A version is one writer's: whoever goes on after another, or after it was finished, begins a
    new one. An unfinished version is the client's own draft.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="support_plans")
    version = models.PositiveSmallIntegerField()
    sections = models.JSONField()
    helpers = models.JSONField(default=list)
    written_at = models.DateTimeField()
    written_by_id = models.BigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "version"], name="support_plan_version_is_unique"
            ),
        ]


class ServicePlan(models.Model):
    """A version of the plan: which need is met in which way (HAM-10)."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="plans")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=[(one, one) for one in PlanState])
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT)
    support_plan = models.ForeignKey(SupportPlan, null=True, on_delete=models.PROTECT)
    written_at = models.DateTimeField()
    written_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "version"], name="plan_version_is_unique"),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state=PlanState.IN_FORCE),
                name="one_plan_is_in_force",
            ),
        ]


class PlanLine(models.Model):
    """One need in the plan: the way it is met, how much in a month, and the money for it."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    plan = models.ForeignKey(ServicePlan, on_delete=models.CASCADE, related_name="lines")
    service = models.ForeignKey(Service, on_delete=models.PROTECT)
    way = models.CharField(max_length=20, choices=[(one, one) for one in Way])
    quantity_hundredths = models.PositiveIntegerField()
    monthly_cents = models.BigIntegerField()
    mandatory = models.BooleanField(default=False)
    refused_way = models.CharField(max_length=20, default="")
    reason = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "service"], name="plan_names_a_service_once"),
            models.CheckConstraint(
                name="refused_way_is_not_the_way_taken", condition=~Q(refused_way=models.F("way"))
            ),
            models.CheckConstraint(name="way_is_known", condition=Q(way__in=list(Way))),
        ]


class PlanComment(models.Model):
    """What someone says about a version of the plan: the client's side or a worker (HAM-10)."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    plan = models.ForeignKey(ServicePlan, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    written_as = models.CharField(max_length=14, choices=[(one, one) for one in Signer])
    written_at = models.DateTimeField()
    written_by_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="comment_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="writer_of_a_comment_is_known", condition=Q(written_as__in=list(Signer))
            ),
        ]


class Signature(models.Model):
    """A signature under a version of the plan."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    plan = models.ForeignKey(ServicePlan, on_delete=models.PROTECT, related_name="signatures")
    signer = models.CharField(max_length=14, choices=[(one, one) for one in Signer])
    signed_at = models.DateTimeField()
    signed_by_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "signed_by_id"], name="plan_is_signed_once"),
        ]


class Decision(models.Model):
    """An administrative decision on services. Never edited: a change is a new decision."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="decisions")
    plan = models.ForeignKey(ServicePlan, on_delete=models.PROTECT, related_name="decisions")
    state = models.CharField(max_length=10, choices=[(one, one) for one in DecisionState])
    monthly_cents = models.BigIntegerField()
    legal_basis = models.JSONField()
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    valid = DateRangeField()

    class Meta:
        constraints = [
            no_overlap(
                "decisions_in_force_do_not_overlap", "enrolment", state=DecisionState.IN_FORCE
            ),
            models.CheckConstraint(
                name="ended_decision_has_its_moment",
                condition=Q(state=DecisionState.IN_FORCE, ended_at__isnull=True)
                | Q(state=DecisionState.ENDED, ended_at__isnull=False),
            ),
        ]
