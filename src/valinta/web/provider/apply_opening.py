"""Opening an application of one's own, and the frame of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.programmes.models import Programme
from valinta.providers.application_actions import Company, Wish
from valinta.providers.models import Application
from valinta.providers.states import ApplicationState
from valinta.web import clock
from valinta.web.access import note_refusal
from valinta.web.middleware import Request

# The pages of a draft in the order of the work.
STEPS: tuple[tuple[str, str | Promise], ...] = (
    ("provider:apply_company", _("The company")),
    ("provider:apply_services", _("Services and areas")),
    ("provider:apply_prices", _("Prices")),
    ("provider:apply_papers", _("Papers")),
    ("provider:apply_send", _("Sign and send")),
)


@dataclass(frozen=True, slots=True)
class ApplyPage:
    """A page of one application, at one moment of its organiser's."""

    request: Request
    application: Application
    at: datetime

    @property
    def programme(self) -> Programme:
        return self.application.programme

    @property
    def today(self) -> date:
        return self.at.date()

    @property
    def is_draft(self) -> bool:
        """Whether the facts can still be changed."""
        return self.application.state == ApplicationState.DRAFT

    def show(
        self, template: str, facts: Mapping[str, Any] | None = None, status: int = 200
    ) -> HttpResponse:
        """The page with what every page of an application needs; `facts` are its own."""
        match = self.request.resolver_match
        here = match.view_name if match else ""
        names = [name for name, _text in STEPS]
        context = {
            "application": self.application,
            "programme": self.programme,
            "organiser": self.programme.organiser,
            "today": self.today,
            "step": names.index(here) + 1 if here in names else 0,
            "all_steps": len(names),
            "told": self.request.session.pop("told", ""),
            **(facts or {}),
        }
        return render(self.request, template, context, status=status)

    def tell(self, code: str) -> None:
        """Say this on the next page; the sentences are in `provider/apply_told.html`."""
        self.request.session["told"] = code

    def to(self, name: str) -> HttpResponse:
        """Go on to another page of the same application."""
        answer: HttpResponse = redirect(name, application_id=self.application.pk)
        return answer

    def missing(self, kind: str, subject_id: int) -> NoReturn:
        """Raise Http404 for something that is not this application's, after noting the attempt."""
        note_refusal(self.request, kind, subject_id)
        raise Http404("There is no such thing for this reader.")


def open_application(request: Request, application_id: int) -> ApplyPage:
    """Open one of the reader's own applications; any other is not there, and the try is noted."""
    found = (
        Application.objects.visible_to(request.actor)
        .filter(applicant_id=request.actor.user_id, pk=application_id)
        .select_related("programme__organiser", "rulebook", "approval")
        .first()
    )
    if found is None:
        note_refusal(request, "application", application_id)
        raise Http404("There is no such application for this reader.")
    return ApplyPage(request, found, clock.now(found.programme.organiser))


def company_of(application: Application) -> Company:
    """The facts of the company as the application has them."""
    return Company(
        name=application.name,
        sector=application.sector,
        size_class=application.size_class,
        founded_year=application.founded_year,
        languages=application.languages,
        iban=application.iban,
        bic=application.bic,
        postal_address=application.postal_address,
        contact=application.contact,
    )


def wish_of(application: Application) -> Wish:
    """What is applied for, as the application has it."""
    lines = application.lines.order_by("pk")
    return Wish(
        prices={line.service_code: dict(line.prices) for line in lines},
        municipality_codes=application.municipality_codes,
        register=application.register,
        register_number=application.register_number,
    )
