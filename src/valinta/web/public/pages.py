"""Public pages: what a budget and a voucher are, the programmes, and how to become a provider."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from valinta.web.public.programme_picture import all_programmes, find_programme, places_of
from valinta.web.public.programme_words import KEEPERS, SECTORS
from valinta.web.rulebook_words import rulebook_terms


@require_GET
def budget(request: HttpRequest) -> HttpResponse:
    """What a personal budget is."""
    return render(request, "public/budget.html")


@require_GET
def voucher(request: HttpRequest) -> HttpResponse:
    """What a service voucher is (act 569/2009)."""
    return render(request, "public/voucher.html")


@require_GET
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme, those that are open now first."""
    return render(request, "public/programmes.html", {"pictures": all_programmes()})


@require_GET
def programme(request: HttpRequest, organiser: str, programme: str) -> HttpResponse:
    """One programme: for whom, where, when, what, how many, and how to come forward."""
    picture = find_programme(organiser, programme)
    context = {
        "picture": picture,
        "where": picture.by_joining_day,
        "places": places_of(picture),
        "legs": [leg["question"] for leg in picture.terms("eligibility")],
        "instruments": picture.terms("instruments"),
        "allocation": picture.programme.terms.get("allocation", {}).get("names"),
    }
    return render(request, "public/programme.html", context)


@require_GET
def become_provider(request: HttpRequest, organiser: str, programme: str) -> HttpResponse:
    """What a programme asks of providers, and how to get in touch with its office."""
    picture = find_programme(organiser, programme)
    terms = picture.programme.terms.get("providers", {})
    routes = picture.terms("contact_routes")
    offices = [route["names"] for route in routes if route["receiver"] == "project_office"]
    context = {
        "picture": picture,
        "sectors": [SECTORS[one] for one in terms.get("sectors", [])],
        "registers": [(one["names"], KEEPERS[one["keeper"]]) for one in terms.get("registers", [])],
        "terms": rulebook_terms(picture.rulebook.parameters) if picture.rulebook else [],
        "office": offices[0] if offices else None,
        "can_apply": picture.phase is not None,
    }
    return render(request, "public/become_provider.html", context)
