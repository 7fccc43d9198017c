"""The page that explains the budget line by line."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from valinta.clients.states import MandateScope
from valinta.web.access import find_client, own_people
from valinta.web.client.explained import explained
from valinta.web.client.opening import Page, open_page
from valinta.web.middleware import Request

SEES_MONEY = (MandateScope.SEE, MandateScope.SEE_BUDGET)


def open_to_plan(
    request: Request, client_id: int, sees: tuple[MandateScope, ...], purpose: str
) -> Page:
    """Open a page for planning, for those who may see what it shows and may plan.

    Raises Http404 for anyone else, after noting the attempt.
    """
    find_client(request, client_id, own_people(request, *sees))
    return open_page(request, client_id, (MandateScope.PLAN,), purpose)


def may(page: Page, scope: MandateScope) -> bool:
    """Whether the reader is the client, or has a mandate of the scope: then a form is for them."""
    return page.mandate is None or scope in page.mandate.scope


@require_GET
def budget(request: Request, client_id: int) -> HttpResponse:
    """Why the budget is as big as it is, and what became of it month by month."""
    page = open_page(request, client_id, SEES_MONEY, "budget explained")
    facts = {"explained": explained(page.client, page.today)}
    return page.show("client/budget_page.html", facts)
