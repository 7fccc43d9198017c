"""What a company has inside it: units, and changes of the bank account that are under way."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from valinta.organisers.models import Organiser
from valinta.providers.companies import Provider


class Unit(models.Model):
    """A place or a team of a company, during a half-open period of days."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, default="")
    phone = models.CharField(max_length=30, default="")
    valid = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="unit_has_a_name", condition=~Q(name="")),
            # For the keys of `providers.schema`: what names a unit names its company too.
            models.UniqueConstraint(fields=["id", "provider"], name="unit_is_of_one_company"),
            models.UniqueConstraint(
                fields=["provider", "name"],
                condition=Q(valid__endswith__isnull=True),
                name="unit_of_a_company_has_its_own_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AccountChange(models.Model):
    """Another bank account for a company: asked by one person, confirmed by another, then waited.

    It is taken into use on `takes_effect_on`, a day that is known from the confirmation. The
    organiser is the one with whom it was asked; the account is the company's everywhere.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, default="")
    asked_at = models.DateTimeField()
    asked_by_id = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_id = models.BigIntegerField(null=True)
    takes_effect_on = models.DateField(null=True)
    applied_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_change_has_two_people",
                condition=Q(confirmed_at__isnull=True)
                | Q(asked_by_id__isnull=True)
                | Q(confirmed_by_id__isnull=True)
                | ~Q(confirmed_by_id=F("asked_by_id")),
            ),
            models.CheckConstraint(
                name="account_change_waits_from_its_confirmation",
                condition=Q(confirmed_at__isnull=True, takes_effect_on__isnull=True)
                | Q(confirmed_at__isnull=False, takes_effect_on__isnull=False),
            ),
            models.CheckConstraint(
                name="account_change_is_applied_after_both",
                condition=Q(applied_at__isnull=True)
                | Q(confirmed_at__isnull=False, withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["provider"],
                condition=Q(applied_at__isnull=True, withdrawn_at__isnull=True),
                name="company_changes_one_account_at_a_time",
            ),
        ]
