"""Pages of decisions: what was decided, its letter, and how to ask for it to be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from valinta.budgets.models import Voucher
from valinta.clients.states import MandateScope
from valinta.plans.models import Decision
from valinta.plans.states import DecisionState
from valinta.processes.write_decision_letter import write_decision_letter
from valinta.rules.law import figure
from valinta.web.client.opening import open_page
from valinta.web.client.plan_picture import decisions_of
from valinta.web.middleware import Request

PURPOSE = "own decisions"
READING = (MandateScope.SEE,)
FILES = {"fi": "paatos", "sv": "beslut", "en": "decision"}


@dataclass(frozen=True, slots=True)
class Made:
    """A decision. `claim_days` and `claim_until` say until when a change can be asked for.

    The time runs from the day the client got the decision, so `claim_until` is the earliest end:
    for who got it on the day it was made.
    """

    decision: Decision
    in_force: bool
    last_on: date | None
    vouchers: list[Voucher]
    claim_days: int
    claim_until: date


@require_GET
def decisions(request: Request, client_id: int) -> HttpResponse:
    """All decisions, those in force first."""
    page = open_page(request, client_id, READING, PURPOSE)
    places = page.client.enrolments.values_list("pk", flat=True)
    rows = decisions_of(places)
    vouchers = Voucher.objects.filter(decision__in=rows).select_related("service").order_by("pk")
    given: dict[int, list[Voucher]] = {}
    for one in vouchers:
        given.setdefault(one.decision_id, []).append(one)
    facts = {"made": [_made(one, given.get(one.pk, [])) for one in rows]}
    return page.show("client/decisions.html", facts)


@require_GET
def letter(request: Request, client_id: int, decision_id: int) -> HttpResponse:
    """The letter of a decision as PDF in the client's language, or in another asked for."""
    page = open_page(request, client_id, READING, PURPOSE)
    found = (
        Decision.objects.filter(pk=decision_id, enrolment__client=page.client)
        .select_related("enrolment__client", "organiser", "plan")
        .first()
    ) or page.missing("decision", decision_id)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in dict(settings.LANGUAGES) else page.client.language
    file = write_decision_letter(decision=found, language=language)
    name = f"{FILES[language]}-{found.pk}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Content-Language": language}
    return HttpResponse(file, content_type="application/pdf", headers=headers)


def _made(decision: Decision, vouchers: list[Voucher]) -> Made:
    made_on = decision.made_at.date()
    days = int(figure("revised_decision", made_on).value)
    end = decision.valid.upper
    return Made(
        decision=decision,
        in_force=decision.state == DecisionState.IN_FORCE,
        last_on=end - timedelta(days=1) if end else None,
        vouchers=vouchers,
        claim_days=days,
        claim_until=made_on + timedelta(days=days),
    )
