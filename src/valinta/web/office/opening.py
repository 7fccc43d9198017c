"""Opening an office page: the programme is the reader's own, and the frame around it.

Every page of the portal about one programme begins with `open_programme`.
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

from valinta.programmes.models import Programme
from valinta.users.permissions import Permission
from valinta.web import clock
from valinta.web.access import note_refusal
from valinta.web.conflicts import unsaved_of
from valinta.web.middleware import Request
from valinta.web.pieces import Piece, Row, Sliced, piece
from valinta.web.routes import ROUTES

TABS: tuple[tuple[str, str | Promise], ...] = (
    ("office:programme", _("Programme")),
    ("office:providers", _("Providers")),
    ("office:prices", _("Prices")),
    ("office:requests", _("Requests")),
    ("office:quotas", _("Places")),
    ("office:phases", _("Phases")),
    ("office:people", _("People")),
    ("office:letters", _("Letters")),
    ("office:messages", _("Messages")),
    ("office:imports", _("Imports")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to another page of the same programme."""

    address: str
    text: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class OfficePage:
    """A page about one programme, at one moment."""

    request: Request
    programme: Programme
    at: datetime
    unsaved: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day it is for the programme's organiser."""
        return self.at.date()

    def may(self, permission: Permission) -> bool:
        """Whether the reader has the permission for the programme's organiser."""
        return self.request.actor.may(permission, self.programme.organiser_id)

    def show(
        self, template: str, facts: Mapping[str, Any] | None = None, status: int = 200
    ) -> HttpResponse:
        """The page with what every office page needs; `facts` are its own."""
        context = {
            "programme": self.programme,
            "today": self.today,
            "tabs": self._tabs(),
            "told": self.request.session.pop("told", ""),
            "unsaved_words": self.unsaved,
            **(facts or {}),
        }
        return render(self.request, template, context, status=status)

    def part(self, rows: Sliced[Row], size: int, *, name: str, of: str, **named: Any) -> Piece[Row]:
        """A long list a piece at a time: `name` is its id on the page whose route is `of`."""
        at = reverse(of, kwargs={"programme_id": self.programme.pk, **named})
        return piece(self.request, rows, size, name=name, at=at, place=name)

    def keep(self, typed: Form | str) -> None:
        """Show on this page what was typed and is not saved: its words are not to be lost."""
        self.unsaved.extend(unsaved_of(typed))

    def tell(self, code: str) -> None:
        """Say this on the next page; the sentences are in `office/told.html`."""
        self.request.session["told"] = code

    def to(self, name: str, **kwargs: Any) -> HttpResponse:
        """Go on to another page of the same programme."""
        answer: HttpResponse = redirect(name, programme_id=self.programme.pk, **kwargs)
        return answer

    def missing(self, kind: str, subject_id: int) -> NoReturn:
        """Raise Http404 for something that is not this programme's, after noting the attempt."""
        note_refusal(self.request, kind, subject_id)
        raise Http404("There is no such thing for this reader.")

    def _tabs(self) -> list[Tab]:
        match = self.request.resolver_match
        here = match.view_name if match else ""
        names = [name for name, _text in TABS]
        # A page deeper in belongs to the tab whose name begins its own.
        at = max((name for name in names if here.startswith(name)), key=len, default="")
        return [
            Tab(reverse(name, kwargs={"programme_id": self.programme.pk}), str(text), name == at)
            for name, text in TABS
            if name in ROUTES and self._may_open(name)
        ]

    def _may_open(self, name: str) -> bool:
        needs = ROUTES[name].needs
        return isinstance(needs, Permission) and self.may(needs)


def open_programme(request: Request, programme_id: int, needs: Permission) -> OfficePage:
    """Open a page about a programme of an organiser for which the reader has the permission.

    Raises Http404 for any other, after noting the attempt.
    """
    own = request.actor.organisers_where(needs)
    found = (
        Programme.objects.select_related("organiser")
        .filter(pk=programme_id, organiser_id__in=own)
        .first()
    )
    if found is None:
        note_refusal(request, "programme", programme_id)
        raise Http404("There is no such programme for this reader.")
    return OfficePage(request, found, clock.now(found.organiser))
