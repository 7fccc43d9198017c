"""A provider's system at the door: who it is, what it may do, until when."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from valinta.api.scopes import Scope
from valinta.organisers.models import Organiser
from valinta.providers.companies_of import memberships_of
from valinta.providers.models import Provider, Unit
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Permission


class ApiClientQuerySet(models.QuerySet["ApiClient"]):
    """Systems, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of companies that the actor keeps, and all for the organiser's office."""
        keep = Permission.KEEP_COMPANY
        offices = [one for one in actor.organiser_ids if actor.may_for_all(keep, one)]
        rule = Q(organiser_id__in=offices)
        for membership in memberships_of(actor):
            if membership.may(keep):
                where = [one for one in membership.organiser_ids if actor.may(keep, one)]
                rule |= Q(provider=membership.provider, organiser_id__in=where)
        return self.filter(rule)


class ApiClient(models.Model):
    """A system of a provider that signs in by itself for one organiser's affairs, or its unit's.

    `identifier` is public, the secret is kept as a digest only. After a change of the secret the
    former one works until `former_until`. Tokens of an older `generation` no longer count. It works
    until before `ends_on`. `user` stands for it in the audit log and can never sign in to pages.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    # Null: the whole company. `providers.schema` has its key.
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    identifier = models.CharField(max_length=40, unique=True)
    scopes = ArrayField(models.CharField(max_length=20))
    secret_digest = models.CharField(max_length=64)
    former_digest = models.CharField(max_length=64, default="")
    former_until = models.DateTimeField(null=True)
    generation = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    ends_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by_id = models.BigIntegerField(null=True)

    objects = ApiClientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="api_client_has_known_scopes",
                condition=Q(scopes__contained_by=[str(one) for one in Scope], scopes__len__gt=0),
            ),
            models.CheckConstraint(
                name="former_secret_works_for_a_while",
                condition=Q(former_digest="", former_until__isnull=True)
                | (~Q(former_digest="") & Q(former_until__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.identifier

    def works_on(self, day: date) -> bool:
        """Whether it may act on a day; that of a unit as long as the unit is there."""
        if self.unit is not None and day not in self.unit.valid:
            return False
        return self.revoked_at is None and day < self.ends_on

    @property
    def may(self) -> frozenset[Scope]:
        """Its scopes."""
        return frozenset(Scope(one) for one in self.scopes)
