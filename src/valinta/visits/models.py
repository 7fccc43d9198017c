"""Visits: what providers say they did, what came of it, and corrections known later."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q

from valinta.catalogue.models import TimeBand
from valinta.clients.models import Client
from valinta.orders.models import Order, Slice
from valinta.organisers.models import Organiser
from valinta.providers.models import Provider
from valinta.users.actor import Actor
from valinta.visits.checks import Check, Drawing
from valinta.visits.codes import Code
from valinta.visits.files import FilePiece, VisitFile
from valinta.visits.states import VisitState

__all__ = [
    "Batch",
    "Check",
    "Correction",
    "Drawing",
    "FilePiece",
    "Mending",
    "RefusedLine",
    "StartedVisit",
    "Visit",
    "VisitCode",
    "VisitFile",
]


class Batch(models.Model):
    """Lines that came in together: from the form (one line), a file or the API."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT)
    door = models.CharField(max_length=10)
    received_at = models.DateTimeField()
    received_by_id = models.BigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0)
    in_review = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    drawing = models.ForeignKey(
        Drawing, null=True, on_delete=models.PROTECT, related_name="batches", db_index=False
    )

    class Meta:
        verbose_name_plural = "batches"
        indexes = [
            models.Index(
                fields=["organiser"],
                name="batches_to_draw_from",
                condition=Q(drawing__isnull=True),
            ),
        ]


class RefusedLine(models.Model):
    """A line that was not taken: its code, the facts that decided it, and what was sent."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="refused_lines")
    line = models.PositiveIntegerField()
    reference = models.CharField(max_length=60)
    code = models.CharField(max_length=40, choices=[(one, one) for one in Code])
    facts = models.JSONField()
    sent = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="line_is_answered_once"),
        ]


# A rejected visit lets its reference go; one that the provider took back keeps it.
USES_ITS_REFERENCE = ~Q(state=VisitState.REJECTED) | Q(withdrawn_at__isnull=False)


class VisitQuerySet(models.QuerySet["Visit"]):
    """Visits, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """The visits of orders the actor may see."""
        return self.filter(order__in=Order.objects.visible_to(actor))

    def under(self, references: Iterable[str], provider_id: int, organiser_id: int) -> Self:
        """The visits that use these references of a provider, found by the index that keeps each
        to one visit. What the organiser rejected has let its reference go.
        """
        return self.filter(
            USES_ITS_REFERENCE,
            organiser_id=organiser_id,
            provider_id=provider_id,
            reference__in=list(references),
        )

    def of_order(self, order: Order) -> Self:
        """The visits of an order, found through its client: there is no index by order."""
        return self.filter(order=order, client_id=order.client_id)


