"""Wellbeing questions of the client (KEU-12): one on a page, with pauses, and never a must."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.clients.states import MandateScope
from valinta.evaluation import actions
from valinta.evaluation.models import Answer, Round
from valinta.evaluation.queries import (
    answered_rounds,
    case_manager_sees,
    former_goal,
    waiting_rounds,
)
from valinta.evaluation.states import RoundState
from valinta.users.permissions import Permission
from valinta.web.client.money_pages import open_to_plan
from valinta.web.client.opening import Page, open_page
from valinta.web.client.wellbeing_forms import AnswerForm
from valinta.web.middleware import Request

SEES = (MandateScope.SEE,)
PURPOSE = "wellbeing questions"
SHOWN = 24


@dataclass(frozen=True, slots=True)
class Waiting:
    """A round that can be answered: how many questions are done, and which one comes next."""

    round: Round
    done: int
    number: int

    @property
    def count(self) -> int:
        """How many questions there are."""
        return len(self.round.questions)


@dataclass(frozen=True, slots=True)
class Line:
    """A question with what was answered; None where there is no answer yet."""

    number: int
    question: Mapping[str, Any]
    answer: Answer | None


@require_GET
def wellbeing(request: Request, client_id: int) -> HttpResponse:
    """The questions that wait, what the answers are for, and who sees them."""
    page = open_page(request, client_id, SEES, PURPOSE)
    facts = {
        "waiting": [_as_waiting(one) for one in _waiting(page)],
        "may_answer": may_answer(page),
        "shown": case_manager_sees(page.client.pk),
        "answered": answered_rounds(page.client.pk, request.actor).exists(),
    }
    return page.show("client/wellbeing.html", facts)


@require_http_methods(["GET", "POST"])
def question(request: Request, client_id: int, round_id: int, number: int) -> HttpResponse:
    """One question: answer it, leave it out, or stop for now."""
    page = open_to_plan(request, client_id, SEES, PURPOSE)
    asked = _round(page, round_id)
    if not _is_waiting(page, asked):
        return _over(page)
    if number > len(asked.questions):
        return page.to("client:wellbeing_check", round_id=asked.pk)
    one = asked.questions[number - 1]
    form = AnswerForm(one, request.POST or None, initial=_given_before(asked, one))
    if request.method == "POST":
        try:
            answer = _act(page, asked, number, form)
        except actions.RoundClosed:
            return _over(page)
        if answer is not None:
            return answer
    facts = {
        "round": asked,
        "question": one,
        "number": number,
        "count": len(asked.questions),
        "form": form,
        "back_to_check": _from_check(request),
    }
    return page.show("client/wellbeing_question.html", facts, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def check(request: Request, client_id: int, round_id: int) -> HttpResponse:
    """All answers once more; send them."""
    page = open_to_plan(request, client_id, SEES, PURPOSE)
    asked = _round(page, round_id)
    if not _is_waiting(page, asked):
        return _over(page)
    lines = lines_of(asked)
    if request.method == "POST":
        try:
            sent = actions.send_answers(asked=asked, by=request.actor, at=page.at)
        except actions.QuestionsLeft:
            page.tell("wellbeing_left")
            return page.to("client:wellbeing_check", round_id=asked.pk)
        except actions.RoundClosed:
            return _over(page)
        if sent.state == RoundState.ANSWERED:
            return page.to("client:wellbeing_thanks", round_id=asked.pk)
        page.tell("wellbeing_skipped")
        return page.to("client:wellbeing")
    facts = {
        "round": asked,
        "lines": lines,
        "left": [one for one in lines if one.answer is None],
        "last": len(lines),
    }
    return page.show("client/wellbeing_check.html", facts)


@require_POST
def skip(request: Request, client_id: int, round_id: int) -> HttpResponse:
    """Not answer this round at all."""
    page = open_to_plan(request, client_id, SEES, PURPOSE)
    try:
        actions.skip_round(asked=_round(page, round_id), by=request.actor, at=page.at)
    except actions.RoundClosed:
        return _over(page)
    page.tell("wellbeing_skipped")
    return page.to("client:wellbeing")


@require_GET
def thanks(request: Request, client_id: int, round_id: int) -> HttpResponse:
    """Thank you, and what comes next."""
    page = open_to_plan(request, client_id, SEES, PURPOSE)
    asked = _round(page, round_id)
    if asked.state != RoundState.ANSWERED:
        return page.to("client:wellbeing")
    following = next((_as_waiting(one) for one in _waiting(page)), None)
    return page.show("client/wellbeing_thanks.html", {"round": asked, "following": following})


@require_GET
def answers(request: Request, client_id: int) -> HttpResponse:
    """What was answered before, the newest first."""
    page = open_page(request, client_id, SEES, PURPOSE)
    rounds = answered_rounds(page.client.pk, request.actor)[:SHOWN]
    given = [(one, lines_of(one)) for one in rounds]
    return page.show("client/wellbeing_answers.html", {"given": given})


@require_POST
def show(request: Request, client_id: int) -> HttpResponse:
    """Let the case manager see the answers, or not any more."""
    page = open_to_plan(request, client_id, SEES, PURPOSE)
    shown = request.POST.get("shown") == "yes"
    actions.show_answers(client=page.client, shown=shown, by=request.actor, at=page.at)
    page.tell("wellbeing_shown" if shown else "wellbeing_hidden")
    return page.to("client:wellbeing")


def may_answer(page: Page) -> bool:
    """Whether the reader is the client, or may plan and sign in the client's place."""
    allowed = page.request.actor.may(Permission.ANSWER_QUESTIONS, page.client.organiser_id)
    return allowed and (page.mandate is None or MandateScope.PLAN in page.mandate.scope)


