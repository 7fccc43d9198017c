"""Imports of clients, providers and prices by CSV: a template, a try, and what is written."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from valinta.processes.import_lines import MOST_BYTES
from valinta.processes.import_sheets import (
    KINDS,
    ChangedMeanwhile,
    HasFaults,
    ImportClosed,
    NothingGood,
    TooLarge,
    check,
    drop_import,
    take_import,
    try_import,
)
from valinta.programmes.models import ImportRun, ImportState
from valinta.programmes.names import named
from valinta.shared.sheets import NotText, table_text
from valinta.users.models import User
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.office import import_words
from valinta.web.office.opening import OfficePage, open_programme
from valinta.web.templatetags.wording import language

SHOWN_FAULTS = 200
REPORTS_SHOWN = 20
NEEDS = Permission.IMPORT_TABLES
NO_KIND = _("Choose what the file has.")
NO_FILE = _("Choose a file.")
TOO_LARGE = _("The file is too large. Take in at most 6 megabytes at a time.")
NOT_TEXT = _("This is not a text file. Save the table as CSV (UTF-8) in your spreadsheet.")


@require_GET
def imports(request: Request, programme_id: int) -> HttpResponse:
    """The form, the templates, and the reports of what was taken in."""
    return _show(open_programme(request, programme_id, NEEDS))


@require_GET
def template(request: Request, programme_id: int, kind: str) -> HttpResponse:
    """A file to fill in, with the titles in the reader's language and one made-up line."""
    page = open_programme(request, programme_id, NEEDS)
    if kind not in KINDS:
        page.missing("import", 0)
    own = _examples(page)
    columns = KINDS[kind].columns
    rows = (
        [one.titles[language()] for one in columns],
        [own.get(one.code, one.example) for one in columns],
    )
    return _file(table_text(rows), f"{kind}.csv")


@require_POST
def attempt(request: Request, programme_id: int) -> HttpResponse:
    """Look into a file; nothing is written."""
    page = open_programme(request, programme_id, NEEDS)
    kind, file = request.POST.get("kind", ""), request.FILES.get("file")
    if kind not in KINDS:
        return _show(page, {"kind": NO_KIND}, kind)
    if file is None:
        return _show(page, {"file": NO_FILE}, kind)
    try:
        data = file.read(MOST_BYTES + 1)
        run = try_import(
            programme=page.programme, kind=kind, data=data, by=request.actor, at=page.at
        )
    except TooLarge:
        return _show(page, {"file": TOO_LARGE}, kind)
    except NotText:
        return _show(page, {"file": NOT_TEXT}, kind)
    return page.to("office:imports_run", run_id=run.pk)


@require_GET
def run(request: Request, programme_id: int, run_id: int) -> HttpResponse:
    """What the file would do, or the report of what it did."""
    page = open_programme(request, programme_id, NEEDS)
    return _report(page, _run(page, run_id))


@require_POST
def take(request: Request, programme_id: int, run_id: int) -> HttpResponse:
    """Write the lines: all of them, or the good ones only."""
    page = open_programme(request, programme_id, NEEDS)
    found = _run(page, run_id)
    good_only = request.POST.get("lines") == "good"
    try:
        take_import(run=found, good_only=good_only, by=request.actor, at=page.at)
    except (HasFaults, NothingGood, ChangedMeanwhile):
        return _report(page, found, 409)
    except ImportClosed:
        page.tell("changed")
    return page.to("office:imports_run", run_id=found.pk)


@require_POST
def drop(request: Request, programme_id: int, run_id: int) -> HttpResponse:
    """Throw the file away."""
    page = open_programme(request, programme_id, NEEDS)
    try:
        drop_import(run=_run(page, run_id), by=request.actor, at=page.at)
    except ImportClosed:
        page.tell("changed")
    else:
        page.tell("import_dropped")
    return page.to("office:imports")


@require_GET
def faults(request: Request, programme_id: int, run_id: int) -> HttpResponse:
    """The faults as a file, to mend the lines beside it."""
    page = open_programme(request, programme_id, NEEDS)
    found = _run(page, run_id)
    head = [gettext("Line"), gettext("Column"), gettext("What is wrong, and how to mend it")]
    rows = [[str(one.line or ""), one.column, one.words] for one in _faults(page, found)]
    return _file(table_text([head, *rows]), "faults.csv")


def _file(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _run(page: OfficePage, run_id: int) -> ImportRun:
    rows = ImportRun.objects.filter(programme=page.programme, pk=run_id)
    return rows.select_related("programme").first() or page.missing("import", run_id)


def _faults(page: OfficePage, found: ImportRun) -> list[import_words.Told]:
    if found.state == ImportState.TRIED:
        checked = check(page.programme, found.kind, found.content, page.today)
        return [import_words.told(found.kind, one) for one in checked.faults]
    return [import_words.kept(found.kind, one) for one in found.faults]


def _report(page: OfficePage, found: ImportRun, status: int = 200) -> HttpResponse:
    facts: dict[str, Any] = {
        "run": found,
        "kind": import_words.NAMES[found.kind],
        "is_open": found.state == ImportState.TRIED,
        "is_taken": found.state == ImportState.TAKEN,
        "was_refused": status == 409,
    }
    if found.state == ImportState.TRIED:
        checked = check(page.programme, found.kind, found.content, page.today)
        told = [import_words.told(found.kind, one) for one in checked.faults]
        facts |= {
            "lines": checked.lines,
            "good": len(checked.good),
            "fault_number": checked.fault_number,
        }
    else:
        told = [import_words.kept(found.kind, one) for one in found.faults]
        facts |= {"lines": found.lines, "good": found.good, "fault_number": len(told)}
    facts |= {"faults": told[:SHOWN_FAULTS], "not_shown": facts["fault_number"] - SHOWN_FAULTS}
    return page.show("office/imports_run.html", facts, status)


def _show(
    page: OfficePage, errors: dict[str, str | Promise] | None = None, kind: str = ""
) -> HttpResponse:
    runs = ImportRun.objects.filter(programme=page.programme).defer("content", "faults")
    newest_first = runs.order_by("-pk")
    rows = page.part(newest_first, REPORTS_SHOWN, name="reports", of="office:imports")
    ids = {one.by_id for one in rows if one.by_id}
    who = dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))
    facts = {
        "kinds": [(one, import_words.NAMES[one], import_words.HINTS[one]) for one in KINDS],
        "part": rows,
        "reports": [(one, import_words.NAMES[one.kind], who.get(one.by_id or 0)) for one in rows],
        "errors": errors or {},
        "chosen": kind,
    }
    return page.show("office/imports.html", facts, 422 if errors else 200)


def _examples(page: OfficePage) -> dict[str, str]:
    """Values of the template's line that depend on the programme."""
    programme = page.programme
    town = programme.municipalities.order_by("pk").first()
    service = programme.services.order_by("pk").first()
    registers = programme.terms.get("providers", {}).get("registers", [])
    bands = programme.terms.get("service_bands", {}).get(service.code, []) if service else []
    day = page.today.strftime("%d.%m.%Y")
    return {
        "municipality": named(town.names, language()) if town else "",
        "service": named(service.names, language()) if service else "",
        "band": str(bands[0]) if bands else "",
        "register": str(registers[0]["code"]) if registers else "",
        "register_number": "12345",
        "approved_from": day,
        "rulebook_accepted_on": day,
        "starts_on": day,
    }
