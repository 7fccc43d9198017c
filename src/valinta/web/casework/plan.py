"""The plan tab: the client's own words beside the service plan, signatures, versions, talk."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from valinta.needs.models import Allocation
from valinta.plans.actions import CommentEmpty, PlanNotOpen, comment_on_plan, sign_plan
from valinta.plans.models import Paper, ServicePlan
from valinta.plans.signing_actions import SignedOnPaper, record_signature
from valinta.plans.states import PlanState, Signer
from valinta.users.permissions import Permission
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.casework.plan_forms import PaperForm, SayForm
from valinta.web.casework.plan_talk import plan_talk
from valinta.web.casework.plan_vouchers import voucher_packs
from valinta.web.casework.wishes import client_wishes
from valinta.web.downloads import download
from valinta.web.middleware import Request
from valinta.web.plan_picture import Version, plan_picture

PURPOSE = "plan"


@dataclass(frozen=True, slots=True)
class Typed:
    """Forms that came back with faults; None where nothing was sent."""

    paper: PaperForm | None = None
    say: SayForm | None = None


@require_GET
def plan(request: Request, client_id: int) -> HttpResponse:
    """The support plan beside the service plan, and what waits for whom."""
    return show(open_case(request, client_id, PURPOSE), Typed())


@require_POST
def say(request: Request, client_id: int, plan_id: int) -> HttpResponse:
    """Say something about a version; the client reads it."""
    page = open_case(request, client_id, PURPOSE)
    about = find_plan(page, plan_id)
    form = SayForm(request.POST)
    if not form.is_valid():
        return show(page, Typed(say=form), 422)
    try:
        comment_on_plan(plan=about, text=form.cleaned_data["text"], by=request.actor, at=page.at)
    except CommentEmpty:
        return show(page, Typed(say=form), 422)
    except PlanNotOpen:
        # The words go into the form under the newest version, to be said there.
        page.tell("plan_newer")
        return show(page, Typed(say=form), 409)
    page.tell("plan_said")
    return page.to("casework:plan")


@require_POST
def sign(request: Request, client_id: int, plan_id: int) -> HttpResponse:
    """The worker's own signature under a draft."""
    page = open_case(request, client_id, PURPOSE)
    draft = find_plan(page, plan_id)
    try:
        with transaction.atomic():
            signed = sign_plan(plan=draft, signer=Signer.WORKER, by=request.actor, at=page.at)
    except PlanNotOpen:
        page.tell("plan_newer")
    except IntegrityError:  # a second press of the button: the plan is signed once
        page.tell("plan_signed")
    else:
        both = signed.state == PlanState.SIGNED
        page.tell("plan_signed_by_both" if both else "plan_signed")
    return page.to("casework:plan")


@require_POST
def paper(request: Request, client_id: int, plan_id: int) -> HttpResponse:
    """Record that the client's side signed on paper: who, when, and where the paper is."""
    page = open_case(request, client_id, PURPOSE)
    draft = find_plan(page, plan_id)
    form = PaperForm(draft.written_at.date(), page.today, request.POST, request.FILES)
    if not form.is_valid():
        return show(page, Typed(paper=form), 422)
    given = form.cleaned_data
    try:
        record_signature(
            plan=draft,
            signer=Signer(given["signer"]),
            name=given["name"],
            signed_on=given["signed_on"],
            archive_mark=given["archive_mark"],
            scan=form.scan,
            by=request.actor,
            at=page.at,
        )
    except (PlanNotOpen, SignedOnPaper):
        page.tell("plan_newer")
        page.keep(form)
        return show(page, Typed(), 409)
    page.tell("plan_paper_recorded")
    return page.to("casework:plan")


@require_GET
def scan(request: Request, client_id: int, paper_id: int) -> FileResponse:
    """A scanned paper of the client, as it came."""
    page = open_case(request, client_id, PURPOSE)
    found = Paper.objects.filter(pk=paper_id, enrolment__client=page.client).first()
    if found is None:
        page.missing("paper", paper_id)
    return download(bytes(found.content), found.name, found.content_type)


def find_plan(page: CasePage, plan_id: int) -> ServicePlan:
    """A version of the client's plan. Raises Http404 for another's, after noting the attempt."""
    plans = ServicePlan.objects.filter(enrolment__client=page.client)
    found = plans.select_related("enrolment__client", "enrolment__programme").filter(pk=plan_id)
    return found.first() or page.missing("plan", plan_id)


def show(page: CasePage, typed: Typed, status: int = 200) -> HttpResponse:
    """The page of the plan."""
    enrolment = page.enrolment
    picture = plan_picture(enrolment, page.request.actor.user_id)
    newest = next(iter(picture.waiting), picture.in_force)
    written_on = newest.written_at.date() if newest else page.today
    facts = {
        "enrolment": enrolment,
        "picture": picture,
        "draft": next((one for one in picture.waiting if one.state is PlanState.DRAFT), None),
        "signed": next((one for one in picture.waiting if one.state is PlanState.SIGNED), None),
        "newest": newest,
        "versions": _versions([*picture.waiting, picture.in_force, *picture.earlier]),
        "talk": plan_talk(page.client),
        "wishes": client_wishes(enrolment, page.at),
        "packs": voucher_packs(enrolment, page.today),
        "has_sum": enrolment is not None and _has_sum(enrolment.pk),
        "paper_form": typed.paper or PaperForm(written_on, page.today),
        "say_form": typed.say or SayForm(),
        "faulty": typed.paper or typed.say,
        "may_write": page.may(Permission.WRITE_PLANS),
        "may_sign": page.may(Permission.SIGN_PLANS),
        "may_record": page.may(Permission.PREPARE_DECISIONS),
    }
    return page.show("casework/plan.html", facts, status)


def _versions(found: list[Version | None]) -> list[Version]:
    """Every version, newest first."""
    there = [one for one in found if one is not None]
    return sorted(there, key=lambda one: one.number, reverse=True)


def _has_sum(enrolment_id: int) -> bool:
    return Allocation.objects.filter(assessment__enrolment=enrolment_id).exists()
