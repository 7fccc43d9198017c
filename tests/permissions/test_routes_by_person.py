"""Every address of the site, opened by every person there is: one table of what they get."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from tests.permissions import (
    routes_of_api,
    routes_of_changes,
    routes_of_programme,
    routes_of_providers,
)
from tests.permissions.cast import Side
from tests.permissions.conftest import Two
from tests.permissions.test_verbs import PEOPLE
from valinta.audit.models import Entry
from valinta.budgets.models import Voucher
from valinta.clients.models import Contact, Cover, Interest, Invitation, Mandate, Reception
from valinta.clients.states import InvitationState
from valinta.evaluation.models import Round
from valinta.evaluation.states import WAITING
from valinta.messages.models import Attachment, Thread
from valinta.orders.models import Order
from valinta.plans.models import (
    Claim,
    Decision,
    DecisionPower,
    DecisionProposal,
    Delivery,
    Paper,
    ServicePlan,
    SupportPlan,
)
from valinta.providers.models import Application, Approval, Evidence, RegisterEntry
from valinta.users.models import Holding, RoleInvitation, User
from valinta.visits.models import Visit
from valinta.visits.states import VisitState
from valinta.web.routes import ROUTES, Open
from valinta.wishes.models import TrayRequest

# Strangers are people of the other organiser, whose page is asked for by its number here.
STRANGERS = ["client", "representative", "case manager", "decision maker", "provider"]
EVERYONE = ["anonymous", *(who for who in PEOPLE if who != "system")]
EVERYONE += [f"{who} elsewhere" for who in STRANGERS]

CLIENTS = {"client", "another client", "client elsewhere"}
ACTING = {who for who in EVERYONE if who.startswith("representative")}
SEES = {"client", "representative", "representative who may only see"}
ACTS = {"representative who acts and sees no more"}
SEES_PLAN = SEES | ACTS | {"representative who sees the plan"}
SEES_MONEY = SEES | ACTS | {"representative who sees the money"}
NEAR = SEES_PLAN | SEES_MONEY
NARROW = ACTS | {"representative who sees the plan", "representative who sees the money"}
# In the client's place, with all of their things in sight, or with what the deed needs.
PLANS = {"client", "representative"}
DOES = PLANS | ACTS
WRITES_PLAN = DOES | {"representative who sees the plan"}
CASEWORK = {"case manager", "decision maker"}
DECIDES = {"decision maker", "decision maker elsewhere"}
CASEWORK_ELSEWHERE = {f"{who} elsewhere" for who in CASEWORK}
OTHER_SIDES = {
    "case manager",
    "case manager elsewhere",
    "provider",
    "provider elsewhere",
    "another provider",
    "worker who has left",
    "office",
}
CONFIRMS = {"case manager", "case manager elsewhere"}

# Things of a client whose address names the client too.
OF_CLIENT = {
    "mandate": Mandate,
    "invitation": Invitation,
    "order": Order,
    "thread": Thread,
    "contact": Contact,
}
# Things of the client's place: the name of their number in the address, and the rows.
OF_PLACE: dict[str, tuple[str, type[Model], str]] = {
    "plan": ("plan_id", ServicePlan, "pk"),
    "voucher": ("voucher_id", Voucher, "pk"),
    "decision": ("decision_id", Decision, "pk"),
    "support plan": ("number", SupportPlan, "version"),
    "proposal": ("proposal_id", DecisionProposal, "pk"),
    "paper": ("paper_id", Paper, "pk"),
}
# Things of a decision.
OF_DECISION: dict[str, type[Model]] = {"delivery": Delivery, "claim": Claim}


def _all(status: int) -> dict[str, int]:
    return dict.fromkeys(EVERYONE, status)


def _allowed(opened: dict[str, int]) -> dict[str, int]:
    """Whoever is not named has no permission for the page; the unknown are asked to sign in."""
    return _all(403) | {"anonymous": 302} | opened


# Things of companies that are one client's too.
OF_ONE_CLIENT = {"visit", "company client", "assignment"}


def _only(opened: dict[str, int]) -> dict[str, int]:
    """To whoever is not named the page is not there; those near the client learn that they may not.

    The unknown are asked to sign in.
    """
    return _all(404) | _of(NEAR, 403) | {"anonymous": 302} | opened


def _of(people: set[str], status: int) -> dict[str, int]:
    return dict.fromkeys(people, status)


TABLE: dict[str, tuple[str, dict[str, int]]] = {
    "public:front": ("GET", _all(200)),
    "public:sign_in": ("GET", _all(200)),
    "public:demo_sign_in": ("POST", _all(404)),
    "public:sign_out": ("POST", _all(302)),
    "provider:offline": ("GET", _all(200)),
    "public:language": ("POST", _all(302)),
    "public:easy": ("POST", _all(302)),
    "public:sign_in_letter": ("GET", _all(200)),
    "public:invitation": ("GET", _all(200)),
    "public:role_invitation": ("GET", _all(200)),
    "public:budget": ("GET", _all(200)),
    "public:voucher": ("GET", _all(200)),
    "public:programmes": ("GET", _all(200)),
    "public:programme": ("GET", _all(200)),
    "public:become_provider": ("GET", _all(200)),
    "public:apply": ("GET", _all(200)),
    "public:come_forward": ("GET", _all(200)),
    "public:thanks": ("GET", _all(200)),
    "public:gallery": ("GET", _all(200)),
    "public:sitemap": ("GET", _all(200)),
    "public:robots": ("GET", _all(200)),
    "public:tray": ("GET", _all(200)),
    "public:services": ("GET", _all(200)),
    "public:compare": ("GET", _all(200)),
    "public:provider": ("GET", _all(200)),
    "public:approved": ("GET", _all(200)),
    "public:approved_csv": ("GET", _all(200)),
    "public:approved_json": ("GET", _all(200)),
    "client:leave": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES, 200))),
    # Whoever has not left is led to where one leaves.
    "client:left": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES, 302))),
    # Who may see a part only is led there; who may open several people, or none, sees a list.
    "client:start": ("GET", _allowed(_of(CLIENTS | ACTING, 200) | _of(NARROW, 302))),
    "client:people": ("GET", _allowed(_of(CLIENTS | ACTING, 200))),
    "client:supporters": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES, 200))),
    # A representative passes nothing on.
    "client:invite": ("GET", _only(_of(CLIENTS | CONFIRMS, 404) | _of({"client"}, 200))),
    "client:take_back": ("POST", _only(_of(CLIENTS | CONFIRMS, 404) | _of({"client"}, 302))),
    "client:withdraw_invitation": (
        "POST",
        _only(_of(CLIENTS | CONFIRMS, 404) | _of({"client"}, 302)),
    ),
    "casework:access_letter": (
        "POST",
        _only(_of({"case manager"}, 200) | _of({"case manager elsewhere"}, 404)),
    ),
    "casework:client_person": (
        "GET",
        _only(_of({"case manager"}, 200) | _of({"case manager elsewhere"}, 404)),
    ),
    "client:home": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES, 200))),
    "client:confirm": (
        "POST",
        _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(DOES, 302)),
    ),
    "client:dispute": (
        "GET",
        _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(DOES, 200)),
    ),
    "client:budget": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES_MONEY, 200))),
    "client:whatif": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES_MONEY, 200))),
    "client:requests": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES_PLAN, 200))),
    "client:basket_start": ("POST", _only(_of(CLIENTS | ACTING, 404) | _of(DOES, 302))),
    "client:basket_put": ("POST", _only(_of(CLIENTS | ACTING, 404) | _of(DOES, 302))),
    "client:basket_take": ("POST", _only(_of(CLIENTS | ACTING, 404) | _of(DOES, 302))),
    "client:basket_change": ("POST", _only(_of(CLIENTS | ACTING, 404) | _of(DOES, 302))),
    "client:request_ask": ("POST", _only(_of(CLIENTS | ACTING, 404) | _of(DOES, 422))),
    # Without a request in the form there is none to answer, for anyone.
    "casework:answer_request": (
        "POST",
        _only(_of({"case manager", "case manager elsewhere", "office"}, 404)),
    ),
    "client:plan": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES_PLAN, 200))),
    # An empty comment is told about; a plan in force is not signed again.
    "client:plan_comment": (
        "POST",
        _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(WRITES_PLAN, 422)),
    ),
    "client:plan_sign": ("POST", _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(DOES, 302))),
    "client:support_plan": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES_PLAN, 200))),
    "client:support_plan_save": (
        "POST",
        _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(WRITES_PLAN, 302)),
    ),
    "client:support_plan_version": (
        "GET",
        _only(_of(CLIENTS | ACTING, 404) | _of(SEES_PLAN, 200)),
    ),
    "client:voucher": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES_MONEY, 200))),
    "client:voucher_fee": ("POST", _only(_of(CLIENTS | ACTING, 404) | _of(SEES_MONEY, 422))),
    # Not by what was told last: the page is shown again.
    "client:voucher_accept": (
        "POST",
        _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(DOES, 302)),
    ),
    "client:voucher_refuse": (
        "GET",
        _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(DOES, 200)),
    ),
    "client:decisions": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES, 200))),
    "client:decision_letter": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES, 200))),
    "casework:plan_comment": (
        "POST",
        _only(
            _of(CLIENTS | ACTING, 404)
            | _of({"case manager elsewhere"}, 404)
            | _of({"case manager"}, 422)
        ),
    ),
    "client:orders": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES_MONEY, 200))),
    "client:order": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES_MONEY, 200))),
    "client:visits": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES_MONEY, 200))),
    "client:order_new": ("GET", _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(DOES, 200))),
    "client:order_place": (
        "POST",
        _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(DOES, 200)),
    ),
    # Without a day to call off, the answer is the way back to the order.
    "client:call_off": ("GET", _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(DOES, 302))),
    "client:order_end": ("GET", _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(DOES, 200))),
    # This order has been moved to another provider already: the answer is the way back to it.
    "client:switch": ("GET", _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(DOES, 302))),
    "client:rate": ("GET", _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(DOES, 200))),
    "client:visit_code": (
        "GET",
        _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(DOES, 200)),
    ),
    "client:wellbeing": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES, 200))),
    "client:wellbeing_answers": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES, 200))),
    # Whoever may see and plan answers, and chooses who else sees.
    "client:wellbeing_show": ("POST", _only(_of(CLIENTS | ACTING, 404) | _of(PLANS, 302))),
    "client:wellbeing_question": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(PLANS, 200))),
    "client:wellbeing_check": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(PLANS, 200))),
    "client:wellbeing_skip": ("POST", _only(_of(CLIENTS | ACTING, 404) | _of(PLANS, 302))),
    # Before the answers are sent there is nothing to thank for: the way back.
    "client:wellbeing_thanks": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(PLANS, 302))),
    # Whoever writes messages for another side has pages of their own, not the client's.
    **{
        f"client:{page}": ("GET", _only(_of(CLIENTS | ACTING | OTHER_SIDES, 404) | _of(SEES, 200)))
        for page in ("messages", "message_new", "notices", "thread", "attachment")
    },
    # An empty code is told about.
    "client:notices_confirm": (
        "POST",
        _only(_of(CLIENTS | ACTING | OTHER_SIDES, 404) | _of(SEES, 422)),
    ),
    "client:history": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES, 200))),
    "client:looked": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES, 200))),
    "client:my_data": (
        "POST",
        _only(_of(CLIENTS | ACTING, 404) | _of(SEES, 403) | {"client": 200}),
    ),
    **{
        f"casework:{page}": (
            "GET",
            _allowed(_of(CASEWORK | CASEWORK_ELSEWHERE, 200)),
        )
        for page in ("work", "search", "messages")
    },
    # Superiors have a list of openings; clients are divided among workers by both.
    "casework:openings": ("GET", _allowed(_of(DECIDES, 200))),
    "casework:handing": ("GET", _allowed(_of(CASEWORK | CASEWORK_ELSEWHERE, 200))),
    "casework:cover": ("POST", _allowed(_of(CASEWORK | CASEWORK_ELSEWHERE, 422))),
    "casework:end_cover": ("POST", _allowed(_of(CASEWORK_ELSEWHERE, 404) | _of(CASEWORK, 302))),
    "casework:take_newcomer": (
        "POST",
        _allowed(_of({"case manager elsewhere"}, 404) | _of({"case manager"}, 302)),
    ),
    # Somebody else's already: that is told on the client's page.
    "casework:take": ("POST", _only(_of(CASEWORK_ELSEWHERE, 404) | _of(CASEWORK, 302))),
    "casework:hand_over": ("GET", _only(_of(CASEWORK_ELSEWHERE, 404) | _of(CASEWORK, 200))),
    # What is open already needs no reason: the client's page.
    "casework:opening": ("GET", _only(_of(CASEWORK_ELSEWHERE, 404) | _of(CASEWORK, 302))),
    "casework:contacts": ("GET", _only(_of(CASEWORK_ELSEWHERE, 404) | _of(CASEWORK, 200))),
    "casework:client_supporters": ("GET", _only(_of(CASEWORK_ELSEWHERE, 404) | _of(CASEWORK, 200))),
    **{
        f"casework:{page}": (
            method,
            _only(_of({"case manager elsewhere"}, 404) | _of({"case manager"}, status)),
        )
        for page, method, status in (
            ("contacts_log", "POST", 422),
            ("contacts_change", "GET", 200),
            ("contacts_cancel", "POST", 302),
        )
    },
    # Whoever writes messages for another side has pages of their own.
    **{
        f"casework:{page}": (
            "GET",
            _only(_of(CLIENTS | ACTING | OTHER_SIDES, 404) | _of({"case manager"}, 200)),
        )
        for page in ("message_new", "thread", "attachment")
    },
    **{
        f"office:{page}": ("GET", _allowed(_of({"office"}, 200)))
        for page in ("messages", "messages_thread", "messages_attachment")
    },
    # With one programme alone, its page.
    "office:home": ("GET", _allowed(_of({"office"}, 302))),
    **{
        name: (method, _allowed(_of({"office"}, status)))
        for name, (method, status) in routes_of_programme.PAGES.items()
    },
    **{
        name: (method, _only(_of(CASEWORK_ELSEWHERE, 404) | _of(CASEWORK, status)))
        for name, (method, status) in routes_of_changes.SEEN.items()
    },
    **{
        name: (method, _only(_of({"case manager elsewhere"}, 404) | _of({"case manager"}, status)))
        for name, (method, status) in routes_of_changes.DONE.items()
    },
    **{
        name: (method, _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of({"case manager"}, status)))
        for name, (method, status) in routes_of_changes.ORDERED.items()
    },
    **{
        name: ("GET", _allowed(_of(CASEWORK | CASEWORK_ELSEWHERE, 200)))
        for name in routes_of_changes.LISTS
    },
    **{
        name: (method, _allowed(_of({"office"}, status)))
        for name, (method, status) in routes_of_changes.OFFICE.items()
    },
    # One's own applications, and beginning one where one has come to apply.
    "provider:apply": ("GET", _allowed(_of({*routes_of_providers.HATS, "office"}, 200))),
    "provider:apply_begin": (
        "GET",
        _allowed(
            _of({*routes_of_providers.HATS, "office"}, 200) | _of({"provider elsewhere"}, 404)
        ),
    ),
    "provider:notices": ("GET", _allowed(_of({*routes_of_providers.HATS, "office"}, 200))),
    # One company alone: its home. Without any: how to become a provider.
    "provider:start": (
        "GET",
        _allowed(
            _of({"provider", "another provider", "provider elsewhere"}, 302)
            | {"worker who has left": 200}
        ),
    ),
    **{
        name: (
            method,
            # An address that names a visit or a client is not there for strangers to the client.
            (_only if ROUTES[name].about in OF_ONE_CLIENT else _allowed)(
                _of(routes_of_providers.HATS, 404)
                | _of({"office"} if name in routes_of_providers.OFFICE_TOO else set(), 404)
                | {"provider": status}
            ),
        )
        for name, (method, status) in routes_of_providers.PAGES.items()
    },
    **{name: (method, _all(status)) for name, (method, status) in routes_of_api.PAGES.items()},
    # Who may decide up to which sum is kept by the office.
    "office:people_powers": ("GET", _allowed(_of({"office"}, 200))),
    "office:people_powers_give": ("POST", _allowed(_of({"office"}, 422))),
    "office:people_powers_end": ("POST", _allowed(_of({"office"}, 302))),
    "casework:clients": (
        "GET",
        _allowed(_of(CASEWORK | {f"{who} elsewhere" for who in CASEWORK}, 200)),
    ),
    "casework:client": (
        "GET",
        _only(_of({f"{who} elsewhere" for who in CASEWORK}, 404) | _of(CASEWORK, 200)),
    ),
    # Registering and joining are the case manager's; a decision maker reads.
    "casework:register": ("GET", _allowed(_of(CONFIRMS, 200))),
    "casework:queue": ("GET", _allowed(_of(CONFIRMS, 200))),
    "casework:joining": ("GET", _only(_of(CASEWORK_ELSEWHERE, 404) | _of(CASEWORK, 200))),
    # Without a choice, an answer or a consent in the form, that is told.
    **{
        f"casework:{page}": (
            "POST",
            _only(_of({"case manager elsewhere"}, 404) | _of({"case manager"}, 422)),
        )
        for page in ("joining_ask", "joining_eligibility", "joining_join", "joining_close")
    },
    # Nobody of the table was told no: there is no such answer, and the way back.
    "casework:joining_answer": ("GET", _only(_of(CASEWORK_ELSEWHERE, 404) | _of(CASEWORK, 302))),
    "casework:assessment": ("GET", _only(_of(CASEWORK_ELSEWHERE, 404) | _of(CASEWORK, 200))),
    "casework:assessment_sum": ("GET", _only(_of(CASEWORK_ELSEWHERE, 404) | _of(CASEWORK, 200))),
    **{
        f"casework:{page}": (
            "POST",
            _only(_of({"case manager elsewhere"}, 404) | _of({"case manager"}, 302)),
        )
        # Without the number of an assessment in the form there is none to save: the way back.
        for page in ("assessment_start", "assessment_compute", "assessment_save")
    },
    "casework:assessment_adjust": (
        "POST",
        _only(_of({"case manager elsewhere"}, 404) | _of({"case manager"}, 422)),
    ),
    **{
        f"casework:{page}": (
            "GET",
            _only(_of({"case manager elsewhere"}, 404) | _of({"case manager"}, 200)),
        )
        for page in ("assessment_results", "assessment_template")
    },
    # What waits for a decision, and for the post.
    "casework:proposals": ("GET", _allowed(_of(DECIDES, 200))),
    "casework:letters": ("GET", _allowed(_of(CASEWORK | CASEWORK_ELSEWHERE, 200))),
    **{
        f"casework:{page}": ("GET", _only(_of(CASEWORK_ELSEWHERE, 404) | _of(CASEWORK, 200)))
        for page in (
            "plan",
            "plan_compare",
            "plan_scan",
            "plan_voucher_sheet",
            "decisions",
            "decisions_letter",
            "decisions_claim",
        )
    },
    **{
        f"casework:{page}": (
            method,
            _only(_of({"case manager elsewhere"}, 404) | _of({"case manager"}, status)),
        )
        for page, method, status in (
            ("plan_write", "GET", 200),
            ("plan_sums", "POST", 200),
            ("plan_save", "POST", 422),
            ("plan_paper", "POST", 422),
            ("decisions_prepare", "POST", 302),
            ("decisions_refuse", "POST", 422),
        )
    },
    # The clients' side says, signs and claims as well, but not on the worker's pages.
    **{
        f"casework:{page}": (
            method,
            _only(
                _of(CLIENTS | ACTING | {"case manager elsewhere"}, 404)
                | _of({"case manager"}, status)
            ),
        )
        for page, method, status in (
            ("plan_say", "POST", 422),
            ("plan_sign", "POST", 302),
            ("decisions_claim_record", "GET", 200),
            ("decisions_claim_receive", "POST", 422),
        )
    },
    # Without a way, and on a proposal that was taken back, nothing is done.
    **{
        f"casework:{page}": ("POST", _only(_of(CASEWORK_ELSEWHERE, 404) | _of(CASEWORK, status)))
        for page, status in (
            ("plan_voucher_record", 302),
            ("decisions_send", 302),
            ("decisions_posted", 302),
            ("decisions_return", 422),
        )
    },
    **{
        f"casework:{page}": (
            "POST",
            _only(_of({"decision maker elsewhere"}, 404) | _of({"decision maker"}, status)),
        )
        for page, status in (
            ("decisions_decide", 302),
            ("decisions_claim_take", 302),
            ("decisions_claim_answer", 422),
        )
    },
    "client:claim": ("GET", _only(_of(CLIENTS | ACTING | CONFIRMS, 404) | _of(PLANS, 200))),
    "client:claim_letter": ("GET", _only(_of(CLIENTS | ACTING, 404) | _of(SEES, 200))),
    # Forms that are sent empty are told what is missing; whoever is not suspended is not let go on.
    **{
        f"office:{page}": (method, _allowed(_of({"office"}, status)))
        for page, method, status in (
            ("providers", "GET", 200),
            ("providers_decided", "GET", 200),
            ("providers_application", "GET", 200),
            ("providers_hand_in", "POST", 422),
            ("providers_ask", "POST", 422),
            ("providers_answer", "POST", 302),
            ("providers_approve", "POST", 422),
            ("providers_refuse", "POST", 422),
            ("providers_evidence", "GET", 200),
            ("providers_judge", "POST", 422),
            ("providers_one", "GET", 200),
            ("providers_suspend", "POST", 422),
            ("providers_resume", "POST", 302),
            ("providers_withdrawal", "GET", 200),
            ("providers_registers", "GET", 200),
            ("providers_register_add", "GET", 200),
            ("providers_register_move", "POST", 302),
            ("requests_one", "GET", 200),
            ("requests_take", "POST", 302),
            ("requests_answer", "POST", 422),
            ("people", "GET", 200),
            ("people_give", "POST", 422),
            ("people_end", "POST", 302),
            ("people_withdraw", "POST", 302),
            ("people_receive", "POST", 302),
            ("people_receive_end", "POST", 302),
        )
    },
    # A case manager answers requests too, but on the client's own pages.
    "office:requests": ("GET", _allowed(_of({"office"}, 200))),
}
each_route = pytest.mark.parametrize("name", TABLE)


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    """The demo's clock: each organiser's people live on their own day."""
    settings.DEMO = True


def _names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, space)
        else:
            yield f"{prefix}{pattern.name}"


def _of_office(name: str, side: Side) -> str:
    """The address of an office page about the programme, or about a thread of it."""
    named = {"programme_id": side.programme.pk}
    with side.scope():
        threads = Thread.objects.filter(route="office").order_by("pk")
        if name == "office:messages_thread":
            named["thread_id"] = threads[0].pk
        if name == "office:messages_attachment":
            files = Attachment.objects.filter(message__thread__route="office").order_by("pk")
            named["attachment_id"] = files[0].pk
    return reverse(name, kwargs=named)


# What a click without words does; no client's page is read there.
OFFICE_DOES = {
    "office:requests_take": {"look_into_request"},
    "office:people_end": {"end_role"},
    "office:people_withdraw": {"withdraw_role_invitation"},
    "office:people_receive_end": {"end_reception"},
}
# Things of the organiser that pages of the office are about: the name of their number, the rows.
OF_OFFICE: dict[str, tuple[str, type[Model], dict[str, object]]] = {
    "application": ("application_id", Application, {"state": "sent"}),
    "evidence": ("evidence_id", Evidence, {"application__state": "sent", "words": ""}),
    "approval": ("approval_id", Approval, {"suspended_on": None}),
    "entry": ("entry_id", RegisterEntry, {}),
    "request": ("request_id", TrayRequest, {"state": "received"}),
    "holding": ("holding_id", Holding, {"role": "case_manager"}),
    "role invitation": ("invitation_id", RoleInvitation, {}),
    "reception": ("reception_id", Reception, {}),
}


def _of_thing(name: str, side: Side) -> str:
    """The address of an office page about one of the organiser's things."""
    key, model, which = OF_OFFICE[ROUTES[name].about]
    with side.scope():
        rows = model._default_manager.filter(organiser=side.organiser, **which)
        first = rows.order_by("pk").values_list("pk", flat=True)[0]
    return reverse(name, kwargs={"programme_id": side.programme.pk, key: first})


