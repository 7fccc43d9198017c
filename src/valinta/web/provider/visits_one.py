"""One visit: what it is, the talk about it, and changing it until it is settled."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from valinta.messages import actions as talk
from valinta.messages.models import Thread
from valinta.messages.states import Route
from valinta.processes.report_visit import StillRefused, correct_report, free_reference
from valinta.settlements.models import RunVisit
from valinta.users.permissions import Permission
from valinta.visits.actions import SettledAlready
from valinta.visits.models import Mending, Visit
from valinta.visits.states import VisitState
from valinta.visits.withdrawing_actions import WithdrawnAlready, withdraw_visit
from valinta.web.message_forms import FILE_FAULTS, ReplyForm, file_fault
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.visit_forms import VisitForm, filled_from_visit, typed, wants_to_find
from valinta.web.provider.visit_lines import review_words, words_of
from valinta.web.provider.visit_scope import PURPOSE, choices_of, orders_to_report, own_visits
from valinta.web.provider.visits_checks import check_of

NEEDS = Permission.REPORT_VISITS
MOST_REASON = 400


@require_http_methods(["GET", "POST"])
def one(request: Request, provider_id: int, visit_id: int) -> HttpResponse:
    """The visit with what became of it, and what client and case manager say about it."""
    page, visit = _open(request, provider_id, visit_id)
    thread = Thread.objects.visible_to(request.actor).filter(visit=visit, route=Route.VISIT).first()
    form = ReplyForm(request.POST or None, request.FILES or None)
    at = page.now(visit.organiser)
    if request.method == "POST" and thread is not None and form.is_valid():
        try:
            talk.write_message(
                thread=thread,
                words=form.cleaned_data["words"],
                files=form.sent_files,
                by=request.actor,
                at=at,
            )
        except FILE_FAULTS as error:
            form.add_error("files", file_fault(error))
        else:
            page.tell("message_sent")
            return page.to("provider:visits_one", visit_id=visit.pk)
    if thread is not None:
        talk.note_glance(thread=thread, by=request.actor, at=at)
    said = (
        thread.messages.select_related("written_by").order_by("written_at", "pk") if thread else ()
    )
    facts = {
        "visit": visit,
        "why": review_words(visit),
        "check": check_of(visit),
        "thread": thread,
        "said": said,
        "form": form,
        "can_change": _can_change(visit),
        "mending": Mending.objects.filter(withdrawn=visit).select_related("visit").first(),
        "stands_for": Mending.objects.filter(visit=visit).select_related("withdrawn").first(),
    }
    return page.show("provider/visits_one.html", facts, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def correct(request: Request, provider_id: int, visit_id: int) -> HttpResponse:
    """The form filled in with the visit; what is sent stands in its place."""
    page, visit = _open(request, provider_id, visit_id)
    if not _can_change(visit):
        page.tell("visit_settled")
        return page.to("provider:visits_one", visit_id=visit.pk)
    if request.method == "GET":
        fresh = free_reference(visit.reference, visit.provider_id, visit.organiser_id)
        choices = orders_to_report(page, also=str(visit.order_id))
        known = filled_from_visit(visit).as_initial(fresh)
        return _show_form(page, visit, VisitForm(choices, initial=known))
    choices = choices_of(page)
    if wants_to_find(request.POST):
        return _show_form(page, visit, VisitForm(choices, initial=typed(request.POST)))
    form = VisitForm(choices, request.POST)
    if not form.is_valid():
        return _show_form(page, visit, form, status=422)
    try:
        new = correct_report(
            visit=visit,
            order=form.chosen,
            entry=form.entry(visit.worker),
            reason="",
            by=request.actor,
            at=page.now(visit.organiser),
        )
    except StillRefused as refusal:
        return _show_form(page, visit, form, refusal, 422)
    except (SettledAlready, WithdrawnAlready):
        page.tell("visit_settled")
        return page.to("provider:visits_one", visit_id=visit.pk)
    page.tell("visit_corrected")
    return page.to("provider:visits_one", visit_id=new.pk)


@require_http_methods(["GET", "POST"])
def delete(request: Request, provider_id: int, visit_id: int) -> HttpResponse:
    """Take the visit back, after being asked once."""
    page, visit = _open(request, provider_id, visit_id)
    if request.method == "GET" and _can_change(visit):
        return page.show("provider/visits_delete.html", {"visit": visit})
    if request.method == "POST":
        try:
            withdraw_visit(
                visit_id=visit.pk,
                reason=request.POST.get("reason", "").replace("\x00", "")[:MOST_REASON],
                funding_account_id=visit.order.service.programme.funding_account_id,
                by=request.actor,
                at=page.now(visit.organiser),
            )
        except (SettledAlready, WithdrawnAlready):
            page.tell("visit_settled")
        else:
            page.tell("visit_deleted")
    else:
        page.tell("visit_settled")
    return page.to("provider:visits_one", visit_id=visit.pk)


def _open(request: Request, provider_id: int, visit_id: int) -> tuple[CompanyPage, Visit]:
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    visit = own_visits(page).filter(pk=visit_id).first() or page.missing("visit", visit_id)
    page.note_people([visit.client])
    return page, visit


def _can_change(visit: Visit) -> bool:
    return visit.state != VisitState.REJECTED and not RunVisit.objects.filter(visit=visit).exists()


def _show_form(
    page: CompanyPage,
    visit: Visit,
    form: VisitForm,
    refusal: StillRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    why = words_of(refusal.answer.code, refusal.answer.facts) if refusal else None
    facts = {"form": form, "visit": visit, "why": why, "shows_band": True}
    return page.show("provider/visits_correct.html", facts, status)
