"""Leaving a programme: what ends with it is shown, and it ends after the notice."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from valinta.processes.stop_serving import (
    NoticeTooShort,
    earliest_leave,
    leave_as_company,
    what_leaving_does,
)
from valinta.providers.withdrawal_actions import StillUnderWay
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.provider.opening import open_company
from valinta.web.provider.run_scope import EndForm

PURPOSE = "leaving"


@require_http_methods(["GET", "POST"])
def leave(request: Request, provider_id: int, approval_id: int) -> HttpResponse:
    """How many clients have to find another, and the leave itself."""
    page = open_company(request, provider_id, Permission.KEEP_COMPANY, PURPOSE)
    approval = next((one for one in page.approvals if one.pk == approval_id), None)
    if approval is None:
        page.missing("approval", approval_id)
    organiser = next(one for one in page.organisers if one.pk == approval.organiser_id)
    at = page.now(organiser)
    earliest = earliest_leave(approval.programme, at.date())
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            leave_as_company(approval=approval, by=request.actor, at=at, **form.cleaned_data)
        except NoticeTooShort:
            form.add_error("ends_on", gettext("Choose a day after the notice."))
        except StillUnderWay:
            form.add_error(None, gettext("Your orders are being ended already. Look again later."))
        else:
            page.tell("programme_left")
            return page.to("provider:home")
    facts = {
        "approval": approval,
        "form": form,
        "earliest": earliest,
        "ends_already": approval.valid.upper is not None and approval.valid.upper <= earliest,
        "does": what_leaving_does(approval=approval, ends_on=earliest, today=at.date()),
    }
    return page.show("provider/leave.html", facts, 422 if form.errors else 200)
