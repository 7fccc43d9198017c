"""Pages of a voucher: what the law says the client is told, then yes or no (act 569/2009)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.budgets.actions import accept_voucher
from valinta.budgets.models import Voucher, VoucherInformation
from valinta.budgets.states import VoucherState
from valinta.clients.states import MandateScope
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.plans.models import PlanLine
from valinta.plans.states import Way
from valinta.processes.decline_voucher import WITHOUT_MONEY, decline_voucher
from valinta.processes.inform_of_voucher import (
    MONTHLY_FEE,
    VoucherFacts,
    fee_otherwise,
    inform_of_voucher,
    voucher_facts,
)
from valinta.processes.planner import planner_of
from valinta.shared.states import ForbiddenTransition
from valinta.users.permissions import Permission
from valinta.web import words
from valinta.web.client.opening import Page, open_page
from valinta.web.client.plan_forms import FeeForm, RefusalForm
from valinta.web.client.plans import may, open_to_act
from valinta.web.middleware import Request

PURPOSE = "own voucher"
READING = (MandateScope.SEE, MandateScope.SEE_BUDGET)
ANSWERING = (MandateScope.ORDER,)
OPEN_TO_ANSWER = (VoucherState.OFFERED, VoucherState.ACCEPTED)


@require_GET
def voucher(request: Request, client_id: int, voucher_id: int) -> HttpResponse:
    """All that is told before answering. Showing it to who may answer is noted as proof."""
    page = open_page(request, client_id, READING, PURPOSE)
    return _show(page, _find(page, voucher_id))


@require_POST
def fee(request: Request, client_id: int, voucher_id: int) -> HttpResponse:
    """Reckon the monthly fee of the service organised otherwise; what is given is not kept."""
    page = open_page(request, client_id, READING, PURPOSE)
    return _show(page, _find(page, voucher_id), FeeForm(request.POST))


@require_POST
def accept(request: Request, client_id: int, voucher_id: int) -> HttpResponse:
    """Take the voucher, unless what it was told by has changed since the page was opened."""
    page = open_to_act(request, client_id, ANSWERING, READING, PURPOSE)
    found = _find(page, voucher_id)
    facts = voucher_facts(voucher=found, on=page.today)
    if request.POST.get("told") != facts.sha256:
        page.tell("voucher_changed")
        return page.to("client:voucher", voucher_id=found.pk)
    try:
        accept_voucher(voucher=found, by=request.actor, at=page.at)
    except ForbiddenTransition:
        page.tell("voucher_answered")
    else:
        page.tell("voucher_accepted")
    return page.to("client:voucher", voucher_id=found.pk)


@require_http_methods(["GET", "POST"])
def refuse(request: Request, client_id: int, voucher_id: int) -> HttpResponse:
    """Refuse the voucher, and choose how the service is wanted instead: never a dead end."""
    page = open_to_act(request, client_id, ANSWERING, READING, PURPOSE)
    found = _find(page, voucher_id)
    if found.state not in OPEN_TO_ANSWER:
        page.tell("voucher_answered")
        return page.to("client:voucher", voucher_id=found.pk)
    ways = _ways(found)
    form = RefusalForm(ways, request.POST or None)
    if request.method == "POST" and form.is_valid():
        decline_voucher(
            voucher=found,
            to=Way(form.cleaned_data["way"]),
            reason=form.cleaned_data["reason"],
            by=request.actor,
            # The client refuses; who keeps the plan and arranges the service is the case manager.
            planner=planner_of(page.client, page.today),
            at=page.at,
        )
        page.tell("voucher_refused")
        return page.to("client:voucher", voucher_id=found.pk)
    orders = Order.objects.filter(slices__voucher=found, state__in=OPEN).distinct().count()
    facts = {"voucher": found, "form": form, "options": _options(ways, found), "orders": orders}
    return page.show("client/voucher_refuse.html", facts, status=422 if form.errors else 200)


def _find(page: Page, voucher_id: int) -> Voucher:
    vouchers = Voucher.objects.filter(enrolment__client=page.client).select_related(
        "service", "enrolment__programme", "enrolment__client", "organiser"
    )
    return vouchers.filter(pk=voucher_id).first() or page.missing("voucher", voucher_id)


def _ways(voucher: Voucher) -> list[Way]:
    """The ways that a refused voucher can lead to, as far as the service knows them."""
    possible = voucher.service.ways
    return [way for way in Way if way in WITHOUT_MONEY and (not possible or way in possible)]


def _options(ways: list[Way], voucher: Voucher) -> list[tuple[str, str, str]]:
    """The ways as choices: value, name, and what it means."""
    name = voucher.organiser.name((get_language() or "fi").split("-")[0])
    means = {
        Way.OWN_SERVICE: gettext("%(name)s's own workers give the service."),
        Way.PURCHASED: gettext("%(name)s buys the service for you from a company."),
    }
    return [
        (str(way), str(words.WAYS[way]).capitalize(), means[way] % {"name": name}) for way in ways
    ]


@dataclass(frozen=True, slots=True)
class Month:
    """The voucher's quantity of a month, in hundredths of the unit."""

    quantity_hundredths: int
    unit: str


def _show(page: Page, found: Voucher, form: FeeForm | None = None) -> HttpResponse:
    facts = voucher_facts(voucher=found, on=page.today)
    may_answer = may(page, Permission.ORDER_SERVICES, *ANSWERING)
    waits = found.state in OPEN_TO_ANSWER
    told: VoucherInformation | None = None
    if may_answer and waits:
        language = (get_language() or "fi").split("-")[0]
        told = inform_of_voucher(
            voucher=found, language=language, by=page.request.actor, at=page.at
        )
    checked = form is not None and form.is_valid()
    context = {
        "voucher": found,
        "facts": facts,
        "month": Month(facts.month_hundredths, facts.unit),
        "last_on": found.valid.upper - timedelta(days=1) if found.valid.upper else None,
        "told_as": told,
        "may_answer": may_answer and waits,
        "line": PlanLine.objects.filter(
            plan__enrolment_id=found.enrolment_id,
            plan__state="in_force",
            service_id=found.service_id,
        )
        .order_by("-refused_way", "pk")
        .first(),
        "form": form,
        "reckons": facts.fee_type == MONTHLY_FEE and facts.unit == "hour",
        "fee": _fee(facts, form, page) if checked and form is not None else None,
        "was_reckoned": checked,
    }
    faulty = form is not None and bool(form.errors)
    return page.show("client/voucher_page.html", context, status=422 if faulty else 200)


def _fee(facts: VoucherFacts, form: FeeForm, page: Page) -> object:
    return fee_otherwise(
        facts=facts,
        monthly_income_cents=form.income_cents,
        household_size=form.cleaned_data["household"],
        on=page.today,
    )
