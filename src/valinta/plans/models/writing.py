"""What is written together: support plans, service plans by version, comments and signatures."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from valinta.catalogue.models import Service
from valinta.clients.models import Enrolment
from valinta.needs.models import Allocation
from valinta.organisers.models import Organiser
from valinta.plans.states import PlanState, Signer, SigningWay, Way


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
        indexes = [
            models.Index(
                fields=["enrolment"],
                condition=Q(state__in=[PlanState.DRAFT, PlanState.SIGNED]),
                name="plans_that_wait",
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
            models.UniqueConstraint(
                fields=["plan", "service", "way"], name="plan_names_a_service_once_in_a_way"
            ),
            # A part of a need may be met in another way, but it is bought in one only.
            models.UniqueConstraint(
                fields=["plan", "service"],
                condition=Q(way__in=[Way.BUDGET, Way.VOUCHER]),
                name="service_is_bought_in_one_way",
            ),
            models.CheckConstraint(
                name="refused_way_is_not_the_way_taken", condition=~Q(refused_way=F("way"))
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


class Paper(models.Model):
    """A document that came on paper, scanned. What it is was read from its first bytes; in bytes.

    Kept as it came: it is never changed.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="papers")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=20)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField()
    kept_by_id = models.BigIntegerField()


class Signature(models.Model):
    """A signature under a version of the plan.

    One given on paper is recorded by a worker: whose it is, its day, and where the paper is found,
    as a mark of the archive or as a scan. Then nobody signed in the portal.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    plan = models.ForeignKey(ServicePlan, on_delete=models.PROTECT, related_name="signatures")
    signer = models.CharField(max_length=14, choices=[(one, one) for one in Signer])
    way = models.CharField(
        max_length=6, choices=[(one, one) for one in SigningWay], default=SigningWay.PORTAL
    )
    signed_at = models.DateTimeField()
    signed_by_id = models.BigIntegerField(null=True)
    signed_on = models.DateField(null=True)
    name = models.CharField(max_length=120, default="")
    archive_mark = models.CharField(max_length=80, default="")
    paper = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "signed_by_id"], name="plan_is_signed_once"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(way=SigningWay.PAPER),
                name="plan_is_signed_once_on_paper",
            ),
            models.CheckConstraint(
                name="signature_says_who_signed_and_how",
                condition=Q(
                    way=SigningWay.PORTAL, signed_by_id__isnull=False, recorded_by_id__isnull=True
                )
                | (
                    Q(
                        way=SigningWay.PAPER,
                        signed_by_id__isnull=True,
                        recorded_by_id__isnull=False,
                        signed_on__isnull=False,
                        signer__in=[Signer.CLIENT, Signer.REPRESENTATIVE],
                    )
                    & ~Q(name="")
                ),
            ),
            models.CheckConstraint(
                name="paper_signature_can_be_found",
                condition=Q(way=SigningWay.PORTAL) | ~Q(archive_mark="") | Q(paper__isnull=False),
            ),
        ]
