"""All visits of a client: those that wait for an answer, and past ones with what became of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page as Part
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from valinta.visits.models import Visit
from valinta.visits.states import VisitState
from valinta.web.client.opening import open_page
from valinta.web.client.orders import SEEING, rights
from valinta.web.client.visit_rows import listed
from valinta.web.middleware import Request

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class VisitShelves:
    """The visits that wait, all of them, and a page of the others."""

    waiting: list[Visit]
    past: Part[Visit]


@require_GET
def visits(request: Request, client_id: int) -> HttpResponse:
    """Visits that wait for a yes or a no, and past visits with their state."""
    page = open_page(request, client_id, SEEING, "visits")
    own = listed(Visit.objects.filter(client=page.client))
    waiting = own.filter(state=VisitState.ACCEPTED).order_by("served_on", "started_at", "pk")
    past = own.exclude(state=VisitState.ACCEPTED).order_by("-served_on", "-pk")
    part = Paginator(past, ON_A_PAGE).get_page(request.GET.get("page"))
    facts = {"shelves": VisitShelves(list(waiting), part), **rights(page)}
    return page.show("client/visits.html", facts)
