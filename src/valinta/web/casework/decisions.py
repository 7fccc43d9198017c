"""The decisions tab: prepared by a worker, made by who has the power, sent and challenged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from valinta.catalogue.models import Service, VoucherValue
from valinta.integrations.letters import LetterError
from valinta.orders.actions import ClientHasDied
from valinta.plans.actions import PlanNotOpen
from valinta.plans.days import (
    BeginsTooEarly,
    LastsTooLong,
    NotInProgramme,
    must_be_days_to_grant,
)
from valinta.plans.decision_actions import GroundsMissing, PreparedByYou
from valinta.plans.models import Decision, DecisionProposal, ServicePlan
from valinta.plans.power_actions import NoPower
from valinta.plans.proposal_actions import (
    NotPrepared,
    ProposalWaits,
    prepare_decision,
    prepare_refusal,
    return_proposal,
)
from valinta.plans.states import Way
from valinta.processes.change_decision import BeginsMidMonth, OrdersDoNotFit
from valinta.processes.decide_proposal import decide_proposal
from valinta.processes.granting import NotEligible, NoVoucherValue
from valinta.programmes.models import Programme
from valinta.programmes.queries import ProgrammeClosed
from valinta.shared.periods import Period
from valinta.users.permissions import Permission
from valinta.web.casework.decision_forms import GroundsForm, PrepareForm, ReturnForm
from valinta.web.casework.decision_picture import (
    Preparing,
    made_of,
    preparing,
    returned_of,
    to_prepare,
    waiting_of,
)
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.letter_words import letter_refused
from valinta.web.middleware import Request
from valinta.web.templatetags.wording import long_day

PURPOSE = "decisions"
# What stands in the way of a decision on some days.
NOT_THESE_DAYS = (NotInProgramme, BeginsTooEarly, LastsTooLong, ProgrammeClosed)


@dataclass(frozen=True, slots=True)
class Typed:
    """What came back: forms with faults, and why a decision could not be made."""

    prepare: PrepareForm | None = None
    preparing: Preparing | None = None
    refuse: GroundsForm | None = None
    back: ReturnForm | None = None
    refusal: str = ""


@require_GET
def decisions(request: Request, client_id: int) -> HttpResponse:
    """What waits for a decision, and what was decided."""
    return show(open_case(request, client_id, PURPOSE), Typed())


@require_POST
def prepare(request: Request, client_id: int) -> HttpResponse:
    """Put the signed plan before someone who decides; what does not fit is named first."""
    page = open_case(request, client_id, PURPOSE)
    plan = to_prepare(page.enrolment, page.today)
    if plan is None:
        return _newer(page, request.POST.get("grounds", ""))
    form = PrepareForm(income_tested(plan), request.POST)
    if not form.is_valid():
        return show(page, Typed(prepare=form), 422)
    try:
        must_be_days_to_grant(plan.enrolment, form.period, page.today)
    except NOT_THESE_DAYS as refused:
        form.add_error(_field_of(refused), _words(refused))
        return show(page, Typed(prepare=form), 422)
    looked, ends = preparing(plan, form.period, page.today), set(request.POST.getlist("ends"))
    misfits = sorted(one.order.pk for one in looked.carried.misfits)
    if {str(one) for one in misfits} - ends:
        return show(page, Typed(prepare=form, preparing=looked), 422)
    try:
        prepare_decision(
            plan=plan,
            period=form.period,
            income_tested_cents=form.values,
            ends_orders=misfits,
            grounds=form.cleaned_data["grounds"],
            by=request.actor,
            at=page.at,
        )
    except (PlanNotOpen, ProposalWaits):
        return _newer(page, form)
    page.tell("proposal_put")
    return page.to("casework:decisions")


@require_POST
def refuse(request: Request, client_id: int) -> HttpResponse:
    """Put a refusal with its grounds before someone who decides."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = page.enrolment or page.missing("client", client_id)
    form = GroundsForm(request.POST)
    if not form.is_valid():
        return show(page, Typed(refuse=form), 422)
    grounds = form.cleaned_data["grounds"]
    try:
        prepare_refusal(enrolment=enrolment, grounds=grounds, by=request.actor, at=page.at)
    except ProposalWaits:
        return _newer(page, form)
    except GroundsMissing:
        return show(page, Typed(refuse=form), 422)
    page.tell("proposal_put")
    return page.to("casework:decisions")


@require_POST
def decide(request: Request, client_id: int, proposal_id: int) -> HttpResponse:
    """Make the decision that was prepared."""
    page = open_case(request, client_id, PURPOSE)
    proposal = _find(page, proposal_id)
    try:
        decide_proposal(proposal=proposal, by=request.actor, at=page.at)
    except (NotPrepared, PlanNotOpen):
        page.tell("proposal_newer")
    except (
        PreparedByYou,
        NoPower,
        OrdersDoNotFit,
        BeginsMidMonth,
        ClientHasDied,
        NotEligible,
        NoVoucherValue,
        *NOT_THESE_DAYS,
        LetterError,
    ) as refused:
        return show(page, Typed(refusal=_words(refused)), 422)
    else:
        page.tell("decided")
    return page.to("casework:decisions")


@require_POST
def give_back(request: Request, client_id: int, proposal_id: int) -> HttpResponse:
    """Return a proposal with what is missing, or take one's own back."""
    page = open_case(request, client_id, PURPOSE)
    proposal = _find(page, proposal_id)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return show(page, Typed(back=form), 422)
    reason = form.cleaned_data["reason"]
    try:
        return_proposal(proposal=proposal, reason=reason, by=request.actor, at=page.at)
    except NotPrepared:
        return _newer(page, form)
    page.tell("proposal_returned")
    return page.to("casework:decisions")


