"""Clients, who acts for and who opens them, their place in a programme, absences, contacts."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from valinta.clients.mendings import Mending
from valinta.clients.persons import (
    AccessGrant,
    Client,
    ClientQuerySet,
    Mandate,
    mandates_today,
)
from valinta.clients.receiving import Cover, Interest, Reception
from valinta.clients.states import EnrolmentState, InvitationState
from valinta.organisers.models import Organiser
from valinta.programmes.models import Municipality, Programme, TargetGroup, no_overlap
from valinta.users.models import User

__all__ = [
    "Absence",
    "AccessCode",
    "AccessGrant",
    "Client",
    "ClientQuerySet",
    "Contact",
    "Cover",
    "Enrolment",
    "HandOver",
    "Interest",
    "Invitation",
    "Mandate",
    "Mending",
    "Reception",
    "mandates_today",
]


class Enrolment(models.Model):
    """A client's place in a programme, from interest to the end, with consent (KEU-3)."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="enrolments")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    target_group = models.ForeignKey(TargetGroup, on_delete=models.PROTECT)
    state = models.CharField(max_length=12, choices=EnrolmentState.choices())
    applied_at = models.DateTimeField()
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=200, default="")
    consent_items = ArrayField(models.CharField(max_length=40), default=list)
    consent_given_at = models.DateTimeField(null=True)
    consent_withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "programme"],
                condition=~Q(state__in=[EnrolmentState.ENDED, EnrolmentState.WITHDRAWN]),
                name="client_is_in_a_programme_once",
            ),
            # For an order's foreign key: whose enrolment it is and which organiser's.
            models.UniqueConstraint(
                fields=["id", "client", "organiser"], name="enrolment_with_its_client"
            ),
            models.CheckConstraint(
                name="enrolled_client_has_a_start_and_a_consent",
                condition=~Q(state=EnrolmentState.ENROLLED)
                | Q(started_on__isnull=False, consent_given_at__isnull=False),
            ),
            models.CheckConstraint(
                name="withdrawn_or_ended_enrolment_has_an_end",
                condition=~Q(state__in=[EnrolmentState.ENDED, EnrolmentState.WITHDRAWN])
                | Q(ended_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["programme", "applied_at"],
                condition=Q(state=EnrolmentState.QUEUED),
                name="queues_of_a_programme",
            ),
        ]


class Absence(models.Model):
    """Days when the client is away (hospital, interruption), so no visit can take place."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(max_length=20)
    valid = DateRangeField()

    class Meta:
        constraints = [no_overlap("absence_is_recorded_once", "client")]


class Contact(models.Model):
    """A contact of deepened case management (KAI-6): kind and purpose by the codes of the pack.

    `minutes` of the worker's time; `with_whom` and `words` are short, and kept from the log.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField()
    happened_at = models.DateTimeField()
    with_whom = models.CharField(max_length=120, default="")
    words = models.CharField(max_length=500, default="")
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_takes_a_minute_to_a_day",
                condition=Q(minutes__gte=1, minutes__lte=1440),
            ),
        ]
        indexes = [models.Index(fields=["client", "happened_at"], name="contacts_of_a_client")]


class HandOver(models.Model):
    """A client went from one case manager (null: nobody's) to another, with words on the way."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="hand_overs")
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    from_user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500)
    handed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="hand_over_says_why", condition=~Q(words="")),
        ]


class Invitation(models.Model):
    """The client asks someone to support them; who types the code gets the mandate (SIU-4).

    `name` is what the client calls them, `ends_on` the first day without the mandate. The code is
    kept only as a digest. Whether the invitation has expired is told by `expires_at`.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    scope = ArrayField(models.CharField(max_length=10))
    ends_on = models.DateField()
    code_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=9, default=InvitationState.SENT)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    mandate = models.OneToOneField(Mandate, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_is_in_a_kept_state",
                condition=Q(
                    state__in=[
                        InvitationState.SENT,
                        InvitationState.ACCEPTED,
                        InvitationState.WITHDRAWN,
                    ]
                ),
            ),
            models.CheckConstraint(
                name="accepted_invitation_has_its_mandate",
                condition=Q(state=InvitationState.ACCEPTED, mandate__isnull=False)
                | (~Q(state=InvitationState.ACCEPTED) & Q(mandate__isnull=True)),
            ),
        ]

    def state_at(self, at: datetime) -> InvitationState:
        """The state at a moment, with what time itself has done."""
        if self.state == InvitationState.SENT and self.expires_at <= at:
            return InvitationState.EXPIRED
        return InvitationState(self.state)


class AccessCode(models.Model):
    """A code that the client got by letter: with the date of birth it opens their own pages.

    Kept only as a digest. It works until `expires_at`, until a newer letter or `ended_at`, and
    until too many dates of birth have been tried with it.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="access_codes")
    code_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(ended_at__isnull=True),
                name="client_has_one_access_code_at_a_time",
            ),
        ]
