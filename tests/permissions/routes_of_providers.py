"""The addresses of the provider portal: what a company's people get, and the rows they name.

A page about a company is not there for those of other companies, and for whoever else has the
permission (the programme office has some of them for its own pages).
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from tests.permissions import calls_api
from tests.permissions.cast import Side
from valinta.orders.models import Order
from valinta.settlements.models import Statement, StatementLine
from valinta.visits.models import Batch, RefusedLine, Visit
from valinta.web.routes import ROUTES

# Whoever wears the provider's hat.
HATS = {"provider", "another provider", "worker who has left", "provider elsewhere"}
# Method and status for the company's administrator; the form is empty where one is sent.
PAGES: dict[str, tuple[str, int]] = {
    "provider:company_systems": ("GET", 200),
    "provider:company_systems_connect": ("POST", 422),
    "provider:company_systems_secret": ("POST", 200),
    "provider:company_systems_end": ("POST", 302),
    "provider:home": ("GET", 200),
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
    "provider:visits_batch": ("GET", 200),
    "provider:visits_one": ("GET", 200),
    "provider:visits_correct": ("GET", 200),
    "provider:visits_delete": ("POST", 302),
    "provider:visits_mend": ("GET", 200),
    "provider:visits_set_aside": ("POST", 302),
}
# Of these the programme office has the permission too, and no company.
OFFICE_TOO: set[str] = {
    "provider:company_systems",
    "provider:company_systems_connect",
    "provider:company_systems_secret",
    "provider:company_systems_end",
}
# What opening the page leaves in the audit log, where it is something.
LEAVES: dict[str, set[str]] = {
    "provider:company_systems_secret": {"rotate_api_secret"},
    "provider:company_systems_end": {"revoke_api_client"},
    "provider:statements_one": {"read"},
    "provider:statements_visits": {"read"},
    "provider:today": {"read"},
    "provider:today_enter": {"read"},
    "provider:today_code": {"read"},
    "provider:visits": {"read"},
    "provider:visits_one": {"read"},
    "provider:visits_correct": {"read"},
    "provider:visits_delete": {"read", "withdraw_visit", "correct_visit"},
    "provider:visits_mend": {"read"},
    "provider:visits_set_aside": {"mend_line"},
}


def address(name: str, side: Side) -> str:
    """The address of a page of the subject provider's."""
    with side.scope():
        company = Order.objects.get(pk=side.order_id).provider_id
    named: dict[str, object] = {"provider_id": company}
    if ROUTES[name].about in EXAMPLES:
        with side.scope():
            named |= EXAMPLES[ROUTES[name].about](company)
    return reverse(name, kwargs=named)


def _statement(company: int) -> dict[str, int]:
    return {"statement_id": Statement.objects.filter(provider_id=company).order_by("pk")[0].pk}


def _line(company: int) -> dict[str, int]:
    lines = StatementLine.objects.filter(statement_id=_statement(company)["statement_id"])
    return _statement(company) | {"line_id": lines.order_by("pk")[0].pk}


def _order(company: int) -> dict[str, int]:
    return {"order_id": Order.objects.filter(provider_id=company).order_by("pk")[0].pk}


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


def _system(company: int) -> dict[str, int]:
    """A system of the company."""
    organiser = Order.objects.filter(provider_id=company).order_by("pk")[0].organiser
    return {"system_id": calls_api.system_of(company, organiser).pk}


# Things of a company that addresses name: the names of their numbers, with an example of each.
EXAMPLES: dict[str, Callable[[int], dict[str, int]]] = {
    "statement": _statement,
    "statement line": _line,
    "order": _order,
    "visit": _visit,
    "refused line": _refused,
    "batch": _batch,
    "api client": _system,
}
