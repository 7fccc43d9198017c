"""The company's people and their levels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from valinta.providers.levels import Level
from valinta.providers.membership_actions import (
    LastAdmin,
    NoLongerListed,
    NotAUnitHere,
    WholeCompanysOwn,
    WorksThereAlready,
    add_worker,
    change_level,
    change_unit,
    end_worker,
)
from valinta.providers.models import Worker
from valinta.shared.periods import Period
from valinta.users.models import User
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.unit_scope import chosen_unit, unit_options

ON_A_PAGE = 40
LEVEL_WORDS = {
    Level.WORKER: _("Worker: own clients' visits"),
    Level.OFFICE: _("Office: orders, everybody's visits, prices shown, statements"),
    Level.ADMIN: _("Administrator: everything, also people and the bank account"),
}


class PersonForm(forms.Form):
    """Somebody to list: the username that they have made for themselves, and a level."""

    username = forms.CharField(
        max_length=80, error_messages={"required": _("Write the person's username.")}
    )
    level = forms.ChoiceField(
        choices=[(one.value, words) for one, words in LEVEL_WORDS.items()],
        error_messages={"required": _("Choose a level."), "invalid_choice": _("Choose a level.")},
    )
    unit = forms.CharField(required=False, max_length=20)


@require_http_methods(["GET", "POST"])
def people(request: Request, provider_id: int) -> HttpResponse:
    """Who works for the company, and listing one more."""
    page = open_company(request, provider_id, Permission.KEEP_COMPANY)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = User.objects.filter(
            username=form.cleaned_data["username"].strip(), is_active=True
        ).first()
        if user is None:
            form.add_error("username", gettext("Nobody has this username. Ask the person for it."))
        else:
            try:
                add_worker(
                    provider=page.provider,
                    organiser_id=page.organiser.pk,
                    user=user,
                    level=Level(form.cleaned_data["level"]),
                    period=Period(page.today),
                    unit=chosen_unit(page, form.cleaned_data["unit"]),
                    by=request.actor,
                    at=page.at,
                )
            except WorksThereAlready:
                form.add_error("username", gettext("This person is listed already."))
            except NotAUnitHere:
                form.add_error("unit", gettext("Choose one of the company's units."))
            except WholeCompanysOwn:
                form.add_error("unit", gettext("An administrator is of the whole company."))
            else:
                page.tell("saved")
                return page.to("provider:company_people")
    return _show(page, form, 422 if form.errors else 200)


@require_POST
def level(request: Request, provider_id: int, worker_id: int) -> HttpResponse:
    """Give a person another level or unit, or end their days."""
    page = open_company(request, provider_id, Permission.KEEP_COMPANY)
    found = _rows(page).filter(pk=worker_id).first() or page.missing("worker", worker_id)
    wanted = request.POST.get("level", "")
    act: dict[str, Any] = {
        "worker": found,
        "organiser_id": page.organiser.pk,
        "by": request.actor,
        "at": page.at,
    }
    try:
        if wanted == "end":
            end_worker(**act, ends_on=page.today)
        elif wanted in set(Level):
            _change(page, act, Level(wanted), request.POST.get("unit", ""))
        page.tell("saved")
    except (NotAUnitHere, WholeCompanysOwn):
        page.tell("choose_a_unit")
    except LastAdmin:
        page.tell("last_admin")
    except NoLongerListed:
        page.tell("changed")
    return page.to("provider:company_people")


@transaction.atomic
def _change(page: CompanyPage, act: dict[str, Any], wanted: Level, unit: str) -> None:
    """Another level and another unit, both or neither."""
    moved = change_level(**act, level=wanted)
    change_unit(**act | {"worker": moved}, unit=chosen_unit(page, unit))


def _rows(page: CompanyPage) -> Any:
    today = page.today
    running = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=today)
    rows = Worker.objects.filter(running, provider=page.provider).select_related(
        "user", "provider", "unit"
    )
    return rows.order_by("user__display_name", "pk")


def _show(page: CompanyPage, form: PersonForm, status: int) -> HttpResponse:
    shown = Paginator(_rows(page), ON_A_PAGE).get_page(page.request.GET.get("page"))
    context = {
        "form": form,
        "page": shown,
        "rows": [(one, LEVEL_WORDS[Level(one.level)]) for one in shown],
        "units": unit_options(page),
        "levels": [(one.value, words) for one, words in LEVEL_WORDS.items()],
    }
    return page.show("provider/company_people.html", context, status)
