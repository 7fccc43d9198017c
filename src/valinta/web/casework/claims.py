"""Claims for a revised decision: recorded from paper, looked into, answered by another person."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from valinta.integrations.letters import LetterError
from valinta.plans.claim_actions import (
    Answer,
    ClaimAnswered,
    ClaimOpen,
    InTime,
    NewDecisionMissing,
    YouDecided,
    make_claim,
    take_claim,
)
from valinta.plans.models import Claim, Decision
from valinta.plans.states import ClaimOutcome, ClaimState, ClaimWay
from valinta.processes.answer_claim import answer_claim_by_letter
from valinta.users.permissions import Permission
from valinta.web.casework.decision_forms import AnswerClaimForm, ClaimForm
from valinta.web.casework.decisions import PURPOSE, find_decision
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.letter_words import letter_refused
from valinta.web.middleware import Request
from valinta.web.names import names_of


@require_GET
def record(request: Request, client_id: int, decision_id: int) -> HttpResponse:
    """The form for a claim that came on paper."""
    page = open_case(request, client_id, PURPOSE)
    decision = find_decision(page, decision_id)
    return _form(page, decision, ClaimForm(decision.made_at.date(), page.today))


@require_POST
def receive(request: Request, client_id: int, decision_id: int) -> HttpResponse:
    """Receive a claim that came on paper, with the day it came."""
    page = open_case(request, client_id, PURPOSE)
    decision = find_decision(page, decision_id)
    form = ClaimForm(decision.made_at.date(), page.today, request.POST, request.FILES)
    if not form.is_valid():
        return _form(page, decision, form, 422)
    try:
        claim = make_claim(
            decision=decision,
            words=form.cleaned_data["words"],
            way=ClaimWay.PAPER,
            received_on=form.cleaned_data["received_on"],
            scan=form.scan,
            by=request.actor,
            at=page.at,
        )
    except ClaimOpen:
        page.tell("claim_open")
        page.keep(form)
        return _form(page, decision, form, 409)
    page.tell("claim_received")
    return page.to("casework:decisions_claim", claim_id=claim.pk)


@require_GET
def claim(request: Request, client_id: int, claim_id: int) -> HttpResponse:
    """A claim: what it says, whether it came in time, and its answer or the form for one."""
    page = open_case(request, client_id, PURPOSE)
    return _show(page, _find(page, claim_id), AnswerClaimForm())


@require_POST
def take(request: Request, client_id: int, claim_id: int) -> HttpResponse:
    """Begin to look into a claim."""
    page = open_case(request, client_id, PURPOSE)
    found = _find(page, claim_id)
    try:
        take_claim(claim=found, by=request.actor, at=page.at)
    except YouDecided:
        page.tell("claim_yours")
    except ClaimAnswered:
        page.tell("claim_answered_before")
    return page.to("casework:decisions_claim", claim_id=claim_id)


@require_POST
def answer(request: Request, client_id: int, claim_id: int) -> HttpResponse:
    """Answer a claim; the letters of the answer are made and kept."""
    page = open_case(request, client_id, PURPOSE)
    found = _find(page, claim_id)
    form = AnswerClaimForm(request.POST)
    if not form.is_valid():
        return _show(page, found, form, 422)
    given = form.cleaned_data
    outcome = ClaimOutcome(given["outcome"])
    changed = outcome is ClaimOutcome.CHANGED
    new = _newer(found).filter(pk=given["new_decision"] or 0).first() if changed else None
    try:
        answer_claim_by_letter(
            claim=found,
            answer=Answer(outcome, given["words"], given["body"]),
            new_decision=new,
            by=request.actor,
            at=page.at,
        )
    except YouDecided:
        page.tell("claim_yours")
    except ClaimAnswered:
        page.tell("claim_answered_before")
        page.keep(form)
        return _show(page, _find(page, claim_id), AnswerClaimForm(), 409)
    except NewDecisionMissing:
        form.add_error("new_decision", gettext("Make the new decision first, and choose it here."))
        return _show(page, found, form, 422)
    except LetterError:
        form.add_error(None, letter_refused())
        return _show(page, found, form, 422)
    except InTime:
        form.add_error("outcome", gettext("The claim came in time, so it is looked into."))
        return _show(page, found, form, 422)
    else:
        page.tell("claim_answered")
    return page.to("casework:decisions_claim", claim_id=claim_id)


def _find(page: CasePage, claim_id: int) -> Claim:
    claims = Claim.objects.filter(pk=claim_id, decision__enrolment__client=page.client)
    found = claims.select_related(
        "decision__enrolment__client__case_manager",
        "decision__enrolment__programme",
        "decision__organiser",
        "paper",
        "new_decision",
    ).first()
    return found or page.missing("claim", claim_id)


def _newer(claim: Claim) -> QuerySet[Decision]:
    """Decisions made after the claim came."""
    enrolment = claim.decision.enrolment_id
    newer = Decision.objects.filter(enrolment=enrolment, made_at__gte=claim.received_at)
    return newer.exclude(pk=claim.decision_id).order_by("-made_at", "-pk")


def _form(page: CasePage, decision: Decision, form: ClaimForm, status: int = 200) -> HttpResponse:
    facts = {"decision": decision, "form": form}
    return page.show("casework/claim_record.html", facts, status)


def _show(page: CasePage, found: Claim, form: AnswerClaimForm, status: int = 200) -> HttpResponse:
    reader = page.request.actor.user_id
    names = names_of([found.made_by_id, found.taken_by_id, found.answered_by_id])
    may = page.may(Permission.ANSWER_CLAIMS) and reader != found.decided_by_id
    facts = {
        "claim": found,
        "form": form,
        "maker": names.get(found.made_by_id, ""),
        "taker": names.get(found.taken_by_id or 0, ""),
        "answerer": names.get(found.answered_by_id or 0, ""),
        "newer": list(_newer(found)),
        "is_yours": page.may(Permission.ANSWER_CLAIMS) and reader == found.decided_by_id,
        "may_answer": may and found.state != ClaimState.ANSWERED,
        "may_send": page.may(Permission.SEND_LETTERS),
        "ways": list(found.deliveries.order_by("pk")),
    }
    return page.show("casework/claim.html", facts, status)
