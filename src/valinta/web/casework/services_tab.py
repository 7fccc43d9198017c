"""The services tab: the client's orders and visits, and what the worker does with an order."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.catalogue.models import Offer
from valinta.orders.actions import DayCalledOff, OrderNotOpen, cancel_visit
from valinta.orders.calendar import from_json
from valinta.orders.models import Order, OrderKind
from valinta.orders.repricing_actions import hold_what_lacks
from valinta.orders.states import OPEN, OrderState
from valinta.processes.look_ahead import look_at_stop, look_at_switch
from valinta.processes.move_clients import alternatives
from valinta.processes.stop_order import TooLateToStop, stop_order
from valinta.processes.switch_provider import OrderEndsFirst, switch_provider
from valinta.programmes.queries import rulebook_on
from valinta.shared.states import ForbiddenTransition
from valinta.users.permissions import Permission
from valinta.visits.models import Visit
from valinta.web.casework.changes import has_place
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.casework.services_forms import CallOffForm, EndForm
from valinta.web.casework.services_picture import (
    SHOWN,
    lacking_of,
    order_rows,
    orders_of,
    reviews,
    waiting_visits,
)
from valinta.web.casework.services_refusals import REFUSALS, refusal_words
from valinta.web.middleware import Request

PURPOSE = "services"
VISITS_SHOWN = 30


@require_GET
def services(request: Request, client_id: int) -> HttpResponse:
    """The client's orders, visits that wait for a person, and the latest visits."""
    return show_services(open_case(request, client_id, PURPOSE))


def show_services(page: CasePage, status: int = 200) -> HttpResponse:
    """The page of the client's services."""
    here = "casework:services"
    going, over = orders_of(page.client, page.today)
    open_part = page.part(going, SHOWN, name="open", of=here)
    over_part = page.part(over, SHOWN, name="over", of=here)
    latest = (
        Visit.objects.filter(client=page.client)
        .select_related("order__service", "provider")
        .order_by("-served_on", "-pk")
    )
    waiting = page.part(waiting_visits(client=page.client), VISITS_SHOWN, name="waiting", of=here)
    facts = {
        "open_rows": order_rows(open_part, page.today),
        "open_part": open_part,
        "over_rows": order_rows(over_part, page.today),
        "over_part": over_part,
        "waiting": reviews(list(waiting), page.request.actor),
        "waiting_part": waiting,
        "latest": page.part(latest, VISITS_SHOWN, name="latest", of=here),
        "may_order": may_order(page),
    }
    return page.show("casework/services.html", facts, status)


@require_GET
def order(request: Request, client_id: int, order_id: int) -> HttpResponse:
    """One order: its days and money, and what can be done with it."""
    page = open_case(request, client_id, PURPOSE)
    return show_order(page, find_order(page, order_id), CallOffForm(page.at))


@require_http_methods(["POST"])
def call_off(request: Request, client_id: int, order_id: int) -> HttpResponse:
    """Call off the visit of a day, in time or late as the rulebook says."""
    page = open_case(request, client_id, PURPOSE)
    found = find_order(page, order_id)
    form = CallOffForm(page.at, request.POST)
    if not form.is_valid() or found.state not in OPEN:
        return show_order(page, found, form, 422)
    day = form.cleaned_data["day"]
    hours = int(rulebook_on(found.enrolment.programme, day).parameters["cancel_notice_hours"])
    last = datetime.combine(day, time.min, tzinfo=page.at.tzinfo) - timedelta(hours=hours)
    try:
        cancel_visit(order=found, served_on=day, by=request.actor, at=page.at)
    except DayCalledOff:
        page.tell("called_off_before")
    else:
        page.tell("called_off" if page.at <= last else "called_off_late")
    return page.to("casework:services_order", order_id=found.pk)


@require_POST
def hold(request: Request, client_id: int, order_id: int) -> HttpResponse:
    """Hold for an order what it lacks at a new price, as far as there is money now."""
    page = open_case(request, client_id, PURPOSE)
    found = find_order(page, order_id)
    left = hold_what_lacks(order=found, by=request.actor, at=page.at)
    page.tell("order_lacks" if left else "order_held")
    return page.to("casework:services_order", order_id=found.pk)


