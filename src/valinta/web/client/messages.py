"""The client's messages: to a provider, the case manager or the office."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from valinta.messages import actions
from valinta.messages.models import Attachment, Thread
from valinta.messages.queries import threads_of
from valinta.messages.states import Route
from valinta.providers.models import Provider
from valinta.visits.models import Visit
from valinta.web.client.message_forms import NewThreadForm
from valinta.web.client.notices import address_of
from valinta.web.client.opening import Page, open_page
from valinta.web.message_forms import FILE_FAULTS, ReplyForm, as_download, file_fault
from valinta.web.middleware import Request

SHOWN = 50


@require_GET
def messages(request: Request, client_id: int) -> HttpResponse:
    """The threads, the newest first, and the three ways to ask."""
    page = open_page(request, client_id, purpose="messages")
    threads = list(threads_of(client_id, request.actor)[: SHOWN + 1])
    facts = {"threads": threads[:SHOWN], "more": len(threads) > SHOWN, "notices": address_of(page)}
    return page.show("client/messages.html", facts)


@require_http_methods(["GET", "POST"])
def new(request: Request, client_id: int) -> HttpResponse:
    """Ask someone something."""
    page = open_page(request, client_id, purpose="messages")
    providers = list(
        Provider.objects.filter(orders__client_id=client_id).distinct().order_by("name")
    )
    visit = page.client.visit_set.filter(pk=_number(request.GET.get("visit", ""))).first()
    start = {"to": request.GET.get("to", Route.CASE_MANAGER)}
    form = NewThreadForm(providers, request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            thread = actions.open_thread(
                client=page.client,
                route=form.route,
                provider=form.provider,
                visit=visit if _fits(visit, form.provider) else None,
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
            return page.to("client:thread", thread_id=thread.pk)
    facts = {"form": form, "routes": form.choices_in_words(page.client)}
    return page.show("client/message_new.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def thread(request: Request, client_id: int, thread_id: int) -> HttpResponse:
    """What has been said, and the next word."""
    page = open_page(request, client_id, purpose="messages")
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
            return page.to("client:thread", thread_id=found.pk)
    actions.note_glance(thread=found, by=request.actor, at=page.at)
    said = found.messages.select_related("written_by").prefetch_related("attachments")
    facts = {"thread": found, "said": said.order_by("written_at", "pk"), "form": form}
    return page.show("client/thread.html", facts, status=422 if form.errors else 200)


@require_GET
def attachment(request: Request, client_id: int, attachment_id: int) -> FileResponse:
    """A file that came with a message; it is kept on the reader's device, never shown in a page."""
    page = open_page(request, client_id, purpose="attachment")
    found = (
        Attachment.objects.filter(
            pk=attachment_id,
            message__thread__in=Thread.objects.visible_to(request.actor).filter(
                client_id=client_id
            ),
        )
        .only("name", "kind", "content")
        .first()
    )
    if found is None:
        page.missing("attachment", attachment_id)
    return as_download(found)


def _thread(page: Page, thread_id: int) -> Thread:
    found = (
        Thread.objects.visible_to(page.request.actor)
        .filter(client_id=page.client.pk, pk=thread_id)
        .select_related("provider", "client", "visit__order__service")
        .first()
    )
    if found is None:
        page.missing("thread", thread_id)
    return found


def _fits(visit: Visit | None, provider: Provider | None) -> bool:
    """Whether a message to the provider (or to the organiser) can be about the visit."""
    return visit is not None and (provider is None or visit.provider_id == provider.pk)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
