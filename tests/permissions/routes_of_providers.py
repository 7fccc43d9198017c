"""The addresses of the provider portal: what a company's people get, and the rows they name.

A page about a company is not there for those of other companies, and for whoever else has the
permission (the programme office has some of them for its own pages).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.urls import reverse

from tests.permissions import calls_api
from tests.permissions.cast import Side
from valinta.demo.identities import business_id, iban
from valinta.messages.models import Attachment, Thread
from valinta.messages.states import Route
from valinta.orders.assigning import Assignment
from valinta.orders.models import Order
from valinta.providers.models import AccountChange, Application, Evidence, Unit, Worker
from valinta.settlements.models import Statement, StatementLine
from valinta.visits.models import Batch, RefusedLine, Visit, VisitFile
from valinta.web.routes import ROUTES

AT = datetime(2019, 1, 1, 10, tzinfo=UTC)
# Whoever wears the provider's hat.
HATS = {"provider", "another provider", "worker who has left", "provider elsewhere"}
# Method and status for the company's administrator; the form is empty where one is sent.
PAGES: dict[str, tuple[str, int]] = {
    "provider:apply_one": ("GET", 200),
    "provider:apply_company": ("GET", 200),
    "provider:apply_services": ("GET", 200),
    "provider:apply_prices": ("GET", 200),
    "provider:apply_papers": ("GET", 200),
    "provider:apply_hand_in": ("POST", 422),
    "provider:apply_use": ("POST", 404),
    "provider:apply_paper": ("GET", 200),
    "provider:apply_send": ("GET", 200),
    "provider:apply_answer": ("POST", 409),
    "provider:apply_withdraw": ("POST", 302),
    "provider:company": ("GET", 200),
    "provider:company_facts": ("GET", 200),
    "provider:company_unit_open": ("POST", 422),
    "provider:company_unit_end": ("POST", 302),
    "provider:company_people": ("GET", 200),
    "provider:company_level": ("POST", 302),
    "provider:company_account": ("GET", 200),
    "provider:company_account_confirm": ("POST", 302),
    "provider:company_account_withdraw": ("POST", 302),
    "provider:company_systems": ("GET", 200),
    "provider:company_systems_connect": ("POST", 422),
    "provider:company_systems_secret": ("POST", 200),
    "provider:company_systems_end": ("POST", 302),
    "provider:home": ("GET", 200),
    "provider:orders": ("GET", 200),
    "provider:orders_calendar": ("GET", 200),
    "provider:orders_one": ("GET", 200),
    "provider:orders_accept": ("POST", 302),
    "provider:orders_decline": ("POST", 422),
    "provider:orders_unit": ("POST", 302),
    "provider:orders_call_off": ("GET", 302),
    "provider:clients": ("GET", 200),
    "provider:clients_one": ("GET", 200),
    "provider:clients_assign": ("POST", 302),
    "provider:clients_unassign": ("POST", 302),
    "provider:clients_end": ("GET", 200),
    "provider:prices": ("GET", 200),
    "provider:prices_capacity": ("POST", 302),
    "provider:prices_change": ("GET", 200),
    "provider:messages": ("GET", 200),
    "provider:messages_one": ("GET", 200),
    "provider:messages_new": ("GET", 200),
    "provider:messages_file": ("GET", 200),
    "provider:company_leave": ("GET", 200),
    "provider:statements": ("GET", 200),
    "provider:statements_one": ("GET", 200),
    "provider:statements_visits": ("GET", 200),
    "provider:statements_pdf": ("GET", 200),
    "provider:statements_csv": ("GET", 200),
    "provider:statements_invoice": ("GET", 200),
    "provider:today": ("GET", 200),
    "provider:today_start": ("POST", 404),
    "provider:today_stop": ("POST", 404),
    "provider:today_drop": ("POST", 404),
    "provider:today_enter": ("GET", 200),
    "provider:today_code": ("GET", 200),
    "provider:today_kept": ("GET", 200),
    "provider:visits": ("GET", 200),
    "provider:visits_table": ("GET", 200),
    "provider:visits_template": ("GET", 200),
    "provider:visits_checks": ("GET", 200),
    "provider:visits_files": ("GET", 200),
    "provider:visits_file": ("GET", 200),
    "provider:visits_file_answers": ("GET", 200),
    "provider:visits_file_refused": ("GET", 200),
    "provider:visits_batch": ("GET", 200),
    "provider:visits_one": ("GET", 200),
    "provider:visits_correct": ("GET", 200),
    "provider:visits_delete": ("POST", 302),
    "provider:visits_mend": ("GET", 200),
    "provider:visits_set_aside": ("POST", 302),
}
# Of these the programme office has the permission too, and no company.
OFFICE_TOO: set[str] = {
    "provider:prices",
    "provider:prices_capacity",
    "provider:prices_change",
    "provider:company_leave",
    *(name for name in PAGES if name.startswith("provider:apply")),
    # The programme office stops a change of an account on its own page of the company.
    *(
        name
        for name in PAGES
        if name.startswith("provider:company")
        and name not in ("provider:company_account", "provider:company_account_withdraw")
    ),
    "provider:company_systems",
    "provider:company_systems_connect",
    "provider:company_systems_secret",
    "provider:company_systems_end",
}
# What opening the page leaves in the audit log, where it is something.
LEAVES: dict[str, set[str]] = {
    "provider:orders": {"read"},
    "provider:orders_calendar": {"read"},
    "provider:orders_one": {"read"},
    "provider:orders_accept": {"read"},
    "provider:orders_decline": {"read"},
    "provider:orders_unit": {"read", "give_to_unit"},
    "provider:orders_call_off": {"read"},
    "provider:clients": {"read"},
    "provider:clients_one": {"read"},
    "provider:clients_assign": {"read"},
    "provider:clients_unassign": {"read", "end_assignment"},
    "provider:clients_end": {"read"},
    "provider:prices_capacity": {"tell_capacity"},
    "provider:messages": {"read"},
    "provider:messages_one": {"read", "note_glance"},
    "provider:messages_new": {"read"},
    "provider:apply_withdraw": {"withdraw_application"},
    "provider:company_unit_end": {"end_unit"},
    "provider:company_account_confirm": {"confirm_account_change"},
    "provider:company_account_withdraw": {"withdraw_account_change"},
    "provider:company_systems_secret": {"rotate_api_secret"},
    "provider:company_systems_end": {"revoke_api_client"},
    "provider:statements_one": {"read"},
    "provider:statements_visits": {"read"},
    "provider:today": {"read"},
    "provider:today_enter": {"read"},
    "provider:today_code": {"read"},
    "provider:visits": {"read"},
    "provider:visits_checks": {"read"},
    "provider:visits_one": {"read"},
    "provider:visits_correct": {"read"},
    "provider:visits_delete": {"read", "withdraw_visit", "correct_visit"},
    "provider:visits_mend": {"read"},
    "provider:visits_set_aside": {"mend_line"},
}


def address(name: str, side: Side) -> str:
    """The address of a page of the subject provider's."""
    if name.startswith("provider:apply"):
        return _own_application(name, side)
    with side.scope():
        company = Order.objects.get(pk=side.order_id).provider_id
    named: dict[str, object] = {"provider_id": company}
    if ROUTES[name].about in EXAMPLES:
        with side.scope():
            named |= EXAMPLES[ROUTES[name].about](company)
    return reverse(name, kwargs=named)


