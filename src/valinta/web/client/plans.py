"""Pages of the service plan: read it, say something about it, sign it."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from valinta.clients.access import represents
from valinta.clients.models import Enrolment
from valinta.clients.states import MandateScope
from valinta.plans.actions import PlanNotOpen, comment_on_plan, sign_plan
from valinta.plans.models import ServicePlan, SupportPlan
from valinta.plans.states import Signer
from valinta.users.permissions import Permission
from valinta.web.access import find_client, own_people
from valinta.web.client.opening import Page, open_page
from valinta.web.client.plan_forms import CommentForm
from valinta.web.middleware import Request
from valinta.web.plan_picture import plan_picture

READING = (MandateScope.SEE, MandateScope.SEE_PLAN)
WRITING = (MandateScope.PLAN, MandateScope.WRITE)


@require_GET
def plan(request: Request, client_id: int) -> HttpResponse:
    """The plan in force, drafts that wait for a signature, and what has been said of them."""
    return _show(open_page(request, client_id, READING, "own plan"), CommentForm())


@require_POST
def comment(request: Request, client_id: int, plan_id: int) -> HttpResponse:
    """Say something about the plan."""
    page = open_to_act(request, client_id, WRITING, READING, "own plan")
    about = _find(page, plan_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _show(page, form, status=422)
    try:
        comment_on_plan(plan=about, text=form.cleaned_data["text"], by=request.actor, at=page.at)
    except PlanNotOpen:
        page.tell("plan_newer")
    else:
        page.tell("plan_commented")
    return page.to("client:plan")


@require_POST
def sign(request: Request, client_id: int, plan_id: int) -> HttpResponse:
    """Sign a draft as the client or as someone with a mandate to plan."""
    page = open_to_act(request, client_id, (MandateScope.PLAN,), READING, "own plan")
    draft = _find(page, plan_id)
    signer = Signer.CLIENT if page.is_own else Signer.REPRESENTATIVE
    try:
        with transaction.atomic():
            sign_plan(plan=draft, signer=signer, by=request.actor, at=page.at)
    except PlanNotOpen:
        page.tell("plan_newer")
    except IntegrityError:  # a second press of the button: the plan is signed once
        page.tell("plan_signed_before")
    else:
        page.tell("plan_signed")
    return page.to("client:plan")


def open_to_act(
    request: Request,
    client_id: int,
    acting: tuple[MandateScope, ...],
    reading: tuple[MandateScope, ...],
    purpose: str,
) -> Page:
    """Open a page to do something for the client: it takes a scope for that, and one to see.

    Raises Http404 for anyone else, after noting the attempt.
    """
    find_client(request, client_id, own_people(request, *acting))
    return open_page(request, client_id, reading, purpose)


def place_of(page: Page) -> Enrolment | None:
    """The client's place now, or the last one they had."""
    return (
        page.enrolment or page.client.enrolments.select_related("programme").order_by("-pk").first()
    )


def may(page: Page, permission: Permission, *scopes: MandateScope) -> bool:
    """Whether the reader does this for the client: as the client, or with one of the scopes."""
    by = page.request.actor
    if not by.may(permission, page.client.organiser_id):
        return False
    return page.is_own or any(
        represents(page.client, permission, one, by, page.at) for one in scopes
    )


def _find(page: Page, plan_id: int) -> ServicePlan:
    plans = ServicePlan.objects.filter(enrolment__client=page.client).select_related(
        "enrolment__client"
    )
    found = plans.filter(pk=plan_id).first()
    return found or page.missing("plan", plan_id)


def _show(page: Page, form: CommentForm, status: int = 200) -> HttpResponse:
    enrolment = place_of(page)
    support = (
        SupportPlan.objects.filter(enrolment=enrolment).order_by("-version").first()
        if enrolment
        else None
    )
    facts = {
        "picture": plan_picture(enrolment, page.request.actor.user_id),
        "support": support,
        "form": form,
        "may_sign": may(page, Permission.SIGN_PLANS, MandateScope.PLAN),
        "may_comment": may(page, Permission.WRITE_SUPPORT_PLANS, *WRITING),
        "sees_all": page.is_own or may(page, Permission.SEE_OWN_BUDGET, MandateScope.SEE),
    }
    return page.show("client/plan.html", facts, status)