class Visit(models.Model):
    """A service event. Quantities in hundredths of the unit; prices and values in cents a unit.

    `payable_cents` is what the organiser owes for it, `self_pay_cents` what the client owes the
    provider. `over_budget` marks a subjective right that was paid past an empty pot. A visit that
    the provider took back is rejected and `withdrawn_at` says when; its reference stays used, so
    that a device which sends it once more brings it back for nobody.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, db_index=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, db_index=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, db_index=False)
    slice = models.ForeignKey(Slice, on_delete=models.PROTECT)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, db_index=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_index=False)
    band = models.ForeignKey(TimeBand, on_delete=models.PROTECT, db_index=False)
    reference = models.CharField(max_length=60)
    worker = models.CharField(max_length=40, default="")
    served_on = models.DateField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    quantity_hundredths = models.PositiveIntegerField()
    price_cents = models.PositiveIntegerField()
    payable_cents = models.BigIntegerField()
    self_pay_cents = models.BigIntegerField()
    state = models.CharField(max_length=9, choices=[(one, one) for one in VisitState])
    code = models.CharField(max_length=40, default="")
    over_budget = models.BooleanField(default=False)
    free_by_law = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    reason = models.TextField(default="")
    withdrawn_at = models.DateTimeField(null=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "provider", "reference"],
                condition=USES_ITS_REFERENCE,
                name="reference_is_used_once",
            ),
            models.CheckConstraint(
                name="withdrawn_visit_is_rejected",
                condition=Q(withdrawn_at__isnull=True) | Q(state=VisitState.REJECTED),
            ),
            models.CheckConstraint(
                name="visit_ends_after_it_starts",
                condition=Q(started_at__isnull=True, ended_at__isnull=True)
                | Q(ended_at__gt=models.F("started_at")),
            ),
            models.CheckConstraint(
                name="visit_amounts_are_sane",
                condition=Q(quantity_hundredths__gt=0)
                & Q(payable_cents__gte=0)
                & Q(self_pay_cents__gte=0),
            ),
            models.CheckConstraint(
                name="service_free_by_law_costs_the_client_nothing",
                condition=Q(free_by_law=False) | Q(self_pay_cents=0),
            ),
            models.CheckConstraint(
                name="visit_decided_by_a_person_has_its_moment",
                condition=Q(state__in=[VisitState.ACCEPTED, VisitState.IN_REVIEW])
                | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="disputed_or_rejected_visit_has_its_reason",
                condition=~Q(state__in=[VisitState.DISPUTED, VisitState.REJECTED])
                | ~Q(reason="")
                | Q(withdrawn_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["client", "started_at"], name="visit_by_client_time"),
            models.Index(fields=["organiser", "served_on"], name="visit_by_day"),
            # Few at a time, among millions: what case managers decide on.
            models.Index(
                fields=["client"],
                name="visits_that_need_a_person",
                condition=Q(state__in=[VisitState.DISPUTED, VisitState.IN_REVIEW]),
            ),
            models.Index(
                fields=["provider", "worker", "started_at"],
                name="visit_by_worker_time",
                condition=~Q(worker=""),
            ),
        ]


class Correction(models.Model):
    """A difference found later for a visit, in cents: positive means the provider is owed more.

    Settled months never change; the difference is settled in the open period with its cause.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="corrections")
    cents = models.BigIntegerField()
    cause = models.CharField(max_length=40)
    reason = models.TextField()
    known_at = models.DateTimeField()
    known_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="correction_changes_something", condition=~Q(cents=0)),
        ]


class VisitCode(models.Model):
    """A one-time code that a client shows to a worker. Only a digest of it is kept.

    `closed_at` is when it stopped being good: used, replaced, too old or tried too often. `visit`
    is the one that it showed to have been, once that is reported. A trigger holds that it is of the
    same order, and that it is never another afterwards.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="visit_codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_by_id = models.BigIntegerField(null=True)
    visit = models.OneToOneField(
        Visit, null=True, on_delete=models.PROTECT, related_name="shown_code"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["order"],
                condition=Q(used_at__isnull=False, visit__isnull=True),
                name="used_codes_without_their_visit",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="only_a_used_code_confirms_a_visit",
                condition=Q(visit__isnull=True) | Q(used_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(closed_at__isnull=True),
                name="order_has_one_visit_code_now",
            ),
            models.CheckConstraint(
                name="used_visit_code_is_closed",
                condition=Q(used_at__isnull=True) | Q(closed_at=models.F("used_at")),
            ),
        ]


class StartedVisit(models.Model):
    """A visit that a worker has begun and not ended yet; its line goes in when it ends.

    `reference` is that of the line to come, so whatever device ends it, the visit is one. There is
    no place in it: where the worker is, is nobody's business.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="started_visits")
    user_id = models.BigIntegerField()
    reference = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "provider", "reference"], name="visit_is_started_once"
            ),
            models.UniqueConstraint(
                fields=["order", "user_id"],
                condition=Q(closed_at__isnull=True),
                name="worker_has_one_visit_going_on_for_an_order",
            ),
        ]


class Mending(models.Model):
    """What the provider did about a refused line or a visit that was reported wrongly.

    `visit` is the line that answers it, as it was taken in; None: set aside, or taken back with
    nothing in its place.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    refused = models.OneToOneField(
        RefusedLine, null=True, on_delete=models.CASCADE, related_name="mending"
    )
    withdrawn = models.OneToOneField(
        Visit, null=True, on_delete=models.PROTECT, related_name="mending"
    )
    visit = models.OneToOneField(
        Visit, null=True, on_delete=models.PROTECT, related_name="stands_for"
    )
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mending_is_about_a_line_or_a_visit",
                condition=Q(refused__isnull=False, withdrawn__isnull=True)
                | Q(refused__isnull=True, withdrawn__isnull=False),
            ),
        ]
