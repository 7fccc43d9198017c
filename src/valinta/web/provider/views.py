"""The provider portal's first page: which company."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from valinta.providers.companies_of import memberships_of
from valinta.web.middleware import Request
from valinta.web.routes import ROUTES


@require_GET
def start(request: Request) -> HttpResponse:
    """The reader's companies; with one alone, its home. Without any, the way to become one."""
    companies = memberships_of(request.actor)
    if len(companies) == 1:
        return redirect("provider:home", provider_id=companies[0].provider.pk)
    facts = {"companies": companies, "can_apply": "provider:apply" in ROUTES}
    return render(request, "provider/start.html", facts)
