"""The list of providers: applications that wait, papers that end, the suspended, the approved."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from valinta.providers.models import Application
from valinta.providers.states import ApplicationState
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.office.opening import open_programme
from valinta.web.office.providers_picture import (
    approvals_in,
    number_waiting,
    old_papers,
    towns_of,
    waiting_in,
)

PAGE_SIZE = 50
DECIDED = (ApplicationState.APPROVED, ApplicationState.REFUSED, ApplicationState.WITHDRAWN)


@require_GET
def providers(request: Request, programme_id: int) -> HttpResponse:
    """Applications that wait first, the oldest first; then what needs a look; then all approved."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    approvals = approvals_in(page.programme, page.today)
    waiting, number = waiting_in(page.programme, page.today), number_waiting(page.programme)
    papers = old_papers(page.programme, page.today)
    suspended = list(approvals.filter(suspended_on__isnull=False))
    facts = {
        "waiting": waiting,
        "waiting_number": number,
        "waiting_more": number - len(waiting),
        "papers": papers[:PAGE_SIZE],
        "papers_more": max(0, len(papers) - PAGE_SIZE),
        "suspended": suspended[:PAGE_SIZE],
        "suspended_more": max(0, len(suspended) - PAGE_SIZE),
        "approved": Paginator(approvals, PAGE_SIZE).get_page(request.GET.get("page")),
        "towns": towns_of(page.programme),
    }
    return page.show("office/providers.html", facts)


@require_GET
def decided(request: Request, programme_id: int) -> HttpResponse:
    """The applications that are decided on or taken back, the newest first."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    rows = Application.objects.filter(programme=page.programme, state__in=DECIDED)
    rows = rows.exclude(sent_at__isnull=True).order_by("-decided_at", "-pk")
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return page.show("office/providers_decided.html", {"page": shown})
