"""The organiser: a wellbeing services county, joint authority or municipality. It is the tenant."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Organiser(models.Model):
    """Who arranges services, decides, and pays. Every row of a tenant points to one.

    `business_id` is the Finnish Y-tunnus, `ovt` the e-invoice address (OVT-tunnus, 12-17 digits).
    """

    code = models.SlugField(max_length=40, unique=True)
    name_fi = models.CharField(max_length=200)
    name_sv = models.CharField(max_length=200)
    business_id = models.CharField(max_length=9)
    ovt = models.CharField(max_length=17)
    einvoice_operator_name = models.CharField(max_length=100)
    einvoice_operator_code = models.CharField(max_length=35)
    scanning_address = ArrayField(models.CharField(max_length=100))
    paying_iban = models.CharField(max_length=34)
    paying_bic = models.CharField(max_length=11)
    postal_address = models.JSONField(default=dict)
    language = models.CharField(max_length=2, default="fi")
    # Whether another worker's clients are opened with a reason only, and for how many days then.
    closed_caseload = models.BooleanField(default=False)
    opening_days = models.PositiveSmallIntegerField(default=1)
    # For trying things out: made-up clients, seen by nobody else, and nothing is ever paid.
    sandbox = models.BooleanField(default=False)
    # Set only by the demo: the day this organiser's people live in.
    demo_today = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organiser_business_id_has_its_shape",
                condition=models.Q(business_id__regex=r"^\d{7}-\d$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name_fi

    def name(self, language: str) -> str:
        """The organiser's name in the reader's language; English readers get the Finnish one."""
        return self.name_sv if language == "sv" else self.name_fi
