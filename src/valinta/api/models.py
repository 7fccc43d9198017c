"""The tables of the API: systems and webhooks, how much is asked, answers kept for repetitions."""

from __future__ import annotations

from django.db import models

from valinta.api.hooks import Event, Sending, Subscription
from valinta.api.systems import ApiClient, ApiClientQuerySet
from valinta.organisers.models import Organiser

__all__ = [
    "ApiClient",
    "ApiClientQuerySet",
    "Sending",
    "Event",
    "KeptAnswer",
    "Subscription",
    "Usage",
]


class Usage(models.Model):
    """How often a system asked in the minute that began at `since`: the rate limit's count."""

    client = models.OneToOneField(ApiClient, primary_key=True, on_delete=models.CASCADE)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, db_index=False)
    since = models.DateTimeField()
    requests = models.PositiveIntegerField()


class KeptAnswer(models.Model):
    """The answer to a request with an Idempotency-Key, given again when the request is repeated.

    `fingerprint` is of what was sent. `status` is null while the first one is being worked on. The
    body is packed by zlib. Removed after a day.
    """

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="+")
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, db_index=False)
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    content_type = models.CharField(max_length=60, default="")
    body = models.BinaryField(default=b"")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="kept_answers_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], name="key_is_used_for_one_request"),
        ]
