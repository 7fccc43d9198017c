"""What was mended of a person's facts, each time with what it was and what it is."""

from __future__ import annotations

from django.db import models

from valinta.clients.persons import Client
from valinta.organisers.models import Organiser
from valinta.users.models import User


class Mending(models.Model):
    """Facts of a person were mended: the version that came of it, who did it, when and why.

    `changes` has by field what it was and is. The audit log holds no person's data, so this does.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="mendings")
    version = models.PositiveIntegerField()
    changes = models.JSONField()
    reason = models.CharField(max_length=400, default="")
    mended_at = models.DateTimeField()
    mended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "version"], name="mending_has_its_version"),
        ]
