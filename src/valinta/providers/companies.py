"""Providers, and each organiser's own approval of them. A provider is one company for everyone."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from valinta.ledger.models import Account
from valinta.organisers.models import Organiser
from valinta.programmes.models import Programme, Rulebook, no_overlap
from valinta.providers.levels import Level
from valinta.users.actor import Actor
from valinta.users.models import User


class Sector(StrEnum):
    """Who is behind a provider (KAI-5)."""

    PUBLIC = "public"
    PRIVATE = "private"
    THIRD = "third_sector"


class Provider(models.Model):
    """A company, association or public unit that gives services.

    Shared by all organisers: one set of facts. The bank account is the only kind of account that
    payments can go to. `descriptions` are by language (fi, sv, en) and `contact` has `phone`,
    `email` and `web`: what anyone may read on the provider's page.
    """

    business_id = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=140)
    sector = models.CharField(max_length=12, choices=[(one, one) for one in Sector])
    size_class = models.CharField(max_length=10, default="micro")
    founded_year = models.PositiveSmallIntegerField()
    languages = ArrayField(models.CharField(max_length=3), default=list)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, default="")
    postal_address = models.JSONField(default=dict)
    descriptions = models.JSONField(default=dict)
    contact = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="provider_business_id_has_its_shape",
                condition=models.Q(business_id__regex=r"^\d{7}-\d$"),
            ),
            models.CheckConstraint(
                name="provider_sector_is_known", condition=models.Q(sector__in=list(Sector))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """A user who works for a provider, at a level, during a half-open period of days.

    One with a `unit` works there and sees of the company what is the unit's; an administrator signs
    for the whole. Another level or unit is another row, so the past stays as it was.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="workers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(
        max_length=6, choices=[(one, one) for one in Level], default=Level.WORKER
    )
    # The foreign key of `providers.schema` holds: the unit is the provider's.
    unit = models.ForeignKey(
        "providers.Unit",
        null=True,
        on_delete=models.PROTECT,
        related_name="people",
        db_constraint=False,
    )
    valid = DateRangeField()

    class Meta:
        constraints = [
            no_overlap("worker_is_listed_once", "provider", "user"),
            models.CheckConstraint(
                name="worker_level_is_known", condition=models.Q(level__in=list(Level))
            ),
            models.CheckConstraint(
                name="administrator_is_of_the_whole_company",
                condition=models.Q(unit__isnull=True) | ~models.Q(level=Level.ADMIN),
            ),
        ]


class ProviderAccount(models.Model):
    """What an organiser owes a provider: one payable account for the two."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="accounts")
    payable = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "provider"], name="provider_has_one_payable_account"
            )
        ]


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Approvals, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """Whoever has a role with the organiser sees them: who is approved is no secret there."""
        return self.filter(organiser_id__in=actor.organiser_ids)


class Approval(models.Model):
    """An organiser lets a provider into a programme for a period, on a rulebook version.

    `municipality_codes` says where the provider works; null means everywhere in the programme.
    From `suspended_on` it gets no new orders. `end_reason` says why an approval was withdrawn.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="approvals")
    rulebook = models.ForeignKey(Rulebook, on_delete=models.PROTECT)
    rulebook_accepted_at = models.DateTimeField()
    register = models.CharField(max_length=40)
    register_number = models.CharField(max_length=40)
    approved_at = models.DateTimeField()
    approved_by_id = models.BigIntegerField(null=True)
    municipality_codes = ArrayField(models.CharField(max_length=3), null=True)
    suspended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=400, default="")
    valid = DateRangeField()

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            no_overlap("provider_is_approved_once", "programme", "provider"),
            models.CheckConstraint(
                name="approved_provider_is_in_a_register",
                condition=~models.Q(register_number=""),
            ),
        ]
