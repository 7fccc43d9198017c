"""Pages of statements: what was paid, why, and when the next payment comes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TypeVar

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from valinta.processes.next_payment import NextPayment, next_payment
from valinta.processes.self_billing import NothingSold, has_invoice, self_billed_invoice
from valinta.processes.statement_story import (
    balance_words,
    cause_words,
    payment_words,
    statement_number,
    steps_of,
)
from valinta.processes.statement_table import statement_table
from valinta.processes.write_statement import write_statement
from valinta.settlements.models import Statement
from valinta.settlements.queries import (
    Corrected,
    carried_from,
    corrections_of,
    lines_of,
    paid_again_in,
    self_pay_cents,
    statements_of,
    visits_of,
    with_self_pay,
)
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company

PURPOSE = "own statements"
PAGE_SIZE = 24
LINES = 50
VISITS = 100
CORRECTIONS = 200
Answer = TypeVar("Answer", bound=HttpResponseBase)
FILES = {"fi": "tilitys", "sv": "avrakning", "en": "statement"}


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of the list, with its number and where its money is."""

    statement: Statement
    number: str
    payment: str


@dataclass(frozen=True, slots=True)
class Cause:
    """A correction of the statement, why, and the number of the statement it goes back to."""

    corrected: Corrected
    why: str


@require_GET
def statements(request: Request, provider_id: int) -> HttpResponse:
    """The company's statements, newest first, and the next payment of each programme."""
    page = _open(request, provider_id)
    rows = Paginator(statements_of(page.provider, page.organiser_ids), PAGE_SIZE)
    shown = rows.get_page(request.GET.get("page"))
    told = [Told(one, statement_number(one), payment_words(one)) for one in shown]
    facts = {"rows": told, "page": shown, "coming": _coming(page)}
    facts["bills_to"] = page.organisers
    return page.show("provider/statements.html", facts)


@require_GET
def one(request: Request, provider_id: int, statement_id: int) -> HttpResponse:
    """One statement: from the work to the bank, its lines, and what was corrected."""
    page = _open(request, provider_id)
    found = _find(page, statement_id)
    shown = Paginator(lines_of(found), LINES).get_page(request.GET.get("page"))
    lines = list(shown)
    corrected = corrections_of(found)
    listed = corrected[:CORRECTIONS]
    page.note_people(
        [line.order.client for line in lines] + [each.correction.visit.client for each in listed]
    )
    facts = {
        **_head(found),
        "steps": steps_of(found),
        "balance": balance_words(found),
        "payment": payment_words(found),
        "own_cents": self_pay_cents(found),
        "before": carried_from(found),
        "again": paid_again_in(found),
        "lines": with_self_pay(found, lines),
        "page": shown,
        "causes": [Cause(each, cause_words(each.correction.cause)) for each in listed],
        "more_causes": len(corrected) - len(listed),
        "has_invoice": has_invoice(found, corrected),
    }
    return page.show("provider/statement.html", facts)


@require_GET
def visits(request: Request, provider_id: int, statement_id: int, line_id: int) -> HttpResponse:
    """The visits of one line of a statement, and how they add up to it."""
    page = _open(request, provider_id)
    found = _find(page, statement_id)
    line = lines_of(found).filter(pk=line_id).first()
    if line is None:
        page.missing("statement line", line_id)
    page.note_people([line.order.client])
    shown = Paginator(visits_of(line), VISITS).get_page(request.GET.get("page"))
    (worked,) = with_self_pay(found, [line])
    facts = {**_head(found), "line": line, "worked": worked, "page": shown}
    return page.show("provider/statement_visits.html", facts)


@require_GET
def pdf(request: Request, provider_id: int, statement_id: int) -> HttpResponse:
    """The statement as PDF/UA in the reader's language."""
    found = _find(_open(request, provider_id), statement_id)
    language = _language()
    content = write_statement(statement=found, language=language)
    answer = HttpResponse(content, content_type="application/pdf")
    return _as_file(answer, found, "pdf")


@require_GET
def table(request: Request, provider_id: int, statement_id: int) -> HttpResponseBase:
    """The statement as CSV down to each visit; through a file, so that memory stays flat."""
    found = _find(_open(request, provider_id), statement_id)
    with TemporaryFile() as file:
        for rows in statement_table(statement=found, language=_language()):
            file.write(rows.encode())
        file.seek(0)
        # The answer closes its own handle, and the file is gone then.
        kept = os.fdopen(os.dup(file.fileno()), "rb")
    return _as_file(FileResponse(kept, content_type="text/csv; charset=utf-8"), found, "csv")


@require_GET
def invoice(request: Request, provider_id: int, statement_id: int) -> HttpResponse:
    """The statement as the self-billed invoice of EN 16931 (UBL)."""
    page = _open(request, provider_id)
    found = _find(page, statement_id)
    try:
        content = self_billed_invoice(statement=found)
    except NothingSold:
        page.tell("nothing_sold")
        return page.to("provider:statements_one", statement_id=found.pk)
    return _as_file(HttpResponse(content, content_type="application/xml"), found, "xml")


def _open(request: Request, provider_id: int) -> CompanyPage:
    return open_company(request, provider_id, Permission.SEE_OWN_STATEMENTS, PURPOSE)


def _find(page: CompanyPage, statement_id: int) -> Statement:
    found = (
        statements_of(page.provider, page.organiser_ids)
        .visible_to(page.request.actor)
        .select_related("provider")
        .filter(pk=statement_id)
        .first()
    )
    if found is None:
        page.missing("statement", statement_id)
    return found


def _head(statement: Statement) -> dict[str, object]:
    return {"statement": statement, "number": statement_number(statement)}


def _coming(page: CompanyPage) -> list[NextPayment]:
    """The next payment of each programme in which the company is approved today."""
    organisers = {organiser.pk: organiser for organiser in page.organisers}
    found = [
        next_payment(
            programme=approval.programme,
            provider=page.provider,
            at=page.now(organisers[approval.organiser_id]),
        )
        for approval in page.approvals
    ]
    return [one for one in found if one is not None]


def _as_file(answer: Answer, statement: Statement, ending: str) -> Answer:
    name = f"{FILES[_language()]}-{statement_number(statement)}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _language() -> str:
    return (get_language() or "fi").split("-")[0]
