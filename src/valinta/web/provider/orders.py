"""Orders of the company: those to answer, with the last day; those in use; those that are over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.orders.actions import DayCalledOff, accept_order, decline_order
from valinta.orders.calendar import from_json
from valinta.orders.company_actions import NoSuchVisit, call_off_as_company
from valinta.orders.models import Order
from valinta.orders.states import OPEN, OrderState
from valinta.processes.answer_in_time import UNANSWERED, last_day
from valinta.programmes.queries import rulebook_on
from valinta.programmes.running import running_of
from valinta.providers.access import OwnCompany
from valinta.shared.states import ForbiddenTransition
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.run_scope import (
    PURPOSE,
    ReasonForm,
    orders_with_terms,
    to_answer,
)
from valinta.web.provider.unit_scope import unit_options

ON_A_PAGE = 40


@require_GET
def orders(request: Request, provider_id: int) -> HttpResponse:
    """Orders to answer first, then those in use; with `over` in the address, the others."""
    page = open_company(request, provider_id, Permission.SEE_OWN_ORDERS, PURPOSE)
    over = "over" in request.GET
    rows = orders_with_terms(page)
    rows = rows.exclude(state__in=OPEN) if over else rows.filter(state=OrderState.ACCEPTED)
    shown = Paginator(rows.order_by("-placed_at", "-pk"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    asking = to_answer(page)
    waiting = [] if over else [(one, last_day(one)) for one in asking[:ON_A_PAGE]]
    page.note_people([one.client for one, _day in waiting] + [one.client for one in shown])
    facts = {
        "waiting": waiting,
        "more_waiting": 0 if len(waiting) < ON_A_PAGE else asking.count() - len(waiting),
        "page": shown,
        "over": over,
        "may_answer": page.may(Permission.ANSWER_ORDERS),
        "unanswered": UNANSWERED,
    }
    return page.show("provider/orders.html", facts)


@require_GET
def one(request: Request, provider_id: int, order_id: int) -> HttpResponse:
    """One order: what is asked, for whom, when; and the answer."""
    page = open_company(request, provider_id, Permission.SEE_OWN_ORDERS, PURPOSE)
    return _show(page, _find(page, order_id), ReasonForm())


@require_POST
def accept(request: Request, provider_id: int, order_id: int) -> HttpResponse:
    """The company takes the order."""
    page = open_company(request, provider_id, Permission.ANSWER_ORDERS, PURPOSE)
    found = _find(page, order_id)
    try:
        accept_order(order=found, by=request.actor, at=page.now(found.organiser))
    except ForbiddenTransition:
        page.tell("order_answered_before")
    except OwnCompany:
        page.tell("order_of_own_client")
    else:
        page.tell("order_accepted")
    return page.to("provider:orders")


@require_POST
def decline(request: Request, provider_id: int, order_id: int) -> HttpResponse:
    """The company cannot take the order; the client reads why."""
    page = open_company(request, provider_id, Permission.ANSWER_ORDERS, PURPOSE)
    found = _find(page, order_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(page, found, form, 422)
    try:
        decline_order(
            order=found,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=page.now(found.organiser),
        )
    except ForbiddenTransition:
        page.tell("order_answered_before")
    else:
        page.tell("order_declined")
    return page.to("provider:orders")


@require_http_methods(["GET", "POST"])
def call_off(request: Request, provider_id: int, order_id: int) -> HttpResponse:
    """A day's visit is called off: by the client who told the company, or by the company."""
    page = open_company(request, provider_id, Permission.REPORT_VISITS, PURPOSE)
    found = _find(page, order_id)
    day = _day(request.GET.get("day", ""))
    at = page.now(found.organiser)
    if day is None or found.state != OrderState.ACCEPTED or day < at.date():
        page.tell("nothing_to_call_off")
        return page.to("provider:orders_one", order_id=found.pk)
    if request.method == "GET":
        facts = {"order": found, "day": day, "rule": _late_rule(found, day, at)}
        return page.show("provider/order_call_off.html", facts)
    by_company = request.POST.get("who") == "company"
    try:
        off = call_off_as_company(
            order=found, served_on=day, by_company=by_company, by=request.actor, at=at
        )
    except DayCalledOff:
        page.tell("called_off_before")
    except NoSuchVisit:
        page.tell("nothing_to_call_off")
    else:
        page.tell("called_off" if off.in_time else "called_off_late")
    return page.to("provider:orders_one", order_id=found.pk)


def _find(page: CompanyPage, order_id: int) -> Order:
    found = orders_with_terms(page).filter(pk=order_id).first() or page.missing("order", order_id)
    page.note_people([found.client])
    return found


def _show(page: CompanyPage, found: Order, form: ReasonForm, status: int = 200) -> HttpResponse:
    today = page.now(found.organiser).date()
    waits = found.state == OrderState.PLACED
    facts = {
        "order": found,
        "week": from_json(found.pattern),
        "slices": found.slices.order_by("valid")[:3],
        "answer_by": last_day(found),
        "units": unit_options(page) if _may_divide(page, found) else [],
        "form": form,
        "waits": waits,
        "may_answer": waits and page.may(Permission.ANSWER_ORDERS),
        "is_used": found.state == OrderState.ACCEPTED,
        "called_off": found.cancellations.filter(served_on__gte=today).order_by("served_on"),
        "unanswered": found.close_reason == UNANSWERED,
    }
    return page.show("provider/order.html", facts, status)


def _may_divide(page: CompanyPage, order: Order) -> bool:
    """Whether the reader says which unit serves the order: who sees the orders of all units."""
    can = page.may(Permission.ANSWER_ORDERS) and not page.sees_a_part
    return can and order.state in OPEN


def _late_rule(order: Order, day: date, at: datetime) -> dict[str, object]:
    """Until when calling off costs nothing, and what is paid after that."""
    programme = order.enrolment.programme
    hours = int(rulebook_on(programme, day).parameters["cancel_notice_hours"])
    last = datetime.combine(day, time.min, tzinfo=at.tzinfo) - timedelta(hours=hours)
    percent = running_of(programme).late_cancellation_percent
    return {"hours": hours, "last": last, "in_time": at <= last, "percent": f"{percent:f}"}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
