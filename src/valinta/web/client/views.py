"""Pages of the client: the budget home page, and the answer to a reported visit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.clients.states import MandateScope
from valinta.processes.dispute_visit import dispute_in_words
from valinta.shared.states import ForbiddenTransition
from valinta.visits import actions
from valinta.visits.models import Visit
from valinta.web import clock
from valinta.web.access import find_visit
from valinta.web.client.forms import WHAT_HAPPENED, DisputeForm
from valinta.web.client.opening import open_page
from valinta.web.client.orders import rights
from valinta.web.client.people import open_to
from valinta.web.client.picture import home_picture
from valinta.web.client.wellbeing import wellbeing_due
from valinta.web.middleware import Request


@require_GET
def start(request: Request) -> HttpResponse:
    """The budget of the one person the reader is or acts for, or a choice between several."""
    people = open_to(request)
    if len(people) == 1 and MandateScope.SEE in (people[0].scope or (MandateScope.SEE,)):
        return _show_home(request, people[0].client.pk)
    if len(people) == 1 and people[0].address:
        return redirect(people[0].address)
    return render(request, "client/people.html", {"people": people})


@require_GET
def home(request: Request, client_id: int) -> HttpResponse:
    """The budget home page of one person."""
    return _show_home(request, client_id)


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
    form = DisputeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = dispute_in_words(
                visit_id=visit.pk,
                picked=form.picked(),
                words=form.cleaned_data["reason"],
                by=request.actor,
                at=clock.now(visit.organiser),
            )
        except ForbiddenTransition:
            return _back(request, visit, "answered_before")
        except actions.DisputeTooLate:
            return _back(request, visit, "too_late")
        except actions.SettledAlready:
            return _back(request, visit, "settled")
        return _back(request, visit, "disputed_in_words" if done.thread else "disputed")
    page = open_page(request, visit.client_id, (MandateScope.CONFIRM,), "visit to confirm")
    status = 422 if form.errors else 200
    facts = {"visit": visit, "form": form, "reasons": list(WHAT_HAPPENED.items())}
    return page.show("client/dispute.html", facts, status=status)


def _show_home(request: Request, client_id: int) -> HttpResponse:
    page = open_page(request, client_id)
    facts = {
        "picture": home_picture(page.client, page.today),
        "wellbeing_due": wellbeing_due(page),
        **rights(page),
    }
    return page.show("client/home.html", facts)


def _back(request: Request, visit: Visit, told: str) -> HttpResponse:
    """Back to where the question was asked: the order, the list of visits, or the home page."""
    request.session["told"] = told
    where = request.POST.get("back")
    if where == "order":
        return redirect("client:order", client_id=visit.client_id, order_id=visit.order_id)
    return redirect(
        "client:visits" if where == "visits" else "client:home", client_id=visit.client_id
    )
