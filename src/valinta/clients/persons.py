"""Clients, who acts for them, and which workers open them."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Concat

from valinta.clients.names import Folded
from valinta.clients.receiving import Reception, covered_by
from valinta.clients.states import (
    MONEY_DEEDS,
    MONEY_SIGHT,
    PLAN_DEEDS,
    PLAN_SIGHT,
    MandateKind,
    MandateScope,
    OpeningScope,
)
from valinta.organisers.models import Organiser
from valinta.programmes.models import no_overlap
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import ROLES, Permission, Role


class ClientQuerySet(models.QuerySet["Client"]):
    """Clients, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor, *scopes: MandateScope) -> Self:
        """The client themselves, those acting for them today, and workers who meet them.

        This one rule is both the filter of lists and the yes or no for one client. "Today" is the
        actor's own (`Actor.days`). Those who act for the client need a mandate with one of the
        scopes; without a scope here, one that lets them see everything. For workers, see `met_by`.
        """
        rule = _at_work(actor)
        if actor.user_id is not None:
            own = actor.organisers_as(Role.CLIENT)
            rule |= Q(organiser_id__in=own, user_id=actor.user_id)
            mandates = mandates_today(actor, *(scopes or (MandateScope.SEE,)))
            rule |= Q(pk__in=mandates.values("client_id"))
        return self.filter(rule)

    def met_by(self, actor: Actor) -> Self:
        """Those whom the actor meets as the organiser's worker, not as a private person.

        Where the organiser keeps caseloads closed, a case manager meets their own clients, those of
        whom they cover, those without a case manager, those of municipalities they receive, and
        those opened with a reason; see `AccessGrant`.
        """
        return self.filter(_at_work(actor))


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
    died_on = models.DateField(null=True)
    # Both names without accents and capitals, with a space before each word, kept by the database.
    search_name = models.GeneratedField(
        expression=Folded(
            Concat(
                models.Value(" "),
                "family_name",
                models.Value(" "),
                "given_name",
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = ClientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "identity_code"], name="client_is_one_person_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organiser", "family_name", "given_name", "id"], name="clients_by_name"
            ),
        ]

    def __str__(self) -> str:
        return f"client {self.pk}"

    @property
    def full_name(self) -> str:
        """Given name and family name, for screens and letters to the client only."""
        return f"{self.given_name} {self.family_name}"


class AccessGrant(models.Model):
    """A worker opened a client with a reason, for some days.

    `scope` says what: the pages of another worker's client, or contact facts under non-disclosure.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="openings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="openings")
    scope = models.CharField(max_length=8)
    reason = models.CharField(max_length=400)
    valid = DateRangeField()
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            no_overlap("client_is_opened_once_at_a_time", "client", "user", "scope"),
            models.CheckConstraint(
                name="opening_is_of_a_known_scope", condition=Q(scope__in=list(OpeningScope))
            ),
            models.CheckConstraint(name="opening_has_its_reason", condition=~Q(reason="")),
        ]
        indexes = [models.Index(fields=["user", "client"], name="openings_of_a_worker")]


def _at_work(actor: Actor) -> Q:
    """Whom the actor meets as a worker: everyone, or those of an own caseload where it is closed.

    Only case managers have a caseload: who decides, and the software itself, meet everyone.
    """
    working = actor.organisers_where(Permission.SEE_CLIENTS)
    if not working:
        return Q(pk__in=[])
    wide = {
        where
        for where, role in actor.roles
        if where in working
        and role is not Role.CASE_MANAGER
        and Permission.SEE_CLIENTS in ROLES[role].permissions
    }
    narrow = working - wide
    rule = Q(organiser_id__in=wide)
    if narrow:
        rule |= Q(organiser_id__in=Organiser.objects.filter(pk__in=narrow, closed_caseload=False))
        rule |= Q(organiser_id__in=narrow) & _own_caseload(actor, narrow)
    return rule


def _own_caseload(actor: Actor, narrow: frozenset[int]) -> Q:
    user_id = actor.user_id or 0
    rule = Q(case_manager_id__isnull=True) | Q(case_manager_id=user_id)
    for organiser_id, day in actor.days:
        if organiser_id in narrow:
            covers = covered_by(user_id, organiser_id, day)
            towns = Reception.objects.filter(
                organiser_id=organiser_id, user_id=user_id, valid__contains=day
            )
            grants = AccessGrant.objects.filter(
                organiser_id=organiser_id,
                user_id=user_id,
                scope=OpeningScope.PAGES,
                valid__contains=day,
            )
            rule |= Q(organiser_id=organiser_id) & (
                Q(case_manager_id__in=covers.values("user_id"))
                | Q(municipality_code__in=towns.values("municipality_code"))
                | Q(pk__in=grants.values("client_id"))
            )
    return rule


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
