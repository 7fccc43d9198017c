"""A provider of the programme: its facts, papers, services; suspended, let go on, withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from valinta.catalogue.rows import rows_of_approvals
from valinta.orders.models import Moving, Order
from valinta.orders.states import OPEN
from valinta.processes.move_clients import all_movings
from valinta.providers import suspending_actions as suspending
from valinta.providers.conditions import Standing, entries_of, standings
from valinta.providers.models import AccountChange, Application, Approval, Evidence
from valinta.providers.states import ApplicationState
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.names import names_of
from valinta.web.office.opening import OfficePage, open_programme
from valinta.web.office.providers_forms import SuspendForm, filled
from valinta.web.office.providers_picture import register_names, towns_of
from valinta.web.pieces import Piece

MOVINGS_SHOWN = 100


@require_GET
def provider(request: Request, programme_id: int, approval_id: int) -> HttpResponse:
    """The provider with everything the office needs about it."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    return _show(page, find_approval(page, approval_id))


@require_POST
def suspend(request: Request, programme_id: int, approval_id: int) -> HttpResponse:
    """No new orders from a day on; running ones go on."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    found, form = find_approval(page, approval_id), SuspendForm(request.POST)
    if form.is_valid():
        try:
            suspending.suspend_approval(
                approval=found, **form.cleaned_data, by=request.actor, at=page.at
            )
        except suspending.ApprovalOver:
            form.add_error("starts_on", gettext("The approval ends before that day."))
        except suspending.SuspendedAlready:
            page.tell("stale")
            page.keep(form)
            return _show(page, find_approval(page, approval_id), status=409)
        else:
            page.tell("provider_suspended")
            return page.to("office:providers_one", approval_id=found.pk)
    return _show(page, found, {"suspend_form": form, "faulty": form}, 422)


@require_POST
def resume(request: Request, programme_id: int, approval_id: int) -> HttpResponse:
    """End a suspension."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    found = find_approval(page, approval_id)
    words = request.POST.get("words", "")[:4000]
    try:
        suspending.end_suspension(approval=found, words=words, by=request.actor, at=page.at)
    except suspending.NotSuspended:
        page.tell("stale")
        page.keep(words)
        if page.unsaved:
            return _show(page, find_approval(page, approval_id), status=409)
        return page.to("office:providers_one", approval_id=found.pk)
    page.tell("suspension_ended")
    return page.to("office:providers_one", approval_id=found.pk)


def find_approval(page: OfficePage, approval_id: int) -> Approval:
    """An approval of the programme, whether it is in force or over."""
    rows = Approval.objects.filter(pk=approval_id, programme=page.programme)
    found = rows.select_related("provider", "rulebook").first()
    return found or page.missing("approval", approval_id)


def open_orders(approval: Approval, today: date) -> QuerySet[Order]:
    """The provider's orders in the programme that are not over."""
    rows = Order.objects.filter(
        offer__approval__programme_id=approval.programme_id,
        provider_id=approval.provider_id,
        state__in=OPEN,
    )
    return rows.filter(valid__overlap=(today, None))


def _show(
    page: OfficePage, found: Approval, facts: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    orders = open_orders(found, page.today)
    suspensions = list(found.suspensions.order_by("-pk"))
    applications = list(found.applications.order_by("-decided_at", "-pk"))
    users = [one.begun_by_id for one in suspensions] + [one.ended_by_id for one in suspensions]
    change = _account_change(found)
    context = {
        "approval": found,
        "provider": found.provider,
        "rows": rows_of_approvals([found.pk], {page.programme.organiser_id: page.today}),
        "orders": orders.count(),
        "clients": orders.values("client").distinct().count(),
        "applications": applications,
        "application": applications[0] if applications else None,
        "standings": _standings(page, applications),
        "suspensions": suspensions,
        "running": next((one for one in suspensions if one.ended_at is None), None),
        "movings": _movings(page, found),
        "work": found.withdrawals.filter(finished_at__isnull=True).first(),
        "is_over": found.valid.upper is not None and found.valid.upper <= page.today,
        "change": change,
        "names": names_of([*users, found.approved_by_id, change.asked_by_id if change else None]),
        "towns": towns_of(page.programme),
        "registers": register_names(page.programme),
        "suspend_form": filled(SuspendForm(), {"starts_on": page.today.isoformat()}),
        **(facts or {}),
    }
    return page.show("office/providers_one.html", context, status)


def _account_change(found: Approval) -> AccountChange | None:
    """The change of the company's bank account that is under way with this organiser."""
    return AccountChange.objects.filter(
        provider=found.provider_id,
        organiser_id=found.organiser_id,
        applied_at__isnull=True,
        withdrawn_at__isnull=True,
    ).first()


def _movings(page: OfficePage, found: Approval) -> Piece[Moving]:
    """Those who have lost the provider, first those who have no other yet."""
    rows = all_movings(order__offer__approval=found)
    waiting_first = rows.order_by(F("settled_at").asc(nulls_first=True), "ends_on", "pk")
    here = "office:providers_one"
    return page.part(waiting_first, MOVINGS_SHOWN, name="movings", of=here, approval_id=found.pk)


def _standings(page: OfficePage, applications: list[Application]) -> list[Standing]:
    """The papers of the newest application that was approved, with those that renewed them."""
    approved = [one for one in applications if one.state == ApplicationState.APPROVED]
    if not approved:
        return []
    newest = approved[0]
    newest.programme = page.programme
    evidence = Evidence.objects.filter(application__in=approved).defer("content")
    return standings(newest, evidence, entries_of(newest), page.today)
