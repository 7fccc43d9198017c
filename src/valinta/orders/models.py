"""Orders with the money held for them, and what changes for clients during the way."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import JSONField, Q, Value

from valinta.budgets.models import Pot, Voucher
from valinta.catalogue.models import Offer, Service
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import MandateScope
from valinta.ledger.models import Account
from valinta.orders.assigning import Assignment, of_own_clients
from valinta.orders.states import ChangeKind, OrderState
from valinta.organisers.models import Organiser
from valinta.programmes.models import no_overlap
from valinta.providers.models import Provider, Unit
from valinta.users.actor import Actor


class OrderKind(StrEnum):
    """A purchase is one-off or for a period (KEU-9)."""

    ONE_OFF = "one_off"
    PERIOD = "period"


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of clients whose money the actor may see, and of a company those it is theirs to
        see: see `of_own_clients`.
        """
        money = (MandateScope.SEE, MandateScope.SEE_BUDGET)
        rule = Q(client__in=Client.objects.visible_to(actor, *money))
        return self.filter(rule | of_own_clients(actor))


class Order(models.Model):
    """What was ordered. The money is held slice by slice, one slice for each budget month."""

    # The foreign keys of `orders.schema` hold for these together: the enrolment is the client's,
    # the offer is for the service, and both are the organiser's.
    organiser = models.ForeignKey(
        Organiser, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="orders", db_constraint=False
    )
    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, related_name="orders", db_constraint=False
    )
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, db_constraint=False)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="orders")
    # The company's unit that serves it; null: the whole company. `providers.schema` has its key.
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="orders", db_constraint=False
    )
    kind = models.CharField(max_length=8, choices=[(one, one) for one in OrderKind])
    state = models.CharField(max_length=8, choices=[(one, one) for one in OrderState])
    placed_at = models.DateTimeField()
    placed_by_id = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.TextField(default="")
    valid = DateRangeField()
    # The week as `calendar.from_json` reads it; empty when only an amount for a month was agreed.
    pattern = models.JSONField(default=list, db_default=Value([], JSONField()))

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closed_order_has_its_moment",
                condition=Q(
                    state__in=[OrderState.PLACED, OrderState.ACCEPTED], closed_at__isnull=True
                )
                | Q(state__in=[OrderState.DECLINED, OrderState.ENDED], closed_at__isnull=False),
            ),
        ]


class Slice(models.Model):
    """The part of an order that one pot or voucher pays: how much, and what account holds it."""

    # The foreign keys of `orders.schema` hold for these together: the source is the account of the
    # pot or voucher, and that is the organiser's.
    organiser = models.ForeignKey(
        Organiser, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="slices")
    pot = models.ForeignKey(
        Pot, null=True, on_delete=models.PROTECT, related_name="slices", db_constraint=False
    )
    voucher = models.ForeignKey(
        Voucher, null=True, on_delete=models.PROTECT, related_name="slices", db_constraint=False
    )
    source = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    hold = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    quantity_hundredths = models.PositiveIntegerField()
    reserved_cents = models.BigIntegerField()
    # What it costs more, at prices told after the order, than the pot or voucher had. Cents.
    lacking_cents = models.BigIntegerField(default=0, db_default=0)
    valid = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="slice_is_paid_by_a_pot_or_a_voucher",
                condition=Q(pot__isnull=False, voucher__isnull=True)
                | Q(pot__isnull=True, voucher__isnull=False),
            ),
            models.CheckConstraint(
                name="slice_orders_something", condition=Q(quantity_hundredths__gt=0)
            ),
            models.CheckConstraint(
                name="slice_lacks_no_less_than_nothing", condition=Q(lacking_cents__gte=0)
            ),
            no_overlap("slices_of_an_order_do_not_overlap", "order"),
        ]
        indexes = [
            models.Index(
                fields=["organiser"],
                condition=Q(lacking_cents__gt=0),
                name="slices_that_lack_money",
            )
        ]


class Cancellation(models.Model):
    """A visit of a day that was called off, and whether that was within the rulebook's hours."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="cancellations")
    served_on = models.DateField()
    cancelled_at = models.DateTimeField()
    in_time = models.BooleanField()
    cancelled_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "served_on"], name="day_is_cancelled_once"),
        ]


class Rating(models.Model):
    """What a client thinks of the service of an order: one to five stars, and words if they like.

    The words are not public. A changed rating is a new row; the old one is kept, superseded.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="ratings")
    stars = models.PositiveSmallIntegerField()
    words = models.TextField(default="")
    given_at = models.DateTimeField()
    given_by_id = models.BigIntegerField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(superseded_at__isnull=True),
                name="order_has_one_rating_now",
            ),
            models.CheckConstraint(
                name="stars_are_one_to_five", condition=Q(stars__gte=1, stars__lte=5)
            ),
        ]


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
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="moving")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="movings")
    ends_on = models.DateField()
    was_until = models.DateField(null=True)
    reason = models.CharField(max_length=500)
    begun_at = models.DateTimeField()
    begun_by_id = models.BigIntegerField(null=True)
    new_order = models.OneToOneField(Order, null=True, on_delete=models.PROTECT, related_name="+")
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


__all__ = [
    "Assignment",
    "Cancellation",
    "Change",
    "Moving",
    "Order",
    "OrderKind",
    "Rating",
    "Slice",
]
