"""What providers' systems are told without asking: subscriptions, events, and each sending."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from valinta.api.systems import ApiClient
from valinta.organisers.models import Organiser
from valinta.providers.models import Provider


class EventKind(StrEnum):
    """What can be told. The names are part of API v1 and stay."""

    ORDER_PLACED = "order.placed"
    ORDER_ACCEPTED = "order.accepted"
    ORDER_DECLINED = "order.declined"
    ORDER_CHANGED = "order.changed"
    ORDER_ENDED = "order.ended"
    VISIT_CALLED_OFF = "visit.called_off"
    VISIT_CONFIRMED = "visit.confirmed"
    VISIT_DISPUTED = "visit.disputed"
    VISIT_ACCEPTED = "visit.accepted"
    VISIT_REJECTED = "visit.rejected"
    VISIT_CORRECTED = "visit.corrected"
    VISIT_DRAWN = "visit.drawn"
    VISIT_CHECKED = "visit.checked"
    STATEMENT_APPROVED = "statement.approved"
    PAYMENT_PAID = "payment.paid"
    PAYMENT_RETURNED = "payment.returned"
    TEST = "test"


class SendingState(StrEnum):
    """An event on its way waits (perhaps after a failed try), has arrived, or was given up."""

    WAITING = "waiting"
    ARRIVED = "arrived"
    GIVEN_UP = "given_up"


class Subscription(models.Model):
    """An address of a provider's system that is told of events of these kinds.

    The secret that signs is made from the installation's key, this row and `generation`: it is kept
    nowhere. `paused_at`: it failed for too long; `resume` starts it again. Ended ones are kept.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="subscriptions")
    address = models.CharField(max_length=500)
    kinds = ArrayField(models.CharField(max_length=20))
    generation = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organiser", "provider"],
                condition=Q(ended_at__isnull=True),
                name="subscriptions_in_use",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="subscription_is_for_known_events",
                condition=Q(kinds__contained_by=[str(one) for one in EventKind], kinds__len__gt=0),
            ),
        ]


class Event(models.Model):
    """Something that happened to a provider's thing: kind, what, and when. No person's data.

    Written by the database itself with the row of the audit log that tells the same, so it is there
    exactly when the thing happened; and only where somebody subscribes to it.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(one, one) for one in EventKind])
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()


class Sending(models.Model):
    """One event on its way to one address: the tries so far, and what came of the last one.

    `outcome` is an HTTP status, or a word for what went wrong before there was one.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, db_index=False)
    subscription = models.ForeignKey(
        Subscription, on_delete=models.PROTECT, related_name="sendings"
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sendings")
    state = models.CharField(
        max_length=8, choices=[(one, one) for one in SendingState], default=SendingState.WAITING
    )
    tries = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=40, default="")
    tried_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "event"], name="event_is_told_once_to_an_address"
            ),
        ]
