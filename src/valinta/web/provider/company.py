"""The company itself: its facts, units, and the way to its people, account and applications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.processes.close_unit import close_unit
from valinta.providers.company_actions import (
    CompanyFacts,
    UnitEnded,
    UnitExists,
    UnitInUse,
    open_unit,
    update_company,
)
from valinta.providers.contact import BadContact, checked_contact
from valinta.providers.models import Unit
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.provider.company_account import account_facts
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.unit_scope import units_of
from valinta.web.templatetags.providers import SIZES
from valinta.web.templatetags.wording import tongue

ADDRESS = ("street", "building_number", "postcode", "town")
CONTACTS = ("phone", "email", "web")
LANGUAGES = ("fi", "sv", "en")


class FactsForm(forms.Form):
    """What the company says of itself."""

    size_class = forms.ChoiceField(
        choices=list(SIZES.items()), error_messages={"required": _("Choose one of these.")}
    )
    languages = forms.MultipleChoiceField(
        choices=settings.LANGUAGES,
        error_messages={"required": _("Choose at least one language.")},
    )
    street = forms.CharField(required=False, max_length=70)
    building_number = forms.CharField(required=False, max_length=16)
    postcode = forms.CharField(required=False, max_length=16)
    town = forms.CharField(required=False, max_length=35)
    phone = forms.CharField(required=False, max_length=25)
    email = forms.CharField(required=False, max_length=254)
    web = forms.CharField(required=False, max_length=200)
    about_fi = forms.CharField(required=False, max_length=2000)
    about_sv = forms.CharField(required=False, max_length=2000)
    about_en = forms.CharField(required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for kind in CONTACTS:
            try:
                checked_contact({kind: data.get(kind, "")})
            except BadContact:
                self.add_error(kind, gettext("Write it as it is dialled or opened."))
        return data


class UnitForm(forms.Form):
    """A unit to begin."""

    name = forms.CharField(
        max_length=120, error_messages={"required": _("Write the name of the unit.")}
    )
    address = forms.CharField(required=False, max_length=200)
    phone = forms.CharField(required=False, max_length=30)


@require_GET
def company(request: Request, provider_id: int) -> HttpResponse:
    """The company's facts, units, approvals, and what can be changed here."""
    return _show(open_company(request, provider_id, Permission.KEEP_COMPANY))


@require_http_methods(["GET", "POST"])
def facts(request: Request, provider_id: int) -> HttpResponse:
    """Change the facts that the company keeps itself."""
    page = open_company(request, provider_id, Permission.KEEP_COMPANY)
    form = FactsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        update_company(
            provider=page.provider,
            organiser_id=page.organiser.pk,
            facts=CompanyFacts(
                size_class=given["size_class"],
                languages=given["languages"],
                postal_address={key: given[key] for key in ADDRESS} | {"country": "FI"},
                contact={kind: given[kind] for kind in CONTACTS},
                descriptions={code: given[f"about_{code}"] for code in LANGUAGES},
            ),
            by=request.actor,
            at=page.at,
        )
        page.tell("saved")
        return page.to("provider:company")
    one = page.provider
    form.initial = {
        "size_class": one.size_class,
        "languages": one.languages,
        **{key: one.postal_address.get(key, "") for key in ADDRESS},
        **{kind: one.contact.get(kind, "") for kind in CONTACTS},
        **{f"about_{code}": one.descriptions.get(code, "") for code in LANGUAGES},
    }
    context = {
        "form": form,
        "sizes": list(SIZES.items()),
        "tongues": [(code, tongue(code).capitalize()) for code in LANGUAGES],
        "spoken": form["languages"].value() or [],
        "abouts": [(code, tongue(code), form[f"about_{code}"]) for code in LANGUAGES],
    }
    return page.show("provider/company_facts.html", context, 422 if form.errors else 200)


@require_POST
def unit_open(request: Request, provider_id: int) -> HttpResponse:
    """Begin a unit."""
    page = open_company(request, provider_id, Permission.KEEP_COMPANY)
    form = UnitForm(request.POST)
    if form.is_valid():
        try:
            open_unit(
                provider=page.provider,
                organiser_id=page.organiser.pk,
                **form.cleaned_data,
                by=request.actor,
                at=page.at,
            )
        except UnitExists:
            form.add_error("name", gettext("The company has a unit of this name already."))
        else:
            page.tell("saved")
            return page.to("provider:company")
    return _show(page, form, 422)


@require_POST
def unit_end(request: Request, provider_id: int, unit_id: int) -> HttpResponse:
    """End a unit today."""
    page = open_company(request, provider_id, Permission.KEEP_COMPANY)
    found = Unit.objects.filter(provider=page.provider, pk=unit_id).first()
    if found is None:
        page.missing("unit", unit_id)
    try:
        close_unit(
            unit=found,
            organiser_id=page.organiser.pk,
            ends_on=page.today,
            by=request.actor,
            at=page.at,
        )
        page.tell("saved")
    except UnitEnded:
        page.tell("changed")
    except UnitInUse:
        page.tell("unit_in_use")
    return page.to("provider:company")


def _show(page: CompanyPage, form: UnitForm | None = None, status: int = 200) -> HttpResponse:
    context = {
        "approvals": page.approvals,
        "units": units_of(page),
        "form": form,
        **account_facts(page),
    }
    return page.show("provider/company.html", context, status)
