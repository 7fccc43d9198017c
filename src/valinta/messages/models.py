"""Threads between a client and a provider, the case manager or the office; notices of them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from valinta.clients.models import Client, mandates_today
from valinta.clients.states import MandateScope
from valinta.messages.states import Kind, NoticeKind, Route, Side
from valinta.orders.assigning import of_own_clients
from valinta.orders.models import Order
from valinta.organisers.models import Organiser
from valinta.providers.models import Provider
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.users.permissions import Permission, Role
from valinta.visits.models import Visit


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Threads, narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """The client's side of each of their threads, and those whom a thread leads to.

        A thread with a provider is for the two alone: the organiser's people do not read along.
        What is said about a disputed visit is read by its provider and by the caseworkers.
        """
        return self.filter(of_the_clients_side(actor) | of_the_other_side(actor))


def of_the_clients_side(actor: Actor) -> Q:
    """Threads of clients whom the actor is, or all of whose things they may see today."""
    if actor.user_id is None:
        return Q(pk__in=[])
    mandates = mandates_today(actor, MandateScope.SEE)
    return Q(organiser_id__in=actor.organisers_as(Role.CLIENT), client__user_id=actor.user_id) | Q(
        client_id__in=mandates.values("client_id")
    )


def of_the_other_side(actor: Actor) -> Q:
    """Threads that lead to the actor: as caseworker, office, or one of the provider's people today.

    A worker of the provider reads what concerns the clients they serve.
    """
    if actor.user_id is None:
        return Q(pk__in=[])
    write = Permission.WRITE_MESSAGES
    casework = actor.organisers_where(Permission.SEE_CLIENTS) & actor.organisers_where(write)
    rule = Q(
        route__in=[Route.CASE_MANAGER, Route.VISIT],
        organiser_id__in=casework,
        client__in=Client.objects.met_by(actor),
    )
    rule |= Q(route=Route.OFFICE, organiser_id__in=actor.organisers_as(Role.OFFICE))
    rule |= Q(of_own_clients(actor, _in_units), route__in=[Route.PROVIDER, Route.VISIT])
    return rule


def _in_units(units: Any) -> Q:
    """Threads about a visit of these units, or of clients from whom they have an order."""
    orders = Order.objects.filter(
        unit_id__in=units, provider_id=OuterRef("provider_id"), client_id=OuterRef("client_id")
    )
    return Q(visit__order__unit_id__in=units) | Q(Exists(orders), visit__isnull=True)


class Thread(models.Model):
    """A question and what is said about it. `visit`: the visit it is about, when it is about one.

    `last_at` is the moment of the newest message.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="threads")
    route = models.CharField(max_length=12, choices=[(one, one) for one in Route])
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="threads")
    subject = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    opened_by_id = models.BigIntegerField(null=True)
    last_at = models.DateTimeField()

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="thread_leads_to_a_provider_where_its_route_does",
                condition=Q(route__in=[Route.PROVIDER, Route.VISIT], provider__isnull=False)
                | Q(route__in=[Route.CASE_MANAGER, Route.OFFICE], provider__isnull=True),
            ),
            models.CheckConstraint(
                name="talk_about_a_visit_names_it",
                condition=~Q(route=Route.VISIT) | Q(visit__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["visit"],
                condition=Q(route=Route.VISIT),
                name="disputed_visit_has_one_thread",
            ),
            models.CheckConstraint(name="thread_has_a_subject", condition=~Q(subject="")),
        ]
        indexes = [models.Index(fields=["client", "-last_at"], name="threads_of_a_client")]


class Message(models.Model):
    """What one side said. Never edited: what was read stays as it was."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=6, choices=[(one, one) for one in Side])
    words = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="message_says_something", condition=~Q(words="")),
        ]


class Attachment(models.Model):
    """A file sent with a message. Its kind is what its content says; its size is in bytes."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=[(one, one) for one in Kind])
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="attachment_kind_is_known", condition=Q(kind__in=list(Kind))
            ),
        ]


class Glance(models.Model):
    """Up to when a user has read a thread."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="glances")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "user"], name="glance_is_kept_once"),
        ]


class NoticeChoice(models.Model):
    """A user wants an e-mail when there is something new with an organiser. No row: no e-mail.

    The address is used only when it is confirmed by the code that was sent to it. The code is not
    kept: it follows from the `nonce` (see `valinta.messages.addresses`).
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    chosen_at = models.DateTimeField()
    nonce = models.CharField(max_length=32, default="")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organiser", "user"], name="notice_is_chosen_once"),
            models.CheckConstraint(
                name="unconfirmed_address_waits_for_a_code",
                condition=Q(confirmed_at__isnull=False) | ~Q(nonce=""),
            ),
        ]


class Notice(models.Model):
    """An e-mail to send, made in the same transaction as what it tells about (the outbox).

    `taken_at`: a sender has begun with it. It says only that there is something new, or has the
    code that confirms an address.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(
        max_length=4, choices=[(one, one) for one in NoticeKind], default=NoticeKind.NEWS
    )
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["organiser", "made_at"],
                condition=Q(sent_at__isnull=True),
                name="notices_to_send",
            )
        ]
