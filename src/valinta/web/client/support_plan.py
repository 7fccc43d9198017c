"""Pages of the support plan: written in one's own words, alone or with those who help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from valinta.clients.models import Enrolment
from valinta.clients.states import MandateScope
from valinta.plans.merging import Typed, mark
from valinta.plans.models import SupportPlan
from valinta.plans.support_actions import (
    HELPERS,
    NothingWritten,
    WrittenMeanwhile,
    finish_support_plan,
    newest_version,
    save_support_plan,
    texts_of,
)
from valinta.users.permissions import Permission
from valinta.web.client.opening import Page, open_page
from valinta.web.client.plan_forms import SupportPlanForm
from valinta.web.client.plans import READING, WRITING, may, open_to_act, place_of
from valinta.web.middleware import Request
from valinta.web.names import names_of

PURPOSE = "own support plan"


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt with what is written. `seen` marks the text that the writer began from.

    `other` is what another has written in the same place meanwhile; `question` is empty for texts
    whose prompt the programme no longer has.
    """

    code: str
    question: Mapping[str, str]
    hint: Mapping[str, str]
    easy: Mapping[str, str]
    text: str
    seen: str
    error: str = ""
    other: str | None = None

    @property
    def is_helpers(self) -> bool:
        """Whether the field names those who helped to write."""
        return self.code == HELPERS


@dataclass(frozen=True, slots=True)
class Told:
    """One version in the list: its number, day, writer, and whether it is finished."""

    plan: SupportPlan
    writer: str


@require_GET
def read(request: Request, client_id: int) -> HttpResponse:
    """The support plan to write, or to read; `question` in the address shows one at a time."""
    page = open_page(request, client_id, READING, PURPOSE)
    enrolment = place_of(page)
    texts = texts_of(newest_version(enrolment)) if enrolment else {}
    return _show(page, enrolment, _questions(enrolment, texts))


@require_GET
def version(request: Request, client_id: int, number: int) -> HttpResponse:
    """An earlier version of the support plan, to read."""
    page = open_page(request, client_id, READING, PURPOSE)
    enrolment = place_of(page)
    versions = SupportPlan.objects.filter(enrolment=enrolment, version=number)
    found = versions.first() or page.missing("support plan", number)
    facts = {
        "version": found,
        "writer": names_of([found.written_by_id]).get(found.written_by_id or 0, ""),
        "questions": [one for one in _questions(enrolment, texts_of(found)) if one.text],
    }
    return page.show("client/support_plan_version.html", facts)


@require_POST
def save(request: Request, client_id: int) -> HttpResponse:
    """Save what was typed. Where another wrote in the same place, show both and save nothing."""
    page = open_to_act(request, client_id, WRITING, READING, PURPOSE)
    enrolment = place_of(page) or page.missing("support plan", client_id)
    codes = [name.removeprefix("text-") for name in request.POST if name.startswith("text-")]
    known = {one.code for one in _questions(enrolment, texts_of(newest_version(enrolment)))}
    typed = {
        code: Typed(request.POST[f"text-{code}"], request.POST.get(f"seen-{code}", ""))
        for code in codes
        if code in known
    }
    form = SupportPlanForm(list(typed), request.POST)
    if not form.is_valid():
        return _show_faults(page, enrolment, typed, form, {})
    try:
        save_support_plan(enrolment=enrolment, typed=typed, by=request.actor, at=page.at)
    except WrittenMeanwhile as meanwhile:
        return _both(page, enrolment, typed, form, meanwhile)
    if "HX-Request" in request.headers:
        return render(
            request, "client/support_plan_saved.html", {"page": page, "typed": typed_marks(typed)}
        )
    page.tell("support_plan_saved")
    if "finish" in request.POST:
        return _finish(page, enrolment)
    return _onward(page, enrolment)


def typed_marks(typed: Mapping[str, Typed]) -> list[tuple[str, str]]:
    """What the writer has seen of each section once it is saved: their own words."""
    return [(code, mark(one.text)) for code, one in typed.items()]


def _finish(page: Page, enrolment: Enrolment) -> HttpResponse:
    try:
        finish_support_plan(enrolment=enrolment, by=page.request.actor, at=page.at)
    except NothingWritten:
        page.tell("support_plan_empty")
    else:
        page.tell("support_plan_finished")
    return page.to("client:support_plan")


