"""Applications of providers, what shows that the conditions are met, and entries in registers."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Self

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from valinta.organisers.models import Organiser
from valinta.programmes.models import Programme, Rulebook, no_overlap
from valinta.providers.companies import Approval
from valinta.providers.states import ApplicationState, EntryState, EvidenceState
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Permission


class Keeper(StrEnum):
    """Who keeps a register."""

    NATIONAL = "national"
    ORGANISER = "organiser"


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """The applicant's own, and those sent to an organiser to who approves providers there."""
        deciding = actor.organisers_where(Permission.APPROVE_PROVIDERS)
        rule = Q(organiser_id__in=deciding) & ~Q(state=ApplicationState.DRAFT)
        if actor.user_id is not None:
            applying = actor.organisers_where(Permission.APPLY_AS_PROVIDER)
            rule |= Q(applicant_id=actor.user_id, organiser_id__in=applying)
        return self.filter(rule)


class Application(models.Model):
    """A company asks to be approved for a programme: its facts, as it gave them (SIU-8, OST-7).

    The facts are the applicant's until the approval, which makes or finds the provider.
    `municipality_codes` is where it works; null means everywhere in the programme. `version` counts
    the savings of the draft. `appeal` says by language how the decision is challenged.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="provider_applications"
    )
    applicant = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=13, choices=[(one, one) for one in ApplicationState])
    version = models.PositiveIntegerField(default=1)
    business_id = models.CharField(max_length=9)
    name = models.CharField(max_length=140, default="")
    sector = models.CharField(max_length=12, default="")
    size_class = models.CharField(max_length=10, default="micro")
    founded_year = models.PositiveSmallIntegerField(null=True)
    languages = ArrayField(models.CharField(max_length=3), default=list)
    iban = models.CharField(max_length=34, default="")
    bic = models.CharField(max_length=11, default="")
    postal_address = models.JSONField(default=dict)
    contact = models.JSONField(default=dict)
    municipality_codes = ArrayField(models.CharField(max_length=3), null=True)
    register = models.CharField(max_length=40, default="")
    register_number = models.CharField(max_length=40, default="")
    rulebook = models.ForeignKey(Rulebook, null=True, on_delete=models.PROTECT, related_name="+")
    rulebook_accepted_at = models.DateTimeField(null=True)
    rulebook_accepted_by_id = models.BigIntegerField(null=True)
    # What the public register of companies said, or that it could not be asked, and when.
    company_register = models.JSONField(default=dict)
    signer_name = models.CharField(max_length=120, default="")
    signer_right = models.CharField(max_length=10, default="")
    started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    decide_by = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    grounds = models.TextField(default="")
    appeal = models.JSONField(default=dict)
    approval = models.ForeignKey(
        Approval, null=True, on_delete=models.PROTECT, related_name="applications"
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("programme", "state", "sent_at", name="applications_waiting")]
        constraints = [
            models.CheckConstraint(
                name="application_state_is_known", condition=Q(state__in=list(ApplicationState))
            ),
            models.CheckConstraint(
                name="applicant_has_a_business_id",
                condition=Q(business_id__regex=r"^\d{7}-\d$"),
            ),
            models.CheckConstraint(
                name="sent_application_has_its_moment",
                condition=Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
                | Q(sent_at__isnull=False, decide_by__isnull=False),
            ),
            models.CheckConstraint(
                name="approved_application_has_its_approval",
                condition=Q(state=ApplicationState.APPROVED, approval__isnull=False)
                | (~Q(state=ApplicationState.APPROVED) & Q(approval__isnull=True)),
            ),
            models.CheckConstraint(
                name="refused_application_has_its_grounds",
                condition=~Q(state=ApplicationState.REFUSED) | ~Q(grounds=""),
            ),
            # A draft keeps nobody away: anybody can begin one with a company's business id.
            models.UniqueConstraint(
                fields=["programme", "business_id"],
                condition=Q(state__in=[ApplicationState.SENT, ApplicationState.CLARIFICATION]),
                name="company_has_one_open_application",
            ),
            models.UniqueConstraint(
                fields=["programme", "business_id", "applicant"],
                condition=Q(state=ApplicationState.DRAFT),
                name="applicant_has_one_draft_for_a_company",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.business_id


class ApplicationLine(models.Model):
    """A service that is applied for, by its code in the tray, with a price in cents by time band.

    `approved` is null until the decision.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="lines")
    service_code = models.CharField(max_length=60)
    prices = models.JSONField(default=dict)
    approved = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "service_code"], name="service_is_applied_for_once"
            )
        ]


