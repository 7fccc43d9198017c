"""Filling in an application: the company, services and areas, prices. Saved page by page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from valinta.providers.application_actions import (
    ApplicationClosed,
    Company,
    StaleDraft,
    Wish,
)
from valinta.providers.conditions import provider_terms
from valinta.providers.passport_actions import save_and_keep
from valinta.web.conflicts import unsaved_of
from valinta.web.middleware import Request
from valinta.web.provider.apply_forms import (
    CompanyForm,
    PricesForm,
    ServicesForm,
    company_first,
    field_of,
)
from valinta.web.provider.apply_opening import ApplyPage, company_of, open_application, wish_of
from valinta.web.provider.apply_picture import offered, registers_of, towns_of
from valinta.web.templatetags.providers import SECTORS, SIZES
from valinta.web.templatetags.wording import tongue


@require_http_methods(["GET", "POST"])
def company(request: Request, application_id: int) -> HttpResponse:
    """The company's facts."""
    page = open_application(request, application_id)
    sectors = provider_terms(page.programme).get("sectors") or list(SECTORS)
    form = CompanyForm(sectors, page.today.year, request.POST or None)
    if request.method == "POST":
        if not page.is_draft:
            return page.to("provider:apply_one")
        if form.is_valid():
            return _save(page, form, form.company, wish_of(page.application), "services")
    form.initial = company_first(company_of(page.application))
    register = page.application.company_register
    facts = {
        "form": form,
        "sectors": [(one, SECTORS[one]) for one in sectors],
        "sizes": list(SIZES.items()),
        "tongues": [(code, tongue(code).capitalize()) for code in ("fi", "sv", "en")],
        "spoken": form["languages"].value() or [],
        "said": register,
        "parts": _parts(form),
    }
    return page.show("provider/apply_company.html", facts, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def services(request: Request, application_id: int) -> HttpResponse:
    """Which services are offered, where, and the entry in a register."""
    page = open_application(request, application_id)
    known, towns = offered(page.programme, page.today), towns_of(page.programme)
    registers = registers_of(page.programme)
    codes = [[one.code for one in known], [code for code, _n in towns], [c for c, _n in registers]]
    form = ServicesForm(*codes, request.POST or None)
    before = wish_of(page.application)
    if request.method == "POST":
        if not page.is_draft:
            return page.to("provider:apply_one")
        if form.is_valid():
            given = form.cleaned_data
            wish = Wish(
                prices={one: before.prices.get(one, {}) for one in given["services"]},
                municipality_codes=given["areas"] or None,
                register=given["register"],
                register_number=given["register_number"],
            )
            return _save(page, form, company_of(page.application), wish, "prices")
    form.initial = {
        "services": list(before.prices),
        "areas": list(before.municipality_codes or []),
        "register": before.register,
        "register_number": before.register_number,
    }
    facts = {
        "form": form,
        "services": [(one.code, one.name) for one in known],
        "chosen": form["services"].value() or [],
        "towns": towns,
        "areas": form["areas"].value() or [],
        "registers": registers,
    }
    return page.show("provider/apply_services.html", facts, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def prices(request: Request, application_id: int) -> HttpResponse:
    """A price for each chosen service by time band, beside the programme's ceiling."""
    page = open_application(request, application_id)
    before = wish_of(page.application)
    known = offered(page.programme, page.today, list(before.prices))
    ceilings = {(band.service, band.code): band.ceiling for one in known for band in one.bands}
    form = PricesForm(ceilings, request.POST or None)
    if request.method == "POST":
        if not page.is_draft:
            return page.to("provider:apply_one")
        if form.is_valid():
            wish = replace(before, prices={**before.prices, **form.prices})
            return _save(page, form, company_of(page.application), wish, "papers")
    form.initial = {
        field_of(service, band): _as_typed(before.prices.get(service, {}).get(band))
        for service, band in ceilings
    }
    rows = [(one, [(band, form[band.field]) for band in one.bands]) for one in known]
    return page.show(
        "provider/apply_prices.html", {"form": form, "rows": rows}, 422 if form.errors else 200
    )


def _save(page: ApplyPage, form: forms.Form, facts: Company, wish: Wish, then: str) -> HttpResponse:
    try:
        save_and_keep(
            application=page.application,
            version=form.cleaned_data["version"],
            company=facts,
            wish=wish,
            by=page.request.actor,
            at=page.at,
        )
    except StaleDraft:
        # The newest is shown by a fresh page; what took time to write is shown beside it.
        return page.show(
            "provider/apply_stale.html",
            {"unsaved_words": unsaved_of(form), "here": page.request.path},
            409,
        )
    except ApplicationClosed:
        page.tell("changed")
        return page.to("provider:apply_one")
    page.tell("saved")
    if "later" in page.request.POST:
        return page.to("provider:apply_one")
    return page.to(f"provider:apply_{then}")


def _parts(form: CompanyForm) -> list[dict[str, Any]]:
    """The plain fields about reaching the company: name, label, the bound field, autocomplete."""
    labels = (
        ("street", gettext("Street"), "address-line1"),
        ("building_number", gettext("Number of the building"), "off"),
        ("postcode", gettext("Postcode"), "postal-code"),
        ("town", gettext("Town"), "address-level2"),
        ("phone", gettext("Telephone"), "tel"),
        ("email", gettext("E-mail"), "email"),
        ("web", gettext("Web page"), "url"),
    )
    return [
        {"name": name, "label": label, "field": form[name], "fills": fills}
        for name, label, fills in labels
    ]


def _as_typed(cents: int | None) -> str:
    return "" if cents is None else f"{cents // 100},{cents % 100:02d}"
