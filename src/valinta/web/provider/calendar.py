"""The company's week: whose visits are planned on which day, and what is called off."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from valinta.catalogue.bands import bands_of
from valinta.clients.models import Absence
from valinta.orders.calendar import PlannedVisit, from_json, planned_visits
from valinta.orders.models import Cancellation, Order
from valinta.orders.states import OrderState
from valinta.programmes.ranges import as_period, as_range
from valinta.shared.periods import Period
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.run_scope import PURPOSE, orders_with_terms

WEEK = timedelta(days=7)
ON_A_DAY = 40
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
    days, unplanned = _week(page, Period(monday, monday + WEEK))
    listed = unplanned[:UNPLANNED]
    shown = [one.order.client for day in days for one in day.visits]
    page.note_people(shown + [one.client for one in listed])
    facts = {
        "days": days,
        "unplanned": listed,
        "more_unplanned": len(unplanned) - len(listed),
        "monday": monday,
        "before": monday - WEEK,
        "after": monday + WEEK,
    }
    return page.show("provider/calendar.html", facts)


def _week(page: CompanyPage, period: Period) -> tuple[list[Day], list[Order]]:
    """The days, and orders in use that have no weekly plan; a fixed number of queries."""
    found = list(
        orders_with_terms(page)
        .filter(state=OrderState.ACCEPTED, valid__overlap=as_range(period))
        .order_by("pk")
    )
    called = set(
        Cancellation.objects.filter(
            order__in=[one.pk for one in found], served_on__gte=period.starts_on
        ).values_list("order_id", "served_on")
    )
    away = list(Absence.objects.filter(client__in={one.client_id for one in found}))
    rules = bands_of({one.offer_id: one.service for one in found})
    days = {
        one.on: one
        for one in (Day(period.starts_on + timedelta(days=turn)) for turn in range(WEEK.days))
    }
    for order in found:
        part = as_period(order.valid).intersection(period)
        pattern = from_json(order.pattern)
        if part is None or not pattern:
            continue
        for visit in planned_visits(pattern, part, order.service.unit, rules[order.offer_id]):
            off = (order.pk, visit.on) in called or any(
                one.client_id == order.client_id and visit.on in one.valid for one in away
            )
            days[visit.on].visits.append(Planned(order, visit, off))
    for day in days.values():
        day.visits.sort(key=lambda one: (one.visit.starts, one.order.pk))
        day.more = max(len(day.visits) - ON_A_DAY, 0)
        del day.visits[ON_A_DAY:]
    return list(days.values()), [one for one in found if not one.pattern]


def _asked(text: str, today: date) -> date:
    """The day asked for, within two years of today."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs((day - today).days) < 730 else today