def lines_of(asked: Round) -> list[Line]:
    """Each question of a round with its answer."""
    given = {one.code: one for one in asked.answers.all()}
    return [
        Line(number, one, given.get(one["code"])) for number, one in enumerate(asked.questions, 1)
    ]


def wellbeing_due(page: Page) -> Waiting | None:
    """The first round that waits for the reader's answers, for the home page."""
    if not may_answer(page):
        return None
    return next((_as_waiting(one) for one in _waiting(page)), None)


def _waiting(page: Page) -> list[Round]:
    return list(waiting_rounds(page.client.pk, page.request.actor, page.today))


def _as_waiting(asked: Round) -> Waiting:
    left = [one.number for one in lines_of(asked) if one.answer is None]
    done = len(asked.questions) - len(left)
    return Waiting(asked, done, left[0] if left else len(asked.questions) + 1)


def _round(page: Page, round_id: int) -> Round:
    """A round of the page's client. Raises Http404 for any other, after noting the attempt."""
    found = (
        Round.objects.visible_to(page.request.actor)
        .filter(client_id=page.client.pk, pk=round_id)
        .select_related("client", "enrolment")
        .prefetch_related("answers")
        .first()
    )
    if found is None:
        page.missing("round", round_id)
    return found


def _is_waiting(page: Page, asked: Round) -> bool:
    waiting = waiting_rounds(page.client.pk, page.request.actor, page.today)
    return waiting.filter(pk=asked.pk).exists()


def _over(page: Page) -> HttpResponse:
    page.tell("wellbeing_over")
    return page.to("client:wellbeing")


def _given_before(asked: Round, one: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered in this round, else the goal named last time."""
    given = next((line.answer for line in lines_of(asked) if line.question is one), None)
    if given is not None:
        return {"number": given.number, "text": given.text}
    return {"text": former_goal(asked, one["code"])}


def _act(page: Page, asked: Round, number: int, form: AnswerForm) -> HttpResponse | None:
    """Do what the form asks and go on; None when it has to be mended first."""
    code = asked.questions[number - 1]["code"]
    who: dict[str, Any] = {"asked": asked, "by": page.request.actor, "at": page.at}
    deed = page.request.POST.get("do", "")
    if deed == "leave":
        actions.leave_out_question(code=code, **who)
        return _onward(page, asked, number)
    if form.is_valid():
        actions.answer_question(code=code, **form.given, **who)
    if deed == "pause":
        # What cannot be kept as it is does not stand in the way of a pause.
        actions.pause_round(**who)
        page.tell("wellbeing_paused")
        return page.to("client:wellbeing")
    return _onward(page, asked, number) if form.is_valid() else None


def _from_check(request: Request) -> bool:
    return (request.POST if request.method == "POST" else request.GET).get("from") == "check"


def _onward(page: Page, asked: Round, number: int) -> HttpResponse:
    if _from_check(page.request) or number >= len(asked.questions):
        return page.to("client:wellbeing_check", round_id=asked.pk)
    return page.to("client:wellbeing_question", round_id=asked.pk, number=number + 1)
