"""Clients whose provider was lost: who is not yet moved, and another on the client's choice."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from valinta.catalogue.models import Offer
from valinta.orders.change_actions import MovedAlready, settle_moving
from valinta.orders.models import Moving
from valinta.processes.move_clients import (
    Alternative,
    alternatives,
    move_client,
    movings,
    preview_move,
)
from valinta.web.access import casework_people, note_listing
from valinta.web.casework.changes import PURPOSE, may_change, stale
from valinta.web.casework.changes_forms import NoneForm
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.casework.services_refusals import REFUSALS, refusal_words
from valinta.web.middleware import Request

PAGE_SIZE = 50


@require_GET
def moves(request: Request) -> HttpResponse:
    """Everyone whom the reader meets and who has no new provider yet, the most urgent first."""
    people = casework_people(request).filter(died_on__isnull=True)
    waiting = Moving.objects.filter(client__in=people, settled_at__isnull=True).select_related(
        "order__service", "order__provider", "client__organiser"
    )
    page = Paginator(waiting.order_by("ends_on", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    clients = list({one.client_id: one.client for one in page}.values())
    note_listing(request, clients)
    return render(request, "casework/moves.html", {"page": page})


@require_http_methods(["GET", "POST"])
def provider(request: Request, client_id: int, moving_id: int) -> HttpResponse:
    """Who there is instead, at what price; what the new order would be; the order itself."""
    page = open_case(request, client_id, PURPOSE)
    found = movings(client=page.client, pk=moving_id)
    moving = found[0] if found else page.missing("moving", moving_id)
    if moving.settled_at is not None or not may_change(page):
        return stale(page, "moved_before", NoneForm(_posted(request)))
    others = alternatives([moving.order], max(moving.ends_on, page.today))[moving.order_id]
    if request.method == "POST" and request.POST.get("step") == "none":
        return _none(page, moving, others)
    chosen = next((one for one in others if str(one.row.offer_id) == _sent(request)), None)
    refusal, look = "", None
    if chosen is not None:
        offer = Offer.objects.select_related("approval", "service").get(pk=chosen.row.offer_id)
        try:
            if request.POST.get("step") == "do":
                move_client(moving=moving, offer=offer, by=request.actor, at=page.at)
                page.tell("moved_to_provider")
                return page.to("casework:changes")
            look = preview_move(moving=moving, offer=offer, at=page.at)
        except MovedAlready:
            page.tell("moved_before")
            return page.to("casework:changes")
        except REFUSALS as error:
            refusal = refusal_words(error)
    facts: dict[str, object] = {"chosen": chosen, "look": look, "refusal": refusal}
    return _show(page, moving, others, NoneForm(), 422 if refusal else 200, facts)


def _none(page: CasePage, moving: Moving, others: list[Alternative]) -> HttpResponse:
    form = NoneForm(page.request.POST)
    if not form.is_valid():
        return _show(page, moving, others, form, 422)
    try:
        settle_moving(
            moving=moving, new_order=None, words=form.cleaned_data["words"],
            by=page.request.actor, at=page.at,
        )  # fmt: skip
    except MovedAlready:
        return stale(page, "moved_before", form)
    page.tell("moved_to_none")
    return page.to("casework:changes")


def _show(
    page: CasePage,
    moving: Moving,
    others: list[Alternative],
    form: NoneForm,
    status: int = 200,
    more: dict[str, object] | None = None,
) -> HttpResponse:
    facts = {"moving": moving, "others": others, "form": form, **(more or {})}
    return page.show("casework/changes_provider.html", facts, status)


def _posted(request: Request) -> Any:
    return request.POST if request.POST.get("step") == "none" else None


def _sent(request: Request) -> str:
    return str(request.POST.get("offer", "") or request.GET.get("offer", ""))
