"""The audit log: who changed or read what, when and why. Rows are only ever added."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from valinta.organisers.models import Organiser


class Entry(models.Model):
    """One change of state or one reading of a client's data.

    Holds ids and state names, never names, addresses or identity codes. `by_id` is a user's
    id; users live above this room, so the database does not enforce it here. Null is the system.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    by_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    before = models.CharField(max_length=30, default="")
    after = models.CharField(max_length=30, default="")
    client_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=200, default="")
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_by_subject"),
            models.Index(
                fields=["client_id", "id"],
                name="audit_by_client",
                condition=models.Q(client_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="audit_entry_says_what_was_done", condition=~models.Q(verb="")
            ),
        ]
