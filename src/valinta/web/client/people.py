"""Whose pages the reader may open: their own, and those of the people they act for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from valinta.clients.models import Client, Mandate, mandates_today
from valinta.clients.states import SIGHT, MandateScope
from valinta.users.permissions import Role
from valinta.web.access import reader_id
from valinta.web.middleware import Request
from valinta.web.routes import ROUTES

_S = MandateScope
# The first page for who may see a part only.
FIRST_PAGES: tuple[tuple[MandateScope, str], ...] = (
    (_S.SEE, "client:home"),
    (_S.SEE_BUDGET, "client:budget"),
    (_S.SEE_BUDGET, "client:orders"),
    (_S.SEE_PLAN, "client:support_plan"),
    (_S.SEE_PLAN, "client:plan"),
)


@dataclass(frozen=True, slots=True)
class OpenTo:
    """A person whose pages are open to the reader, as what, and up to and including which day."""

    client: Client
    address: str
    is_own: bool
    kind: str = ""
    scope: tuple[str, ...] = ()
    last_on: date | None = None


@require_GET
def people(request: Request) -> HttpResponse:
    """Everyone the reader may open pages of, with what they may do there."""
    told = request.session.pop("told", "")
    return render(request, "client/people.html", {"people": open_to(request), "told": told})


def open_to(request: Request) -> list[OpenTo]:
    """The reader first, then those they act for by name; in two queries."""
    actor = request.actor
    own = Client.objects.filter(
        user_id=reader_id(request), organiser_id__in=actor.organisers_as(Role.CLIENT)
    ).select_related("organiser")
    mandates = mandates_today(actor, *SIGHT).select_related("client__organiser")
    found = [OpenTo(one, first_page(one, {_S.SEE}), is_own=True) for one in own.order_by("pk")]
    return found + [_acted_for(one) for one in mandates.order_by("client__given_name", "pk")]


def _acted_for(mandate: Mandate) -> OpenTo:
    return OpenTo(
        client=mandate.client,
        address=first_page(mandate.client, {MandateScope(one) for one in mandate.scope}),
        is_own=False,
        kind=mandate.kind,
        scope=tuple(mandate.scope),
        last_on=last_day(mandate),
    )


def first_page(client: Client, scopes: set[MandateScope]) -> str:
    """The address of the first page that the scopes open; "" when there is none."""
    for scope, name in FIRST_PAGES:
        if scope in scopes and name in ROUTES:
            return reverse(name, kwargs={"client_id": client.pk})
    return ""


def last_day(mandate: Mandate) -> date | None:
    """The last day of a mandate; None when it goes on until it is taken back."""
    end: date | None = mandate.valid.upper
    return end - timedelta(days=1) if end else None
