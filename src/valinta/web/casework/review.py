"""Visits set aside for a check or disputed, over all clients; and the decision on one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from valinta.ledger.posting import NotEnoughMoney
from valinta.messages.models import Message
from valinta.processes.review_visit import NoOtherPrice, reprice_visit
from valinta.shared.states import ForbiddenTransition
from valinta.users.permissions import Permission
from valinta.visits.actions import accept_reviewed, reject_reviewed
from valinta.visits.models import Visit
from valinta.web.access import casework_people, note_listing
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.casework.services_forms import EndForm
from valinta.web.casework.services_picture import reviews, waiting_visits
from valinta.web.casework.services_tab import PURPOSE, show_services
from valinta.web.middleware import Request

PAGE_SIZE = 50


@require_GET
def review(request: Request) -> HttpResponse:
    """Visits that wait for a person, of everyone whom the reader meets, disputes first."""
    found = waiting_visits(client__in=casework_people(request))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    visits = list(page)
    note_listing(request, list({one.client_id: one.client for one in visits}.values()))
    rows = reviews(visits, request.actor)
    facts = {"page": page, "rows": rows, "today": max(request.days.values())}
    return render(request, "casework/review.html", facts)


@require_http_methods(["GET", "POST"])
def visit(request: Request, client_id: int, visit_id: int) -> HttpResponse:
    """One visit: what was reported, what was said, and yes, no or another price."""
    page = open_case(request, client_id, PURPOSE)
    found = waiting_visits(client=page.client, pk=visit_id).first()
    if found is None:
        if page.client.pk != Visit.objects.filter(pk=visit_id).values_list(
            "client_id", flat=True
        ).first():  # fmt: skip
            page.missing("visit", visit_id)
        return _decided_before(page)
    form = EndForm(request.POST if request.POST.get("step") == "reject" else None)
    if request.method == "POST" and page.may(Permission.REVIEW_VISITS):
        answer = _decide(page, found, form)
        if answer is not None:
            return answer
    seen = reviews([found], request.actor)[0]
    facts = {
        "review": seen,
        "visit": found,
        "said": Message.objects.filter(thread__in=seen.threads)
        .select_related("written_by")
        .order_by("written_at", "pk"),
        "form": form,
        "may_review": page.may(Permission.REVIEW_VISITS),
    }
    return page.show("casework/services_visit.html", facts, 422 if form.errors else 200)


def _decided_before(page: CasePage) -> HttpResponse:
    """Somebody else decided on the visit: the newest, and a reason that was typed."""
    page.tell("visit_decided_before")
    reason = page.request.POST.get("reason", "")
    if not reason:
        return page.to("casework:services")
    page.keep(reason)
    return show_services(page, 409)


def _decide(page: CasePage, found: Visit, form: EndForm) -> HttpResponse | None:
    """Do what was pressed; None when something is to be mended first."""
    step, by, at = page.request.POST.get("step"), page.request.actor, page.at
    funding = found.order.enrolment.programme.funding_account_id
    try:
        if step == "accept":
            accept_reviewed(visit_id=found.pk, funding_account_id=funding, by=by, at=at)
            page.tell("visit_accepted")
        elif step == "reprice":
            reprice_visit(visit_id=found.pk, by=by, at=at)
            page.tell("visit_repriced")
            return page.to("casework:services_visit", visit_id=found.pk)
        elif step == "reject" and form.is_valid():
            reason = form.cleaned_data["reason"]
            reject_reviewed(
                visit_id=found.pk, reason=reason, funding_account_id=funding, by=by, at=at
            )
            page.tell("visit_rejected")
        else:
            return None
    except (ForbiddenTransition, NoOtherPrice):
        return _decided_before(page)
    except NotEnoughMoney:
        page.tell("visit_no_money")
        return page.to("casework:services_visit", visit_id=found.pk)
    return page.to("casework:services")
