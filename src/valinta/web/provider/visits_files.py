"""Large files of visits: sent, taken in by a job, answered line by line, mended and sent again."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from valinta.organisers.models import Organiser
from valinta.organisers.streams import streamed
from valinta.processes.hand_in_file import EmptyFile, FileTooLarge, FileTooLong, hand_in_file
from valinta.processes.tidy_visit_files import kept_until
from valinta.programmes.models import Programme
from valinta.providers.access import NotAtYourLevel
from valinta.users.permissions import Permission
from valinta.visits.file_answers import answer_rows, refused_rows, text_of_rows
from valinta.visits.file_bytes import NotAFileOfLines
from valinta.visits.files import VisitFile
from valinta.visits.states import FileState
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.visit_scope import PURPOSE
from valinta.web.provider.visits_table import NO_PROGRAMME, chosen, programmes_of
from valinta.web.templatetags.wording import language
from valinta.web.uploads import was_too_large

NEEDS = Permission.REPORT_VISITS
ON_A_PAGE = 20
NO_FILE = _("Choose a file that has lines in it.")
TOO_LARGE = _("The file is too large. Divide it into several files.")
# What a file that holds no lines seems to be, and what to do about it.
NOT_LINES: dict[str, str | Promise] = {
    "packed": _(
        "This is a packed file or a workbook. Unpack it, or save the sheet as CSV (UTF-8), and "
        "send that."
    ),
    "document": _(
        "This is a document or a picture. Save the table as CSV (UTF-8) in your spreadsheet."
    ),
    "xml": _("This is XML or a web page. Send CSV, or one JSON object on each line."),
    "json_list": _("This is one JSON list. Write one JSON object on each line."),
}


@require_http_methods(["GET", "POST"])
def files(request: Request, provider_id: int) -> HttpResponse:
    """The form, and the files that were sent before with what came of each."""
    page = _open(request, provider_id)
    programmes = programmes_of(page)
    if request.method == "GET":
        return _show(page, programmes, {})
    programme, sent = chosen(request, programmes), request.FILES.get("file")
    faults: dict[str, str | Promise] = {} if programme else {"programme": NO_PROGRAMME}
    if was_too_large(request):
        faults["file"] = TOO_LARGE
    elif sent is None:
        faults["file"] = NO_FILE
    if faults or programme is None or sent is None:
        return _show(page, programmes, faults, 422)
    try:
        file = hand_in_file(
            programme=programme,
            provider=page.provider,
            name=sent.name or "",
            content=sent.chunks(),
            by=request.actor,
            at=page.now(Organiser.objects.get(pk=programme.organiser_id)),
        )
    except NotAFileOfLines as refused:
        return _show(page, programmes, {"file": NOT_LINES[refused.what]}, 422)
    except EmptyFile:
        return _show(page, programmes, {"file": NO_FILE}, 422)
    except (FileTooLarge, FileTooLong):
        return _show(page, programmes, {"file": TOO_LARGE}, 422)
    return page.to("provider:visits_file", file_id=file.pk)


@require_GET
def one(request: Request, provider_id: int, file_id: int) -> HttpResponse:
    """How far a file is, and when it is in, what came of its lines."""
    page = _open(request, provider_id)
    file = _find(page, file_id)
    facts = {"file": file, "kept_until": kept_until(file), "is_done": file.state == FileState.DONE}
    if request.headers.get("HX-Request"):
        return page.show("provider/visits_file_progress.html", {**facts, "is_part": True})
    return page.show("provider/visits_file.html", facts)


@require_GET
def answers(request: Request, provider_id: int, file_id: int) -> HttpResponseBase:
    """What became of each line, as a table to keep."""
    page = _open(request, provider_id)
    file = _find(page, file_id)
    return _sent(page, text_of_rows(answer_rows(file, language())), f"answers-{file.pk}.csv")


@require_GET
def refused(request: Request, provider_id: int, file_id: int) -> HttpResponseBase:
    """The refused lines as they were sent, each with why: mended, the table can be sent again."""
    page = _open(request, provider_id)
    file = _find(page, file_id)
    return _sent(page, text_of_rows(refused_rows(file, language())), f"refused-{file.pk}.csv")


def _open(request: Request, provider_id: int) -> CompanyPage:
    """The company's page; files are of the whole company, so not for who sees a part of it."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    if page.sees_a_part:
        raise NotAtYourLevel
    return page


def _find(page: CompanyPage, file_id: int) -> VisitFile:
    own = VisitFile.objects.of_company(page.provider.pk, page.organiser_ids)
    found = own.select_related("batch", "programme").filter(pk=file_id).first()
    return found or page.missing("visit_file", file_id)


def _sent(page: CompanyPage, parts: Any, name: str) -> HttpResponseBase:
    ids, user = page.request.actor.organiser_ids, page.request.actor.user_id
    return streamed(parts, organiser_ids=ids, user_id=user, name=name)


def _show(
    page: CompanyPage,
    programmes: list[Programme],
    faults: dict[str, str | Promise],
    status: int = 200,
) -> HttpResponse:
    own = VisitFile.objects.of_company(page.provider.pk, page.organiser_ids)
    listed = Paginator(own.select_related("batch", "programme").order_by("-pk"), ON_A_PAGE)
    shown = listed.get_page(page.request.GET.get("page"))
    facts = {"programmes": programmes, "faults": faults, "files": list(shown), "page": shown}
    return page.show("provider/visits_files.html", facts, status)
