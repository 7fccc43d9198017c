"""The office's first pages: the programmes of the reader's organisers, and one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from valinta.programmes.models import Programme
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.office.opening import open_programme


@require_GET
def home(request: Request) -> HttpResponse:
    """The programmes of the reader's organisers; with one alone, that one's page."""
    own = request.actor.organisers_where(Permission.LOAD_PROGRAMMES)
    found = list(
        Programme.objects.filter(organiser_id__in=own).select_related("organiser").order_by("code")
    )
    if len(found) == 1:
        return redirect("office:programme", programme_id=found[0].pk)
    return render(request, "office/home.html", {"programmes": found})


@require_GET
def programme(request: Request, programme_id: int) -> HttpResponse:
    """The programme in words: what is in force, and what waits for the office."""
    page = open_programme(request, programme_id, Permission.LOAD_PROGRAMMES)
    return page.show("office/programme.html")
