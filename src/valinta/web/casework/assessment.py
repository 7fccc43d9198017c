"""The assessment, made together with the client: goals first, then services (OST-4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from valinta.catalogue.models import Service
from valinta.clients.models import Enrolment
from valinta.needs.answers import goals_of
from valinta.needs.assessment_actions import (
    OVER,
    AssessmentChanged,
    AssessmentIncomplete,
    AssessmentIsCompleted,
    PlaceIsOver,
    complete_assessment,
    save_assessment,
    shape_of,
    start_assessment,
)
from valinta.needs.models import Assessment
from valinta.needs.states import AssessmentState
from valinta.shared.changes import Content, bring_together, difference, tidied
from valinta.users.permissions import Permission
from valinta.web.casework.assessment_fields import FieldWords, form_of
from valinta.web.casework.assessment_past import (
    amounts_of,
    completed,
    results_of,
    side_by_side,
    typed_amounts,
)
from valinta.web.casework.assessment_sum import make_sum
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.conflicts import Conflict, conflict_of
from valinta.web.middleware import Request
from valinta.web.names import names_of

PURPOSE = "assessment"
LONGEST_SITTING = 36


@dataclass(frozen=True, slots=True)
class Shown:
    """What the form shows: its content, the version and sitting it is of, and what is wrong."""

    content: Content
    version: int
    sitting: str
    faults: Mapping[str, str] | None = None
    conflict: Conflict | None = None
    unsaved: Sequence[tuple[str, str]] = ()


@require_GET
def assessment(request: Request, client_id: int) -> HttpResponse:
    """The assessment under way, to go on with; else the last one, and a way to begin."""
    return show(open_case(request, client_id, PURPOSE))


@require_POST
def start(request: Request, client_id: int) -> HttpResponse:
    """Begin an assessment; one that is under way is gone on with."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = page.enrolment or page.missing("client", client_id)
    try:
        start_assessment(enrolment=enrolment, by=request.actor, at=page.at)
    except PlaceIsOver:
        page.tell("place_is_over")
    return page.to("casework:assessment")


