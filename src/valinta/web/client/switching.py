"""Change of provider: choose another, see what it means, say why, confirm."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from valinta.catalogue.models import Offer
from valinta.catalogue.rows import TrayRow
from valinta.orders.actions import OrderNotOpen
from valinta.orders.calendar import WeeklyVisit, from_json
from valinta.orders.models import Order, OrderKind
from valinta.orders.states import OrderState
from valinta.processes.look_ahead import SwitchPreview, look_at_switch
from valinta.processes.switch_provider import OrderEndsFirst, switch_provider
from valinta.web.client.choices import Choice, offers_for
from valinta.web.client.opening import Page, open_page
from valinta.web.client.order_forms import ReasonForm
from valinta.web.client.order_refusals import REFUSALS, refusal_words
from valinta.web.client.orders import ORDERING, find_order, terms_of
from valinta.web.middleware import Request

READING = "change of provider"


@require_http_methods(["GET", "POST"])
def switch(request: Request, client_id: int, order_id: int) -> HttpResponse:
    """Move an order that goes on to another provider after the programme's notice."""
    page = open_page(request, client_id, ORDERING, READING)
    order = find_order(page, order_id)
    if order.state != OrderState.ACCEPTED or order.kind != OrderKind.PERIOD or order.close_reason:
        page.tell("nothing_to_switch")
        return page.to("client:order", order_id=order.pk)
    every = _rows(page, order)
    rows = [row for row in every if row.provider_id != order.provider_id]
    row = next((one for one in rows if str(one.offer_id) == request.GET.get("offer")), None)
    facts = {
        "order": order,
        "rows": rows,
        "row": row,
        "old": next((one for one in every if one.offer_id == order.offer_id), None),
        "terms": terms_of(order, page.today),
    }
    return page.show("client/switch.html", facts) if row is None else _confirm(page, facts)


def _confirm(page: Page, given: dict[str, Any]) -> HttpResponse:
    """What the change means, and the reason; on a yes it is done."""
    order: Order = given["order"]
    row: TrayRow = given["row"]
    form = ReasonForm(page.request.POST if page.request.method == "POST" else None)
    offer = Offer.objects.select_related("approval", "service").get(pk=row.offer_id)
    week = from_json(order.pattern)
    quantities = _monthly(order, week)
    look: SwitchPreview | None = None
    refusal = ""
    try:
        look = look_at_switch(order, offer, quantities, week, page.request.actor, page.at)
        if page.request.method == "POST" and form.is_valid():
            switched = switch_provider(
                order=order,
                offer=offer,
                quantities=quantities,
                week=week,
                reason=form.cleaned_data["reason"],
                by=page.request.actor,
                at=page.at,
            )
            page.tell("switched")
            return page.to("client:order", order_id=switched.new.pk)
    except REFUSALS as error:
        refusal = refusal_words(error)
    except OrderEndsFirst:
        page.tell("ends_first")
        return page.to("client:order", order_id=order.pk)
    except OrderNotOpen:
        page.tell("order_closed")
        return page.to("client:order", order_id=order.pk)
    facts = {
        **given,
        "look": look,
        "refusal": refusal,
        "last_on": look and look.stop.ends_on - timedelta(days=1),
        "week": week,
        "form": form,
    }
    return page.show("client/switch_check.html", facts, 422 if form.errors or refusal else 200)


def _monthly(order: Order, week: tuple[WeeklyVisit, ...]) -> dict[str, int]:
    """Without a week, the amount of a whole month as it was ordered last."""
    last = order.slices.order_by("valid").last()
    return {} if week or last is None else {"": last.quantity_hundredths}


def _rows(page: Page, order: Order) -> list[TrayRow]:
    choice = Choice(order.service, "voucher" if _by_voucher(order) else "budget", 0, False)
    return offers_for(page.client, choice, page.today)


def _by_voucher(order: Order) -> bool:
    return bool(order.slices.filter(voucher__isnull=False).exists())
