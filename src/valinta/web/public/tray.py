"""The tray for anyone: search with filters, the list of services, and a provider's page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from valinta.catalogue.rows import rows_of_provider, tray_rows
from valinta.catalogue.search import Found, Wanted, search
from valinta.catalogue.territory import Territory, territory_on
from valinta.organisers.models import Organiser
from valinta.programmes.names import named
from valinta.providers.models import Provider
from valinta.web import clock
from valinta.web.public.own_voucher import reader_of, with_values
from valinta.web.public.tray_form import (
    LEAST_TENTHS,
    TrayForm,
    read_address,
    sorted_options,
)
from valinta.web.public.tray_words import (
    INSTRUMENTS,
    PROVIDER_SECTORS,
    decimal,
)
from valinta.web.templatetags.wording import language, tongue


def days_of_all() -> dict[int, date]:
    """The day it is for each organiser."""
    return {one.pk: clock.today(one) for one in Organiser.objects.all()}


@require_GET
def tray(request: HttpRequest) -> HttpResponse:
    """Search the tray; the address holds all that is asked, so it can be shared."""
    days = days_of_all()
    address = read_address(request, max(days.values(), default=date.min))
    form = TrayForm(request.GET)
    is_good = form.is_valid()
    wanted = form.wanted()
    territory = territory_on(days)
    found = search(wanted=wanted, territory=territory, seed=address.seed, page=address.page)
    reader = reader_of(request)
    context = {
        "form": form,
        "wanted": wanted,
        "asked": dict(address.asked),
        "found": found,
        "rows": with_values(found.rows, form.value_cents, reader),
        "reader": reader,
        "address": address,
        "picked": tray_rows(address.picked, days),
        "towns": territory.municipalities,
        "options": _options(found, territory, wanted),
        "narrowed": _narrowed(wanted),
        "query_without_filters": address.query(
            **dict.fromkeys(name for name, _ in address.asked if name not in ("q", "value"))
        ),
        "earlier": address.query(page=found.page - 1) if found.page > 1 else "",
        "later": address.query(page=found.page + 1) if found.page < found.pages else "",
    }
    return render(request, "public/tray.html", context, status=200 if is_good else 422)


@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """Every service of every open programme, with how many providers there are of each."""
    territory = territory_on(days_of_all())
    found = search(wanted=Wanted(), territory=territory, seed=0)
    by_programme = [
        (one, [service for service in territory.services if service.programme_id == one.id])
        for one in territory.programmes
    ]
    numbers = found.facets.by_service_id
    return render(request, "public/services.html", {"programmes": by_programme, "numbers": numbers})


@require_GET
def provider(request: HttpRequest, provider_id: int) -> HttpResponse:
    """One approved provider: what it offers, at what prices, where and how to reach it."""
    days = days_of_all()
    rows = rows_of_provider(provider_id, days)
    if not rows:
        raise Http404("There is no approved provider with this number today.")
    form = TrayForm(request.GET)
    is_good = form.is_valid()
    reader = reader_of(request)
    context = {
        "provider": Provider.objects.get(pk=provider_id),
        "rows": with_values(rows, form.value_cents, reader),
        "reader": reader,
        "towns": territory_on(days).municipalities,
        "address": read_address(request, max(days.values(), default=date.min)),
        "programmes": list({row.programme_id: row for row in rows}.values()),
    }
    return render(request, "public/provider.html", context, status=200 if is_good else 422)


def _options(
    found: Found, territory: Territory, wanted: Wanted
) -> dict[str, list[tuple[str, str]]]:
    """The lists of choices, each with how many offers there are."""
    facets, speech = found.facets, language()
    names = {one.code: named(one.names, speech) for one in territory.services}
    programmes = {one.code: named(one.names, speech) for one in territory.programmes}
    towns = {code: named(one, speech) for code, one in territory.municipalities.items()}
    tongues = {code: tongue(code) for code in facets.languages}
    sectors = {code: str(words) for code, words in PROVIDER_SECTORS.items()}
    instruments = {code: str(words) for code, words in INSTRUMENTS.items()}
    return {
        "programme": _counted(programmes, facets.programmes, wanted.programme),
        "municipality": _counted(towns, facets.municipalities, wanted.municipality),
        "service": _counted(names, facets.services, wanted.service),
        "language": _counted(tongues, facets.languages, wanted.language),
        "sector": _counted(sectors, facets.sectors, wanted.sector),
        "instrument": _counted(instruments, facets.instruments, wanted.instrument),
        "rating": [
            (tenths, gettext("at least %(stars)s / 5") % {"stars": decimal(int(tenths))})
            for tenths in LEAST_TENTHS
        ],
    }


def _counted(
    names: Mapping[str, str], counts: Mapping[str, int], chosen: str
) -> list[tuple[str, str]]:
    known = [(code, name, counts.get(code, 0)) for code, name in names.items()]
    return sorted_options(known, chosen)


def _narrowed(wanted: Wanted) -> int:
    """How many of the rarer filters are in use: they are shown open then."""
    rarer: tuple[Any, ...] = (
        wanted.programme,
        wanted.language,
        wanted.sector,
        wanted.instrument,
        wanted.most_cents is not None,
        wanted.least_tenths,
        wanted.takes_new_clients,
    )
    return sum(bool(one) for one in rarer)