def _own_application(name: str, side: Side) -> str:
    """The address of a page of a draft of the subject's own, with a paper in it."""
    with side.scope():
        mine, _is_new = Application.objects.get_or_create(
            organiser=side.organiser, programme=side.programme, state="draft",
            applicant_id=side.users["provider"], business_id=business_id(4_900_000),
            defaults={"started_at": AT},
        )  # fmt: skip
        paper, _is_new = Evidence.objects.get_or_create(
            organiser=side.organiser, application=mine, condition="insurance", name="koe.pdf",
            sha256="koe", issued_on=AT.date(), defaults={"handed_at": AT, "content": b"%PDF-"},
        )  # fmt: skip
    named: dict[str, object] = {"application_id": mine.pk}
    named |= {"provider:apply_paper": {"evidence_id": paper.pk}}.get(name, {})
    named |= {"provider:apply_use": {"paper_id": 1}}.get(name, {})
    named |= {"provider:apply_hand_in": {"condition": "insurance"}}.get(name, {})
    return reverse(name, kwargs=named)


def _statement(company: int) -> dict[str, int]:
    return {"statement_id": Statement.objects.filter(provider_id=company).order_by("pk")[0].pk}


def _line(company: int) -> dict[str, int]:
    lines = StatementLine.objects.filter(statement_id=_statement(company)["statement_id"])
    return _statement(company) | {"line_id": lines.order_by("pk")[0].pk}


