"""Search clients by name or identity code. What was typed never stands in an address."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from valinta.audit.actions import Note, record
from valinta.clients.models import Client
from valinta.clients.search import Found, search_clients
from valinta.web import clock
from valinta.web.access import reader_id
from valinta.web.middleware import Request


@require_http_methods(["GET", "POST"])
def search(request: Request) -> HttpResponse:
    """The form, and after sending it those who were found; each name shown is in the log."""
    words = request.POST.get("words", "")[:80]
    found = search_clients(words, request.actor) if words.strip() else None
    if found is not None:
        _note(request, found)
    return render(request, "casework/search.html", {"words": words, "found": found})


def _note(request: Request, found: Found) -> None:
    for organiser_id in {one.organiser_id for one in found.clients}:
        here = [one for one in found.clients if one.organiser_id == organiser_id]
        record(
            organiser_id=organiser_id,
            by_id=reader_id(request),
            at=clock.now(here[0].organiser),
            notes=[_of(one, found.by) for one in here],
        )


def _of(client: Client, by: str) -> Note:
    facts = {"by": by}
    return Note(
        "read", "client", client.pk, client_id=client.pk, purpose="casework search", facts=facts
    )
