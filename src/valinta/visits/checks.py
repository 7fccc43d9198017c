"""Visits that were drawn for a check: by which numbers, with which chance, and what was found."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from valinta.organisers.models import Organiser
from valinta.providers.models import Provider
from valinta.visits.states import Found


class Drawing(models.Model):
    """One drawing among the visits that came in since the one before.

    The numbers of the visits follow from `seed`, which is made after they came in: nobody knows
    beforehand, and anybody can draw again afterwards. `waiting`: by provider, how many visits have
    gone by without a check.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    drawn_at = models.DateTimeField()
    seed = models.CharField(max_length=64)
    looked_at = models.PositiveIntegerField(default=0)
    drawn = models.PositiveIntegerField(default=0)
    waiting = models.JSONField(default=dict)


class CheckQuerySet(models.QuerySet["Check"]):
    """Checks, narrowed to a company's."""

    def of_company(self, provider_id: int, organiser_ids: frozenset[int]) -> Self:
        """The checks of the visits that the company reported to these organisers."""
        return self.filter(provider_id=provider_id, organiser_id__in=organiser_ids)


class Check(models.Model):
    """A visit that was drawn. `chance` and `number` are in millionths: it is drawn when the number
    is below the chance, or (`by_gap`) when too many visits of the provider had gone by.

    `risks` made the chance greater, each by what the rulebook says.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT)
    drawing = models.ForeignKey(Drawing, on_delete=models.PROTECT, related_name="checks")
    visit = models.OneToOneField(
        "visits.Visit", on_delete=models.PROTECT, related_name="check_made"
    )
    chance = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    by_gap = models.BooleanField()
    risks = models.JSONField()
    found = models.CharField(max_length=5, blank=True, choices=[(one, one) for one in Found])
    found_at = models.DateTimeField(null=True)
    found_by_id = models.BigIntegerField(null=True)
    words = models.TextField(blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="check_is_drawn_by_number_or_by_gap",
                condition=Q(by_gap=True) | Q(number__lt=models.F("chance")),
            ),
            models.CheckConstraint(
                name="check_with_a_finding_has_its_moment",
                condition=Q(found="", found_at__isnull=True)
                | (~Q(found="") & Q(found_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["organiser"], name="checks_to_be_made", condition=Q(found="")),
        ]
