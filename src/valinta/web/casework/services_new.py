"""Ordering on the client's behalf: service and provider, the days, a look, and the order."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from valinta.catalogue.models import Offer
from valinta.catalogue.rows import TrayRow, tray_rows
from valinta.clients.models import Enrolment
from valinta.plans.models import PlanLine
from valinta.plans.states import PlanState, Way
from valinta.processes.order_service import order_service, preview_order
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.casework.services_forms import HOW, WEEKDAYS, ServiceOrderForm
from valinta.web.casework.services_refusals import REFUSALS, refusal_words
from valinta.web.casework.services_tab import PURPOSE, may_order
from valinta.web.middleware import Request


@require_http_methods(["GET", "POST"])
def new(request: Request, client_id: int) -> HttpResponse:
    """Choose who, fill in when and how much, see what it is, and order."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = page.enrolment
    if enrolment is None or not may_order(page):
        page.tell("no_place_now")
        return page.to("casework:services")
    rows = _offers(page, enrolment)
    sent = request.POST.get("offer", "") or request.GET.get("offer", "")
    chosen = next((one for one in rows if str(one.offer_id) == sent), None)
    if chosen is None:
        return page.show("casework/services_new.html", {"rows": rows})
    offer = Offer.objects.select_related("approval", "service").get(pk=chosen.offer_id)
    form = ServiceOrderForm(offer, page.today, request.POST if request.method == "POST" else None)
    facts: dict[str, Any] = {
        "row": chosen,
        "form": form,
        "how": HOW,
        "weekdays": WEEKDAYS,
        "days_chosen": request.POST.getlist("weekdays"),
    }
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("step") == "do":
                order_service(
                    enrolment=enrolment, wanted=form.wanted(), by=request.actor, at=page.at
                )
                page.tell("moved_to_provider")
                return page.to("casework:services")
            facts["look"] = preview_order(enrolment=enrolment, wanted=form.wanted(), at=page.at)
        except REFUSALS as error:
            form.add_error(None, refusal_words(error))
    return page.show("casework/services_new.html", facts, 422 if form.errors else 200)


def _offers(page: CasePage, enrolment: Enrolment) -> list[TrayRow]:
    """Who offers what the plan in force buys, where the client lives."""
    lines = PlanLine.objects.filter(
        plan__enrolment=enrolment,
        plan__state=PlanState.IN_FORCE,
        way__in=[Way.BUDGET, Way.VOUCHER],
    )
    offers = Offer.objects.filter(
        service__in=lines.values("service"),
        valid__contains=page.today,
        approval__valid__contains=page.today,
    ).order_by("service", "approval__provider__name", "pk")
    days = {page.client.organiser_id: page.today}
    town = page.client.municipality_code
    return [
        one
        for one in tray_rows(list(offers.values_list("pk", flat=True)), days)
        if one.takes_new_clients and town in (one.municipality_codes or [town])
    ]
