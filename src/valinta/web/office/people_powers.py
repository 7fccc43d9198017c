"""Who may decide up to which sum a month: given and ended by the programme office."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from valinta.plans.models import DecisionPower
from valinta.plans.power_actions import (
    NotADecisionMaker,
    PowersChanged,
    end_power,
    give_power,
    version_of_powers,
)
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.models import User
from valinta.users.permissions import Permission, Role
from valinta.web.day_fields import DayField
from valinta.web.middleware import Request
from valinta.web.office.opening import OfficePage, open_programme


class PowerForm(forms.Form):
    """A power for a decision maker: the limit in euros a month (empty: none), from a day on."""

    user = forms.IntegerField(
        error_messages={name: _("Choose who gets the power.") for name in ("required", "invalid")}
    )
    limit = forms.DecimalField(
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(999_999),
        decimal_places=2,
        localize=True,
        error_messages={
            name: _("Write the limit in euros a month, for example 1500.")
            for name in ("invalid", "min_value", "max_value", "max_decimal_places")
        },
    )
    starts_on = DayField(
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={
            name: _("Write the first day, for example 1.4.2019.")
            for name in ("required", "invalid")
        },
    )


@require_GET
def powers(request: Request, programme_id: int) -> HttpResponse:
    """The powers that hold today or later, and the form for a new one."""
    page = open_programme(request, programme_id, Permission.GIVE_POWERS)
    return _show(page, PowerForm())


@require_POST
def give(request: Request, programme_id: int) -> HttpResponse:
    """Give a power; one that the person has ends where the new one begins."""
    page = open_programme(request, programme_id, Permission.GIVE_POWERS)
    form = PowerForm(request.POST)
    if not form.is_valid():
        return _show(page, form, 422)
    given = form.cleaned_data
    limit = given["limit"]
    user = _deciders(page, given["starts_on"]).filter(pk=given["user"]).first()
    try:
        if user is None:
            raise NotADecisionMaker
        give_power(
            organiser_id=page.programme.organiser_id,
            user=user,
            monthly_limit=None if limit is None else Money(int(limit * 100)),
            period=Period(given["starts_on"]),
            seen=request.POST.get("version", ""),
            by=request.actor,
            at=page.at,
        )
    except NotADecisionMaker:
        form.add_error("user", _("Choose somebody who is a decision maker on that day."))
        return _show(page, form, 422)
    except PowersChanged:
        form.add_error(
            None, _("Somebody else has changed the powers meanwhile. Look at them, and send again.")
        )
        return _show(page, form, 409)
    page.tell("saved")
    return page.to("office:people_powers")


@require_POST
def end(request: Request, programme_id: int, power_id: int) -> HttpResponse:
    """End a power from today on."""
    page = open_programme(request, programme_id, Permission.GIVE_POWERS)
    held = DecisionPower.objects.filter(pk=power_id, organiser=page.programme.organiser_id)
    found = held.first() or page.missing("decision_power", power_id)
    end_power(power=found, ends_on=page.today, by=request.actor, at=page.at)
    page.tell("saved")
    return page.to("office:people_powers")


def _deciders(page: OfficePage, on: date) -> Any:
    return User.objects.filter(
        holdings__organiser=page.programme.organiser_id,
        holdings__role=Role.DECISION_MAKER,
        holdings__valid__contains=on,
    ).order_by("display_name", "pk")


def _show(page: OfficePage, form: PowerForm, status: int = 200) -> HttpResponse:
    held = DecisionPower.objects.filter(
        organiser=page.programme.organiser_id, valid__overlap=(page.today, None)
    )
    facts = {
        "powers": held.select_related("user").order_by("valid", "pk"),
        "deciders": [(one.pk, one.display_name) for one in _deciders(page, page.today)],
        "form": form,
        "version": version_of_powers(page.programme.organiser_id),
    }
    return page.show("office/people_powers.html", facts, status)
