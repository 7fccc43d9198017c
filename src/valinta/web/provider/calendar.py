"""The company's week: whose visits are planned on which day, and what is called off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F, Func, IntegerField, QuerySet, Sum
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from valinta.catalogue.bands import bands_of
from valinta.clients.models import Absence
from valinta.orders.calendar import PlannedVisit, from_json, planned_visits
from valinta.orders.models import Cancellation, Order
from valinta.orders.states import OrderState
from valinta.programmes.ranges import as_range
from valinta.shared.periods import Period
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.run_scope import PURPOSE, orders_with_terms
from valinta.web.provider.today_picture import MOST_AT_ONCE
from valinta.web.provider.visit_scope import by_client

WEEK = timedelta(days=7)
ON_A_DAY = 40
# Of many orders each day shows the beginning; the day's own page has it whole.
A_BEGINNING = 12
UNPLANNED = 40


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit of the week. `off`: called off, or the client is away."""

    order: Order
    visit: PlannedVisit
    off: bool


@dataclass(slots=True)
class Day:
    """A day of the week with its visits in order of time."""

    on: date
    visits: list[Planned] = field(default_factory=list)
    # How many there are beyond those that are shown; the day's own page has them.
    more: int = 0


@require_GET
def week(request: Request, provider_id: int) -> HttpResponse:
    """The week of a day in the address, else this week; a worker's is of own clients."""
    page = open_company(request, provider_id, Permission.SEE_OWN_ORDERS, PURPOSE)
    asked = _asked(request.GET.get("day", ""), page.today)
    monday = asked - timedelta(days=asked.weekday())
    days, listed, more = _week(page, Period(monday, monday + WEEK))
    shown = [one.order.client for day in days for one in day.visits]
    page.note_people(shown + [one.client for one in listed])
    facts = {
        "days": days,
        "unplanned": listed,
        "more_unplanned": more,
        "monday": monday,
        "before": monday - WEEK,
        "after": monday + WEEK,
    }
    return page.show("provider/calendar.html", facts)


def _week(page: CompanyPage, period: Period) -> tuple[list[Day], list[Order], int]:
    """The days, orders in use that have no weekly plan, and how many more there are of those.

    A fixed number of queries. Of many orders the database gives each day's first by their clients'
    names; of a few they are in the order of their times.
    """
    rows = orders_with_terms(page).filter(
        state=OrderState.ACCEPTED, valid__overlap=as_range(period)
    )
    some = list(rows.order_by("pk")[: MOST_AT_ONCE + 1])
    days = [Day(period.starts_on + timedelta(days=turn)) for turn in range(WEEK.days)]
    if len(some) <= MOST_AT_ONCE:
        _plan(days, {day.on: [one for one in some if day.on in one.valid] for day in days})
        unplanned = [one for one in some if not one.pattern]
        return days, unplanned[:UNPLANNED], max(len(unplanned) - UNPLANNED, 0)
    listed: dict[date, list[Order]] = {}
    for day in days:
        those = rows.filter(valid__contains=day.on, pattern__contains=[_weekday(day.on)])
        listed[day.on] = by_client(those, A_BEGINNING)
        day.more = _visits_on(those, day.on) - sum(
            one["weekday"] == day.on.isoweekday()
            for order in listed[day.on]
            for one in order.pattern
        )
    _plan(days, listed)
    plain = rows.filter(pattern=[])
    return days, by_client(plain, UNPLANNED), max(plain.count() - UNPLANNED, 0)


def _visits_on(those: QuerySet[Order], on: date) -> int:
    """How many visits their weeks have on the day."""
    found = those.order_by().aggregate(
        all=Sum(
            Func(
                F("pattern"),
                template="jsonb_array_length(jsonb_path_query_array(%(expressions)s,"
                f" '$[*] ? (@.weekday == {on.isoweekday()})'))",
                output_field=IntegerField(),
            )
        )
    )
    return int(found["all"] or 0)


def _weekday(on: date) -> dict[str, int]:
    """What an order's week has of the day, as it is kept."""
    return {"weekday": on.isoweekday()}


def _plan(days: Sequence[Day], listed: Mapping[date, Sequence[Order]]) -> None:
    """Put the visits of the day's orders into each day, in order of time, as many as are shown."""
    found = list({one.pk: one for orders in listed.values() for one in orders}.values())
    called = set(
        Cancellation.objects.filter(
            order__in=[one.pk for one in found], served_on__gte=days[0].on
        ).values_list("order_id", "served_on")
    )
    away = list(Absence.objects.filter(client__in={one.client_id for one in found}))
    rules = bands_of({one.offer_id: one.service for one in found})
    for day in days:
        only = Period(day.on, day.on + timedelta(days=1))
        for order in listed[day.on]:
            week_of = from_json(order.pattern)
            for visit in planned_visits(week_of, only, order.service.unit, rules[order.offer_id]):
                off = (order.pk, day.on) in called or any(
                    one.client_id == order.client_id and day.on in one.valid for one in away
                )
                day.visits.append(Planned(order, visit, off))
        day.visits.sort(key=lambda one: (one.visit.starts, one.order.pk))
        day.more += max(len(day.visits) - ON_A_DAY, 0)
        del day.visits[ON_A_DAY:]


def _asked(text: str, today: date) -> date:
    """The day asked for, within two years of today."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs((day - today).days) < 730 else today
