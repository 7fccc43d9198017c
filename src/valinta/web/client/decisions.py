"""Pages of decisions: what was decided, its letter, and how to ask for it to be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from valinta.budgets.models import Voucher
from valinta.clients.states import MandateScope
from valinta.plans.delivery_actions import note_opened
from valinta.plans.models import Claim, Decision, DecisionDocument, Delivery
from valinta.plans.states import ClaimState, DecisionState
from valinta.processes.letters_of_decision import letter_of
from valinta.rules.appeal import Challenge, days_for, last_day
from valinta.users.permissions import Permission
from valinta.web.client.opening import Page, open_page
from valinta.web.client.plans import may
from valinta.web.middleware import Request
from valinta.web.plan_picture import decisions_of

PURPOSE = "own decisions"
READING = (MandateScope.SEE,)
FILES = {"fi": "paatos", "sv": "beslut", "en": "decision"}
ANSWER_FILES = {"fi": "vastaus", "sv": "svar", "en": "answer"}


@dataclass(frozen=True, slots=True)
class Made:
    """A decision. `claim_days` and `claim_until` say until when a change can be asked for.

    The time runs from the day the letter counts as received. Without a letter that was sent,
    `claim_until` is the earliest end: for who got it on the day it was made.
    """

    decision: Decision
    state: DecisionState
    last_on: date | None
    vouchers: list[Voucher]
    claims: list[Claim]
    received_on: date | None
    claim_days: int
    claim_until: date

    @property
    def in_force(self) -> bool:
        return self.state is DecisionState.IN_FORCE

    @property
    def is_refusal(self) -> bool:
        return self.state is DecisionState.REFUSED

    @property
    def can_be_claimed(self) -> bool:
        """Whether no claim on it waits for an answer."""
        return all(one.state == ClaimState.ANSWERED for one in self.claims)


@require_GET
def decisions(request: Request, client_id: int) -> HttpResponse:
    """All decisions, those in force first."""
    page = open_page(request, client_id, READING, PURPOSE)
    facts = {
        "made": _all_made(page),
        "may_claim": may(page, Permission.MAKE_CLAIMS, MandateScope.PLAN),
    }
    return page.show("client/decisions.html", facts)


@require_GET
def letter(request: Request, client_id: int, decision_id: int) -> HttpResponse:
    """The letter of a decision as PDF in the client's language, or in another asked for."""
    page = open_page(request, client_id, READING, PURPOSE)
    found = find_decision(page, decision_id)
    language = _language(page)
    kept = letter_of(found, None, language, page.at)
    note_opened(decision=found, claim=None, by=request.actor, at=page.at)
    return _file(kept, f"{FILES[language]}-{found.pk}.pdf")


@require_GET
def claim_letter(request: Request, client_id: int, claim_id: int) -> HttpResponse:
    """The answer to a claim as PDF, in the client's language or in another asked for."""
    page = open_page(request, client_id, READING, PURPOSE)
    claim = (
        Claim.objects.filter(
            pk=claim_id, decision__enrolment__client=page.client, state=ClaimState.ANSWERED
        )
        .select_related("decision__enrolment__client", "decision__organiser")
        .first()
    ) or page.missing("claim", claim_id)
    language = _language(page)
    kept = letter_of(claim.decision, claim, language, page.at)
    note_opened(decision=claim.decision, claim=claim, by=request.actor, at=page.at)
    return _file(kept, f"{ANSWER_FILES[language]}-{claim.pk}.pdf")


def find_decision(page: Page, decision_id: int) -> Decision:
    """A decision about the client. Raises Http404 for another's, after noting the attempt."""
    found = Decision.objects.filter(pk=decision_id, enrolment__client=page.client).select_related(
        "enrolment__client__case_manager",
        "enrolment__programme",
        "organiser",
        "plan__allocation",
    )
    return found.first() or page.missing("decision", decision_id)


def made_of(page: Page, decision: Decision) -> Made:
    """One decision with what can be claimed of it."""
    return next(one for one in _all_made(page) if one.decision.pk == decision.pk)


def _all_made(page: Page) -> list[Made]:
    places = page.client.enrolments.values_list("pk", flat=True)
    rows = decisions_of(places)
    vouchers = Voucher.objects.filter(decision__in=rows).select_related("service").order_by("pk")
    given: dict[int, list[Voucher]] = {}
    for one in vouchers:
        given.setdefault(one.decision_id, []).append(one)
    claims: dict[int, list[Claim]] = {}
    for claim in Claim.objects.filter(decision__in=rows).order_by("received_at", "pk"):
        claims.setdefault(claim.decision_id, []).append(claim)
    sent = Delivery.objects.filter(decision__in=rows, claim=None, received_on__isnull=False)
    received: dict[int, date | None] = dict(
        sent.order_by("-received_on").values_list("decision_id", "received_on")
    )
    return [
        _made(one, given.get(one.pk, []), claims.get(one.pk, []), received.get(one.pk))
        for one in rows
    ]


def _made(
    decision: Decision, vouchers: list[Voucher], claims: list[Claim], received: date | None
) -> Made:
    made_on = decision.made_at.date()
    end = decision.valid.upper
    return Made(
        decision=decision,
        state=DecisionState(decision.state),
        last_on=end - timedelta(days=1) if end else None,
        vouchers=vouchers,
        claims=claims,
        received_on=received,
        claim_days=days_for(Challenge.CLAIM, made_on),
        claim_until=last_day(Challenge.CLAIM, received or made_on),
    )


def _language(page: Page) -> str:
    wanted = page.request.GET.get("language", "")
    return wanted if wanted in dict(settings.LANGUAGES) else page.client.language


def _file(kept: DecisionDocument, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Content-Language": kept.language,
    }
    return HttpResponse(bytes(kept.content), content_type="application/pdf", headers=headers)
