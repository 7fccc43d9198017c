"""Opening a company's page: the reader works there, at a level that may see it, and the frame.

Every page of the portal about one company begins with `open_company`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.audit.actions import Note, record
from valinta.clients.models import Client
from valinta.organisers.models import Organiser
from valinta.providers.access import NotAtYourLevel
from valinta.providers.companies_of import Membership, memberships_of
from valinta.providers.levels import Level
from valinta.providers.models import Approval, Provider
from valinta.users.permissions import Permission
from valinta.web import clock
from valinta.web.access import note_refusal, reader_id
from valinta.web.middleware import Request
from valinta.web.routes import ROUTES

# The pages of one company, those of a day's work first.
TABS: tuple[tuple[str, str | Promise], ...] = (
    ("provider:today", _("Today")),
    ("provider:orders", _("Orders")),
    ("provider:visits", _("Visits")),
    ("provider:clients", _("Clients")),
    ("provider:prices", _("Prices")),
    ("provider:statements", _("Statements")),
    ("provider:messages", _("Messages")),
    ("provider:company", _("Company")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to another page of the same company."""

    address: str
    text: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class CompanyPage:
    """A page about one company, at one moment.

    `organisers` are those that have approved the company on some day and where the reader wears the
    provider's hat, by id: rows of a company are always narrowed to them. `approvals` are in force.
    `at` is the moment of the first organiser; in the demo another can live on another day.
    """

    request: Request
    membership: Membership
    organisers: list[Organiser]
    approvals: list[Approval]
    at: datetime
    purpose: str

    @property
    def provider(self) -> Provider:
        return self.membership.provider

    @property
    def level(self) -> Level:
        """The reader's level inside the company."""
        return self.membership.level

    @property
    def sees_a_part(self) -> bool:
        """Whether only some of the company's orders are the reader's: a worker's, or a unit's."""
        return self.level is Level.WORKER or self.membership.unit_id is not None

    @property
    def organiser(self) -> Organiser:
        """The first of the organisers: for most companies the only one."""
        return self.organisers[0]

    @property
    def organiser_ids(self) -> frozenset[int]:
        return self.membership.organiser_ids

    @property
    def today(self) -> date:
        """The day it is for the first organiser; see `now` for another's."""
        return self.at.date()

    def now(self, organiser: Organiser) -> datetime:
        """The present moment for one of the organisers: what a verb about its things takes."""
        return clock.now(organiser)

    def may(self, permission: Permission, organiser_id: int | None = None) -> bool:
        """Whether the reader's hat (with the organiser, or any) and level in the company allow."""
        where = self.organiser_ids if organiser_id is None else {organiser_id}
        return self.membership.may(permission) and any(
            self.request.actor.may(permission, one) for one in where & self.organiser_ids
        )

    def must(self, permission: Permission) -> None:
        """Raise NotAtYourLevel (403 with who can help) unless the reader may do this here."""
        if not self.may(permission):
            raise NotAtYourLevel

    def show(
        self, template: str, facts: Mapping[str, Any] | None = None, status: int = 200
    ) -> HttpResponse:
        """The page with what every page of a company needs; `facts` are its own."""
        context = {
            "provider": self.provider,
            "today": self.today,
            "tabs": self._tabs(),
            "told": self.request.session.pop("told", ""),
            **(facts or {}),
        }
        return render(self.request, template, context, status=status)

    def tell(self, code: str) -> None:
        """Say this on the next page; the sentences are in `provider/told.html`."""
        self.request.session["told"] = code

    def to(self, name: str, **kwargs: Any) -> HttpResponse:
        """Go on to another page of the same company."""
        answer: HttpResponse = redirect(name, provider_id=self.provider.pk, **kwargs)
        return answer

    def missing(self, kind: str, subject_id: int) -> NoReturn:
        """Raise Http404 for something that is not this company's, after noting the attempt."""
        note_refusal(self.request, kind, subject_id)
        raise Http404("There is no such thing for this reader.")

    def note_people(self, clients: Iterable[Client]) -> None:
        """Note in the audit log which clients' names or visits the page shows, with its purpose.

        Clients carry their organiser (`select_related`).
        """
        by_organiser: dict[int, dict[int, Client]] = {}
        for one in clients:
            by_organiser.setdefault(one.organiser_id, {})[one.pk] = one
        for organiser_id, shown in by_organiser.items():
            notes = [
                Note("read", "client", pk, client_id=pk, purpose=self.purpose)
                for pk in sorted(shown)
            ]
            at = clock.now(next(iter(shown.values())).organiser)
            record(organiser_id=organiser_id, by_id=reader_id(self.request), at=at, notes=notes)

    def _tabs(self) -> list[Tab]:
        match = self.request.resolver_match
        here = match.view_name if match else ""
        names = [name for name, _text in TABS]
        # A page deeper in belongs to the tab whose name begins its own.
        at = max((name for name in names if here.startswith(name)), key=len, default="")
        return [
            Tab(reverse(name, kwargs={"provider_id": self.provider.pk}), str(text), name == at)
            for name, text in TABS
            if name in ROUTES and self._may_open(name)
        ]

    def _may_open(self, name: str) -> bool:
        needs = ROUTES[name].needs
        return isinstance(needs, Permission) and self.may(needs)


def open_company(
    request: Request, provider_id: int, needs: Permission, purpose: str = "own company"
) -> CompanyPage:
    """Open a page of a company the reader works for today and that an organiser has approved.

    Raises Http404 for any other after noting the attempt, and NotAtYourLevel where the company
    leaves this to others. `purpose` goes to the audit log with each client shown (`note_people`).
    """
    found = next(
        (one for one in memberships_of(request.actor) if one.provider.pk == provider_id), None
    )
    if found is None:
        note_refusal(request, "provider", provider_id)
        raise Http404("There is no such company for this reader.")
    organisers = list(Organiser.objects.filter(pk__in=found.organiser_ids).order_by("pk"))
    days = {one.pk: clock.today(one) for one in organisers}
    rows = Approval.objects.filter(provider_id=provider_id, organiser_id__in=days)
    approvals = [
        one
        for one in rows.select_related("programme").order_by("organiser_id", "pk")
        if days[one.organiser_id] in one.valid
    ]
    page = CompanyPage(request, found, organisers, approvals, clock.now(organisers[0]), purpose)
    page.must(needs)
    return page
