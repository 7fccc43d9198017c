"""Clients, who acts for them, their place in a programme, absences, and those who come forward."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from valinta.clients.states import (
    MONEY_DEEDS,
    MONEY_SIGHT,
    PLAN_DEEDS,
    PLAN_SIGHT,
    EnrolmentState,
    InterestState,
    InvitationState,
    MandateKind,
    MandateScope,
)
from valinta.organisers.models import Organiser
from valinta.programmes.models import Municipality, Programme, TargetGroup, no_overlap
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Permission, Role


class ClientQuerySet(models.QuerySet["Client"]):
    """Clients, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor, *scopes: MandateScope) -> Self:
        """The client themselves, those acting for them today, and the organiser's caseworkers.

        This one rule is both the filter of lists and the yes or no for one client. "Today" is the
        actor's own (`Actor.days`). Those who act for the client need a mandate with one of the
        scopes; without a scope here, one that lets them see everything.
        """
        working = actor.organisers_where(Permission.SEE_CLIENTS)
        rule = Q(organiser_id__in=working)
        if actor.user_id is not None:
            own = actor.organisers_as(Role.CLIENT)
            rule |= Q(organiser_id__in=own, user_id=actor.user_id)
            mandates = mandates_today(actor, *(scopes or (MandateScope.SEE,)))
            rule |= Q(pk__in=mandates.values("client_id"))
        return self.filter(rule)


class Client(models.Model):
    """A person with needs. `identity_code` is the Finnish personal identity code."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    identity_code = models.CharField(max_length=11)
    born_on = models.DateField()
    language = models.CharField(max_length=2, default="fi")
    municipality_code = models.CharField(max_length=3)
    case_manager = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    non_disclosure = models.BooleanField(default=False)
    contact = models.JSONField(default=dict)

    objects = ClientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "identity_code"], name="client_is_one_person_once"
            ),
        ]

    def __str__(self) -> str:
        return f"client {self.pk}"

    @property
    def full_name(self) -> str:
        """Given name and family name, for screens and letters to the client only."""
        return f"{self.given_name} {self.family_name}"


class Mandate(models.Model):
    """Someone may act for the client: as what, what they may see and do, and until when."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="mandates")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    kind = models.CharField(max_length=20)
    scope = ArrayField(models.CharField(max_length=10))
    valid = DateRangeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            no_overlap("mandate_is_given_once", "client", "user", ended_at__isnull=True),
            models.CheckConstraint(
                name="mandate_is_of_a_known_kind", condition=Q(kind__in=list(MandateKind))
            ),
            models.CheckConstraint(
                name="mandate_has_known_scopes",
                condition=Q(scope__contained_by=list(MandateScope)),
            ),
            models.CheckConstraint(
                name="nobody_does_for_another_what_they_may_not_see",
                condition=(~Q(scope__overlap=PLAN_DEEDS) | Q(scope__overlap=PLAN_SIGHT))
                & (~Q(scope__overlap=MONEY_DEEDS) | Q(scope__overlap=MONEY_SIGHT)),
            ),
        ]


def mandates_today(actor: Actor, *scopes: MandateScope) -> models.QuerySet[Mandate]:
    """The actor's mandates with one of the scopes, in force on the actor's day of the organiser."""
    if actor.user_id is None:
        return Mandate.objects.none()
    today = Q(pk__in=[])
    where = actor.organisers_as(Role.REPRESENTATIVE)
    for organiser_id, day in actor.days:
        if organiser_id in where:
            today |= Q(organiser_id=organiser_id, valid__contains=day)
    return Mandate.objects.filter(
        today, user_id=actor.user_id, scope__overlap=list(scopes), ended_at__isnull=True
    )


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


class Absence(models.Model):
    """Days when the client is away (hospital, interruption), so no visit can take place."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(max_length=20)
    valid = DateRangeField()

    class Meta:
        constraints = [no_overlap("absence_is_recorded_once", "client")]


class Reception(models.Model):
    """Who receives those who come forward from a municipality, from one day to another (OST-3).

    Where nobody is named for a municipality, every case manager of the organiser receives them.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    municipality_code = models.CharField(max_length=3)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="receptions")
    valid = DateRangeField()

    class Meta:
        constraints = [
            no_overlap("receiver_is_named_once", "organiser", "municipality_code", "user")
        ]


class InterestQuerySet(models.QuerySet["Interest"]):
    """Those who came forward, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """The case managers who receive the municipality's people on their own day."""
        rule = Q(organiser_id__in=actor.organisers_as(Role.SYSTEM))
        working = actor.organisers_where(Permission.ENROL_CLIENTS)
        for organiser_id, day in actor.days:
            if organiser_id in working and actor.user_id is not None:
                rule |= Q(organiser_id=organiser_id) & _received_by(actor.user_id, day)
        return self.filter(rule)


def _received_by(user_id: int, day: date) -> Q:
    """Those of municipalities for which the user is named on the day, or nobody is."""
    named = Reception.objects.filter(
        organiser_id=OuterRef("organiser_id"),
        municipality_code=OuterRef("municipality__code"),
        valid__contains=day,
    )
    return Q(~Exists(named)) | Q(Exists(named.filter(user_id=user_id)))


class Interest(models.Model):
    """Someone came forward for a programme (OST-3). Not a client yet: no identity code is asked.

    `name` is who writes and is reached; `for_name` whom it is about, when that is another person
    who has agreed. A null target group means that the writer was not sure. `form_key` is of one
    filled-in form, so that sending it twice gives one row; `earlier` is an open interest of the
    same writer.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="interests")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    target_group = models.ForeignKey(TargetGroup, null=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=InterestState.choices())
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, default="")
    email = models.EmailField(default="")
    call_times = models.CharField(max_length=200, default="")
    language = models.CharField(max_length=2)
    for_name = models.CharField(max_length=120, default="")
    agreed = models.BooleanField(default=False)
    words = models.TextField(default="")
    form_key = models.UUIDField()
    earlier = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    came_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organiser", "form_key"], name="form_is_taken_once"),
            models.CheckConstraint(
                name="who_comes_forward_can_be_reached", condition=~Q(phone="") | ~Q(email="")
            ),
            models.CheckConstraint(
                name="another_is_named_with_their_consent",
                condition=Q(for_name="") | Q(agreed=True),
            ),
            models.CheckConstraint(
                name="closed_interest_has_its_moment",
                condition=Q(
                    state__in=[InterestState.RECEIVED, InterestState.CONTACTED],
                    closed_at__isnull=True,
                )
                | Q(
                    state__in=[InterestState.ENROLLED, InterestState.CLOSED],
                    closed_at__isnull=False,
                ),
            ),
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