class Evidence(models.Model):
    """What shows that a condition is met: a file, or words. The newest of a condition counts.

    `issued_on` is the day on the paper and `valid_until` the last day on which it holds.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="evidence")
    condition = models.CharField(max_length=60)
    words = models.TextField(default="")
    name = models.CharField(max_length=120, default="")
    content_type = models.CharField(max_length=20, default="")
    content = models.BinaryField(default=b"")
    sha256 = models.CharField(max_length=64, default="")
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    state = models.CharField(
        max_length=8, choices=[(one, one) for one in EvidenceState], default=EvidenceState.RECEIVED
    )
    answer = models.TextField(default="")
    handed_at = models.DateTimeField()
    handed_by_id = models.BigIntegerField(null=True)
    judged_at = models.DateTimeField(null=True)
    judged_by_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="evidence_is_a_file_or_words",
                condition=~Q(words="") | (~Q(name="") & ~Q(sha256="") & Q(issued_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="refused_evidence_says_why",
                condition=~Q(state=EvidenceState.REFUSED) | ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="evidence_ends_after_it_begins",
                condition=Q(valid_until__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(valid_until__gte=models.F("issued_on")),
            ),
        ]

    def age_on(self, day: date) -> int | None:
        """How old the paper is on a day, in days; None when it has no day."""
        return None if self.issued_on is None else (day - self.issued_on).days


class Clarification(models.Model):
    """The organiser asks the applicant something, to be answered by a day. Rounds stay as said."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="clarifications"
    )
    questions = models.TextField()
    asked_at = models.DateTimeField()
    asked_by_id = models.BigIntegerField(null=True)
    answer_by = models.DateField()
    answer = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="clarification_asks_something", condition=~Q(questions="")),
            models.CheckConstraint(
                name="answered_clarification_has_its_answer",
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at__isnull=True),
                name="one_clarification_is_open",
            ),
        ]


class RegisterEntry(models.Model):
    """A company's entry in a register: one that the organiser has seen, or keeps itself (SIU-8).

    `valid` is when the entry holds. `municipality_codes` and `service_codes` narrow it; null and
    an empty list mean all.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    register = models.CharField(max_length=40)
    keeper = models.CharField(max_length=9, choices=[(one, one) for one in Keeper])
    business_id = models.CharField(max_length=9)
    name = models.CharField(max_length=140)
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=11, choices=[(one, one) for one in EntryState])
    municipality_codes = ArrayField(models.CharField(max_length=3), null=True)
    service_codes = ArrayField(models.CharField(max_length=60), default=list)
    words = models.TextField(default="")
    noted_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)
    valid = DateRangeField()

    class Meta:
        verbose_name_plural = "register entries"
        constraints = [
            no_overlap("company_is_in_a_register_once", "organiser", "register", "business_id"),
            models.CheckConstraint(name="register_entry_has_a_number", condition=~Q(number="")),
            models.CheckConstraint(
                name="registered_company_has_a_business_id",
                condition=Q(business_id__regex=r"^\d{7}-\d$"),
            ),
            models.CheckConstraint(
                name="register_entry_state_is_known", condition=Q(state__in=list(EntryState))
            ),
        ]


class Suspension(models.Model):
    """A provider gets no new orders from a day on; running ones go on. Ended by `ended_at`.

    The approval's `suspended_on` says the same for who orders, without a look here.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="suspensions")
    starts_on = models.DateField()
    reason = models.TextField()
    begun_at = models.DateTimeField()
    begun_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.BigIntegerField(null=True)
    end_words = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="suspension_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["approval"],
                condition=Q(ended_at__isnull=True),
                name="approval_is_suspended_once",
            ),
        ]


def is_late(application: Application, at: datetime) -> bool:
    """Whether the day by which it should be decided on has passed."""
    return application.decide_by is not None and application.decide_by < at.date()
