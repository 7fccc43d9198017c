"""Ordering, step by step: the service, the provider, how often, when and how much, look, place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods, require_POST

from valinta.catalogue.models import Offer, TimeBand
from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState, MandateScope
from valinta.processes.order_service import OrderPreview, order_service, preview_order
from valinta.programmes.queries import rulebook_on
from valinta.providers.access import must_not_profit
from valinta.web.client.baskets import note_line_ordered
from valinta.web.client.calendar_picture import calendar_months
from valinta.web.client.choices import Choice, choices, money_days, offers_for
from valinta.web.client.opening import Page, open_page
from valinta.web.client.order_forms import (
    LENGTHS,
    How,
    OrderForm,
    ways_to_order,
)
from valinta.web.client.order_refusals import REFUSALS, refuse, refuse_short
from valinta.web.client.week_words import WEEKDAY_NAMES, minutes_in_words
from valinta.web.middleware import Request

ORDERING = (MandateScope.ORDER,)
READING = "order"
STEPS = 5
_ONCE = "placing"


@dataclass(frozen=True, slots=True)
class _Asked:
    """How far the reader has come: what the address names and the client may have."""

    page: Page
    enrolment: Enrolment
    choice: Choice
    offer: Offer
    how: How


@require_http_methods(["GET", "POST"])
def order_new(request: Request, client_id: int) -> HttpResponse:
    """The next step of ordering; what was typed in the last one comes back as a preview."""
    page = open_page(request, client_id, ORDERING, READING)
    asked = _asked(page)
    if isinstance(asked, HttpResponse):
        return asked
    if request.method == "GET":
        return _show_form(asked, OrderForm(None, offer=asked.offer, how=asked.how, now=page.at))
    form = OrderForm(request.POST, offer=asked.offer, how=asked.how, now=page.at)
    preview = _preview(asked, form)
    return _show_form(asked, form) if preview is None else _show_preview(asked, form, preview)


@require_POST
def order_place(request: Request, client_id: int) -> HttpResponse:
    """Place the order that was looked at; the same page sent twice places one order."""
    page = open_page(request, client_id, ORDERING, READING)
    asked = _asked(page)
    if isinstance(asked, HttpResponse):
        return asked
    form = OrderForm(request.POST, offer=asked.offer, how=asked.how, now=page.at)
    if not form.is_valid():
        return _show_form(asked, form)
    token = request.POST.get("once", "")
    if not token or request.session.get(_ONCE) != token:
        page.tell("ordered_before")
        return page.to("client:orders")
    try:
        order = order_service(
            enrolment=asked.enrolment, wanted=form.wanted(), by=request.actor, at=page.at
        )
    except REFUSALS as error:
        refuse(form, error)
        return _show_form(asked, form)
    del request.session[_ONCE]
    note_line_ordered(page)
    page.tell("ordered")
    return page.to("client:order", order_id=order.pk)


def _asked(page: Page) -> _Asked | HttpResponse:
    """What is being ordered, or the page that asks for the next thing."""
    given = page.request.GET
    enrolment = page.enrolment
    if enrolment is None or enrolment.state != EnrolmentState.ENROLLED:
        return page.show("client/order_service.html", {"choices": [], "steps": STEPS})
    chosen = choices(enrolment)
    code = given.get("service", "")
    choice = next((one for one in chosen if one.service.code == code), None)
    if choice is None:
        facts = {"choices": chosen, "steps": STEPS, "not_in_plan": bool(code)}
        return page.show("client/order_service.html", facts)
    offer = _offer(choice, given.get("offer", ""), page.today)
    if offer is None:
        rows = offers_for(page.client, choice, page.today)
        facts = {"choice": choice, "rows": rows, "steps": STEPS}
        return page.show("client/order_provider.html", facts)
    must_not_profit(
        client=page.client,
        provider_id=offer.approval.provider_id,
        by=page.request.actor,
        at=page.at,
    )
    how = _how(choice, given)
    if how is None:
        facts = {"choice": choice, "offer": offer, "steps": STEPS}
        facts["ways"] = [str(one) for one in ways_to_order(choice.unit)]
        return page.show("client/order_how.html", facts)
    return _Asked(page, enrolment, choice, offer, how)


def _offer(choice: Choice, number: str, on: date) -> Offer | None:
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    in_force = Q(valid__endswith__gt=on) | Q(valid__endswith__isnull=True)
    offers = Offer.objects.filter(in_force, pk=int(number), service=choice.service)
    return offers.select_related("approval__provider", "service").first()


def _how(choice: Choice, given: QueryDict) -> How | None:
    """How often, when the address says so or there is only one way."""
    ways = ways_to_order(choice.unit)
    named = next((way for way in ways if way == given.get("how")), None)
    if named is not None:
        return named
    if "quantity" in given:
        return How.AMOUNT
    return ways[0] if len(ways) == 1 else None


def _preview(asked: _Asked, form: OrderForm) -> OrderPreview | None:
    """The order as it would be, or None when the form now says what to mend."""
    if not form.is_valid():
        return None
    try:
        preview = preview_order(enrolment=asked.enrolment, wanted=form.wanted(), at=asked.page.at)
    except REFUSALS as error:
        refuse(form, error)
        return None
    refuse_short(form, preview.short)
    return None if preview.short else preview


def _show_preview(asked: _Asked, form: OrderForm, preview: OrderPreview) -> HttpResponse:
    request, programme = asked.page.request, asked.enrolment.programme
    request.session[_ONCE] = uuid4().hex
    facts = {
        **_facts(asked),
        "preview": preview,
        "wanted": form.wanted(),
        "typed": form.typed(),
        "once": request.session[_ONCE],
        "bands": dict(TimeBand.objects.filter(programme=programme).values_list("code", "names")),
        "months": calendar_months(preview.visits, asked.page.today, preview.days_off),
        "terms": rulebook_on(programme, form.wanted().period.starts_on).parameters,
    }
    return asked.page.show("client/order_check.html", facts)


def _show_form(asked: _Asked, form: OrderForm) -> HttpResponse:
    facts = {
        **_facts(asked),
        "form": form,
        "values": _values(asked, form),
        "weekdays": [(str(day), words) for day, words in WEEKDAY_NAMES.items()],
        "lengths": [(one, minutes_in_words(one)) for one in LENGTHS],
        "bands": _bands(asked),
    }
    return asked.page.show("client/order_when.html", facts, 422 if form.errors else 200)


def _facts(asked: _Asked) -> dict[str, Any]:
    return {
        "choice": asked.choice,
        "offer": asked.offer,
        "provider": asked.offer.approval.provider,
        "how": str(asked.how),
        "steps": STEPS,
        "query": asked.page.request.GET.urlencode(),
    }


def _values(asked: _Asked, form: OrderForm) -> dict[str, Any]:
    """What was typed, or what to begin with: from tomorrow to the end of the money."""
    if form.is_bound:
        return {
            **{name: form.data.get(name, "") for name in form.fields},
            "weekdays": form.data.getlist("weekdays"),
        }
    days = money_days(asked.enrolment, asked.choice, asked.page.today)
    first = max(asked.page.today + timedelta(days=1), days.starts_on if days else date.min)
    given = asked.page.request.GET
    return {
        "first_on": given.get("first_on") or first.isoformat(),
        "last_on": given.get("last_on")
        or (days.last_on.isoformat() if days and days.ends_on else ""),
        "weekdays": [],
        "starts": "09:00",
        "minutes": "60",
        "quantity": given.get("quantity", ""),
        "band": given.get("band", ""),
    }


def _bands(asked: _Asked) -> list[tuple[str, dict[str, str]]]:
    """The time bands for which the offer has a price now, in the order of the tray."""
    prices = asked.offer.prices.filter(
        valid__contains=asked.page.today, superseded_at__isnull=True
    ).order_by("band_id")
    return list(prices.values_list("band__code", "band__names"))
