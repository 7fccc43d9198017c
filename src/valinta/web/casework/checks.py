"""Visits drawn for a check, over all clients whom the reader meets; and what was found."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from valinta.processes.draw_checks import (
    MOST_WORDS,
    CheckedAlready,
    CheckNeedsWords,
    answer_check,
)
from valinta.shared.ids import row_number
from valinta.users.permissions import Permission
from valinta.visits.checks import Check
from valinta.visits.states import Found
from valinta.web import clock
from valinta.web.access import casework_people, note_listing, note_refusal
from valinta.web.middleware import Request

PAGE_SIZE = 20


@require_http_methods(["GET", "POST"])
def checks(request: Request) -> HttpResponse:
    """The drawn visits that nobody has checked, of one `client` when the address names them.

    One is answered from its own form.
    """
    fault = 0
    if request.method == "POST":
        check = _asked(request)
        try:
            _answer(request, check)
            return redirect("casework:checks")
        except CheckedAlready:
            return redirect("casework:checks")
        except CheckNeedsWords:
            fault = check.pk
    waiting = (
        Check.objects.filter(found="", visit__client__in=casework_people(request))
        .select_related(
            "drawing",
            "provider",
            "visit__client__organiser",
            "visit__order__service",
            "visit__band",
        )
        .order_by("pk")
    )
    client = request.GET.get("client", "")
    if client.isascii() and client.isdigit() and len(client) < 19:
        waiting = waiting.filter(visit__client=int(client))
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page)
    note_listing(request, list({one.visit.client_id: one.visit.client for one in shown}.values()))
    facts = {
        "page": page,
        "checks": shown,
        "fault": fault,
        "most": MOST_WORDS,
        "today": max(request.days.values()),
    }
    return render(request, "casework/checks.html", facts, status=422 if fault else 200)


def _asked(request: Request) -> Check:
    """The check that the form is about, of a client whom the reader meets. Raises Http404."""
    text = request.POST.get("check", "")
    number = row_number(text)
    mine = Check.objects.filter(visit__client__in=casework_people(request))
    found = mine.select_related("visit__organiser").filter(pk=number).first()
    organiser_id = found.organiser_id if found else 0
    if found is None or not request.actor.may(Permission.REVIEW_VISITS, organiser_id):
        note_refusal(request, "check", number)
        raise Http404("There is no such check for this reader.")
    return found


def _answer(request: Request, check: Check) -> None:
    answer_check(
        check=check,
        found=Found.WRONG if request.POST.get("found") == Found.WRONG else Found.RIGHT,
        words=request.POST.get("words", ""),
        by=request.actor,
        at=clock.now(check.visit.organiser),
    )