@require_http_methods(["GET", "POST"])
def end(request: Request, client_id: int, order_id: int) -> HttpResponse:
    """End an order on the client's behalf, after seeing when and what returns."""
    page = open_case(request, client_id, PURPOSE)
    found = find_order(page, order_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    try:
        look = look_at_stop(found, request.actor, page.at)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            stop_order(order=found, reason=reason, by=request.actor, at=page.at)
            page.tell("order_ended")
            return page.to("casework:services")
    except TooLateToStop:
        page.tell("order_too_late")
        return page.to("casework:services_order", order_id=found.pk)
    except (ForbiddenTransition, OrderNotOpen):
        page.tell("changed_meanwhile")
        if not form.is_bound:
            return page.to("casework:services")
        page.keep(form)
        return show_services(page, 409)
    facts = {
        "order": found,
        "look": look,
        "last_on": look.ends_on - timedelta(days=1),
        "form": form,
    }
    return page.show("casework/services_end.html", facts, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def switch(request: Request, client_id: int, order_id: int) -> HttpResponse:
    """Another provider on the client's choice: notice, money and the new order shown first."""
    page = open_case(request, client_id, PURPOSE)
    found = find_order(page, order_id)
    if found.state != OrderState.ACCEPTED or found.kind != OrderKind.PERIOD or found.close_reason:
        page.tell("nothing_to_switch")
        return page.to("casework:services_order", order_id=found.pk)
    others = alternatives([found], page.today)[found.pk]
    sent = request.GET.get("offer", "")
    chosen = next((one for one in others if str(one.row.offer_id) == sent), None)
    form = EndForm(request.POST if request.method == "POST" else None)
    facts: dict[str, Any] = {"order": found, "others": others, "chosen": chosen, "form": form}
    if chosen is None:
        return page.show("casework/services_switch.html", facts)
    offer = Offer.objects.select_related("approval", "service").get(pk=chosen.row.offer_id)
    week = from_json(found.pattern)
    quantities = _monthly(found)
    try:
        facts["look"] = look_at_switch(found, offer, quantities, week, request.actor, page.at)
        if request.method == "POST" and form.is_valid():
            switch_provider(
                order=found,
                offer=offer,
                quantities=quantities,
                week=week,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=page.at,
            )
            page.tell("provider_switched")
            return page.to("casework:services")
    except REFUSALS as error:
        facts["refusal"] = refusal_words(error)
    except (OrderEndsFirst, OrderNotOpen):
        page.tell("nothing_to_switch")
        return page.to("casework:services_order", order_id=found.pk)
    is_faulty = form.errors or "refusal" in facts
    return page.show("casework/services_switch.html", facts, 422 if is_faulty else 200)


def find_order(page: CasePage, order_id: int) -> Order:
    """An order of the client. Raises Http404 for another's, after noting the attempt."""
    orders = (
        page.client.orders.select_related(
            "service", "provider", "client", "offer__approval", "enrolment__programme"
        )
        .prefetch_related("cancellations")
        .annotate(lacking=lacking_of(page.today))
    )
    return orders.filter(pk=order_id).first() or page.missing("order", order_id)


def may_order(page: CasePage) -> bool:
    """Whether the reader orders for the client, who is in the programme and lives."""
    may = page.may(Permission.ORDER_SERVICES) and page.client.died_on is None
    return may and has_place(page.enrolment)


def show_order(page: CasePage, found: Order, form: CallOffForm, status: int = 200) -> HttpResponse:
    """The page of one order."""
    visits = Visit.objects.filter(order=found).select_related("band").order_by("-served_on", "-pk")
    upper = found.valid.upper
    facts = {
        "order": found,
        "last_on": upper and upper - timedelta(days=1),
        "week": from_json(found.pattern),
        "visits": page.part(
            visits, VISITS_SHOWN, name="visits", of="casework:services_order", order_id=found.pk
        ),
        "called_off": sorted(found.cancellations.all(), key=lambda one: one.served_on),
        "is_open": found.state in OPEN,
        "lacking": getattr(found, "lacking", 0) if found.state in OPEN else 0,
        "form": form,
        "may_order": may_order(page),
    }
    return page.show("casework/services_order.html", facts, status)


def _monthly(order: Order) -> dict[str, int]:
    """Without a week, the amount of a whole month as it was ordered last."""
    last = order.slices.order_by("valid").last()
    return {} if order.pattern or last is None else {"": last.quantity_hundredths}
