"""The visits of a day as cards: what is planned, what goes on, what is reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from valinta.catalogue.bands import bands_of
from valinta.clients.models import Absence
from valinta.orders.calendar import PlannedVisit, from_json, planned_visits
from valinta.orders.models import Cancellation, Order, Slice
from valinta.orders.states import OrderState
from valinta.shared.periods import Period
from valinta.visits.models import StartedVisit, Visit
from valinta.visits.states import VisitState
from valinta.web.provider.opening import CompanyPage
from valinta.web.provider.visit_forms import HOUR, short_name
from valinta.web.provider.visit_scope import new_reference, own_orders, own_visits

ON_A_PAGE = 40
# So many orders are put in the order of their visits' times; more would take too long.
MOST_AT_ONCE = 60


@dataclass(frozen=True, slots=True)
class Card:
    """A visit of the day. `reference` is that of the line to come, or of the one that is there.

    `left` is how much of the order's month is not reported yet, in hundredths of the unit.
    """

    order: Order
    reference: str
    left: int | None = None
    planned: PlannedVisit | None = None
    visit: Visit | None = None
    started: StartedVisit | None = None

    @property
    def who(self) -> str:
        return short_name(self.order.client)

    @property
    def by_the_hour(self) -> bool:
        return self.order.service.unit == HOUR

    @property
    def key(self) -> str:
        """What names the card in the page."""
        return f"{self.order.pk}-{self.reference}"

    @property
    def begins(self) -> time:
        """The time of day by which cards are in order."""
        if self.visit is not None:
            return _clock(self.visit.started_at)
        if self.started is not None:
            return _clock(self.started.started_at)
        return self.planned.starts if self.planned else time.max


@dataclass(frozen=True, slots=True)
class Day:
    """A day of visits: the cards, and the orders in use that have none planned on it."""

    on: date
    cards: Page[Card]
    others: list[Order]


def day_of(page: CompanyPage, asked: date | None, number: str) -> Day:
    """The day that is asked for, or today as each organiser has it; a fixed number of queries.

    A few orders make cards in the order of their times; of many the database gives a page in the
    order of their clients' names, and those without a plan are looked for where visits are entered.
    """
    days = {one.pk: asked or page.now(one).date() for one in page.organisers}
    rows = _in_use(page, days)
    some = list(rows.order_by("pk")[: MOST_AT_ONCE + 1])
    on = asked or page.today
    if len(some) <= MOST_AT_ONCE:
        cards, others = _cards(page, some, days)
        return Day(on, Paginator(cards, ON_A_PAGE).get_page(number), others)
    part = Paginator(_of_the_day(page, rows, days), ON_A_PAGE).get_page(number)
    shown: Any = part
    shown.object_list = _cards(page, list(part), days)[0]
    return Day(on, shown, [])


def _of_the_day(page: CompanyPage, rows: QuerySet[Order], days: dict[int, date]) -> QuerySet[Order]:
    """Those that have a visit on the day: one that goes on, is reported, or is planned."""
    goes_on = StartedVisit.objects.filter(
        order=OuterRef("pk"), user_id=page.request.actor.user_id or 0, closed_at__isnull=True
    )
    rule = Q(Exists(goes_on))
    for organiser_id, on in days.items():
        reported = own_visits(page).filter(organiser_id=organiser_id, served_on=on)
        rule |= Q(organiser_id=organiser_id, pattern__contains=[{"weekday": on.isoweekday()}])
        rule |= Q(pk__in=reported.order_by().values("order_id"))
    names = ("client__family_name", "client__given_name", "pk")
    return rows.filter(rule).annotate(goes_on=Exists(goes_on)).order_by("-goes_on", *names)


def _cards(
    page: CompanyPage, orders: Sequence[Order], days: dict[int, date]
) -> tuple[list[Card], list[Order]]:
    """The cards of these orders, and the orders that have none."""
    off = _off(orders, days)
    visits = _reported(page, orders, days)
    going_on = _going_on(page, orders)
    left = _left(orders, days)
    cards, others = list[Card](), list[Order]()
    rules = bands_of({one.offer_id: one.service for one in orders})
    for order in orders:
        on = days[order.organiser_id]
        made = [Card(order, one.reference, visit=one) for one in visits[order.pk]]
        made += [Card(order, one.reference, started=one) for one in going_on[order.pk]]
        week = from_json(order.pattern)
        planned = (
            []
            if (order.pk, order.client_id) in off
            else list(
                planned_visits(
                    week, Period(on, _next(on)), order.service.unit, rules[order.offer_id]
                )
            )
        )
        month = left.get(order.pk)
        made += [Card(order, new_reference(), month, one) for one in planned[len(made) :]]
        cards += made
        if not made:
            others.append(order)
    # What goes on is first: it is what the reader came for.
    cards.sort(key=lambda one: (one.started is None, one.begins, one.order.pk))
    return cards, sorted(others, key=lambda one: short_name(one.client))


def _in_use(page: CompanyPage, days: dict[int, date]) -> QuerySet[Order]:
    rule = Q(pk__in=[])
    for organiser_id, on in days.items():
        rule |= Q(organiser_id=organiser_id, valid__contains=on)
    return own_orders(page).filter(rule, state__in=[OrderState.ACCEPTED, OrderState.ENDED])


def _off(orders: Sequence[Order], days: dict[int, date]) -> set[tuple[int, int]]:
    """The orders (with their clients) that have no visit on the day: called off, or away."""
    dates = set(days.values())
    called = {
        (pk, on)
        for pk, on in Cancellation.objects.filter(
            order__in=[one.pk for one in orders], served_on__in=dates
        ).values_list("order_id", "served_on")
    }
    away = list(Absence.objects.filter(client__in={one.client_id for one in orders}))
    return {
        (one.pk, one.client_id)
        for one in orders
        for on in [days[one.organiser_id]]
        if (one.pk, on) in called
        or any(absent.client_id == one.client_id and on in absent.valid for absent in away)
    }


def _reported(
    page: CompanyPage, orders: Sequence[Order], days: dict[int, date]
) -> dict[int, list[Visit]]:
    rows = own_visits(page).filter(
        client_id__in={one.client_id for one in orders}, served_on__in=set(days.values())
    )
    found: dict[int, list[Visit]] = defaultdict(list)
    for one in rows.exclude(state=VisitState.REJECTED).order_by("started_at", "pk"):
        if one.served_on == days[one.organiser_id]:
            found[one.order_id].append(one)
    return found


def _going_on(page: CompanyPage, orders: Sequence[Order]) -> dict[int, list[StartedVisit]]:
    found: dict[int, list[StartedVisit]] = defaultdict(list)
    rows = StartedVisit.objects.filter(
        order__in=[one.pk for one in orders],
        user_id=page.request.actor.user_id or 0,
        closed_at__isnull=True,
    )
    for one in rows.order_by("started_at"):
        found[one.order_id].append(one)
    return found


def _left(orders: Sequence[Order], days: dict[int, date]) -> dict[int, int]:
    """How much of each order's part of the month is not reported yet."""
    rule = Q(pk__in=[])
    for organiser_id, on in days.items():
        rule |= Q(organiser_id=organiser_id, valid__contains=on)
    parts = list(Slice.objects.filter(rule, order__in=[one.pk for one in orders]))
    done = dict(
        Visit.objects.filter(slice__in=[one.pk for one in parts])
        .exclude(state=VisitState.REJECTED)
        .values("slice_id")
        .annotate(sum=Sum("quantity_hundredths"))
        .values_list("slice_id", "sum")
    )
    return {one.order_id: max(one.quantity_hundredths - done.get(one.pk, 0), 0) for one in parts}


def _next(on: date) -> date:
    return date.fromordinal(on.toordinal() + 1)


def _clock(moment: datetime | None) -> time:
    return timezone.localtime(moment).time() if moment else time.min
