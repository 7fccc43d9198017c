"""A client's orders as they are shown: the list, and one order with its days, money and visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Prefetch, Q, Sum
from django.utils import timezone

from valinta.catalogue.bands import bands_of
from valinta.clients.models import Client
from valinta.orders.calendar import (
    PlannedVisit,
    WeeklyVisit,
    days_off,
    from_json,
    planned_visits,
)
from valinta.orders.models import Cancellation, Order, OrderKind, Slice
from valinta.orders.states import OPEN
from valinta.rules.bands import BandRules
from valinta.shared.periods import Period
from valinta.visits.models import Visit
from valinta.visits.states import VisitState
from valinta.web.client.ordered import coming_visit
from valinta.web.client.visit_rows import listed

SOON = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order in the list. `ends_on` is the last day; `ending` when that has been moved."""

    id: int
    service: dict[str, str]
    unit: str
    provider: str
    state: str
    one_off: bool
    begins_on: date
    last_on: date | None
    week: tuple[WeeklyVisit, ...]
    next: PlannedVisit | None
    ending: bool
    over: bool


@dataclass(frozen=True, slots=True)
class OrderMonth:
    """A month of an order: cents held at first, used, still held; quantities in hundredths."""

    starts_on: date
    ordered: int
    done: int
    reserved: int
    used: int
    held: int

    @property
    def returned(self) -> int:
        """What has gone back to the budget or voucher."""
        return max(self.reserved - self.used - self.held, 0)


@dataclass(frozen=True, slots=True)
class OrderPicture:
    """One order: its line, its coming days, its months of money, its latest visits."""

    line: OrderLine
    coming: tuple[PlannedVisit, ...]
    off: tuple[date, ...]
    called_off: dict[date, bool]
    months: tuple[OrderMonth, ...]
    visits: tuple[Visit, ...]
    self_pay: int

    @property
    def reserved(self) -> int:
        """What was held at first, in all."""
        return sum(month.reserved for month in self.months)

    @property
    def used(self) -> int:
        """What visits have used, in all."""
        return sum(month.used for month in self.months)

    @property
    def held(self) -> int:
        """What is still held, in all."""
        return sum(month.held for month in self.months)

    @property
    def returned(self) -> int:
        """What has gone back, in all."""
        return sum(month.returned for month in self.months)


def orders_of(client: Client) -> list[Order]:
    """The client's orders with what their lines need, the newest first, in two queries."""
    cancelled = Prefetch("cancellations", Cancellation.objects.order_by("served_on"))
    rows = Order.objects.filter(client=client).select_related("service", "provider")
    return list(rows.prefetch_related(cancelled).order_by("-placed_at", "-pk"))


def order_lines(orders: Sequence[Order], at: datetime) -> list[OrderLine]:
    """The lines of orders with their next visits, in three queries more."""
    bands = bands_of({row.offer_id: row.service for row in orders if row.pattern})
    return [_line(row, bands, at) for row in orders]


def order_picture(order: Order, at: datetime) -> OrderPicture:
    """One order of those that `orders_of` gives, in a fixed number of queries."""
    week = from_json(order.pattern)
    all_bands = bands_of({order.offer_id: order.service} if week else {})
    rest = _soon(order, at) if order.state in OPEN and week else None
    coming, off = _coming(week, rest, order, all_bands)
    called_off = {one.served_on: one.in_time for one in order.cancellations.all()}
    visits = Visit.objects.of_order(order)
    return OrderPicture(
        line=_line(order, all_bands, at),
        coming=coming,
        off=off,
        called_off=called_off,
        months=_months(order),
        visits=tuple(listed(visits).order_by("-served_on", "-pk")[:30]),
        self_pay=visits.exclude(state=VisitState.REJECTED).aggregate(sum=Sum("self_pay_cents"))[
            "sum"
        ]
        or 0,
    )


def _coming(
    week: tuple[WeeklyVisit, ...],
    rest: Period | None,
    order: Order,
    bands: Mapping[int, BandRules],
) -> tuple[tuple[PlannedVisit, ...], tuple[date, ...]]:
    """The planned visits of the days that are left, and those on which there is no service."""
    if rest is None:
        return (), ()
    rules = bands[order.offer_id]
    visits = planned_visits(week, rest, order.service.unit, rules)
    return tuple(visits), tuple(days_off(week, rest, rules))


def _line(order: Order, bands: Mapping[int, BandRules], at: datetime) -> OrderLine:
    is_open = order.state in OPEN
    local = timezone.localtime(at)
    ended = order.valid.upper is not None and order.valid.upper <= at.date()
    return OrderLine(
        id=order.pk,
        service=order.service.names,
        unit=str(order.service.unit),
        provider=order.provider.name,
        state=str(order.state),
        one_off=order.kind == OrderKind.ONE_OFF,
        begins_on=order.valid.lower,
        last_on=order.valid.upper and order.valid.upper - timedelta(days=1),
        week=from_json(order.pattern),
        next=coming_visit(order, bands, local),
        # A change of provider or an end leaves its reason on an order that is still open.
        ending=is_open and order.close_reason != "",
        over=not is_open or ended,
    )


def _soon(order: Order, at: datetime) -> Period | None:
    """The order's days from today on, as far as a calendar is worth showing."""
    today = at.date()
    return Period(order.valid.lower, order.valid.upper).intersection(Period(today, today + SOON))


def _months(order: Order) -> tuple[OrderMonth, ...]:
    counted = ~Q(visit__state=VisitState.REJECTED)
    captured = counted & ~Q(visit__state=VisitState.IN_REVIEW)
    rows = (
        Slice.objects.filter(order=order)
        .annotate(
            done=Sum("visit__quantity_hundredths", filter=counted),
            used=Sum("visit__payable_cents", filter=captured),
            held=F("hold__credits") - F("hold__debits"),
        )
        .order_by("valid")
    )
    return tuple(
        OrderMonth(
            starts_on=row.valid.lower,
            ordered=row.quantity_hundredths,
            done=row.done or 0,
            reserved=row.reserved_cents,
            used=row.used or 0,
            held=row.held,
        )
        for row in rows
    )
