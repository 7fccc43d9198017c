"""Visits from a spreadsheet: a file or pasted cells, tried first, with an answer for each line."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from valinta.organisers.models import Organiser
from valinta.processes.report_table import (
    MOST_LINES,
    NoLines,
    TableAnswer,
    TableTaken,
    TooManyLines,
    report_table,
)
from valinta.programmes.models import Programme
from valinta.providers.models import Approval
from valinta.shared.sheets import NotATable, NotText, decoded, table_text
from valinta.users.permissions import Permission
from valinta.visits.messages import Explanation
from valinta.visits.tables import titles
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.visit_lines import words_of
from valinta.web.provider.visit_scope import PURPOSE, own_orders
from valinta.web.templatetags.wording import language

NEEDS = Permission.REPORT_VISITS
MOST_BYTES = 2_000_000
# All lines are listed up to so many; of a longer table those that ask something of the reader.
ALL_SHOWN = 200
MOST_SHOWN = 1_000
NO_TABLE = _("Choose a file, or paste the cells of your spreadsheet.")
NOT_TEXT = _("This is not a text file. Save the table as CSV (UTF-8) in your spreadsheet.")
TOO_LARGE = _("The table is too large for this page. Send it as a large file.")
NOT_READ = _("Line %(line)s cannot be read: a quotation mark is left open, or a cell is too long.")
NO_PROGRAMME = _("Choose the programme.")
Fault = str | Promise


@require_http_methods(["GET", "POST"])
def table(request: Request, provider_id: int) -> HttpResponse:
    """The form; with lines, what comes of each. Nothing is kept until it is sent."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    programmes = programmes_of(page)
    if request.method == "GET":
        return _show(page, programmes, "", {})
    text, fault = _text(request)
    programme = chosen(request, programmes)
    if fault or programme is None:
        faults = {"programme": "" if programme else NO_PROGRAMME, "words": fault}
        return _show(page, programmes, text, faults, 422)
    send = request.POST.get("do") == "send"
    try:
        taken = report_table(
            programme=programme,
            provider=page.provider,
            text=text,
            by=request.actor,
            at=page.now(Organiser.objects.get(pk=programme.organiser_id)),
            dry_run=not send,
        )
    except NotATable as error:
        return _show(page, programmes, text, {"words": str(NOT_READ) % {"line": error.line}}, 422)
    except (NoLines, TooManyLines) as error:
        fault = TOO_LARGE if isinstance(error, TooManyLines) else NO_TABLE
        return _show(page, programmes, text, {"words": fault}, 422)
    if taken.batch_id is not None:
        return page.to("provider:visits_batch", batch_id=taken.batch_id)
    return _show(page, programmes, text, {}, tried=_answered(taken), programme=programme)


@require_GET
def template(request: Request, provider_id: int) -> HttpResponse:
    """A file to fill in: titles in the reader's language, and a line for one of the orders."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    first = own_orders(page).order_by("-pk").first()
    number = str(first.pk) if first else "1"
    day = f"{page.today.day}.{page.today.month}.{page.today.year}"
    example = [number, "A-1", day, "8:00", "9:00", "", "", "", ""]
    answer = HttpResponse(
        table_text([titles(language()), example]), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="visits.csv"'
    return answer


def _text(request: Request) -> tuple[str, Fault]:
    """The table as text, from the file or else from the field; and what is wrong with it."""
    file = request.FILES.get("file")
    if file is None:
        text = request.POST.get("words", "").replace("\x00", " ")
        return text, "" if text.strip() else NO_TABLE
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        return "", TOO_LARGE
    try:
        return decoded(data), ""
    except NotText:
        return "", NOT_TEXT


def programmes_of(page: CompanyPage) -> list[Programme]:
    """The programmes in which the company is or was approved."""
    approved = Approval.objects.filter(
        provider=page.provider, organiser_id__in=page.organiser_ids
    ).values("programme_id")
    return list(Programme.objects.filter(pk__in=approved).order_by("pk"))


def chosen(request: Request, programmes: list[Programme]) -> Programme | None:
    """The programme that was chosen in the form, or the only one there is."""
    if len(programmes) == 1:
        return programmes[0]
    wanted = request.POST.get("programme", "")
    return next((one for one in programmes if str(one.pk) == wanted), None)


def _answered(taken: TableTaken) -> dict[str, Any]:
    asking = [one for one in taken.answers if one.answer.code is not None]
    listed = taken.answers if len(taken.answers) <= ALL_SHOWN else asking[:MOST_SHOWN]
    return {
        "counts": taken.counts,
        "lines": [(one, _why(one)) for one in listed],
        "more": len(asking) - MOST_SHOWN if len(asking) > MOST_SHOWN else 0,
        "shows_all": len(taken.answers) <= ALL_SHOWN,
        "unread": ", ".join(taken.unread),
    }


def _why(one: TableAnswer) -> Explanation | None:
    code = one.answer.code
    return None if code is None else words_of(code, one.answer.facts)


def _show(
    page: CompanyPage,
    programmes: list[Programme],
    text: str,
    faults: dict[str, Fault],
    status: int = 200,
    *,
    tried: dict[str, Any] | None = None,
    programme: Programme | None = None,
) -> HttpResponse:
    facts = {
        "programmes": programmes,
        "programme": programme,
        "words": text,
        "faults": {key: one for key, one in faults.items() if one},
        "tried": tried,
        "most": MOST_LINES,
    }
    return page.show("provider/visits_table.html", facts, status)
