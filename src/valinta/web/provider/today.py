"""Today's visits: start, stop, enter after, and the one-time code of the client.

Made for a phone in one hand, and for one without a connection; see `kept`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.orders.models import Order
from valinta.processes.report_visit import Entry, StillRefused, record_visit
from valinta.users.permissions import Permission
from valinta.visits.code_actions import CodeNotGood, CodeOfAnotherVisit, use_code
from valinta.visits.lines import LOCAL
from valinta.visits.models import StartedVisit, Visit
from valinta.visits.starting_actions import (
    OrderNotInUse,
    ReferenceTaken,
    StartedAlready,
    StartLiesAhead,
    drop_started,
    start_visit,
)
from valinta.visits.states import VisitState
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.today_picture import day_of
from valinta.web.provider.visit_forms import Filled, VisitForm, typed, wants_to_find
from valinta.web.provider.visit_lines import line_words, words_of
from valinta.web.provider.visit_scope import (
    PURPOSE,
    choices_of,
    find_order,
    new_reference,
    open_lines,
    orders_to_report,
    own_visits,
    to_the_minute,
    worker_code,
)

MOST_REFUSED = 3  # below the day; the month's page has them all
NEEDS = Permission.REPORT_VISITS


@require_GET
def today(request: Request, provider_id: int) -> HttpResponse:
    """The visits of today, or of another day, as cards."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    asked = _asked(request.GET.get("day", ""), page.today)
    day = day_of(page, asked, request.GET.get("page", ""))
    shown = day.cards
    refused = Paginator(open_lines(page).order_by("-pk"), MOST_REFUSED).get_page(1)
    page.note_people([card.order.client for card in shown] + [one.client for one in day.others])
    facts: dict[str, Any] = {
        "day": day,
        "is_today": asked is None,
        "page": shown,
        "refused": [line_words(one) for one in refused],
        "waiting": refused.paginator.count,
        "reference": new_reference(),
        "before": day.on - timedelta(days=1),
        "after": day.on + timedelta(days=1),
    }
    return page.show("provider/today.html", facts)


@require_POST
def start(request: Request, provider_id: int) -> HttpResponse:
    """Begin a visit now."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    order = find_order(page, request.POST.get("order", ""))
    at = page.now(order.organiser)
    try:
        start_visit(
            order=order,
            reference=request.POST.get("reference", ""),
            started_at=to_the_minute(at),
            by=request.actor,
            at=at,
        )
    except (OrderNotInUse, StartLiesAhead):
        page.tell("order_not_in_use")
    except (StartedAlready, ReferenceTaken):
        page.tell("visit_started_before")
    else:
        page.tell("visit_started")
    return page.to("provider:today")


@require_POST
def stop(request: Request, provider_id: int) -> HttpResponse:
    """End a visit that goes on, now: it is reported."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    started = _started(page)
    at = page.now(started.order.organiser)
    ended_at = to_the_minute(at)
    if ended_at <= started.started_at:
        page.tell("visit_too_short")
        return page.to("provider:today")
    entry = Entry(
        reference=started.reference,
        served_on=started.started_at.astimezone(LOCAL).date(),
        started_at=started.started_at,
        ended_at=ended_at,
        worker=worker_code(page),
    )
    try:
        visit = record_visit(order=started.order, entry=entry, by=request.actor, at=at)
    except StillRefused as refusal:
        # What was known is in the form, with the reason, so that it can be mended there.
        times = (f"{one.astimezone(LOCAL):%H:%M}" for one in (started.started_at, ended_at))
        known = Filled(str(started.order_id), entry.served_on.isoformat(), *times)
        choices = orders_to_report(page, also=known.order)
        form = VisitForm(choices, known.as_initial(started.reference))
        return _show_form(page, form, refusal, 422)
    page.tell(_what_came(visit))
    return page.to("provider:today")


@require_POST
def drop(request: Request, provider_id: int) -> HttpResponse:
    """The visit did not take place after all: nothing is reported."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    started = _started(page)
    drop_started(started=started, by=request.actor, at=page.now(started.order.organiser))
    page.tell("visit_dropped")
    return page.to("provider:today")


@require_http_methods(["GET", "POST"])
def enter(request: Request, provider_id: int) -> HttpResponse:
    """Report a visit after it."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    if request.method == "GET":
        day = _asked(request.GET.get("day", ""), page.today) or page.today
        known = Filled(order=request.GET.get("order", "")[:20], day=day.isoformat())
        choices = orders_to_report(page, also=known.order)
        return _show_form(page, VisitForm(choices, initial=known.as_initial(new_reference())))
    choices = choices_of(page)
    if wants_to_find(request.POST):
        return _show_form(page, VisitForm(choices, initial=typed(request.POST)))
    form = VisitForm(choices, request.POST)
    if not form.is_valid():
        return _show_form(page, form, status=422)
    order = form.chosen
    try:
        visit = record_visit(
            order=order,
            entry=form.entry(worker_code(page)),
            by=request.actor,
            at=page.now(order.organiser),
        )
    except StillRefused as refusal:
        return _show_form(page, form, refusal, 422)
    page.tell(_what_came(visit))
    return page.to("provider:today")


@require_http_methods(["GET", "POST"])
def code(request: Request, provider_id: int, order_id: int) -> HttpResponse:
    """The one-time code that the client shows: it says that the two have met."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    order = find_order(page, str(order_id))
    page.note_people([order.client])
    at = page.now(order.organiser)
    fault, typed = "", request.POST.get("code", "")[:20]
    if request.method == "POST":
        try:
            use_code(order=order, code=typed, visit=_untied(page, order, at.date()),
                     by=request.actor, at=at)  # fmt: skip
        except (CodeNotGood, CodeOfAnotherVisit):
            fault = "wrong"
        else:
            page.tell("code_used")
            return page.to("provider:today")
    facts = {"order": order, "fault": fault, "typed": typed}
    return page.show("provider/visit_code.html", facts, 422 if fault else 200)


def _untied(page: CompanyPage, order: Order, on: date) -> Visit | None:
    """The visit of the day that the code is for, when just one is reported and has no code."""
    rows = own_visits(page).filter(order=order, client_id=order.client_id, served_on=on)
    found = list(rows.filter(shown_code__isnull=True).exclude(state=VisitState.REJECTED)[:2])
    return found[0] if len(found) == 1 else None


def _started(page: CompanyPage) -> StartedVisit:
    """The visit that goes on, by its reference: the reader's own."""
    found = (
        StartedVisit.objects.filter(
            provider=page.provider,
            organiser_id__in=page.organiser_ids,
            user_id=page.request.actor.user_id or 0,
            reference=page.request.POST.get("reference", "")[:60],
            closed_at__isnull=True,
        )
        .select_related("order__client", "order__service__programme", "order__organiser")
        .select_related("order__provider")
        .first()
    )
    return found or page.missing("started_visit", 0)


def _show_form(
    page: CompanyPage, form: VisitForm, refusal: StillRefused | None = None, status: int = 200
) -> HttpResponse:
    page.note_people([one.client for one in form.orders.values()])
    why = words_of(refusal.answer.code, refusal.answer.facts) if refusal else None
    facts = {"form": form, "why": why, "may_be_late": True}
    return page.show("provider/visit_enter.html", facts, status)


def _what_came(visit: Visit) -> str:
    in_review = visit.state == VisitState.IN_REVIEW
    return "visit_in_review" if in_review else "visit_recorded"


def _asked(text: str, today: date) -> date | None:
    """Another day than today; None for today, and for what is no day or far away."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return None
    return asked if asked != today and abs((asked - today).days) <= 400 else None
