"""The orders of an approval that was ended, as they are ended one client after the other."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from valinta.organisers.models import Organiser
from valinta.providers.companies import Approval


class WithdrawalWork(models.Model):
    """How far the orders of an approval have been ended, and what each client is told.

    `by_company`: the company leaves by itself, and what is told comes from it. `orders` go on on
    `ends_on` when it begins; `done` of them have been ended.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="withdrawals")
    ends_on = models.DateField()
    reason = models.CharField(max_length=500)
    words = models.TextField(default="")
    tells = models.BooleanField()
    by_company = models.BooleanField()
    begun_at = models.DateTimeField()
    begun_by_id = models.BigIntegerField(null=True)
    orders = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="withdrawal_ends_no_more_orders_than_there_are",
                condition=Q(done__lte=F("orders")),
            ),
            models.UniqueConstraint(
                fields=["approval"],
                condition=Q(finished_at__isnull=True),
                name="approval_is_withdrawn_once_at_a_time",
            ),
        ]
