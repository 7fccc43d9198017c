"""The client is away: days and reason asked, what it does shown, done; and its end moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from valinta.orders.change_actions import ChangedMeanwhile
from valinta.orders.models import Change, Order
from valinta.orders.states import ChangeKind
from valinta.processes.interrupt_services import (
    AwayAlready,
    end_interruption,
    interrupt_services,
    what_interruption_does,
)
from valinta.processes.trying_out import done_and_taken_back
from valinta.shared.periods import Period
from valinta.web.casework.changes import PURPOSE, find_change, may_change, place_of, stale
from valinta.web.casework.changes_forms import AWAY, AwayForm, BackForm
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.middleware import Request


@require_http_methods(["GET", "POST"])
def interruption(request: Request, client_id: int) -> HttpResponse:
    """Ask for the days, show what they do to each order, and call the visits off."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = place_of(page)
    form = AwayForm(request.POST if request.method == "POST" else None)
    if enrolment is None or not may_change(page):
        return stale(page, "no_place_now", form)
    look = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        period = Period.from_inclusive(given["first_on"], given["last_on"])
        try:
            if request.POST.get("step") == "do":
                interrupt_services(
                    client=page.client,
                    enrolment=enrolment,
                    kind=given["kind"],
                    period=period,
                    reason=given["reason"],
                    by=request.actor,
                    at=page.at,
                )
                page.tell("interrupted")
                return page.to("casework:changes")
            look = what_interruption_does(
                client=page.client, enrolment=enrolment, period=period, at=page.at
            )
        except AwayAlready:
            form.add_error(
                "first_on",
                _("Some of these days are within an absence already. Change the end of that one."),
            )
    late = look and _before(look.free_from)
    facts = {"form": form, "look": look, "kinds": AWAY, "last_late": late}
    return page.show("casework/changes_interruption.html", facts, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def interruption_end(request: Request, client_id: int, change_id: int) -> HttpResponse:
    """Ask for the new last day, show what it does, and move the end."""
    page = open_case(request, client_id, PURPOSE)
    change = find_change(page, change_id, ChangeKind.INTERRUPTION)
    if change.undone_at or change.ends_on is None or place_of(page) is None or not may_change(page):
        page.tell("no_place_now")
        return page.to("casework:changes")
    was = _before(change.ends_on)
    sent = request.POST if request.method == "POST" else None
    form = BackForm(change.starts_on, sent)
    facts: dict[str, object] = {"change": change, "was": was, "form": form}
    if sent is not None and sent.get("was") != was.isoformat():
        return page.show("casework/changes_interruption_end.html", {**facts, "is_stale": True}, 409)
    if sent is None or not form.is_valid():
        status = 422 if form.errors else 200
        return page.show("casework/changes_interruption_end.html", facts, status)
    ends_on = form.cleaned_data["last_on"] + timedelta(days=1)
    try:
        if sent.get("step") == "do":
            short = _move(page, change_id, ends_on).short
            page.tell("interruption_moved_short" if short else "interruption_moved")
            return page.to("casework:changes")
        facts["look"] = done_and_taken_back(lambda: _move(page, change_id, ends_on))
    except (AwayAlready, ChangedMeanwhile):
        page.tell("changed_meanwhile")
        return page.to("casework:changes")
    facts["last_on"] = form.cleaned_data["last_on"]
    return page.show("casework/changes_interruption_end.html", facts)


@dataclass(frozen=True, slots=True)
class Moving:
    """What another end does: cents that return, or are held again, and orders left called off."""

    returns: int
    short: tuple[Order, ...]

    @property
    def again(self) -> int:
        """What is held again, in cents."""
        return -self.returns


def _move(page: CasePage, change_id: int, ends_on: date) -> Moving:
    change = find_change(page, change_id, ChangeKind.INTERRUPTION)
    before = _sum(change)
    moved = end_interruption(change=change, ends_on=ends_on, by=page.request.actor, at=page.at)
    return Moving(_sum(moved.change) - before, moved.short)


def _sum(change: Change) -> int:
    """What an interruption has given back so far, in cents."""
    return sum(cents for _, cents in change.facts["parts"].values())


def _before(day: date) -> date:
    return day - timedelta(days=1)
