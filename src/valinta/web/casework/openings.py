"""Breaking the glass: open a client with a reason, and the list of openings for superiors."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from valinta.clients.models import AccessGrant, Client
from valinta.clients.opening_actions import LEAST_LETTERS, open_client
from valinta.clients.states import OpeningScope
from valinta.users.permissions import Permission
from valinta.web import clock
from valinta.web.access import casework_people, note_listing, note_reading, note_refusal
from valinta.web.middleware import Request

PAGE_SIZE = 50


class ReasonForm(forms.Form):
    """Why the client has to be opened."""

    reason = forms.CharField(
        min_length=LEAST_LETTERS,
        max_length=400,
        error_messages={
            "required": _("Write why you need to open this. The client can read it."),
            "min_length": _("Write the reason in a sentence; the client can read it."),
            "max_length": _("Use at most 400 signs."),
        },
    )


@require_http_methods(["GET", "POST"])
def opening(request: Request, client_id: int) -> HttpResponse:
    """Ask for the reason, then open.

    Of a client whom the worker does not meet, not even the name is told before that.
    """
    where = request.actor.organisers_where(Permission.SEE_CLIENTS)
    found = (
        Client.objects.filter(pk=client_id, organiser_id__in=where)
        .select_related("organiser")
        .first()
    )
    if found is None:
        note_refusal(request, "client", client_id)
        raise Http404("There is no such client for this reader.")
    met = casework_people(request).filter(pk=client_id).exists()
    at = clock.now(found.organiser)
    note_reading(request, found, at, "opening")
    if met and not found.non_disclosure:
        return redirect("casework:client", client_id=found.pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        scope = OpeningScope.CONTACT if met else OpeningScope.PAGES
        open_client(client=found, scope=scope, reason=reason, by=request.actor, at=at)
        request.session["told"] = "opened"
        return redirect("casework:client", client_id=found.pk)
    facts = {
        "client": found if met else None,
        "days": found.organiser.opening_days,
        "form": form,
    }
    return render(request, "casework/opening.html", facts, status=422 if form.errors else 200)


@require_GET
def openings(request: Request) -> HttpResponse:
    """Who has opened whom, when and why: the newest first."""
    where = request.actor.organisers_where(Permission.SEE_OPENINGS)
    rows = (
        AccessGrant.objects.filter(organiser_id__in=where)
        .select_related("client__organiser", "user")
        .order_by("-opened_at", "-pk")
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    note_listing(request, [one.client for one in page])
    context = {"page": page, "days": request.days, "today": max(request.days.values())}
    return render(request, "casework/openings.html", context)


def contact_is_open(client: Client, request: Request) -> bool:
    """Whether the reader sees the contact facts: of anyone, or after opening them with a reason."""
    if not client.non_disclosure:
        return True
    return AccessGrant.objects.filter(
        client=client,
        user_id=request.actor.user_id or 0,
        scope=OpeningScope.CONTACT,
        valid__contains=clock.today(client.organiser),
    ).exists()


# The contact facts that are kept, in the order they are shown.
CONTACT_WORDS: dict[str, str | Promise] = {
    "phone": _("Phone"),
    "email": _("E-mail"),
    "street": _("Address"),
    "address": _("Address"),
    "postcode": _("Postcode"),
    "town": _("Post town"),
}


def contact_facts(client: Client) -> list[tuple[str | Promise, str]]:
    """How the client is reached, with a word for each fact."""
    return [
        (words, str(client.contact[key]))
        for key, words in CONTACT_WORDS.items()
        if client.contact.get(key)
    ]
