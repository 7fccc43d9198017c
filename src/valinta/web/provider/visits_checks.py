"""Visits that were drawn for a check: why they could be, how it was drawn, and what was found."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from valinta.processes.why_drawn import ASKED, why_drawn
from valinta.programmes.queries import rulebook_on
from valinta.users.permissions import Permission
from valinta.visits.checks import Check
from valinta.visits.models import Visit
from valinta.web.middleware import Request
from valinta.web.provider.opening import open_company
from valinta.web.provider.visit_scope import PURPOSE, own_visits
from valinta.web.rulebook_words import check_terms

NEEDS = Permission.REPORT_VISITS
ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class CheckWords:
    """A check and why the visit was drawn, in sentences."""

    check: Check
    why: str


@dataclass(frozen=True, slots=True)
class Rules:
    """How visits of a programme are drawn today."""

    names: dict[str, str]
    terms: list[str]


@require_GET
def checks(request: Request, provider_id: int) -> HttpResponse:
    """The rules of drawing, and the visits of the company's that were drawn."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    rows = (
        Check.objects.of_company(page.provider.pk, page.organiser_ids)
        .filter(visit__in=own_visits(page).values("pk"))
        .select_related("drawing", "visit__client__organiser", "visit__order__service")
    )
    shown = Paginator(rows.order_by("-pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    page.note_people([one.visit.client for one in shown])
    rules = [
        Rules(one.programme.names, check_terms(rulebook_on(one.programme, page.today).parameters))
        for one in page.approvals
    ]
    facts = {
        "rules": rules,
        "rows": [check_words(one) for one in shown],
        "page": shown,
        "asked": ASKED,
    }
    return page.show("provider/visits_checks.html", facts)


def check_of(visit: Visit) -> CheckWords | None:
    """The check that the visit was drawn for, with why; None when it was not."""
    found = Check.objects.filter(visit=visit).select_related("drawing").first()
    return None if found is None else check_words(found)


def check_words(check: Check) -> CheckWords:
    """Why the visit was drawn."""
    return CheckWords(check, why_drawn(check))
