"""The month: what was accepted, is looked into, was refused, confirmed and disputed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from valinta.messages.models import Thread
from valinta.messages.states import Route
from valinta.settlements.models import RunVisit
from valinta.users.permissions import Permission
from valinta.visits.messages import Explanation
from valinta.visits.models import Batch, Visit
from valinta.visits.states import VisitState
from valinta.web.day_fields import FIRST_YEAR, LAST_YEAR
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.visit_lines import line_words, review_words
from valinta.web.provider.visit_scope import PURPOSE, open_lines, own_visits

ON_A_PAGE = 50
LINES = 25
NEEDS = Permission.REPORT_VISITS
REFUSED, WITHDRAWN = "refused", "withdrawn"
# The heaps that a month is in, those that ask something of the reader first.
HEAPS = (
    REFUSED,
    VisitState.DISPUTED,
    VisitState.IN_REVIEW,
    VisitState.ACCEPTED,
    VisitState.CONFIRMED,
    VisitState.REJECTED,
    WITHDRAWN,
)


@dataclass(frozen=True, slots=True)
class Heap:
    """How many visits of the month have a state."""

    code: str
    count: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A visit of the month with why it is looked into."""

    visit: Visit
    why: Explanation | None


@require_GET
def visits(request: Request, provider_id: int) -> HttpResponse:
    """A month's visits, by what has become of them; refused lines wait until they are answered."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    first = month_of(request.GET.get("month", ""), page.today)
    rows = _of_month(page, first)
    lines = open_lines(page)
    wanted = request.GET.get("state", "")
    refused = Paginator(lines.order_by("-pk"), LINES).get_page(request.GET.get("lines"))
    waiting = refused.paginator.count
    heaps = _heaps(rows, waiting, wanted)
    listed = Paginator(_with_what_follows(_in_heap(rows, wanted)), ON_A_PAGE)
    # The heaps hold each visit once; only refused lines are no visits.
    listed.count = sum(
        one.count for one in heaps if one.code != REFUSED and (one.is_here or wanted not in HEAPS)
    )
    shown = listed.get_page(request.GET.get("page"))
    page.note_people([one.client for one in shown])
    facts = {
        "month": first,
        "before": _other(first, -1),
        "after": _other(first, 1),
        "heaps": heaps,
        "state": wanted,
        "lines": [line_words(one) for one in refused] if wanted in ("", REFUSED) else [],
        "lines_page": refused,
        "waiting": waiting,
        "rows": [Row(one, review_words(one)) for one in shown],
        "page": shown,
        "may_send_files": not page.sees_a_part,
    }
    return page.show("provider/visits.html", facts)


@require_GET
def batch(request: Request, provider_id: int, batch_id: int) -> HttpResponse:
    """What came of a table that was sent: how many of which, and the refused lines."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    own = Batch.objects.filter(provider=page.provider, organiser_id__in=page.organiser_ids)
    if page.sees_a_part:
        own = own.filter(received_by_id=request.actor.user_id)
    found = own.filter(pk=batch_id).first() or page.missing("batch", batch_id)
    lines = Paginator(open_lines(page).filter(batch=found).order_by("line"), ON_A_PAGE)
    shown = lines.get_page(request.GET.get("page"))
    facts = {"batch": found, "lines": [line_words(one) for one in shown], "page": shown}
    return page.show("provider/visits_batch.html", facts)


def month_of(text: str, today: date) -> date:
    """The first day of the month that is asked for as 2019-03; of this month for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        first = today.replace(day=1)
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else today.replace(day=1)


def _other(first: date, months: int) -> date:
    """The first day of the month before or after."""
    number = first.year * 12 + first.month - 1 + months
    return date(max(number // 12, 1), number % 12 + 1, 1)


def _of_month(page: CompanyPage, first: date) -> QuerySet[Visit]:
    return own_visits(page).filter(served_on__gte=first, served_on__lt=_other(first, 1))


def _rule(heap: str) -> Q:
    """Which visits of the month are in a heap; refused lines are no visits."""
    if heap == REFUSED:
        return Q(pk__in=[])
    if heap == WITHDRAWN:
        return Q(withdrawn_at__isnull=False)
    return Q(state=heap, withdrawn_at__isnull=True)


def _in_heap(rows: QuerySet[Visit], wanted: str) -> QuerySet[Visit]:
    return rows.filter(_rule(wanted)) if wanted in HEAPS else rows


def _with_what_follows(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    """Visits, the newest first: whether each is in a run and talked about."""
    return rows.annotate(
        is_settled=Exists(RunVisit.objects.filter(visit=OuterRef("pk"))),
        is_talked_about=Exists(Thread.objects.filter(visit=OuterRef("pk"), route=Route.VISIT)),
    ).order_by("-served_on", "-started_at", "-pk")


def _heaps(rows: QuerySet[Visit], waiting: int, wanted: str) -> list[Heap]:
    counts = rows.order_by().aggregate(
        **{one: Count("pk", filter=_rule(one)) for one in HEAPS if one != REFUSED}
    )
    counted = {**counts, REFUSED: waiting}
    return [Heap(str(one), counted[one], one == wanted) for one in HEAPS]
