"""Who may see or do what for the client and until when: invite someone, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.clients.actions import MandateEnded, end_mandate
from valinta.clients.mandates import (
    MandateOver,
    MandateWithoutSight,
    TooMuchForSupporter,
)
from valinta.clients.models import Invitation, Mandate
from valinta.clients.states import InvitationState
from valinta.processes.invite_supporter import invite_supporter, withdraw_invitation
from valinta.shared.states import ForbiddenTransition
from valinta.users.permissions import Permission
from valinta.web.client.opening import Page, open_page
from valinta.web.client.people import last_day
from valinta.web.client.supporter_forms import InviteForm
from valinta.web.middleware import Request

READING = "who may act for me"


@dataclass(frozen=True, slots=True)
class Supporter:
    """Someone with a mandate now or from a day to come."""

    mandate: Mandate
    name: str
    starts_on: date
    last_on: date | None


@require_GET
def supporters(request: Request, client_id: int) -> HttpResponse:
    """Everyone who may see or do something for the client, and invitations without an answer."""
    page = open_page(request, client_id, purpose=READING)
    facts = {
        "supporters": _supporters(page),
        "invitations": _unanswered(page),
        "may_give": _may_give(page),
    }
    return page.show("client/supporters.html", facts)


@require_http_methods(["GET", "POST"])
def invite(request: Request, client_id: int) -> HttpResponse:
    """Invite someone; the code is shown on the answer to the form, and never again."""
    page = open_page(request, client_id, purpose=READING)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _invite(page, form)
        if answer is not None:
            return answer
    status = 422 if form.errors else 200
    facts = {"form": form, "choices": form.choices(page.today)}
    return page.show("client/invite.html", facts, status=status)


@require_POST
def take_back(request: Request, client_id: int, mandate_id: int) -> HttpResponse:
    """End a mandate from this moment on."""
    page = open_page(request, client_id, purpose=READING)
    mandate = page.client.mandates.filter(pk=mandate_id).first()
    if mandate is None:
        page.missing("mandate", mandate_id)
    try:
        end_mandate(mandate=mandate, by=request.actor, at=page.at)
        page.tell("mandate_taken_back")
    except MandateEnded:
        page.tell("mandate_ended_before")
    return page.to("client:supporters")


@require_POST
def withdraw(request: Request, client_id: int, invitation_id: int) -> HttpResponse:
    """Take an invitation back that nobody has accepted yet."""
    page = open_page(request, client_id, purpose=READING)
    invitation = page.client.invitations.filter(pk=invitation_id).first()
    if invitation is None:
        page.missing("invitation", invitation_id)
    try:
        withdraw_invitation(invitation=invitation, by=request.actor, at=page.at)
        page.tell("invitation_withdrawn")
    except ForbiddenTransition:
        page.tell("invitation_answered")
    return page.to("client:supporters")


def _invite(page: Page, form: InviteForm) -> HttpResponse | None:
    """The page with the code, or None when the form now says what to mend."""
    given = form.cleaned_data
    try:
        invited = invite_supporter(
            client=page.client,
            name=given["name"],
            kind=given["kind"],
            scope=[given["sight"], *given["acts"]],
            last_on=given["last_on"],
            by=page.request.actor,
            at=page.at,
        )
    except MandateOver:
        form.refuse("last_on", "over")
    except TooMuchForSupporter:
        form.refuse("acts", "too_much")
    except MandateWithoutSight:
        form.refuse("sight", "without_sight")
    else:
        facts = {"invited": invited, "days": settings.INVITATION_DAYS}
        return page.show("client/invited.html", facts)
    return None


def _supporters(page: Page) -> list[Supporter]:
    goes_on = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=page.today)
    mandates = page.client.mandates.filter(goes_on, ended_at=None).select_related("user")
    return [
        Supporter(one, one.user.display_name, one.valid.lower, last_day(one))
        for one in mandates.order_by("user__display_name", "pk")
    ]


def _unanswered(page: Page) -> list[tuple[Invitation, bool]]:
    """Invitations without an answer, newest first, and whether each can still be accepted."""
    sent = page.client.invitations.filter(state=InvitationState.SENT).order_by("-invited_at", "-pk")
    return [(one, one.state_at(page.at) == InvitationState.SENT) for one in sent]


def _may_give(page: Page) -> bool:
    return page.is_own and page.request.actor.may(
        Permission.GIVE_MANDATES, page.client.organiser_id
    )
