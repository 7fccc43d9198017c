"""Opening a client's page as the organiser's worker: the lock, the log, and the frame around it.

Every page of the portal about one client begins with `open_case`, so that none forgets them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NoReturn

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.clients.models import Client, Enrolment
from valinta.users.permissions import Permission
from valinta.web import clock
from valinta.web.access import casework_people, find_client, note_reading, note_refusal
from valinta.web.casework.openings import contact_is_open
from valinta.web.conflicts import unsaved_of
from valinta.web.middleware import Request
from valinta.web.pieces import Piece, Row, Sliced, piece
from valinta.web.routes import ROUTES

# The pages of one client, in the order of the way from a first contact to a follow-up.
TABS: tuple[tuple[str, str | Promise], ...] = (
    ("casework:client", _("Overview")),
    ("casework:joining", _("Joining")),
    ("casework:assessment", _("Assessment")),
    ("casework:plan", _("Plan")),
    ("casework:decisions", _("Decisions")),
    ("casework:services", _("Services")),
    ("casework:contacts", _("Contacts")),
    ("casework:changes", _("Changes")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to another page of the same client."""

    address: str
    text: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """A worker's page about one client, at one moment."""

    request: Request
    client: Client
    at: datetime
    unsaved: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day it is for the client's organiser."""
        return self.at.date()

    @property
    def enrolment(self) -> Enrolment | None:
        """The client's newest place in a programme, whatever its state."""
        return (
            self.client.enrolments.select_related("programme", "client", "municipality")
            .order_by("-applied_at", "-pk")
            .first()
        )

    def may(self, permission: Permission) -> bool:
        """Whether the reader has the permission for the client's organiser."""
        return self.request.actor.may(permission, self.client.organiser_id)

    def show(
        self, template: str, facts: Mapping[str, Any] | None = None, status: int = 200
    ) -> HttpResponse:
        """The page with what every page about a client needs; `facts` are its own."""
        context = {
            "client": self.client,
            "today": self.today,
            "tabs": self._tabs(),
            "told": self.request.session.pop("told", ""),
            "unsaved_words": self.unsaved,
            # Where the client lives, and how they are reached.
            "contact_open": contact_is_open(self.client, self.request),
            **(facts or {}),
        }
        return render(self.request, template, context, status=status)

    def part(self, rows: Sliced[Row], size: int, *, name: str, of: str, **named: Any) -> Piece[Row]:
        """A long list a piece at a time: `name` is its id on the page whose route is `of`."""
        at = reverse(of, kwargs={"client_id": self.client.pk, **named})
        return piece(self.request, rows, size, name=name, at=at, place=name)

    def keep(self, typed: Form | str) -> None:
        """Show on this page what was typed and is not saved: its words are not to be lost."""
        self.unsaved.extend(unsaved_of(typed))

    def tell(self, code: str) -> None:
        """Say this on the next page; the sentences are in `casework/told.html`."""
        self.request.session["told"] = code

    def to(self, name: str, **kwargs: Any) -> HttpResponse:
        """Go on to another page of the same client."""
        answer: HttpResponse = redirect(name, client_id=self.client.pk, **kwargs)
        return answer

    def missing(self, kind: str, subject_id: int) -> NoReturn:
        """Raise Http404 for something that is not this client's, after noting the attempt."""
        note_refusal(self.request, kind, subject_id)
        raise Http404("There is no such thing for this reader.")

    def _tabs(self) -> list[Tab]:
        match = self.request.resolver_match
        here = match.view_name if match else ""
        names = [name for name, _text in TABS]
        # A page deeper in belongs to the tab whose name begins its own.
        at = max((name for name in names if here.startswith(name)), key=len, default="")
        return [
            Tab(reverse(name, kwargs={"client_id": self.client.pk}), str(text), name == at)
            for name, text in TABS
            if name in ROUTES and self._may_open(name)
        ]

    def _may_open(self, name: str) -> bool:
        needs = ROUTES[name].needs
        return isinstance(needs, Permission) and self.may(needs)


def open_case(request: Request, client_id: int, purpose: str = "casework") -> CasePage:
    """Open a page about a client whom the reader meets in their work.

    Raises Http404 for anyone else, after noting the attempt. The reading is noted with `purpose`.
    """
    client = find_client(request, client_id, casework_people(request))
    at = clock.now(client.organiser)
    note_reading(request, client, at, purpose)
    return CasePage(request, client, at)
