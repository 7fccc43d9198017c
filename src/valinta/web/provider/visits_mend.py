"""A refused line: the form opens filled in, and what is sent answers it; or it is set aside."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from valinta.processes.report_visit import StillRefused, free_reference, mend_line
from valinta.users.permissions import Permission
from valinta.visits.codes import Code
from valinta.visits.mending import MendedAlready
from valinta.visits.models import RefusedLine
from valinta.visits.withdrawing_actions import set_line_aside
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.visit_forms import VisitForm, filled_from_line, typed, wants_to_find
from valinta.web.provider.visit_lines import line_words, words_of
from valinta.web.provider.visit_scope import (
    PURPOSE,
    choices_of,
    open_lines,
    orders_to_report,
    worker_code,
)

NEEDS = Permission.REPORT_VISITS


@require_http_methods(["GET", "POST"])
def mend(request: Request, provider_id: int, line_id: int) -> HttpResponse:
    """Why the line was refused, and the form with what it said."""
    page, line = _open(request, provider_id, line_id)
    if request.method == "GET":
        known = filled_from_line(line)
        choices = orders_to_report(page, also=known.order)
        return _show(page, line, VisitForm(choices, initial=known.as_initial(_reference(line))))
    choices = choices_of(page)
    if wants_to_find(request.POST):
        return _show(page, line, VisitForm(choices, initial=typed(request.POST)))
    form = VisitForm(choices, request.POST)
    if not form.is_valid():
        return _show(page, line, form, status=422)
    order = form.chosen
    try:
        visit = mend_line(
            refused=line,
            order=order,
            entry=form.entry(str(line.sent.get("worker") or worker_code(page))),
            by=request.actor,
            at=page.now(order.organiser),
        )
    except StillRefused as refusal:
        return _show(page, line, form, refusal, 422)
    except MendedAlready:
        page.tell("line_mended_before")
        return page.to("provider:visits")
    page.tell("line_mended")
    return page.to("provider:visits_one", visit_id=visit.pk)


@require_POST
def set_aside(request: Request, provider_id: int, line_id: int) -> HttpResponse:
    """The line needs no mending."""
    page, line = _open(request, provider_id, line_id)
    try:
        set_line_aside(refused=line, by=request.actor, at=page.now(line.organiser))
    except MendedAlready:
        page.tell("line_mended_before")
    else:
        page.tell("line_set_aside")
    return page.to("provider:visits")


def _open(request: Request, provider_id: int, line_id: int) -> tuple[CompanyPage, RefusedLine]:
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    line = open_lines(page).filter(pk=line_id).first() or page.missing("refused_line", line_id)
    return page, line


def _reference(line: RefusedLine) -> str:
    """The line's own while it is free: then the same line sent again brings nothing twice."""
    if line.reference and line.code != Code.OTHER_CONTENT:
        return line.reference
    return free_reference(line.reference, line.batch.provider_id, line.organiser_id)


def _show(
    page: CompanyPage,
    line: RefusedLine,
    form: VisitForm,
    refusal: StillRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    page.note_people([one.client for one in form.orders.values()])
    why = words_of(refusal.answer.code, refusal.answer.facts) if refusal else None
    facts = {"form": form, "refused": line_words(line), "why": why, "shows_band": True}
    return page.show("provider/visits_mend.html", facts, status)
