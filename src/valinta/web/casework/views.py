"""Pages of the case manager: the list of clients, and one client on one page."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from valinta.web import clock
from valinta.web.access import casework_people, find_client, note_listing, note_reading
from valinta.web.casework.caseload import caseload
from valinta.web.casework.record import client_record
from valinta.web.middleware import Request

PAGE_SIZE = 50


@require_GET
def clients(request: Request) -> HttpResponse:
    """The worker's own clients; with `all` in the address, every client of the organiser."""
    visible = casework_people(request).select_related("organiser")
    own = visible.filter(case_manager_id=request.actor.user_id)
    shows_all = "all" in request.GET or not own.exists()
    chosen = (visible if shows_all else own).order_by("family_name", "given_name", "pk")
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    note_listing(request, list(page))
    context = {
        "page": page,
        "rows": caseload([one.pk for one in page], request.days),
        "shows_all": shows_all,
        "has_own": not shows_all or own.exists(),
    }
    return render(request, "casework/clients.html", context)


@require_GET
def client(request: Request, client_id: int) -> HttpResponse:
    """One client on one page: need, money, choice, what has happened and what comes next."""
    found = find_client(request, client_id, casework_people(request))
    at = clock.now(found.organiser)
    note_reading(request, found, at, "casework")
    context = {"client": found, "today": at.date(), "record": client_record(found, at.date())}
    return render(request, "casework/client.html", context)
