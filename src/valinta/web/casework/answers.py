"""The case manager answers a client's request for what the tray does not have (KEU-8)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from valinta.shared.ids import row_number
from valinta.shared.states import ForbiddenTransition
from valinta.web import clock
from valinta.web.access import casework_people, find_client, note_refusal
from valinta.web.casework.plan_talk import AnswerForm
from valinta.web.casework.views import show_client
from valinta.web.middleware import Request
from valinta.wishes import actions
from valinta.wishes.models import TrayRequest


@require_POST
def answer_request(request: Request, client_id: int) -> HttpResponse:
    """Look into the request of the form's `request`, or answer it: `do` says which."""
    client = find_client(request, client_id, casework_people(request))
    at = clock.now(client.organiser)
    asked = _request(request, client_id)
    do, words = request.POST.get("do", ""), request.POST.get("answer", "")
    try:
        if do == "look":
            actions.look_into_request(request=asked, by=request.actor, at=at)
        elif do in ("found", "not_possible"):
            actions.answer_request(
                request=asked, found=do == "found", answer=words, by=request.actor, at=at
            )
    except actions.WordsMissing:
        fault = gettext("Write the answer in a few words; the client will read it.")
        return show_client(request, client, AnswerForm(), 422, (asked.pk, fault))
    except ForbiddenTransition:
        fault = gettext("This request was answered already. Nothing was changed.")
        return show_client(request, client, AnswerForm(), 409, (asked.pk, fault), unsaved=words)
    return redirect("casework:client", client_id=client.pk)


def _request(request: Request, client_id: int) -> TrayRequest:
    number = row_number(request.POST.get("request", ""))
    found = (
        TrayRequest.objects.visible_to(request.actor)
        .filter(pk=number, client_id=client_id)
        .select_related("enrolment")
        .first()
    )
    if found is None:
        note_refusal(request, "tray_request", number)
        raise Http404("There is no such request for this reader.")
    return found
