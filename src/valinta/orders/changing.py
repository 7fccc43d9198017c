"""What changed for clients during the way, as it was done, and who has to find another provider."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from valinta.clients.models import Client, Enrolment
from valinta.orders.states import ChangeKind
from valinta.organisers.models import Organiser


class Change(models.Model):
    """A guided change: from which day, until which (exclusive, null: for good), and why.

    `proof` says how the client said so and where that is kept. `facts` holds ids, days, codes and
    cents: what the change did, so that it can be shown, moved or taken back. `finished_at` is when
    what could be taken back was ended for good.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="changes")
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=[(one, one) for one in ChangeKind])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, default="")
    proof = models.CharField(max_length=500, default="")
    facts = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.BigIntegerField(null=True)
    undone_reason = models.CharField(max_length=500, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="change_is_of_a_known_kind", condition=Q(kind__in=list(ChangeKind))
            ),
            models.CheckConstraint(
                name="change_ends_after_it_begins",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="change_taken_back_has_its_reason",
                condition=Q(undone_at__isnull=True, undone_reason="")
                | (Q(undone_at__isnull=False) & ~Q(undone_reason="")),
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(kind=ChangeKind.DEATH, undone_at__isnull=True),
                name="a_client_dies_once",
            ),
        ]
        indexes = [models.Index(fields=["client", "-made_at"], name="changes_of_a_client")]


class Moving(models.Model):
    """An order that ended because its provider was lost, until the client has chosen another.

    `settled_at`: a new order was placed, or the client wants none, for which `words` say why.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    order = models.OneToOneField("orders.Order", on_delete=models.PROTECT, related_name="moving")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="movings")
    ends_on = models.DateField()
    was_until = models.DateField(null=True)
    reason = models.CharField(max_length=500)
    begun_at = models.DateTimeField()
    begun_by_id = models.BigIntegerField(null=True)
    new_order = models.OneToOneField(
        "orders.Order", null=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField(max_length=500, default="")
    settled_at = models.DateTimeField(null=True)
    settled_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="moving_has_its_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="settled_moving_has_an_order_or_words",
                condition=Q(settled_at__isnull=True, new_order__isnull=True, words="")
                | (Q(settled_at__isnull=False) & (Q(new_order__isnull=False) | ~Q(words=""))),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organiser", "ends_on"],
                condition=Q(settled_at__isnull=True),
                name="clients_not_yet_moved",
            )
        ]
