"""The decision maker's list: what has been prepared, and whether the reader's power reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from valinta.plans.models import DecisionPower, DecisionProposal
from valinta.plans.states import ProposalState
from valinta.users.permissions import Permission
from valinta.web.access import casework_people, note_listing
from valinta.web.middleware import Request
from valinta.web.names import names_of

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal: who prepared it, its last day, and who may decide when the reader may not."""

    proposal: DecisionProposal
    prepared_by: str
    last_on: date | None
    is_mine: bool
    is_above: bool
    able: str


@require_GET
def proposals(request: Request) -> HttpResponse:
    """Every proposal that waits, oldest first."""
    where = request.actor.organisers_where(Permission.MAKE_DECISIONS)
    waiting = (
        DecisionProposal.objects.filter(
            state=ProposalState.PREPARED,
            organiser_id__in=where,
            enrolment__client__in=casework_people(request),
        )
        .select_related("enrolment__client__organiser", "enrolment__programme", "plan")
        .order_by("prepared_at", "pk")
    )
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page"))
    found = list(page)
    note_listing(request, [one.enrolment.client for one in found])
    context = {
        "page": page,
        "rows": _rows(request, found),
        "has_powers": DecisionPower.objects.filter(organiser_id__in=where).exists(),
    }
    return render(request, "casework/proposals.html", context)


def _rows(request: Request, found: list[DecisionProposal]) -> list[Row]:
    names = names_of(one.prepared_by_id for one in found)
    powers = list(
        DecisionPower.objects.filter(
            organiser_id__in={one.organiser_id for one in found}
        ).select_related("user")
    )
    return [_row(request, one, names, powers) for one in found]


def _row(
    request: Request, one: DecisionProposal, names: dict[int, str], powers: list[DecisionPower]
) -> Row:
    today = request.days.get(one.organiser_id, one.prepared_at.date())
    here = [power for power in powers if power.organiser_id == one.organiser_id]
    able = [
        power
        for power in here
        if power.valid.lower <= today
        and (power.valid.upper is None or today < power.valid.upper)
        and (power.monthly_limit_cents is None or one.monthly_cents <= power.monthly_limit_cents)
    ]
    reader = request.actor.user_id
    return Row(
        proposal=one,
        prepared_by=names.get(one.prepared_by_id, ""),
        last_on=one.valid.upper - timedelta(days=1) if one.valid.upper else None,
        is_mine=one.prepared_by_id == reader,
        is_above=bool(here) and all(power.user_id != reader for power in able),
        able=", ".join(power.user.display_name for power in able),
    )
