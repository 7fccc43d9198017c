"""Who holds which role from when to when, and what the role may do: given and ended here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from valinta.processes.invite_worker import (
    AnsweredBefore,
    invite_worker,
    withdraw_role_invitation,
)
from valinta.shared.periods import Period
from valinta.users.models import Holding, RoleInvitation, User
from valinta.users.permissions import Permission, Role
from valinta.users.role_actions import STAFF, LastOfficeUser, end_role, give_role
from valinta.web.day_fields import DayField
from valinta.web.middleware import Request
from valinta.web.office.opening import OfficePage, open_programme
from valinta.web.office.people_picture import people_of
from valinta.web.office.providers_forms import DAYS, day_field, filled
from valinta.web.words import ROLES


class RoleForm(forms.Form):
    """A role for a user by username, or for somebody new by name."""

    who = forms.CharField(
        max_length=120, error_messages={"required": _("Write the username, or the name.")}
    )
    is_new = forms.BooleanField(required=False)
    role = forms.ChoiceField(
        choices=[(one, one) for one in STAFF],
        error_messages={
            "required": _("Choose the role."),
            "invalid_choice": _("Choose the role."),
        },
    )
    starts_on = day_field(_("Write the first day."))
    last_on = day_field(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", gettext("The last day is not before the first."))
        return data

    @property
    def period(self) -> Period:
        """The days of the role."""
        last: date | None = self.cleaned_data["last_on"]
        return Period(
            self.cleaned_data["starts_on"], None if last is None else last + timedelta(days=1)
        )


@require_GET
def people(request: Request, programme_id: int) -> HttpResponse:
    """The organiser's workers by role, with their days, and who is invited."""
    page = open_programme(request, programme_id, Permission.GIVE_ROLES)
    return _show(page)


@require_POST
def give(request: Request, programme_id: int) -> HttpResponse:
    """Give a role to a user, or make an invitation with a code for somebody new."""
    page = open_programme(request, programme_id, Permission.GIVE_ROLES)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _show(page, {"form": form, "faulty": form}, 422)
    given = form.cleaned_data
    if given["is_new"]:
        return _invite(page, form)
    user = User.objects.filter(username=given["who"].strip(), is_active=True).first()
    if user is None:
        unknown = gettext("Nobody has this username. Check it, or invite them as somebody new.")
        form.add_error("who", unknown)
        return _show(page, {"form": form, "faulty": form}, 422)
    give_role(
        organiser_id=page.programme.organiser_id,
        user=user,
        role=Role(given["role"]),
        starts_on=form.period.starts_on,
        ends_on=form.period.ends_on,
        by=request.actor,
        at=page.at,
    )
    page.tell("role_given")
    return page.to("office:people")


@require_POST
def end(request: Request, programme_id: int, holding_id: int) -> HttpResponse:
    """End a role after a last day, today when none is given."""
    page = open_programme(request, programme_id, Permission.GIVE_ROLES)
    rows = Holding.objects.filter(organiser=page.programme.organiser_id, role__in=STAFF)
    found = rows.filter(pk=holding_id).first() or page.missing("holding", holding_id)
    field = DayField(required=False, input_formats=DAYS)
    try:
        last = field.clean(request.POST.get("last_on", ""))
    except forms.ValidationError:
        fault = gettext("Write the last day, for example 1.4.2019.")
        return _show(page, {"ending": found.pk, "end_fault": fault}, 422)
    ends_on = page.today if last is None else last + timedelta(days=1)
    try:
        end_role(holding=found, ends_on=ends_on, by=request.actor, at=page.at)
    except LastOfficeUser:
        fault = gettext(
            "This is the last one in the programme office. Give the role to another first."
        )
        return _show(page, {"ending": found.pk, "end_fault": fault}, 422)
    page.tell("role_ended")
    return page.to("office:people")


@require_POST
def withdraw(request: Request, programme_id: int, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    page = open_programme(request, programme_id, Permission.GIVE_ROLES)
    rows = RoleInvitation.objects.filter(organiser=page.programme.organiser_id)
    found = rows.filter(pk=invitation_id).first()
    found = found or page.missing("role_invitation", invitation_id)
    try:
        withdraw_role_invitation(invitation=found, by=request.actor, at=page.at)
    except AnsweredBefore:
        page.tell("stale")
    else:
        page.tell("saved")
    return page.to("office:people")


def _invite(page: OfficePage, form: RoleForm) -> HttpResponse:
    """The code is on this one page only."""
    invited = invite_worker(
        organiser_id=page.programme.organiser_id,
        name=form.cleaned_data["who"],
        role=Role(form.cleaned_data["role"]),
        period=form.period,
        by=page.request.actor,
        at=page.at,
    )
    return _show(page, {"invited": invited})


def _show(page: OfficePage, facts: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    context = {
        **people_of(page.programme, page.at),
        "form": filled(RoleForm(), {"starts_on": page.today.isoformat()}),
        "roles": [(str(one), ROLES[one]) for one in STAFF],
        **(facts or {}),
    }
    return page.show("office/people.html", context, status)
