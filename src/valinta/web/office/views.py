"""The office's first page: the programmes of the reader's organisers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from valinta.programmes.models import Programme
from valinta.users.permissions import Permission
from valinta.web.middleware import Request


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