def _address(name: str, side: Side) -> str:
    if name in routes_of_api.PAGES:
        return routes_of_api.address(name)
    if name == "provider:apply_begin":
        return reverse(name, kwargs={"programme_id": side.programme.pk})
    if name in routes_of_providers.PAGES:
        return routes_of_providers.address(name, side)
    if name in routes_of_changes.OWN_ADDRESSES:
        return routes_of_changes.address(name, side)
    if name in routes_of_programme.PAGES:
        return routes_of_programme.address(name, side)
    if name.startswith("office:") and ROUTES[name].about in OF_OFFICE:
        return _of_thing(name, side)
    if name.startswith(("office:providers", "office:requests")) or name in (
        "office:people", "office:people_give", "office:people_receive",
    ):  # fmt: skip
        return reverse(name, kwargs={"programme_id": side.programme.pk})
    if name.startswith("office:messages"):
        return _of_office(name, side)
    if name.startswith("office:people_powers"):
        named = {"programme_id": side.programme.pk}
        if name.endswith("_end"):
            with side.scope():
                named["power_id"] = DecisionPower.objects.order_by("pk")[0].pk
        return reverse(name, kwargs=named)
    if name == "casework:thread":
        with side.scope():
            asked = Thread.objects.filter(client_id=side.client_id, route="case_manager")
            named = {"client_id": side.client_id, "thread_id": asked.order_by("pk")[0].pk}
        return reverse(name, kwargs=named)
    if ROUTES[name].about == "programme":
        codes = {"organiser": side.organiser.code, "programme": side.programme.code}
        return reverse(name, kwargs=codes)
    if ROUTES[name].about == "interest":
        with side.scope():
            received = Interest.objects.visible_to(side.actor("case manager"))
            return reverse(name, kwargs={"interest_id": received.order_by("pk")[0].pk})
    if ROUTES[name].about == "cover":
        with side.scope():
            return reverse(name, kwargs={"cover_id": Cover.objects.order_by("pk")[0].pk})
    if ROUTES[name].about == "provider":
        return reverse(name, kwargs={"provider_id": min(side.played.tray.workers)})
    if ROUTES[name].about == "client":
        return reverse(name, kwargs={"client_id": side.client_id})
    if ROUTES[name].about == "visit":
        with side.scope():
            waiting = Visit.objects.filter(client_id=side.client_id, state=VisitState.ACCEPTED)
            return reverse(name, kwargs={"visit_id": waiting.order_by("pk")[0].pk})
    if ROUTES[name].about == "round":
        with side.scope():
            waiting = Round.objects.filter(client_id=side.client_id, state__in=WAITING)
            named = {"client_id": side.client_id, "round_id": waiting.order_by("pk")[0].pk}
        more = {"number": 1} if name == "client:wellbeing_question" else {}
        return reverse(name, kwargs=named | more)
    if ROUTES[name].about == "attachment":
        with side.scope():
            first = Attachment.objects.filter(message__thread__client_id=side.client_id)[0].pk
        named = {"client_id": side.client_id, "attachment_id": first}
        return reverse(name, kwargs=named)
    if ROUTES[name].about in OF_CLIENT:
        with side.scope():
            rows = OF_CLIENT[ROUTES[name].about].objects.filter(client_id=side.client_id)
            if ROUTES[name].about == "invitation":
                rows = rows.filter(state="sent")
            if ROUTES[name].about == "invitation":
                rows = rows.filter(state=InvitationState.SENT)
            first = rows.order_by("pk")[0].pk
        named = {"client_id": side.client_id, f"{ROUTES[name].about}_id": first}
        return reverse(name, kwargs=named)
    if ROUTES[name].about in OF_DECISION:
        about = ROUTES[name].about
        with side.scope():
            things = OF_DECISION[about]._default_manager
            first = things.filter(decision__enrolment__client_id=side.client_id)[0].pk
        return reverse(name, kwargs={"client_id": side.client_id, f"{about}_id": first})
    if ROUTES[name].about in OF_PLACE:
        key, model, value = OF_PLACE[ROUTES[name].about]
        with side.scope():
            rows = model._default_manager.filter(enrolment__client_id=side.client_id)
            first = rows.order_by("pk").values_list(value, flat=True)[0]
        return reverse(name, kwargs={"client_id": side.client_id, key: first})
    return reverse(name)


