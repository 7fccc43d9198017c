"""Ending a wish to join: the written answer to take along, and whose turn it is in the queues."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from valinta.clients.states import EnrolmentState
from valinta.processes.join_programme import HasAPlace, close_without_place
from valinta.processes.places import Rooms
from valinta.programmes.models import Programme
from valinta.users.permissions import Permission
from valinta.web.access import casework_people, note_listing
from valinta.web.casework.eligibility_form import legs_of
from valinta.web.casework.joining import PURPOSE, Typed, place_of, show
from valinta.web.casework.joining_picture import checks_of
from valinta.web.casework.opening import open_case
from valinta.web.middleware import Request

LONGEST_REASON = 200
PAGE_SIZE = 50


@require_POST
def close(request: Request, client_id: int) -> HttpResponse:
    """End the wish to join with the reason; the answer is on the next page, to print or send."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = place_of(page)
    reason = request.POST.get("reason", "").strip()
    if not reason or len(reason) > LONGEST_REASON:
        fault = gettext("Write the reason in at most 200 signs; the client will read it.")
        return show(page, Typed(reason=reason, faults=[("reason", fault)]), 422)
    try:
        close_without_place(enrolment=enrolment, reason=reason, by=request.actor, at=page.at)
    except HasAPlace:
        page.tell("changed_meanwhile")
        page.keep(reason)
        return show(page, Typed(), 409)
    return page.to("casework:joining_answer")


@require_GET
def answer(request: Request, client_id: int) -> HttpResponse:
    """The written answer in the client's language: what was asked, each leg, and what goes on."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = page.enrolment
    if enrolment is None or enrolment.state != EnrolmentState.ENDED or enrolment.started_on:
        return page.to("casework:joining")
    legs = [one for one in legs_of(enrolment.programme, checks_of(enrolment)) if one.check]
    facts = {
        "enrolment": enrolment,
        "legs": legs,
        "refused": [one for one in legs if one.check is not None and not one.check.met],
    }
    return page.show("casework/joining_answer.html", facts)


@require_GET
def queue(request: Request) -> HttpResponse:
    """Everyone who waits for a place, in order, and for whom there is one now (OST-2)."""
    own = request.actor.organisers_where(Permission.ENROL_CLIENTS)
    waiting, offered = [], 0
    for organiser_id in sorted(own):
        day = request.days[organiser_id]
        programmes = Programme.objects.filter(organiser_id=organiser_id)
        rooms = Rooms(list(programmes.values_list("pk", flat=True)), day)
        waiting += rooms.queues()
        offered += len(rooms.offers())
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(one, room, room.place_of(one), one in room.offered) for one, room in page]
    visible = set(
        casework_people(request)
        .filter(pk__in=[one.client_id for one, *_ in rows])
        .values_list("pk", flat=True)
    )
    note_listing(request, [one.client for one, *_ in rows if one.client_id in visible])
    facts = {"page": page, "rows": rows, "visible": visible, "offered": offered}
    return render(request, "casework/queue.html", facts)
