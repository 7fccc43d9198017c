"""Decide on an application: approve it for services and areas, or refuse it with the grounds."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from valinta.catalogue.actions import PriceAboveCeiling
from valinta.processes.appeal_words import appeal_words
from valinta.processes.approve_application import (
    Approved,
    ApprovedFromLater,
    DayBeforeApplication,
    RegisteredMeanwhile,
    approve_application,
)
from valinta.programmes.queries import ProgrammeClosed
from valinta.providers.application_actions import WordsMissing
from valinta.providers.deciding_actions import ConditionsNotMet, StillTime, refuse_application
from valinta.providers.models import Application
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.office.opening import OfficePage, open_programme
from valinta.web.office.providers_applications import CHANGED, changed, find, show
from valinta.web.office.providers_forms import ApproveForm, RefuseForm
from valinta.web.office.providers_picture import towns_of


@require_POST
def approve(request: Request, programme_id: int, application_id: int) -> HttpResponse:
    """Approve for the chosen services and areas, from a day on."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    found = find(page, application_id)
    codes = list(found.lines.values_list("service_code", flat=True))
    form = ApproveForm(codes, list(towns_of(page.programme)), request.POST)
    try:
        if form.is_valid() and _approved(page, found, form):
            return page.to("office:providers_application", application_id=found.pk)
    except CHANGED:
        return changed(page, found.pk, form)
    return show(page, found, {"approve_form": form, "faulty": form}, 422)


@require_POST
def refuse(request: Request, programme_id: int, application_id: int) -> HttpResponse:
    """Refuse with the grounds."""
    page = open_programme(request, programme_id, Permission.APPROVE_PROVIDERS)
    found, form = find(page, application_id), RefuseForm(request.POST)
    if form.is_valid():
        try:
            refuse_application(
                application=found,
                grounds=form.cleaned_data["refusal"],
                appeal=appeal_words(page.programme, page.today),
                by=request.actor,
                at=page.at,
            )
        except StillTime:
            form.add_error("refusal", gettext("The applicant still has time to answer."))
        except CHANGED:
            return changed(page, found.pk, form)
        else:
            page.tell("application_refused")
            return page.to("office:providers_application", application_id=found.pk)
    return show(page, found, {"refuse_form": form, "faulty": form}, 422)


def _approved(page: OfficePage, found: Application, form: ApproveForm) -> bool:
    """Whether the approval is made; what is wrong is said on the form."""
    given = form.cleaned_data
    approved = Approved(given["services"], given["areas"] or None, form.period, given["grounds"])
    try:
        approve_application(
            application=found,
            approved=approved,
            appeal=appeal_words(page.programme, page.today),
            by=page.request.actor,
            at=page.at,
        )
    except (
        ApprovedFromLater,
        ConditionsNotMet,
        DayBeforeApplication,
        PriceAboveCeiling,
        ProgrammeClosed,
        RegisteredMeanwhile,
        WordsMissing,
    ) as error:
        _say(form, error)
        return False
    page.tell("application_approved")
    return True


def _say(form: forms.Form, error: Exception) -> None:
    field, words = {
        ApprovedFromLater: (
            "starts_on",
            gettext("The provider is approved from a later day. Choose that day or a later one."),
        ),
        RegisteredMeanwhile: (
            None,
            gettext(
                "Another office has registered this company at this moment. Approve again: the"
                " services are then added to the company that is registered."
            ),
        ),
        ConditionsNotMet: (None, gettext("A condition is not met yet. Look at each above.")),
        DayBeforeApplication: ("starts_on", gettext("Choose today or a later day.")),
        PriceAboveCeiling: (
            "services",
            gettext("A price is above the programme's ceiling. Ask for a lower price."),
        ),
        ProgrammeClosed: ("starts_on", gettext("The programme is not open on that day.")),
        WordsMissing: (
            "grounds",
            gettext("Not all services are approved: write the grounds."),
        ),
    }[type(error)]
    form.add_error(field, words)
