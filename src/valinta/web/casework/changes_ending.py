"""A death and its taking back, and a withdrawal that the worker records for the client."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from valinta.clients.death_actions import HasDied
from valinta.orders.actions import BudgetSpent
from valinta.orders.change_actions import ChangedMeanwhile
from valinta.orders.states import ChangeKind
from valinta.processes.leave_programme import what_leaving_does
from valinta.processes.record_death import (
    TooLateToUndo,
    record_death,
    undo_death,
    undo_until,
    what_death_does,
)
from valinta.processes.withdraw_for_client import NoPlaceToLeave, withdraw_for_client
from valinta.web.casework.changes import PURPOSE, find_change, may_change, place_of, stale
from valinta.web.casework.changes_forms import SAID, DeathForm, UndoForm, WithdrawalForm
from valinta.web.casework.opening import open_case
from valinta.web.middleware import Request


@require_http_methods(["GET", "POST"])
def death(request: Request, client_id: int) -> HttpResponse:
    """Ask for the day, show what ends, and end it."""
    page = open_case(request, client_id, PURPOSE)
    form = DeathForm(page.today, request.POST if request.method == "POST" else None)
    if page.client.died_on is not None or not may_change(page):
        return stale(page, "changed_meanwhile", form)
    look = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        on = given["died_on"]
        if request.POST.get("step") == "do":
            try:
                record_death(
                    client=page.client, on=on, reason=given["reason"], by=request.actor, at=page.at
                )
            except HasDied:
                return stale(page, "changed_meanwhile", form)
            page.tell("death_recorded")
            return page.to("casework:changes")
        look = what_death_does(client=page.client, on=on, at=page.at)
    facts = {"form": form, "look": look}
    return page.show("casework/changes_death.html", facts, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def death_undo(request: Request, client_id: int, change_id: int) -> HttpResponse:
    """Take a death back that was noted by mistake: why, and everything is as before."""
    page = open_case(request, client_id, PURPOSE)
    change = find_change(page, change_id, ChangeKind.DEATH)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if change.undone_at is not None or not may_change(page):
        return stale(page, "changed_meanwhile", form)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            undo_death(change=change, reason=reason, by=request.actor, at=page.at)
        except TooLateToUndo:
            return stale(page, "death_stays", form)
        except (ChangedMeanwhile, BudgetSpent):
            return stale(page, "changed_meanwhile", form)
        page.tell("death_undone")
        return page.to("casework:changes")
    facts = {"change": change, "form": form, "until": undo_until(change)}
    return page.show("casework/changes_death_undo.html", facts, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def withdrawal(request: Request, client_id: int) -> HttpResponse:
    """Ask what the client said and for the proof, show what leaving does, and let them leave."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = place_of(page)
    form = WithdrawalForm(page.today, request.POST if request.method == "POST" else None)
    if enrolment is None or not may_change(page):
        return stale(page, "no_place_now", form)
    look = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == "do":
            try:
                withdraw_for_client(
                    enrolment=enrolment, **form.cleaned_data, by=request.actor, at=page.at
                )
            except NoPlaceToLeave:
                return stale(page, "no_place_now", form)
            page.tell("withdrawn")
            return page.to("casework:changes")
        look = what_leaving_does(enrolment, page.today)
    facts = {"form": form, "look": look, "ways": SAID}
    return page.show("casework/changes_withdrawal.html", facts, 422 if form.errors else 200)
