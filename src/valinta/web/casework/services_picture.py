"""The client's orders for the worker: their days and money, and what waits for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from valinta.clients.models import Client
from valinta.messages.models import Thread
from valinta.orders.calendar import WeeklyVisit, from_json
from valinta.orders.models import Order, OrderKind
from valinta.orders.states import OPEN
from valinta.processes.review_visit import prices_known_now
from valinta.users.actor import Actor
from valinta.visits.models import Visit
from valinta.visits.states import VisitState

NEEDS_A_PERSON = (VisitState.IN_REVIEW, VisitState.DISPUTED)
SHOWN = 100


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order: its last day (None: open), whether it goes on, its week, and cents held now.

    `lacking` are the cents that lack at a price told after it was placed.
    """

    order: Order
    last_on: date | None
    is_open: bool
    is_ending: bool
    week: tuple[WeeklyVisit, ...]
    held: int
    lacking: int

    @property
    def state(self) -> str:
        """The order's state."""
        return str(self.order.state)

    @property
    def ending(self) -> bool:
        """Whether its end has been moved."""
        return self.is_ending

    @property
    def over(self) -> bool:
        """Whether its days are over or it is closed."""
        return not self.is_open

    @property
    def is_one_off(self) -> bool:
        """Whether it is one purchase and not for a period."""
        return self.order.kind == OrderKind.ONE_OFF


@dataclass(frozen=True, slots=True)
class Review:
    """A visit that waits for a person: what is talked about it, and the price known now (cents)."""

    visit: Visit
    threads: tuple[Thread, ...]
    price_now: int | None
    captured: bool


def orders_of(client: Client, today: date) -> tuple[QuerySet[Order], QuerySet[Order]]:
    """The client's orders that go on, and those that are over, each the newest first."""
    rows = (
        Order.objects.filter(client=client)
        .select_related("service", "provider")
        .annotate(
            held=Sum(F("slices__hold__credits") - F("slices__hold__debits")),
            lacking=lacking_of(today),
        )
        .order_by("-placed_at", "-pk")
    )
    going = Q(state__in=OPEN, valid__overlap=(today, None))
    return rows.filter(going), rows.exclude(going)


def lacking_of(today: date) -> Coalesce:
    """What an order lacks at a new price in months that are not over, in cents, for `annotate`."""
    now = Q(slices__valid__overlap=(today, None)) & Q(slices__valid__overlap=F("valid"))
    return Coalesce(Sum("slices__lacking_cents", filter=now), 0)


def order_rows(orders: Iterable[Order], today: date) -> list[OrderRow]:
    """The orders as they are listed."""
    return [_row(one, today) for one in orders]


def _row(order: Order, today: date) -> OrderRow:
    held: int | None = getattr(order, "held", 0)
    upper: date | None = order.valid.upper
    going = order.state in OPEN and (upper is None or upper > today)
    return OrderRow(
        order=order,
        last_on=upper and upper - timedelta(days=1),
        is_open=going,
        is_ending=going and order.close_reason != "",
        week=from_json(order.pattern),
        held=held or 0,
        lacking=getattr(order, "lacking", 0) if going else 0,
    )


def waiting_visits(**which: object) -> QuerySet[Visit]:
    """Visits that wait for a person, those of disputes first, the oldest first."""
    return (
        Visit.objects.filter(Q(state__in=NEEDS_A_PERSON), **which)
        .select_related(
            "client", "provider", "band", "slice__voucher", "order__service",
            "order__enrolment__programme",
        )
        .order_by("state", "recorded_at", "pk")
    )  # fmt: skip


def reviews(visits: list[Visit], reader: Actor) -> list[Review]:
    """The visits with their threads and prices, in two queries."""
    threads = Thread.objects.visible_to(reader).filter(visit__in=visits).order_by("opened_at", "pk")
    said = list(threads)
    prices = prices_known_now(visits)
    return [
        Review(
            one,
            tuple(thread for thread in said if thread.visit_id == one.pk),
            prices.get(one.pk),
            one.state == VisitState.DISPUTED,
        )
        for one in visits
    ]
