"""Messages that lead to the case manager: the threads, unread first, and answering in them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import F
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from valinta.clients.models import Client
from valinta.messages import actions
from valinta.messages.models import Attachment, Thread
from valinta.messages.queries import threads_leading_to
from valinta.messages.states import Route
from valinta.web.access import note_listing
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.message_forms import FILE_FAULTS, ReplyForm, SubjectForm, as_download, file_fault
from valinta.web.middleware import Request

PAGE_SIZE = 50


@require_GET
def messages(request: Request) -> HttpResponse:
    """Threads of my clients and those I cover; with `all` in the address, of all I meet."""
    everything = threads_leading_to(request.actor, Route.CASE_MANAGER)
    own = Client.objects.met_by(request.actor).filter(case_manager_id=request.actor.user_id)
    shows_all = "all" in request.GET or not own.exists()
    chosen = everything if shows_all else everything.filter(client__in=own)
    rows = chosen.order_by(F("unread").desc(), "-last_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    note_listing(request, list({one.client_id: one.client for one in page}.values()))
    context = {
        "page": page,
        "shows_all": shows_all,
        "today": max(request.days.values()),
    }
    return render(request, "casework/messages.html", context)


@require_http_methods(["GET", "POST"])
def thread(request: Request, client_id: int, thread_id: int) -> HttpResponse:
    """What has been said, and the answer."""
    page = open_case(request, client_id, purpose="messages")
    found = _thread(page, thread_id)
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
            return page.to("casework:thread", thread_id=found.pk)
    actions.note_glance(thread=found, by=request.actor, at=page.at)
    said = found.messages.select_related("written_by").prefetch_related("attachments")
    facts = {"thread": found, "said": said.order_by("written_at", "pk"), "form": form}
    return page.show("casework/thread.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def new(request: Request, client_id: int) -> HttpResponse:
    """Write to the client first."""
    page = open_case(request, client_id, purpose="messages")
    form = SubjectForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_thread(
                client=page.client,
                route=Route.CASE_MANAGER,
                subject=form.cleaned_data["subject"],
                words=form.cleaned_data["words"],
                files=form.sent_files,
                by=request.actor,
                at=page.at,
            )
        except FILE_FAULTS as error:
            form.add_error("files", file_fault(error))
        else:
            page.tell("message_sent")
            return page.to("casework:thread", thread_id=made.pk)
    facts = {"form": form}
    return page.show("casework/message_new.html", facts, status=422 if form.errors else 200)


@require_GET
def attachment(request: Request, client_id: int, attachment_id: int) -> FileResponse:
    """A file of a thread that leads to the case manager."""
    page = open_case(request, client_id, purpose="attachment")
    threads = Thread.objects.visible_to(request.actor).filter(
        client_id=client_id, route=Route.CASE_MANAGER
    )
    found = Attachment.objects.filter(pk=attachment_id, message__thread__in=threads).first()
    if found is None:
        page.missing("attachment", attachment_id)
    return as_download(found)


def _thread(page: CasePage, thread_id: int) -> Thread:
    found = (
        Thread.objects.visible_to(page.request.actor)
        .filter(client_id=page.client.pk, pk=thread_id, route=Route.CASE_MANAGER)
        .select_related("client", "visit__order__service")
        .first()
    )
    if found is None:
        page.missing("thread", thread_id)
    return found
