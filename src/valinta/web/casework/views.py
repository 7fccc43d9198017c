"""Pages of the case manager: the list of clients, and one client on one page."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from valinta.clients.models import Client
from valinta.evaluation.contacts import before_and_now
from valinta.plans.actions import PlanNotOpen, comment_on_plan
from valinta.plans.models import ServicePlan
from valinta.processes.write_access_letter import write_access_letter
from valinta.users.permissions import Permission
from valinta.web import clock
from valinta.web.access import (
    casework_people,
    find_client,
    note_listing,
    note_reading,
    note_refusal,
)
from valinta.web.casework.caseload import caseload
from valinta.web.casework.contact_forms import choices_of
from valinta.web.casework.newcomers import newcomers
from valinta.web.casework.opening import CasePage
from valinta.web.casework.openings import contact_facts
from valinta.web.casework.plan_talk import AnswerForm, plan_talk
from valinta.web.casework.record import client_record
from valinta.web.casework.wishes import client_wishes
from valinta.web.middleware import Request

PAGE_SIZE = 50


@require_GET
def clients(request: Request) -> HttpResponse:
    """The worker's own clients; with `all` in the address, every client of the organiser."""
    visible = casework_people(request).select_related("organiser")
    own = visible.filter(case_manager_id=request.actor.user_id)
    shows_all = "all" in request.GET or not own.exists()
    chosen = (visible if shows_all else own).order_by("family_name", "given_name", "pk")
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    note_listing(request, list(page))
    context = {
        "page": page,
        "rows": caseload([one.pk for one in page], request.days),
        "shows_all": shows_all,
        "has_own": not shows_all or own.exists(),
        "newcomers": newcomers(request),
    }
    return render(request, "casework/clients.html", context)


@require_GET
def client(request: Request, client_id: int) -> HttpResponse:
    """One client on one page: need, money, choice, what has happened and what comes next."""
    found = find_client(request, client_id, casework_people(request))
    return show_client(request, found, AnswerForm())


@require_POST
def plan_comment(request: Request, client_id: int, plan_id: int) -> HttpResponse:
    """Answer the client in the talk about the plan."""
    found = find_client(request, client_id, casework_people(request))
    plans = ServicePlan.objects.filter(enrolment__client=found).select_related("enrolment__client")
    about = plans.filter(pk=plan_id).first()
    if about is None:
        note_refusal(request, "plan", plan_id)
        raise Http404("There is no such plan for this reader.")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show_client(request, found, form, status=422)
    at, text = clock.now(found.organiser), form.cleaned_data["text"]
    try:
        comment_on_plan(plan=about, text=text, by=request.actor, at=at)
    except PlanNotOpen:
        # A newer version has come: the words stay in the form, to be said about that one.
        request.session["told"] = "plan_newer"
        return show_client(request, found, form, status=409)
    return redirect("casework:client", client_id=found.pk)


def show_client(
    request: Request,
    found: Client,
    form: AnswerForm,
    status: int = 200,
    answer_fault: tuple[int, str] | None = None,
    unsaved: str = "",
) -> HttpResponse:
    """The page of a client who was found for the reader, after noting the reading.

    `answer_fault` is a request for the tray, and what is wrong with its answer; `unsaved` are words
    for which somebody else was faster.
    """
    page = CasePage(request, found, clock.now(found.organiser))
    page.keep(unsaved)
    note_reading(request, found, page.at, "casework")
    record = client_record(found, page.today)
    words = record.contact_words
    facts = {
        "record": record,
        "talk": plan_talk(found),
        "wishes": client_wishes(record.enrolment, page.at),
        "may_answer_requests": page.may(Permission.ANSWER_REQUESTS),
        "answer_fault": answer_fault,
        "form": form,
        "may_answer": page.may(Permission.WRITE_SUPPORT_PLANS),
        "may_write_letters": page.may(Permission.ENROL_CLIENTS),
        "may_divide": page.may(Permission.DIVIDE_CLIENTS),
        "contact": choices_of(words) if page.may(Permission.LOG_CONTACTS) and words.kinds else None,
        "wellbeing": before_and_now(found.pk, request.actor),
        "contact_facts": contact_facts(found),
    }
    return page.show("casework/client.html", facts, status=status)


@require_POST
def access_letter(request: Request, client_id: int) -> HttpResponse:
    """A letter with a new code for the client, to be printed and posted; the old code ends."""
    found = find_client(request, client_id, casework_people(request))
    address = request.build_absolute_uri(reverse("public:sign_in_letter"))
    at = clock.now(found.organiser)
    made = write_access_letter(client=found, address=address, by=request.actor, at=at)
    return HttpResponse(
        made.pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="letter-{made.code.pk}.pdf"'},
    )
