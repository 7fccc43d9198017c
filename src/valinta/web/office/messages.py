"""Messages that lead to the programme office: the threads, unread first, and answering in them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from valinta.clients.models import Client
from valinta.messages import actions
from valinta.messages.models import Attachment, Thread
from valinta.messages.queries import threads_leading_to
from valinta.messages.states import Route
from valinta.users.permissions import Permission
from valinta.web.access import note_listing, note_reading
from valinta.web.message_forms import FILE_FAULTS, ReplyForm, as_download, file_fault
from valinta.web.middleware import Request
from valinta.web.office.opening import OfficePage, open_programme

PAGE_SIZE = 50


@require_GET
def messages(request: Request, programme_id: int) -> HttpResponse:
    """The threads of the programme's clients with the office."""
    page = open_programme(request, programme_id, Permission.LOAD_PROGRAMMES)
    rows = _threads(page).order_by(F("unread").desc(), "-last_at", "-pk")
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    note_listing(request, list({one.client_id: one.client for one in shown}.values()))
    return page.show("office/messages.html", {"page": shown})


@require_http_methods(["GET", "POST"])
def thread(request: Request, programme_id: int, thread_id: int) -> HttpResponse:
    """What has been said, and the answer."""
    page = open_programme(request, programme_id, Permission.LOAD_PROGRAMMES)
    found = _threads(page).filter(pk=thread_id).first()
    if found is None:
        page.missing("thread", thread_id)
    note_reading(request, found.client, page.at, "messages")
    form = ReplyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_message(
                thread=found,
                words=form.cleaned_data["words"],
                files=form.sent_files,
                by=request.actor,
                at=page.at,
            )
        except FILE_FAULTS as error:
            form.add_error("files", file_fault(error))
        else:
            page.tell("message_sent")
            return page.to("office:messages_thread", thread_id=found.pk)
    actions.note_glance(thread=found, by=request.actor, at=page.at)
    said = found.messages.select_related("written_by").prefetch_related("attachments")
    facts = {"thread": found, "said": said.order_by("written_at", "pk"), "form": form}
    return page.show("office/thread.html", facts, status=422 if form.errors else 200)


@require_GET
def attachment(request: Request, programme_id: int, attachment_id: int) -> FileResponse:
    """A file of a thread that leads to the office."""
    page = open_programme(request, programme_id, Permission.LOAD_PROGRAMMES)
    threads = _threads(page).values("pk")
    found = (
        Attachment.objects.filter(pk=attachment_id, message__thread__in=threads)
        .select_related("message__thread__client")
        .first()
    )
    if found is None:
        page.missing("attachment", attachment_id)
    note_reading(request, found.message.thread.client, page.at, "attachment")
    return as_download(found)


def _threads(page: OfficePage) -> QuerySet[Thread]:
    return threads_leading_to(page.request.actor, Route.OFFICE).filter(
        organiser_id=page.programme.organiser_id,
        client__in=Client.objects.filter(enrolments__programme=page.programme),
    )
