"""The log of contacts (KAI-6): each with its minutes, months summed, set against wellbeing."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.clients.contact_actions import (
    NotYourContact,
    TooLateToMend,
    cancel_contact,
    change_contact,
    log_contact,
    may_mend,
)
from valinta.clients.contact_sums import spent_by_month
from valinta.clients.contact_words import ContactWords, contact_words
from valinta.clients.models import Contact
from valinta.evaluation.contacts import steps_of
from valinta.users.permissions import Permission
from valinta.web.casework.contact_forms import ContactForm, as_typed, choices_of
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.middleware import Request

SHOWN = 100


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact in the reader's words."""

    contact: Contact
    kind: dict[str, str]
    purpose: dict[str, str]
    may_mend: bool


@require_GET
def contacts(request: Request, client_id: int) -> HttpResponse:
    """The log of one client, the newest first."""
    page = open_case(request, client_id, purpose="contacts")
    return _show(page, None)


@require_POST
def log(request: Request, client_id: int) -> HttpResponse:
    """Log a contact; its kind is the button that was pressed."""
    page = open_case(request, client_id, purpose="contacts")
    form = ContactForm(contact_words(page.client), page.at, request.POST)
    if not form.is_valid():
        return _show(page, form)
    log_contact(client=page.client, said=form.said(), by=request.actor, at=page.at)
    page.tell("contact_logged")
    if request.POST.get("from") == "client":
        return page.to("casework:client")
    return page.to("casework:contacts")


@require_http_methods(["GET", "POST"])
def change(request: Request, client_id: int, contact_id: int) -> HttpResponse:
    """Mend one's own contact soon after."""
    page = open_case(request, client_id, purpose="contacts")
    found, words = _contact(page, contact_id), contact_words(page.client)
    sent = request.POST or None
    form = ContactForm(words, page.at, sent, initial=as_typed(found))
    if request.method == "POST" and form.is_valid():
        try:
            change_contact(contact=found, said=form.said(), by=request.actor, at=page.at)
        except (NotYourContact, TooLateToMend):
            form.add_error(None, _too_late())
        else:
            page.tell("contact_changed")
            return page.to("casework:contacts")
    facts = {
        "contact": found,
        "form": form,
        "choices": choices_of(words),
        "may_mend": may_mend(found, words, request.actor.user_id, page.at),
    }
    return page.show("casework/contact.html", facts, status=422 if form.errors else 200)


@require_POST
def cancel(request: Request, client_id: int, contact_id: int) -> HttpResponse:
    """Take one's own contact back."""
    page = open_case(request, client_id, purpose="contacts")
    try:
        cancel_contact(contact=_contact(page, contact_id), by=request.actor, at=page.at)
        page.tell("contact_cancelled")
    except (NotYourContact, TooLateToMend):
        page.tell("contact_stays")
    return page.to("casework:contacts")


def _contact(page: CasePage, contact_id: int) -> Contact:
    found = page.client.contacts.filter(pk=contact_id).select_related("client").first()
    if found is None:
        page.missing("contact", contact_id)
    return found


def _show(page: CasePage, form: ContactForm | None) -> HttpResponse:
    words = contact_words(page.client)
    rows = (
        page.client.contacts.filter(cancelled_at__isnull=True)
        .select_related("logged_by")
        .order_by("-happened_at", "-pk")
    )
    part = page.part(rows, SHOWN, name="log", of="casework:contacts")
    facts = {
        "rows": [_row(page, words, one) for one in part],
        "part": part,
        "months": spent_by_month(page.client.pk),
        "steps": steps_of(page.client.pk, page.request.actor),
        "choices": choices_of(words),
        "form": form or ContactForm(words, page.at, initial={"minutes": words.usual_minutes}),
        "may_log": page.may(Permission.LOG_CONTACTS),
    }
    return page.show("casework/contacts.html", facts, status=422 if form else 200)


def _row(page: CasePage, words: ContactWords, one: Contact) -> ContactRow:
    # A code that the pack has no more stands for itself.
    kind = words.kinds.get(one.kind, dict.fromkeys(("fi", "sv", "en"), one.kind))
    purpose = words.purposes.get(one.purpose, dict.fromkeys(("fi", "sv", "en"), one.purpose))
    return ContactRow(one, kind, purpose, may_mend(one, words, page.request.actor.user_id, page.at))


def _too_late() -> str:
    return gettext("This contact can be changed no more. Log a new one that says so.")
