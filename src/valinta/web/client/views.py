"""Pages of the client: the budget home page, and the answer to a reported visit."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.clients.models import Client
from valinta.shared.states import ForbiddenTransition
from valinta.visits import actions
from valinta.visits.models import Visit
from valinta.web import clock
from valinta.web.access import find_client, find_visit, note_reading, own_people
from valinta.web.client.forms import DisputeForm
from valinta.web.client.picture import home_picture
from valinta.web.middleware import Request


@require_GET
def start(request: Request) -> HttpResponse:
    """The budget of the one person the reader is or acts for, or a choice between several."""
    people = list(own_people(request).select_related("organiser").order_by("given_name", "pk"))
    if len(people) == 1:
        return _show_home(request, find_client(request, people[0].pk, own_people(request)))
    return render(request, "client/people.html", {"people": people})


@require_GET
def home(request: Request, client_id: int) -> HttpResponse:
    """The budget home page of one person."""
    return _show_home(request, find_client(request, client_id, own_people(request)))


@require_POST
def confirm(request: Request, visit_id: int) -> HttpResponse:
    """Yes: the visit took place as reported."""
    visit = find_visit(request, visit_id)
    try:
        actions.confirm_visit(visit_id=visit.pk, by=request.actor, at=clock.now(visit.organiser))
    except ForbiddenTransition:
        return _back(request, visit, "answered_before")
    return _back(request, visit, "confirmed")


@require_http_methods(["GET", "POST"])
def dispute(request: Request, visit_id: int) -> HttpResponse:
    """No: the client tells what happened instead."""
    visit = find_visit(request, visit_id)
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.dispute_visit(
                visit_id=visit.pk,
                by=request.actor,
                at=clock.now(visit.organiser),
                reason=form.cleaned_data["reason"],
            )
        except ForbiddenTransition:
            return _back(request, visit, "answered_before")
        except actions.DisputeTooLate:
            return _back(request, visit, "too_late")
        except actions.SettledAlready:
            return _back(request, visit, "settled")
        return _back(request, visit, "disputed")
    at = clock.now(visit.organiser)
    _note_reading(request, visit.client, at)
    context = {"visit": visit, "form": form, "today": at.date()}
    status = 422 if form.errors else 200
    return render(request, "client/dispute.html", context, status=status)


def _show_home(request: Request, client: Client) -> HttpResponse:
    at = clock.now(client.organiser)
    is_own = _note_reading(request, client, at)
    context = {
        "client": client,
        "acting_for": None if is_own else client,
        "today": at.date(),
        "picture": home_picture(client, at.date()),
        "told": request.session.pop("told", ""),
    }
    return render(request, "client/home.html", context)


def _note_reading(request: Request, client: Client, at: datetime) -> bool:
    """Note who looks and as what; whether the reader is the client."""
    is_own = client.user_id == request.actor.user_id
    note_reading(request, client, at, "own budget" if is_own else "acting for the client")
    return is_own


def _back(request: Request, visit: Visit, told: str) -> HttpResponse:
    request.session["told"] = told
    return redirect("client:home", client_id=visit.client_id)
