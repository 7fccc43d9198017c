"""What a client thinks over before ordering, and what they ask for that the tray does not have."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from valinta.catalogue.models import Offer, Service
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import MandateScope
from valinta.organisers.models import Organiser
from valinta.providers.models import Application
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Permission
from valinta.wishes.states import BasketState, RequestKind, RequestState


class BasketQuerySet(models.QuerySet["Basket"]):
    """Baskets, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the clients whose money the actor may see."""
        sees = (MandateScope.SEE, MandateScope.SEE_BUDGET)
        return self.filter(client__in=Client.objects.visible_to(actor, *sees))


class Basket(models.Model):
    """Services and amounts put together to see what they would cost (KEU-6). Holds no money."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="baskets")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="baskets")
    name = models.CharField(max_length=60)
    state = models.CharField(max_length=9, choices=[(one, one) for one in BasketState])
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    wished_at = models.DateTimeField(null=True)
    words = models.TextField(default="")

    objects = BasketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="basket_state_is_known", condition=Q(state__in=list(BasketState))
            ),
            models.CheckConstraint(name="basket_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="wished_basket_has_its_moment",
                condition=~Q(state=BasketState.WISH) | Q(wished_at__isnull=False),
            ),
        ]


class BasketLine(models.Model):
    """One service of a basket: from whom (null: not chosen yet), how much, and in which months.

    `quantities` are hundredths of the unit by time band. With `each_month` that much is for each
    of `months` calendar months from `first_month` (its first day) on, otherwise once in that month.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="lines")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="+")
    quantities = models.JSONField()
    each_month = models.BooleanField()
    first_month = models.DateField()
    months = models.PositiveSmallIntegerField()
    ordered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="basket_line_begins_on_the_first_of_a_month",
                condition=Q(first_month__day=1),
            ),
            models.CheckConstraint(
                name="basket_line_is_for_a_month_or_more",
                condition=Q(months__gte=1) & (Q(each_month=True) | Q(months=1)),
            ),
        ]


class TrayRequestQuerySet(models.QuerySet["TrayRequest"]):
    """Requests, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the clients whose plan the actor may see, and all to who answers requests."""
        answering = actor.organisers_where(Permission.ANSWER_REQUESTS)
        sees = (MandateScope.SEE, MandateScope.SEE_PLAN)
        clients = Client.objects.visible_to(actor, *sees)
        return self.filter(Q(client__in=clients) | Q(organiser_id__in=answering))


class TrayRequest(models.Model):
    """Somebody asks for a service or a provider that is not in the tray (KEU-8).

    What came of it: an `application` that a provider sent, an `offer` that is in the tray now.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="tray_requests")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="tray_requests")
    kind = models.CharField(max_length=8, choices=[(one, one) for one in RequestKind])
    words = models.TextField()
    municipality_code = models.CharField(max_length=3, default="")
    state = models.CharField(max_length=12, choices=[(one, one) for one in RequestState])
    answer = models.TextField(default="")
    asked_at = models.DateTimeField()
    application = models.ForeignKey(
        Application, null=True, on_delete=models.PROTECT, related_name="tray_requests"
    )
    offer = models.ForeignKey(
        Offer, null=True, on_delete=models.PROTECT, related_name="tray_requests"
    )

    objects = TrayRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="request_says_what_is_wanted", condition=~Q(words="")),
            models.CheckConstraint(
                name="request_state_is_known", condition=Q(state__in=list(RequestState))
            ),
            models.CheckConstraint(
                name="answered_request_has_its_answer",
                condition=Q(state__in=[RequestState.RECEIVED, RequestState.LOOKING], answer="")
                | (Q(state__in=[RequestState.FOUND, RequestState.NOT_POSSIBLE]) & ~Q(answer="")),
            ),
        ]


class RequestStep(models.Model):
    """A step of a request: what it came to be, when, and by whom."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    request = models.ForeignKey(TrayRequest, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12, choices=[(one, one) for one in RequestState])
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["taken_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "state"], name="request_is_in_a_state_once"),
        ]
