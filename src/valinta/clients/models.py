"""Clients, who acts for them, their place in a programme, and when they are away."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from valinta.clients.states import EnrolmentState, MandateScope
from valinta.organisers.models import Organiser
from valinta.programmes.models import Municipality, Programme, TargetGroup, no_overlap
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Permission, Role


class ClientQuerySet(models.QuerySet["Client"]):
    """Clients, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """The client themselves, those acting for them today, and the organiser's caseworkers.

        This one rule is both the filter of lists and the yes or no for one client. "Today" is the
        actor's own (`Actor.days`).
        """
        working = actor.organisers_where(Permission.SEE_CLIENTS)
        rule = Q(organiser_id__in=working)
        if actor.user_id is not None:
            own = actor.organisers_as(Role.CLIENT)
            rule |= Q(organiser_id__in=own, user_id=actor.user_id)
            mandates = mandates_today(actor, MandateScope.SEE)
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
    """Someone may act for the client: what (`see`, `plan`, `order`, `confirm`) and until when."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="mandates")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    kind = models.CharField(max_length=20)
    scope = ArrayField(models.CharField(max_length=10))
    valid = DateRangeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [no_overlap("mandate_is_given_once", "client", "user")]


def mandates_today(actor: Actor, scope: MandateScope) -> models.QuerySet[Mandate]:
    """The actor's mandates of the scope, in force on the actor's day for each organiser."""
    if actor.user_id is None:
        return Mandate.objects.none()
    today = Q(pk__in=[])
    where = actor.organisers_as(Role.REPRESENTATIVE)
    for organiser_id, day in actor.days:
        if organiser_id in where:
            today |= Q(organiser_id=organiser_id, valid__contains=day)
    return Mandate.objects.filter(
        today, user_id=actor.user_id, scope__contains=[scope], ended_at__isnull=True
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