def _order(company: int) -> dict[str, int]:
    """An order in use of the client whom the company's worker serves."""
    own = Order.objects.filter(provider_id=company, client_id=_assignment(company).client_id)
    return {"order_id": own.filter(state="accepted").order_by("pk")[0].pk}


def _visit(company: int) -> dict[str, int]:
    """A visit that nothing has been decided about."""
    waiting = Visit.objects.filter(provider_id=company, state="accepted", runvisit=None)
    return {"visit_id": waiting.order_by("-pk")[0].pk}


def _refused(company: int) -> dict[str, int]:
    """The line that the cast's company has to mend."""
    lines = RefusedLine.objects.filter(batch__provider_id=company, mending=None)
    return {"line_id": lines.order_by("-pk")[0].pk}


def _batch(company: int) -> dict[str, int]:
    return {"batch_id": Batch.objects.filter(provider_id=company).order_by("-pk")[0].pk}


def _visit_file(company: int) -> dict[str, int]:
    """A large file that the company sent."""
    order = Order.objects.select_related("service").filter(provider_id=company).order_by("pk")[0]
    batch = Batch.objects.filter(provider_id=company).order_by("-pk")[0]
    made, _is_new = VisitFile.objects.get_or_create(
        organiser_id=order.organiser_id, provider_id=company, batch=batch,
        programme_id=order.service.programme_id,
        defaults={
            "name": "koe.csv", "kind": "csv", "sha256": "", "bytes_sent": 0, "bytes_kept": 0,
            "lines": 0, "state": "done", "moved_at": AT,
        },
    )  # fmt: skip
    return {"file_id": made.pk}


def _system(company: int) -> dict[str, int]:
    """A system of the company."""
    organiser = Order.objects.filter(provider_id=company).order_by("pk")[0].organiser
    return {"system_id": calls_api.system_of(company, organiser).pk}


def _unit(company: int) -> dict[str, int]:
    days = (AT.date(), None)
    made, _is_new = Unit.objects.get_or_create(
        provider_id=company, name="Yksikkö", defaults={"valid": days}
    )
    return {"unit_id": made.pk}


def _worker(company: int) -> dict[str, int]:
    return {"worker_id": Worker.objects.filter(provider_id=company).order_by("pk")[0].pk}


def _change(company: int) -> dict[str, int]:
    """A change of the account that another person has asked for."""
    order = Order.objects.filter(provider_id=company).order_by("pk")[0]
    made, _is_new = AccountChange.objects.get_or_create(
        organiser_id=order.organiser_id, provider_id=company, applied_at=None, withdrawn_at=None,
        defaults={"iban": iban(91), "asked_at": AT},
    )  # fmt: skip
    return {"change_id": made.pk}


def _assignment(company: int) -> Assignment:
    """The client whom the company's worker serves."""
    return Assignment.objects.filter(provider_id=company).order_by("-pk")[0]


def _client(company: int) -> dict[str, int]:
    return {"client_id": _assignment(company).client_id}


def _given(company: int) -> dict[str, int]:
    given = _assignment(company)
    return {"client_id": given.client_id, "assignment_id": given.pk}


def _offer(company: int) -> dict[str, int]:
    return {"offer_id": Order.objects.get(pk=_order(company)["order_id"]).offer_id}


def _thread(company: int) -> dict[str, int]:
    """A talk of the company's with the client whom its worker serves."""
    client = _assignment(company).client
    talks = Thread.objects.filter(provider_id=company, client=client, route=Route.PROVIDER)
    return {"thread_id": talks.order_by("pk")[0].pk}


def _file(company: int) -> dict[str, int]:
    client = _assignment(company).client_id
    files = Attachment.objects.filter(
        message__thread__provider_id=company, message__thread__client_id=client
    )
    return {"attachment_id": files.order_by("pk")[0].pk}


def _approval(company: int) -> dict[str, int]:
    order = Order.objects.select_related("offer").get(pk=_order(company)["order_id"])
    return {"approval_id": order.offer.approval_id}


# Things of a company that addresses name: the names of their numbers, with an example of each.
EXAMPLES: dict[str, Callable[[int], dict[str, int]]] = {
    "company client": _client,
    "assignment": _given,
    "company offer": _offer,
    "company thread": _thread,
    "company attachment": _file,
    "own approval": _approval,
    "statement": _statement,
    "statement line": _line,
    "order": _order,
    "visit": _visit,
    "refused line": _refused,
    "batch": _batch,
    "visit file": _visit_file,
    "api client": _system,
    "unit": _unit,
    "worker": _worker,
    "account change": _change,
}