def _side(who: str, two: Two) -> tuple[Side, str]:
    return (two.there, who.removesuffix(" elsewhere")) if "elsewhere" in who else (two.here, who)


def _opened(who: str, name: str, two: Two) -> tuple[int, set[str]]:
    """The status that the person gets, and the verbs that this left in the audit log."""
    side, key = _side(who, two)
    address = _address(name, two.here)
    browser = Browser()
    with transaction.atomic():
        if key != "anonymous":
            browser.force_login(User.objects.get(pk=side.users[key]))
        with side.scope():
            last = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        status = browser.generic(TABLE[name][0], address).status_code
        with side.scope():
            new = Entry.objects.filter(pk__gt=last, by_id=side.users.get(key, 0))
            verbs = set(new.values_list("verb", flat=True))
        transaction.set_rollback(True)
    return status, verbs


def test_every_address_of_the_site_is_in_this_table() -> None:
    assert set(_names(get_resolver().url_patterns)) == set(TABLE) == set(ROUTES)


@each_route
def test_each_person_gets_what_the_table_says(name: str, two: Two) -> None:
    got = {who: _opened(who, name, two)[0] for who in EVERYONE}
    assert got == TABLE[name][1]


@pytest.mark.parametrize(
    "name",
    [one for one in TABLE if ROUTES[one].about and ROUTES[one].needs is not Open.ANYONE],
)
def test_looking_and_being_refused_both_leave_a_row(name: str, two: Two) -> None:
    also = {
        "client:basket_start": {"start_basket"},
        "client:thread": {"note_glance"},
        "casework:thread": {"note_glance"},
        "office:messages_thread": {"note_glance"},
        "client:my_data": {"take_data"},
        "client:wellbeing_show": {"show_wellbeing"},
        "client:wellbeing_skip": {"skip_wellbeing"},
        "client:take_back": {"end_mandate"},
        "client:withdraw_invitation": {"withdraw_invitation"},
        "casework:decisions_posted": {"mark_posted"},
        "casework:assessment_start": {"start_assessment"},
    }.get(name, set())
    done = {
        "client:confirm": "confirm_visit",
        "casework:access_letter": "write_access_letter",
        "casework:end_cover": "end_cover",
        "casework:take_newcomer": "take_interest",
    }.get(name, "read")
    for who, status in TABLE[name][1].items():
        if status in (200, 404) or (status == 302 and who != "anonymous"):
            expected = {"refused"} if status == 404 else {done, *also}
            if name == "client:voucher" and who in DOES - {"client"}:
                # The client has been told before; whoever may answer in their place is told now.
                expected.add("give_information")
            if name.startswith(("office:providers", "office:requests", "office:people")):
                expected = OFFICE_DOES.get(name, set())
            if name in routes_of_programme.PAGES:
                expected = routes_of_programme.DOES.get(name, set())
            if name in routes_of_changes.OFFICE:
                expected = set()
            if name == "provider:apply_begin" and status != 404:
                expected = set()
            if name in routes_of_providers.PAGES and status != 404:
                expected = routes_of_providers.LEAVES.get(name, set())
            if name.startswith("office:people_powers"):
                # No client's page is read here.
                expected = {"end_power"} if name.endswith("_end") else set()
            assert _opened(who, name, two) == (status, expected), who