@require_POST
def save(request: Request, client_id: int) -> HttpResponse:
    """Keep what was typed; with `finish`, complete the assessment and make the sum."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = page.enrolment or page.missing("client", client_id)
    found = _named(page, enrolment)
    if found is None:
        return page.to("casework:assessment")
    sitting = request.POST.get("sitting", "")[:LONGEST_SITTING]
    seen = _number(request.POST.get("version", ""))
    typed = _typed(request, found)
    try:
        saved = save_assessment(
            assessment=found,
            typed=typed,
            seen_version=seen,
            sitting=sitting,
            by=request.actor,
            at=page.at,
        )
        if "finish" in request.POST:
            return _finish(page, saved, sitting)
    except AssessmentChanged as changed:
        return _changed(page, changed, typed, sitting)
    except AssessmentIsCompleted:
        return _completed_meanwhile(page, found, typed)
    if "HX-Request" in request.headers:
        facts = {"version": saved.version, "at": page.at}
        return render(request, "casework/assessment_saved.html", facts)
    page.tell("saved")
    return page.to("casework:assessment")


def _finish(page: CasePage, saved: Assessment, sitting: str) -> HttpResponse:
    try:
        complete_assessment(
            assessment=saved,
            seen_version=saved.version,
            sitting=sitting,
            by=page.request.actor,
            at=page.at,
        )
    except AssessmentIncomplete as incomplete:
        shown = Shown(saved.answers, saved.version, sitting, incomplete.faults)
        return show(page, shown, status=422)
    refusal = make_sum(page, saved)
    page.tell(refusal or "assessment_completed")
    return page.to("casework:assessment_sum")


def _changed(
    page: CasePage, changed: AssessmentChanged, typed: Content, sitting: str
) -> HttpResponse:
    """Field by field what another has changed; what was typed stays in the form, to be merged."""
    newest = changed.newest
    words = FieldWords(newest.enrolment.programme, _services(newest.enrolment))
    conflict = conflict_of(changed.changes, typed, words.label, words.shown)
    if "HX-Request" in page.request.headers:
        facts = {"conflict": conflict}
        return render(page.request, "casework/assessment_saved.html", facts, status=409)
    content = bring_together(changed.changes, typed).content
    shown = Shown(content, newest.version, sitting, conflict=conflict)
    return show(page, shown, status=409)


def _completed_meanwhile(page: CasePage, found: Assessment, typed: Content) -> HttpResponse:
    """Another has completed it: what was typed and is not in it is shown, to begin anew with."""
    found.refresh_from_db()
    words = FieldWords(found.enrolment.programme, _services(found.enrolment))
    typed = {field: text for field, text in typed.items() if text}
    unsaved = [
        (words.label(field), words.shown(field, now) or "–")
        for field, (_was, now) in difference(found.answers, tidied(typed)).items()
    ]
    if "HX-Request" in page.request.headers:
        facts = {"is_completed": True}
        return render(page.request, "casework/assessment_saved.html", facts, status=409)
    return show(page, Shown(typed, 0, "", unsaved=unsaved), status=409)


def _named(page: CasePage, enrolment: Enrolment) -> Assessment | None:
    """The assessment that the form is of, None when it names none.

    Raises Http404 when it is not the client's.
    """
    pk = _number(page.request.POST.get("assessment", ""))
    if not pk:
        return None
    own = Assessment.objects.filter(enrolment__client_id=enrolment.client_id)
    found = own.select_related("enrolment__programme", "enrolment__client").filter(pk=pk).first()
    return found or page.missing("assessment", pk)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _typed(request: Request, found: Assessment) -> dict[str, str]:
    """Every field of the form; a box that is not ticked is an empty one."""
    shape = shape_of(found.enrolment.programme)
    return {field: request.POST.get(field, "").strip() for field in shape.fields()}


def _services(enrolment: Enrolment) -> list[Service]:
    return list(enrolment.programme.services.order_by("pk"))


def show(page: CasePage, shown: Shown | None = None, status: int = 200) -> HttpResponse:
    """The page: the form of the assessment under way, or the last one."""
    enrolment = page.enrolment
    facts: dict[str, Any] = {"enrolment": enrolment, "shown": shown}
    if enrolment is None:
        return page.show("casework/assessment.html", facts, status)
    done = completed(enrolment)
    under_way = (
        enrolment.assessments.filter(state=AssessmentState.STARTED)
        .select_related("enrolment__programme")
        .first()
    )
    services = _services(enrolment)
    shape = shape_of(enrolment.programme)
    facts |= {
        "done": done,
        "last": done[0] if done else None,
        "under_way": under_way,
        "by_points": shape.by_points,
        "model": enrolment.programme.terms.get("allocation", {}).get("model", ""),
        "may_assess": page.may(Permission.ASSESS_NEEDS) and enrolment.state not in OVER,
        "results": results_of(enrolment),
        "takes_results": bool(enrolment.programme.terms.get("result_instruments")),
    }
    if under_way is not None:
        last = amounts_of(done[0], shape.by_points) if done else {}
        facts |= _form_facts(under_way, services, last, shown)
        by_id = under_way.saves.order_by("-version").values_list("saved_by_id", flat=True).first()
        facts["saved_by"] = names_of([by_id]).get(by_id or 0, "")
        now = typed_amounts(shape, under_way)
        goals = goals_of(under_way.answers)
    else:
        now, goals = (amounts_of(done[0], shape.by_points), done[0].goals) if done else ({}, [])
    before = done[:1] if under_way else done[1:2]
    if before:
        by_points = shape.by_points
        facts["compared"] = side_by_side(before[0], goals, now, services, by_points)
    return page.show("casework/assessment.html", facts, status)


def _form_facts(
    under_way: Assessment,
    services: Sequence[Service],
    last: Mapping[str, int],
    shown: Shown | None,
) -> dict[str, Any]:
    if shown is None or shown.unsaved:
        unsaved = shown.unsaved if shown else ()
        shown = Shown(under_way.answers, under_way.version, str(uuid4()), unsaved=unsaved)
    programme = under_way.enrolment.programme
    form = form_of(programme, services, shown.content, last, shown.faults)
    return {"shown": shown, "form": form}
