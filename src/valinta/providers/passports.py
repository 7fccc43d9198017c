"""A company's passport: its own facts and papers, kept once for applications to many organisers.

No organiser owns it. What is handed in to one of them is a copy, which that organiser judges.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from valinta.users.models import User


class Passport(models.Model):
    """The facts of a company as its people last wrote them, by its business id.

    `facts` has the names of `application_actions.Company`. Whoever keeps it sees it, and once the
    company is approved somewhere, its administrators do (the database's rule says the same).
    """

    business_id = models.CharField(max_length=9)
    keeper = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business_id", "keeper"], name="keeper_has_one_passport_of_a_company"
            ),
            models.CheckConstraint(
                name="passport_has_a_business_id", condition=Q(business_id__regex=r"^\d{7}-\d$")
            ),
        ]

    def __str__(self) -> str:
        return self.business_id


class PassportPaper(models.Model):
    """A paper or words that show a condition, to be handed in again. The newest of each counts."""

    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="papers")
    condition = models.CharField(max_length=60)
    words = models.TextField(default="")
    name = models.CharField(max_length=120, default="")
    content_type = models.CharField(max_length=20, default="")
    content = models.BinaryField(default=b"")
    sha256 = models.CharField(max_length=64, default="")
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="passport_paper_is_a_file_or_words",
                condition=~Q(words="") | (~Q(name="") & ~Q(sha256="") & Q(issued_on__isnull=False)),
            )
        ]

    def age_on(self, day: date) -> int | None:
        """How old the paper is on a day, in days; None when it has no day."""
        return None if self.issued_on is None else (day - self.issued_on).days
