"""The company's own systems at the API: connected, given a new secret, and ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from valinta.api.client_actions import (
    LONGEST,
    EndsTooLate,
    OfTheWholeCompany,
    RevokedAlready,
    WithSecret,
    register_api_client,
    revoke_api_client,
    rotate_api_secret,
)
from valinta.api.models import ApiClient
from valinta.api.scopes import Scope
from valinta.providers.membership_actions import NotAUnitHere
from valinta.users.permissions import Permission
from valinta.web.day_fields import DayField
from valinta.web.middleware import Request
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.unit_scope import chosen_unit, unit_options

SCOPES: dict[Scope, str | Promise] = {
    Scope.ORDERS_READ: _("See the orders"),
    Scope.ORDERS_ANSWER: _("Accept and decline orders"),
    Scope.VISITS_READ: _("See the visits"),
    Scope.VISITS_WRITE: _("Report, correct and take back visits"),
    Scope.STATEMENTS_READ: _("See the statements"),
    Scope.PRICES_READ: _("See the prices"),
    Scope.PRICES_WRITE: _("Give notice of new prices"),
    Scope.WEBHOOKS_MANAGE: _("Have addresses told of events"),
}
ON_A_PAGE = 40
_USUAL = timedelta(days=365)
_DAY = _("Write a day to come, at most 400 days away, for example 31.12.2019.")


_WRONG: dict[type[Exception], tuple[str, str | Promise]] = {
    EndsTooLate: ("last_on", _DAY),
    NotAUnitHere: ("unit", _("Choose one of the company's units.")),
    OfTheWholeCompany: (
        "unit",
        _("Statements and prices are the whole company's. Leave them out, or choose no unit."),
    ),
}


class SystemForm(forms.Form):
    """A system to connect: a name, for which organiser, what it may do, and its last day."""

    name = forms.CharField(max_length=80, error_messages={"required": _("Write a name for it.")})
    organiser = forms.TypedChoiceField(
        coerce=int,
        error_messages={
            "required": _("Choose the organiser."),
            "invalid_choice": _("Choose the organiser."),
        },
    )
    scopes = forms.MultipleChoiceField(
        choices=list(SCOPES.items()),
        error_messages={
            "required": _("Choose at least one thing that the system may do."),
            "invalid_choice": _("Choose at least one thing that the system may do."),
        },
    )
    unit = forms.CharField(required=False, max_length=20)
    last_on = DayField(
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"required": _DAY, "invalid": _DAY},
    )


@require_GET
def systems(request: Request, provider_id: int) -> HttpResponse:
    """The systems that the company has connected, and the form for one more."""
    page = _open(request, provider_id)
    return _show(page, _form(page))


@require_POST
def connect(request: Request, provider_id: int) -> HttpResponse:
    """Connect a system; the answer shows its secret, this once."""
    page = _open(request, provider_id)
    form = _form(page, request)
    if not form.is_valid():
        return _show(page, form, status=422)
    given = form.cleaned_data
    organiser = next(one for one in page.organisers if one.pk == given["organiser"])
    try:
        made = register_api_client(
            provider=page.provider,
            organiser_id=organiser.pk,
            name=given["name"],
            scopes=[Scope(one) for one in given["scopes"]],
            ends_on=given["last_on"] + timedelta(days=1),
            unit=chosen_unit(page, given["unit"]),
            by=request.actor,
            at=page.now(organiser),
        )
    except (NotAUnitHere, OfTheWholeCompany, EndsTooLate) as error:
        field, words = _WRONG[type(error)]
        form.add_error(field, str(words))
        return _show(page, form, status=422)
    return _show(page, _form(page), made)


@require_POST
def renew(request: Request, provider_id: int, system_id: int) -> HttpResponse:
    """Give a system a new secret; the answer shows it, this once."""
    page = _open(request, provider_id)
    client = _own(page, system_id)
    try:
        made = rotate_api_secret(
            client=client,
            at_once="at_once" in request.POST,
            by=request.actor,
            at=page.now(client.organiser),
        )
    except RevokedAlready:
        return page.to("provider:company_systems")
    return _show(page, _form(page), made)


@require_POST
def end(request: Request, provider_id: int, system_id: int) -> HttpResponse:
    """End a system, with the tokens that it has."""
    page = _open(request, provider_id)
    client = _own(page, system_id)
    try:
        revoke_api_client(client=client, by=request.actor, at=page.now(client.organiser))
        page.tell("saved")
    except RevokedAlready:
        page.tell("changed")
    return page.to("provider:company_systems")


def _open(request: Request, provider_id: int) -> CompanyPage:
    return open_company(request, provider_id, Permission.KEEP_COMPANY, "own systems")


def _own(page: CompanyPage, system_id: int) -> ApiClient:
    found = _rows(page).filter(pk=system_id).first()
    return found if found is not None else page.missing("api_client", system_id)


def _rows(page: CompanyPage) -> QuerySet[ApiClient]:
    own = ApiClient.objects.filter(provider=page.provider, organiser_id__in=page.organiser_ids)
    return own.select_related("organiser", "unit").order_by("revoked_at", "-pk")


def _form(page: CompanyPage, request: Request | None = None) -> SystemForm:
    first = {"last_on": min(page.today + _USUAL, page.today + LONGEST).isoformat()}
    form = SystemForm(request.POST if request else None, initial=first)
    field = form.fields["organiser"]
    assert isinstance(field, forms.TypedChoiceField)
    field.choices = [(one.pk, one.name(page.request.LANGUAGE_CODE)) for one in page.organisers]
    return form


def _show(
    page: CompanyPage, form: SystemForm, made: WithSecret | None = None, status: int = 200
) -> HttpResponse:
    organisers = [(one.pk, one.name(page.request.LANGUAGE_CODE)) for one in page.organisers]
    listed = Paginator(_rows(page), ON_A_PAGE).get_page(page.request.GET.get("page"))
    facts = {
        "page": listed,
        "systems": [_shown(page, one) for one in listed],
        "form": form,
        "made": made,
        "organisers": organisers,
        "chosen": form["organiser"].value() or (organisers[0][0] if len(organisers) == 1 else ""),
        "units": unit_options(page),
        "scopes": list(SCOPES.items()),
        "ticked": form["scopes"].value() or [],
    }
    return page.show("provider/company_systems.html", facts, status)


def _shown(page: CompanyPage, client: ApiClient) -> dict[str, Any]:
    return {
        "row": client,
        "organiser": client.organiser.name(page.request.LANGUAGE_CODE),
        "scopes": [SCOPES[one] for one in Scope if one in client.may],
        "works": client.works_on(page.now(client.organiser).date()),
        "last_on": client.ends_on - timedelta(days=1),
    }