def show(page: CasePage, typed: Typed, status: int = 200) -> HttpResponse:
    """The page of decisions."""
    enrolment, reader = page.enrolment, page.request.actor.user_id
    waiting = waiting_of(enrolment, page.today)
    plan = None if waiting else to_prepare(enrolment, page.today)
    is_mine = waiting is not None and waiting.proposal.prepared_by_id == reader
    facts = {
        "enrolment": enrolment,
        "waiting": waiting,
        "is_mine": is_mine,
        "returned": None if waiting else returned_of(enrolment),
        "plan": plan,
        "tested": income_tested(plan) if plan else [],
        "prepare_form": typed.prepare or (PrepareForm(income_tested(plan)) if plan else None),
        "suggested": _suggested(page.today, plan),
        "looked": typed.preparing,
        "refuse_form": typed.refuse or GroundsForm(),
        "return_form": typed.back or ReturnForm(),
        "refusal": typed.refusal,
        "faulty": typed.prepare or typed.refuse or typed.back,
        "made": made_of(page.client),
        "may_prepare": page.may(Permission.PREPARE_DECISIONS),
        "may_decide": page.may(Permission.MAKE_DECISIONS) and not is_mine,
        "may_send": page.may(Permission.SEND_LETTERS),
        "may_claim": page.may(Permission.MAKE_CLAIMS),
    }
    return page.show("casework/decisions.html", facts, status)


def _newer(page: CasePage, typed: Form | str) -> HttpResponse:
    """Somebody else was faster: the newest, with the words that were typed and are not saved."""
    page.tell("proposal_newer")
    page.keep(typed)
    return show(page, Typed(), 409) if page.unsaved else page.to("casework:decisions")


def find_decision(page: CasePage, decision_id: int) -> Decision:
    """A decision about the client. Raises Http404 for another's, after noting the attempt."""
    found = Decision.objects.filter(pk=decision_id, enrolment__client=page.client).select_related(
        "enrolment__client__case_manager",
        "enrolment__programme",
        "organiser",
        "plan__allocation",
    )
    return found.first() or page.missing("decision", decision_id)


def income_tested(plan: ServicePlan) -> list[Service]:
    """The services of the plan whose voucher's value the client's income decides."""
    services = plan.lines.filter(way=Way.VOUCHER).values("service")
    tested = VoucherValue.objects.filter(service__in=services, income_tested=True)
    programme: Programme = plan.enrolment.programme
    found = programme.services.filter(pk__in=tested.values("service"))
    return list(found.order_by("pk"))


def _find(page: CasePage, proposal_id: int) -> DecisionProposal:
    found = DecisionProposal.objects.filter(pk=proposal_id, enrolment__client=page.client)
    return found.select_related("enrolment").first() or page.missing("proposal", proposal_id)


def _suggested(today: date, plan: ServicePlan | None) -> Period | None:
    """From the first of next month, or today when nothing is in force, to the year's last day."""
    if plan is None:
        return None
    has_money = plan.enrolment.decisions.filter(state="in_force").exists()
    month = Period.month(today.year, today.month)
    first = month.ends_on if has_money and month.ends_on else today
    return Period(first, date(first.year + (first.month > 9), 12, 31))


def _field_of(refused: Exception) -> str | None:
    """The field where days are mended; None when it is not for the form to mend."""
    if isinstance(refused, ProgrammeClosed | LastsTooLong):
        return "last_on"
    return "starts_on" if isinstance(refused, BeginsTooEarly) else None


def _words(refused: Exception) -> str:
    """Why the decision could not be made, and what to do."""
    if isinstance(refused, PreparedByYou):
        return gettext("You prepared this yourself, so somebody else decides.")
    if isinstance(refused, NoPower):
        who = ", ".join(refused.able) or gettext("nobody yet; ask the programme office")
        return gettext("The sum is above your power to decide. Who can: %(who)s.") % {"who": who}
    if isinstance(refused, OrdersDoNotFit):
        return gettext("Open orders do not fit any more. Return the proposal to be prepared anew.")
    if isinstance(refused, ClientHasDied):
        return gettext("The client has died, so nothing is granted.")
    if isinstance(refused, BeginsMidMonth):
        return gettext("With services going on, a later change begins on the first of a month.")
    if isinstance(refused, NotEligible):
        return gettext("These conditions are not met or not answered: %(legs)s.") % {
            "legs": ", ".join(refused.legs)
        }
    if isinstance(refused, LetterError):
        return letter_refused()
    if isinstance(refused, ProgrammeClosed):
        return gettext("The programme is not open on all of these days. Choose other days.")
    if isinstance(refused, NotInProgramme):
        return gettext("The client is not in the programme. Let them join first.")
    if isinstance(refused, BeginsTooEarly):
        return gettext("The decision would begin in a month gone by. Choose %(day)s or later.") % {
            "day": long_day(refused.earliest_on)
        }
    if isinstance(refused, LastsTooLong):
        return gettext(
            "A decision has at most %(months)s calendar months. Choose %(day)s or earlier."
        ) % {"months": refused.months, "day": long_day(refused.last_on)}
    return gettext("The programme gives no voucher value for a service of the plan on these days.")
