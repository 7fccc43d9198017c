"""The programme office and a change of a company's bank account: confirm after a call, or stop."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from valinta.providers.account_actions import (
    ChangeClosed,
    SamePerson,
    confirm_account_change,
    withdraw_account_change,
)
from valinta.providers.models import AccountChange, Approval
from valinta.users.actor import Actor
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.office.opening import OfficePage, open_programme


@require_POST
def confirm(request: Request, programme_id: int, change_id: int) -> HttpResponse:
    """Be the second person of a company that has one administrator, after calling it."""
    return _do(request, programme_id, change_id, confirm_account_change, "account_confirmed")


@require_POST
def stop(request: Request, programme_id: int, change_id: int) -> HttpResponse:
    """Stop a change before it is in use, for instance because the company knows nothing of it."""
    return _do(request, programme_id, change_id, withdraw_account_change, "account_stopped")


class Verb(Protocol):
    """What is done with a change."""

    def __call__(self, *, change: AccountChange, by: Actor, at: datetime) -> AccountChange:
        """The change as it is after that. Raises ChangeClosed, and confirming SamePerson."""


def _do(request: Request, programme_id: int, change_id: int, verb: Verb, told: str) -> HttpResponse:
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    approval, change = _find(page, change_id)
    try:
        verb(change=change, by=request.actor, at=page.at)
        page.tell(told)
    except ChangeClosed:
        page.tell("stale")
    except SamePerson:
        page.tell("account_same_person")
    return page.to("office:providers_one", approval_id=approval.pk)


def _find(page: OfficePage, change_id: int) -> tuple[Approval, AccountChange]:
    """The change, asked with this organiser, of a company that the programme has approved."""
    organiser_id = page.programme.organiser_id
    change = AccountChange.objects.filter(organiser_id=organiser_id, pk=change_id).first()
    if change is None:
        page.missing("account_change", change_id)
    own = Approval.objects.filter(programme=page.programme, provider=change.provider_id)
    return own.order_by("-pk").first() or page.missing("account_change", change_id), change