def _onward(page: Page, enrolment: Enrolment) -> HttpResponse:
    """To the next question when they are asked one at a time, else back to the page."""
    response = page.to("client:support_plan")
    step = page.request.POST.get("next", "")
    if step.isdigit() and int(step) <= len(_questions(enrolment, {})):
        response["Location"] += f"?question={int(step)}"
    return response


def _both(
    page: Page,
    enrolment: Enrolment,
    typed: Mapping[str, Typed],
    form: SupportPlanForm,
    meanwhile: WrittenMeanwhile,
) -> HttpResponse:
    by = meanwhile.written_by_id
    name = names_of([by]).get(by or 0) or gettext("Somebody else")
    if "HX-Request" in page.request.headers:
        facts = {"page": page, "name": name, "meanwhile": True}
        return render(page.request, "client/support_plan_saved.html", facts, status=422)
    for code in meanwhile.merged.changed_by_another:
        words = gettext(
            "%(name)s has written here at the same time. Both texts are below. Make one of them"
            " and save again."
        )
        form.add_error(f"text-{code}", words % {"name": name})
    return _show_faults(page, enrolment, typed, form, meanwhile.merged.changed_by_another)


def _show_faults(
    page: Page,
    enrolment: Enrolment,
    typed: Mapping[str, Typed],
    form: SupportPlanForm,
    others: Mapping[str, str],
) -> HttpResponse:
    """The page again with what was typed; sections that only another changed are as they left them.

    The marks are those of what is kept now, which the writer sees here.
    """
    current = texts_of(newest_version(enrolment))
    own = {code: one.text for code, one in typed.items() if mark(one.text) != one.seen}
    errors = {name.removeprefix("text-"): str(some[0]) for name, some in form.errors.items()}
    questions = _questions(enrolment, current, own, errors, others)
    return _show(page, enrolment, questions, form, status=422)


def _questions(
    enrolment: Enrolment | None,
    kept: Mapping[str, str],
    own: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    others: Mapping[str, str] | None = None,
) -> list[Question]:
    """The programme's prompts in their order, texts without a prompt, and the helpers' names."""
    prompts: dict[str, dict[str, Any]] = {one["code"]: one for one in _prompts(enrolment)}
    extra = [code for code in kept if code not in prompts and code != HELPERS]
    return [
        Question(
            code=code,
            question=prompts.get(code, {}).get("question") or {},
            hint=prompts.get(code, {}).get("hint") or {},
            easy=prompts.get(code, {}).get("easy") or {},
            text=(own or {}).get(code, kept.get(code, "")),
            seen=mark(kept.get(code, "")),
            error=(errors or {}).get(code, ""),
            other=(others or {}).get(code),
        )
        for code in [*prompts, *extra, HELPERS]
    ]


def _prompts(enrolment: Enrolment | None) -> list[dict[str, Any]]:
    """The programme's prompts; one open question where the programme has none."""
    terms: dict[str, Any] = enrolment.programme.terms if enrolment else {}
    return terms.get("prompts") or [{"code": "own-words"}]


def _show(
    page: Page,
    enrolment: Enrolment | None,
    questions: list[Question],
    form: SupportPlanForm | None = None,
    status: int = 200,
) -> HttpResponse:
    versions = list(SupportPlan.objects.filter(enrolment=enrolment).order_by("-version"))
    names = names_of(one.written_by_id for one in versions)
    step = page.request.GET.get("question", "")
    one_only = int(step) if step.isdigit() and 0 < int(step) <= len(questions) else None
    facts = {
        "questions": questions if one_only is None else [questions[one_only - 1]],
        "step": one_only,
        "steps": len(questions),
        "form": form or SupportPlanForm([]),
        "newest": versions[0] if versions else None,
        "versions": [Told(one, names.get(one.written_by_id or 0, "")) for one in versions],
        "may_write": enrolment is not None and may(page, Permission.WRITE_SUPPORT_PLANS, *WRITING),
        "may_finish": may(page, Permission.WRITE_SUPPORT_PLANS, MandateScope.PLAN),
        "may_invite": page.is_own,
        "has_place": enrolment is not None,
    }
    return page.show("client/support_plan.html", facts, status)
