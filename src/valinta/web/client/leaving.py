"""The client leaves the programme: what happens is told first, and what comes next afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from valinta.clients.states import EnrolmentState
from valinta.plans.models import PlanLine
from valinta.plans.states import PlanState, Way
from valinta.processes.leave_programme import leave_programme, what_leaving_does
from valinta.processes.planner import planner_of
from valinta.users.permissions import Permission
from valinta.web.client.opening import Page, open_page
from valinta.web.middleware import Request

PURPOSE = "leaving the programme"


@dataclass(frozen=True, slots=True)
class Onwards:
    """A need of the plan, and the way it is met when the client has left."""

    line: PlanLine
    way: Way

    @property
    def changes(self) -> bool:
        """Whether the need is met in another way than now."""
        return self.line.way != self.way

    @property
    def quantity_hundredths(self) -> int:
        """How much in a month, in hundredths of the unit."""
        return self.line.quantity_hundredths

    @property
    def unit(self) -> str:
        """The service's unit."""
        return self.line.service.unit


class LeaveForm(forms.Form):
    """A reason, if the client likes to give one, and a yes."""

    reason = forms.CharField(
        max_length=200,
        required=False,
        error_messages={"max_length": _("The text is too long. Write at most 200 characters.")},
    )
    sure = forms.BooleanField(
        error_messages={"required": _("Tick the box if you want to leave. If not, go back.")}
    )


@require_http_methods(["GET", "POST"])
def leave(request: Request, client_id: int) -> HttpResponse:
    """What leaving does, and the leaving itself. Only the client does it, nobody in their place."""
    page = open_page(request, client_id, purpose=PURPOSE)
    enrolment = page.enrolment
    if not _may_leave(page):
        return page.show("client/leave_not_yours.html", status=403 if request.POST else 200)
    if enrolment is None and request.method == "POST":
        # Sent twice: the first one did it.
        return page.to("client:left")
    if enrolment is None or enrolment.state != EnrolmentState.ENROLLED:
        return page.show("client/leave_nothing.html", {"enrolment": enrolment})
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        leave_programme(
            enrolment=enrolment,
            withdrawn=True,
            reason=form.cleaned_data["reason"],
            planner=planner_of(page.client, page.today),
            by=request.actor,
            at=page.at,
        )
        return page.to("client:left")
    leaving = what_leaving_does(enrolment, page.today)
    facts = {
        "enrolment": enrolment,
        "leaving": leaving,
        "lines": [Onwards(line, way) for line, way in leaving.lines],
        "form": form,
    }
    return page.show("client/leave.html", facts, status=422 if form.errors else 200)


@require_GET
def left(request: Request, client_id: int) -> HttpResponse:
    """What happens now that the client has left, and who does it."""
    page = open_page(request, client_id, purpose=PURPOSE)
    enrolment = (
        page.client.enrolments.filter(state=EnrolmentState.WITHDRAWN)
        .select_related("programme")
        .order_by("-consent_withdrawn_at")
        .first()
    )
    if enrolment is None:
        return page.to("client:leave")
    drafts = enrolment.plans.filter(state=PlanState.DRAFT).order_by("-version")
    draft = drafts.first()
    lines = draft.lines.select_related("service").order_by("pk") if draft else ()
    onwards = [Onwards(line, Way(line.way)) for line in lines]
    facts = {"enrolment": enrolment, "lines": onwards}
    return page.show("client/left.html", facts)


def _may_leave(page: Page) -> bool:
    """The client alone, signed in with all of their rights (KEU-3: consent is one's own)."""
    permission = Permission.WITHDRAW_CONSENT
    return page.is_own and page.request.actor.may(permission, page.client.organiser_id)
