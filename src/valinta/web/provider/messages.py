"""Messages of clients that lead to the company, and writing to a client first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import F
from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from valinta.messages import actions
from valinta.messages.company_actions import write_to_client
from valinta.messages.models import Attachment, Thread
from valinta.messages.queries import threads_leading_to
from valinta.messages.states import Route
from valinta.users.permissions import Permission
from valinta.web.message_forms import FILE_FAULTS, ReplyForm, SubjectForm, as_download, file_fault
from valinta.web.middleware import Request
from valinta.web.provider.clients import find_client
from valinta.web.provider.opening import CompanyPage, open_company

PURPOSE = "messages"
NEEDS = Permission.WRITE_MESSAGES
PAGE_SIZE = 40
ROUTES = (Route.PROVIDER, Route.VISIT)


@require_GET
def messages(request: Request, provider_id: int) -> HttpResponse:
    """The threads, those with something unread first; a worker's are of own clients."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    rows = threads_leading_to(request.actor, *ROUTES).filter(
        provider=page.provider, organiser_id__in=page.organiser_ids
    )
    shown = Paginator(rows.order_by(F("unread").desc(), "-last_at", "-pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    page.note_people({one.client_id: one.client for one in shown}.values())
    return page.show("provider/messages.html", {"page": shown})


@require_http_methods(["GET", "POST"])
def one(request: Request, provider_id: int, thread_id: int) -> HttpResponse:
    """What has been said, and the answer."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    found = _thread(page, thread_id)
    form = ReplyForm(request.POST or None, request.FILES or None)
    at = page.now(found.organiser)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_message(
                thread=found,
                words=form.cleaned_data["words"],
                files=form.sent_files,
                by=request.actor,
                at=at,
            )
        except FILE_FAULTS as error:
            form.add_error("files", file_fault(error))
        else:
            page.tell("message_sent")
            return page.to("provider:messages_one", thread_id=found.pk)
    actions.note_glance(thread=found, by=request.actor, at=at)
    said = found.messages.select_related("written_by").prefetch_related("attachments")
    facts = {"thread": found, "said": said.order_by("written_at", "pk"), "form": form}
    return page.show("provider/thread.html", facts, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def new(request: Request, provider_id: int, client_id: int) -> HttpResponse:
    """Write to a client first."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    client = find_client(page, client_id)
    form = SubjectForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = write_to_client(
                provider=page.provider,
                client=client,
                subject=form.cleaned_data["subject"],
                words=form.cleaned_data["words"],
                files=form.sent_files,
                by=request.actor,
                at=page.now(client.organiser),
            )
        except FILE_FAULTS as error:
            form.add_error("files", file_fault(error))
        else:
            page.tell("message_sent")
            return page.to("provider:messages_one", thread_id=made.pk)
    facts = {"form": form, "client": client}
    return page.show("provider/message_new.html", facts, 422 if form.errors else 200)


@require_GET
def file(request: Request, provider_id: int, attachment_id: int) -> FileResponse:
    """A file that came with a message to the company."""
    page = open_company(request, provider_id, NEEDS, PURPOSE)
    threads = Thread.objects.visible_to(request.actor).filter(
        route__in=ROUTES, provider=page.provider, organiser_id__in=page.organiser_ids
    )
    found = Attachment.objects.filter(pk=attachment_id, message__thread__in=threads).first()
    if found is None:
        page.missing("attachment", attachment_id)
    return as_download(found)


def _thread(page: CompanyPage, thread_id: int) -> Thread:
    found = (
        threads_leading_to(page.request.actor, *ROUTES)
        .filter(pk=thread_id, provider=page.provider, organiser_id__in=page.organiser_ids)
        .select_related("client__organiser", "organiser", "visit__order__service")
        .first()
    )
    if found is None:
        page.missing("thread", thread_id)
    page.note_people([found.client])
    return found
