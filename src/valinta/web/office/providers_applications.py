"""One application: each condition with what shows it and its age, and the way to a decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from valinta.providers import application_actions, deciding_actions
from valinta.providers.application_actions import PaperUnfit, Shown
from valinta.providers.conditions import conditions_of, days_of, entries_of, standings
from valinta.providers.models import Application, Evidence
from valinta.providers.states import OPEN, ApplicationState
from valinta.shared.states import ForbiddenTransition
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.names import names_of
from valinta.web.office import providers_forms as office_forms
from valinta.web.office.opening import OfficePage, open_programme
from valinta.web.office.providers_picture import (
    asked_services,
    lacking_words,
    register_names,
    towns_of,
)
from valinta.web.papers import as_download
from valinta.web.templatetags.providers import lack_words

# What a verb says when somebody else was faster.
CHANGED = (
    ForbiddenTransition,
    application_actions.ApplicationClosed,
    deciding_actions.NotWaiting,
)


@require_GET
def application(request: Request, programme_id: int, application_id: int) -> HttpResponse:
    """The application: facts, conditions, rounds of clarification, and the decision."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    return show(page, find(page, application_id))


@require_GET
def evidence(request: Request, programme_id: int, evidence_id: int) -> FileResponse:
    """A paper of an application."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    found = _evidence(page).exclude(name="").filter(pk=evidence_id).first()
    return as_download(found or page.missing("evidence", evidence_id))


@require_POST
def judge(request: Request, programme_id: int, evidence_id: int) -> HttpResponse:
    """Take a piece of evidence as proof, or not."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    found = _evidence(page).defer("content").filter(pk=evidence_id).first()
    found = found or page.missing("evidence", evidence_id)
    words = request.POST.get("words", "")[: office_forms.LONGEST]
    try:
        deciding_actions.judge_evidence(
            evidence=found,
            accepted=request.POST.get("verdict") == "accept",
            words=words,
            by=request.actor,
            at=page.at,
        )
    except application_actions.WordsMissing:
        fault = gettext("Say what is wrong with it, so that the applicant can mend it.")
        judged = {"judged": found.pk, "judge_fault": fault}
        return show(page, find(page, found.application_id), judged, 422)
    except CHANGED:
        return changed(page, found.application_id, words)
    return page.to("office:providers_application", application_id=found.application_id)


@require_POST
def hand_in(request: Request, programme_id: int, application_id: int) -> HttpResponse:
    """Keep a paper or an answer that came to the office."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    found = find(page, application_id)
    form = _evidence_form(found, request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        shown = Shown(given["words"], form.paper, given["issued_on"], given["valid_until"])
        try:
            application_actions.hand_in(
                application=found,
                condition=given["condition"],
                shown=shown,
                by=request.actor,
                at=page.at,
            )
        except PaperUnfit:
            form.add_error(
                "issued_on",
                gettext("Check the days: the paper's own day, and the last day on which it holds."),
            )
        except CHANGED:
            return changed(page, found.pk, form)
        else:
            page.tell("paper_kept")
            return page.to("office:providers_application", application_id=found.pk)
    return show(page, found, {"evidence_form": form, "faulty": form}, 422)


@require_POST
def ask(request: Request, programme_id: int, application_id: int) -> HttpResponse:
    """Ask the applicant for a clarification."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    found, form = find(page, application_id), office_forms.AskForm(request.POST)

    def verb() -> object:
        return deciding_actions.ask_clarification(
            application=found, **form.cleaned_data, by=request.actor, at=page.at
        )

    return _do(page, found, form, verb, "ask_form", "clarification_asked")


