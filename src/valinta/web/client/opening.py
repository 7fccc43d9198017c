"""Opening a client's page: find the client, note the reading, and show with the frame around it.

Every page of the portal begins with `open_page`, so that none forgets the lock or the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from valinta.clients.models import Client, Enrolment, Mandate, mandates_today
from valinta.clients.states import EnrolmentState, MandateScope
from valinta.web import clock
from valinta.web.access import find_client, note_reading, note_refusal, own_people
from valinta.web.middleware import Request


@dataclass(frozen=True, slots=True)
class Page:
    """A page about one client, at one moment. `is_own`: the reader is the client."""

    request: Request
    client: Client
    at: datetime
    is_own: bool
    # What lets a reader who is not the client open the page.
    mandate: Mandate | None = None

    @property
    def today(self) -> date:
        """The day it is for the client's organiser."""
        return self.at.date()

    @property
    def enrolment(self) -> Enrolment | None:
        """The client's place in a programme now, or while it is being looked for."""
        return (
            self.client.enrolments.filter(
                state__in=[
                    EnrolmentState.ENROLLED,
                    EnrolmentState.QUEUED,
                    EnrolmentState.INTERESTED,
                ]
            )
            .select_related("programme", "client", "municipality")
            .order_by("-pk")
            .first()
        )

    def show(
        self, template: str, facts: Mapping[str, Any] | None = None, status: int = 200
    ) -> HttpResponse:
        """The page with what every page of the portal needs; `facts` are its own."""
        context = {
            "client": self.client,
            "acting_for": None if self.is_own else self.client,
            "mandate": self.mandate,
            "today": self.today,
            "told": self.request.session.pop("told", ""),
            **(facts or {}),
        }
        return render(self.request, template, context, status=status)

    def tell(self, code: str) -> None:
        """Say this on the next page; the sentences are in `client/told.html`."""
        self.request.session["told"] = code

    def to(self, name: str, **kwargs: Any) -> HttpResponse:
        """Go on to another page of the same client."""
        answer: HttpResponse = redirect(name, client_id=self.client.pk, **kwargs)
        return answer

    def missing(self, kind: str, subject_id: int) -> NoReturn:
        """Raise Http404 for something that is not this client's, after noting the attempt."""
        note_refusal(self.request, kind, subject_id)
        raise Http404("There is no such thing for this reader.")


def open_page(
    request: Request,
    client_id: int,
    scopes: tuple[MandateScope, ...] = (MandateScope.SEE,),
    purpose: str = "own budget",
) -> Page:
    """Open a page about a client whom the reader is, or acts for with one of the scopes.

    Raises Http404 for anyone else, after noting the attempt. The reading is noted with `purpose`,
    or as acting for the client.
    """
    client = find_client(request, client_id, own_people(request, *scopes))
    at = clock.now(client.organiser)
    is_own = client.user_id == request.actor.user_id
    note_reading(request, client, at, purpose if is_own else "acting for the client")
    mandate = None if is_own else mandates_today(request.actor, *scopes).get(client=client)
    request.mandate, request.client_id = mandate, client.pk
    return Page(request, client, at, is_own, mandate)
