"""The client's orders: the list, one order, calling off a day, ending, rating, a visit code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from valinta.clients.states import MandateScope
from valinta.orders.actions import DayCalledOff, OrderNotOpen, cancel_visit
from valinta.orders.models import Order, Rating
from valinta.orders.states import OPEN, OrderState
from valinta.processes.look_ahead import look_at_stop
from valinta.processes.rate_service import NothingHadYet, rate_service, was_had
from valinta.processes.stop_order import TooLateToStop, stop_order
from valinta.programmes.queries import rulebook_on
from valinta.shared.states import ForbiddenTransition
from valinta.users.permissions import Permission
from valinta.visits.code_actions import OrderHasNoVisits, make_code
from valinta.web.client.calendar_picture import calendar_months
from valinta.web.client.opening import Page, open_page
from valinta.web.client.order_forms import RatingForm, ReasonForm, star_words
from valinta.web.client.order_picture import OrderLine, order_lines, order_picture, orders_of
from valinta.web.middleware import Request

SEEING = (MandateScope.SEE, MandateScope.SEE_BUDGET)
ORDERING = (MandateScope.ORDER,)
READING = "orders"


@dataclass(frozen=True, slots=True)
class Shelves:
    """Orders by what happens to them: those that wait, go on, and are over."""

    waiting: list[OrderLine]
    going: list[OrderLine]
    over: list[OrderLine]


@require_GET
def orders(request: Request, client_id: int) -> HttpResponse:
    """All orders of the client: waiting, going on, declined and ended."""
    page = open_page(request, client_id, SEEING, READING)
    lines = order_lines(orders_of(page.client), page.at)
    open_lines = [line for line in lines if not line.over]
    shelves = Shelves(
        waiting=[line for line in open_lines if line.state == OrderState.PLACED],
        going=[line for line in open_lines if line.state != OrderState.PLACED],
        over=[line for line in lines if line.over],
    )
    facts = {"shelves": shelves, "any": bool(lines), **rights(page)}
    return page.show("client/orders.html", facts)


@require_GET
def order(request: Request, client_id: int, order_id: int) -> HttpResponse:
    """One order: its state and what happens next, its days, its money, its visits."""
    page = open_page(request, client_id, SEEING, READING)
    found = find_order(page, order_id)
    picture = order_picture(found, page.at)
    called_off = [day for day in picture.called_off if day >= page.today]
    facts = {
        "order": found,
        "picture": picture,
        "line": picture.line,
        "months": calendar_months(picture.coming, page.today, picture.off, called_off),
        "terms": terms_of(found, page.today),
        "rating": Rating.objects.filter(order=found, superseded_at__isnull=True).first(),
        "may_rate": any(one.state in ("accepted", "confirmed") for one in picture.visits),
        "today_code": _is_on(found, page.today),
        "is_open": found.state in OPEN,
        **rights(page),
    }
    return page.show("client/order.html", facts)


@require_http_methods(["GET", "POST"])
def call_off(request: Request, client_id: int, order_id: int) -> HttpResponse:
    """Say no to the visit of a day, after seeing whether that is without cost."""
    page = open_page(request, client_id, ORDERING, READING)
    found = find_order(page, order_id)
    day = _day(request.GET.get("day", ""))
    if day is None or found.state not in OPEN or day < page.today:
        page.tell("nothing_to_call_off")
        return page.to("client:order", order_id=found.pk)
    hours = int(terms_of(found, day)["cancel_notice_hours"])
    last = datetime.combine(day, time.min, tzinfo=page.at.tzinfo) - timedelta(hours=hours)
    if request.method == "GET":
        facts = {"order": found, "day": day, "last": last, "in_time": page.at <= last}
        return page.show("client/call_off.html", facts)
    try:
        cancel_visit(order=found, served_on=day, by=request.actor, at=page.at)
    except DayCalledOff:
        page.tell("called_off_before")
    else:
        page.tell("called_off" if page.at <= last else "called_off_late")
    return page.to("client:order", order_id=found.pk)


@require_http_methods(["GET", "POST"])
def end(request: Request, client_id: int, order_id: int) -> HttpResponse:
    """End an order, after seeing when it ends and what money returns."""
    page = open_page(request, client_id, ORDERING, READING)
    found = find_order(page, order_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    try:
        look = look_at_stop(found, request.actor, page.at)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            stop_order(order=found, reason=reason, by=request.actor, at=page.at)
            page.tell("order_ended" if look.ends_on <= page.today else "order_ends")
            return page.to("client:order", order_id=found.pk)
    except TooLateToStop:
        page.tell("too_late_to_stop")
        return page.to("client:order", order_id=found.pk)
    except (ForbiddenTransition, OrderNotOpen):
        page.tell("order_closed")
        return page.to("client:order", order_id=found.pk)
    facts = {
        "order": found,
        "look": look,
        "last_on": look.ends_on - timedelta(days=1),
        "at_once": look.ends_on <= page.today,
        "form": form,
    }
    return page.show("client/order_end.html", facts, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def rate(request: Request, client_id: int, order_id: int) -> HttpResponse:
    """Give the service stars, and words if one likes; an earlier rating can be changed."""
    page = open_page(request, client_id, ORDERING, READING)
    found = find_order(page, order_id)
    form = RatingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            rate_service(order=found, **form.cleaned_data, by=request.actor, at=page.at)
            page.tell("rated")
        except NothingHadYet:
            page.tell("nothing_to_rate")
        return page.to("client:order", order_id=found.pk)
    if not was_had(found):
        page.tell("nothing_to_rate")
        return page.to("client:order", order_id=found.pk)
    old = Rating.objects.filter(order=found, superseded_at__isnull=True).first()
    facts = {
        "order": found,
        "form": form,
        "stars": star_words(),
        "chosen": request.POST.get("stars", old.stars if old else ""),
        "words": request.POST.get("words", old.words if old else ""),
        "old": old,
    }
    return page.show("client/rate.html", facts, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def visit_code(request: Request, client_id: int, order_id: int) -> HttpResponse:
    """Show a one-time code for the visit of today. It is shown once and never kept as such."""
    page = open_page(request, client_id, (MandateScope.CONFIRM,), READING)
    found = find_order(page, order_id)
    shown = None
    if request.method == "POST":
        try:
            shown = make_code(order=found, by=request.actor, at=page.at)
        except OrderHasNoVisits:
            page.tell("no_visit_today")
            return page.to("client:order", order_id=found.pk)
    facts = {"order": found, "shown": shown, "code": shown and f"{shown.code[:3]} {shown.code[3:]}"}
    return page.show("client/visit_code.html", facts)


def find_order(page: Page, order_id: int) -> Order:
    """An order of the page's client. Raises Http404 for any other, after noting the attempt."""
    orders = page.client.orders.select_related(
        "service", "provider", "client", "offer__approval", "enrolment__programme"
    ).prefetch_related("cancellations")
    found = orders.filter(pk=order_id).first()
    if found is None:
        page.missing("order", order_id)
    return found


def rights(page: Page) -> dict[str, bool]:
    """What the reader may do for the client, so that a page offers nothing that it would refuse."""
    return {
        "may_order": _may(page, Permission.ORDER_SERVICES, MandateScope.ORDER),
        "may_confirm": _may(page, Permission.CONFIRM_VISITS, MandateScope.CONFIRM),
        "may_read_talk": _may(page, Permission.WRITE_MESSAGES, MandateScope.SEE),
    }


def _may(page: Page, permission: Permission, scope: MandateScope) -> bool:
    if not page.request.actor.may(permission, page.client.organiser_id):
        return False
    return page.mandate is None or scope in page.mandate.scope


def terms_of(order: Order, on: date) -> dict[str, Any]:
    """The rulebook's terms for the order on a day."""
    terms: dict[str, Any] = rulebook_on(order.enrolment.programme, on).parameters
    return terms


def _is_on(order: Order, today: date) -> bool:
    begun = order.valid.lower <= today
    return (
        order.state in OPEN and begun and (order.valid.upper is None or today < order.valid.upper)
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
