"""Results of licensed instruments from a file: looked into first, then taken in as numbers only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from valinta.clients.models import Enrolment
from valinta.needs.result_actions import ResultsFaulty, look_into_results, take_in_results
from valinta.needs.result_files import Fault, Reading, template_of
from valinta.users.permissions import Permission
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.middleware import Request

PURPOSE = "instrument results"
LARGEST_FILE = 100_000
FAULTS: Mapping[str, str | Promise] = {
    "empty": _("There is no result in the file."),
    "not_json": _("This is not JSON. Check the brackets and quotes."),
    "not_text": _("This is not a text file in UTF-8. Save it as CSV (UTF-8) or JSON."),
    "too_large": _("The file is too large. Take in at most 100 kilobytes at a time."),
    "too_many": _("The file has too many lines. Take in at most %(value)s at a time."),
    "column": _("The column %(value)s is not taken in. Only numbers are: remove it."),
    "no_column": _("The column %(value)s is missing."),
    "person": _("The line is of another person: its identity code differs from the client's."),
    "instrument": _("The programme has no instrument %(value)s. Use a code of the template."),
    "version": _("The scores are of another version. The programme uses %(value)s."),
    "day": _("“%(value)s” is not a day. Write it like this: 2026-03-15 or 15.3.2026."),
    "future": _("The day %(value)s has not come yet."),
    "who": _("Write who did it, in at most 120 signs."),
    "score": _("The instrument has no score %(value)s. Use a code of the template."),
    "number": _("“%(value)s” is not a number with at most two decimals."),
    "range": _("The number has to be within %(value)s."),
    "twice": _("The score %(value)s is in the file twice for the same day."),
    "differs": _("The lines of one day differ in who did it or in the version: %(value)s."),
    "exists": _("A result of %(value)s is there already. It is never written over."),
}


@require_http_methods(["GET", "POST"])
def results(request: Request, client_id: int) -> HttpResponse:
    """A file to look into, and what it would give; with `take`, it is taken in, all or none."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = page.enrolment or page.missing("client", client_id)
    if request.method == "GET":
        return _show(page, enrolment)
    text, fault = _text(request)
    if fault is not None:
        return _show(page, enrolment, faults=[fault], status=422)
    if "take" not in request.POST:
        reading = look_into_results(enrolment=enrolment, text=text, at=page.at)
        status = 422 if reading.faults else 200
        return _show(page, enrolment, text, reading, reading.faults, status)
    try:
        taken = take_in_results(enrolment=enrolment, text=text, by=request.actor, at=page.at)
    except ResultsFaulty as faulty:
        return _show(page, enrolment, text, None, faulty.faults, 422)
    page.tell("results_taken_in" if taken else "saved")
    return page.to("casework:assessment")


@require_GET
def template(request: Request, client_id: int) -> HttpResponse:
    """A CSV file to fill in, with the codes of the programme's instruments."""
    page = open_case(request, client_id, PURPOSE)
    enrolment = page.enrolment or page.missing("client", client_id)
    instruments = enrolment.programme.terms.get("result_instruments", [])
    return HttpResponse(
        "\ufeff" + template_of(instruments, page.today),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="results.csv"'},
    )


def _text(request: Request) -> tuple[str, Fault | None]:
    """The text of the file, or of the one that was looked into before."""
    file = request.FILES.get("file")
    if file is None:
        text = request.POST.get("text", "")
        too_large = len(text.encode()) > LARGEST_FILE
        return (text, Fault(0, "too_large") if too_large else None)
    if (file.size or 0) > LARGEST_FILE:
        return "", Fault(0, "too_large")
    try:
        return file.read().decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return "", Fault(0, "not_text")


def _show(
    page: CasePage,
    enrolment: Enrolment,
    text: str = "",
    reading: Reading | None = None,
    faults: Sequence[Fault] = (),
    status: int = 200,
) -> HttpResponse:
    instruments: list[dict[str, Any]] = enrolment.programme.terms.get("result_instruments", [])
    names = {one["code"]: one["names"] for one in instruments}
    facts = {
        "instruments": instruments,
        "text": text,
        "found": [(names.get(one.instrument, {}), one) for one in reading.results]
        if reading
        else [],
        "is_looked_into": reading is not None,
        "faults": [_words(one) for one in faults],
        "may_assess": page.may(Permission.ASSESS_NEEDS),
    }
    return page.show("casework/assessment_results.html", facts, status)


def _words(fault: Fault) -> str:
    words = str(FAULTS[fault.what]) % {"value": fault.value}
    if not fault.line:
        return words
    return gettext("Line %(line)s: %(words)s") % {"line": fault.line, "words": words}