@require_POST
def answer(request: Request, programme_id: int, application_id: int) -> HttpResponse:
    """Record the applicant's answer that came by letter or telephone."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    found, form = find(page, application_id), office_forms.AnswerForm(request.POST)
    asked = found.clarifications.filter(answered_at__isnull=True).first()
    if asked is None:
        return changed(page, found.pk, form)

    def verb() -> object:
        return application_actions.answer_clarification(
            clarification=asked, **form.cleaned_data, by=request.actor, at=page.at
        )

    return _do(page, found, form, verb, "answer_form", "clarification_answered")


def _do(
    page: OfficePage,
    found: Application,
    form: forms.Form,
    verb: Callable[[], object],
    name: str,
    told: str,
) -> HttpResponse:
    """Do what the form says and go back to the application; a fault shows the form again."""
    if form.is_valid():
        try:
            verb()
        except deciding_actions.DayPassed:
            form.add_error("answer_by", gettext("Choose a day after today."))
        except CHANGED:
            return changed(page, found.pk, form)
        else:
            page.tell(told)
            return page.to("office:providers_application", application_id=found.pk)
    return show(page, found, {name: form, "faulty": form}, 422)


def changed(page: OfficePage, application_id: int, typed: forms.Form | str) -> HttpResponse:
    """Somebody else was faster: the newest, with words that were typed and are not saved."""
    page.tell("application_changed")
    page.keep(typed)
    if not page.unsaved:
        return page.to("office:providers_application", application_id=application_id)
    return show(page, find(page, application_id), status=409)


def find(page: OfficePage, application_id: int) -> Application:
    """An application that was sent to the programme; the drafts are their writers' own."""
    sent = Application.objects.visible_to(page.request.actor).filter(
        programme=page.programme, sent_at__isnull=False
    )
    rows = sent.select_related("programme__organiser", "rulebook", "approval", "applicant")
    found = rows.filter(pk=application_id).first()
    return found or page.missing("application", application_id)


def show(
    page: OfficePage, found: Application, facts: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page of an application."""
    evidence = list(found.evidence.defer("content").order_by("pk"))
    rows = standings(found, evidence, entries_of(found), page.today)
    rounds = list(found.clarifications.order_by("-pk"))
    users = [one.judged_by_id for one in evidence] + [one.asked_by_id for one in rounds]
    users += [one.answered_by_id for one in rounds]
    users += [found.decided_by_id, found.rulebook_accepted_by_id]
    services, towns = asked_services(found, page.today), towns_of(page.programme)
    context = {
        "application": found,
        "standings": rows,
        "lacking": [row for row in rows if row.lack is not None],
        "rounds": rounds,
        "services": services,
        "towns": towns,
        "registers": register_names(page.programme),
        "names": names_of(users),
        "is_open": found.state in OPEN,
        "may_answer": found.state == ApplicationState.CLARIFICATION,
        "may_decide": found.state == ApplicationState.SENT,
        "is_overdue": any(one.answered_at is None and one.answer_by < page.today for one in rounds),
        "evidence_form": _evidence_form(found),
        "ask_form": _ask_form(page, rows),
        "answer_form": office_forms.AnswerForm(),
        "approve_form": _approve_form(page, found, [one.code for one in services], list(towns)),
        "refuse_form": office_forms.RefuseForm(),
        "conditions": conditions_of(page.programme, found.sector),
        **(facts or {}),
    }
    return page.show("office/providers_application.html", context, status)


def _evidence(page: OfficePage) -> QuerySet[Evidence]:
    sent = Application.objects.visible_to(page.request.actor).filter(
        programme=page.programme, sent_at__isnull=False
    )
    return Evidence.objects.filter(application__in=sent).select_related("application")


def _evidence_form(found: Application, *given: Any) -> office_forms.EvidenceForm:
    conditions = conditions_of(found.programme, found.sector)
    by_words = [one.code for one in conditions if one.shown_by == "words"]
    return office_forms.EvidenceForm(by_words, *given)


def _ask_form(page: OfficePage, rows: Any) -> forms.Form:
    days = days_of(page.programme, "clarify_within_days")
    return office_forms.filled(
        office_forms.AskForm(),
        {
            "questions": lacking_words(rows, lack_words),
            "answer_by": (page.today + timedelta(days=days)).isoformat(),
        },
    )


def _approve_form(
    page: OfficePage, found: Application, services: list[str], areas: list[str]
) -> forms.Form:
    return office_forms.filled(
        office_forms.ApproveForm(services, areas),
        {
            "services": services,
            "areas": found.municipality_codes or [],
            "starts_on": page.today.isoformat(),
        },
    )
