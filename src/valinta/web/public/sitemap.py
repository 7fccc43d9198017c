"""What search engines may look at: the public pages, each in three languages."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from valinta.catalogue.models import Offer
from valinta.organisers.models import Organiser
from valinta.programmes.models import Programme
from valinta.web import clock

PAGES = (
    "public:front",
    "public:budget",
    "public:voucher",
    "public:programmes",
    "public:tray",
    "public:services",
    "public:approved",
)
# A sitemap may have 50,000 addresses (sitemaps.org); some are kept for the other pages.
MOST = 49_000
OF_A_PROGRAMME = ("public:programme", "public:become_provider", "public:come_forward")


@require_GET
def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemap (sitemaps.org 0.9), with absolute addresses of the host that was asked."""
    pages = [request.build_absolute_uri(address) for address in _addresses()]
    return render(request, "public/sitemap.xml", {"pages": pages}, "application/xml")


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Which pages search engines leave alone, and where the sitemap is."""
    closed = [reverse(name) for name in ("client:start", "casework:clients", "public:sign_in")]
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in closed)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('public:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _addresses() -> Iterator[str]:
    for name in PAGES:
        yield reverse(name)
    codes = Programme.objects.order_by("pk").values_list("organiser__code", "code")
    for organiser, programme in codes:
        for name in OF_A_PROGRAMME:
            yield reverse(name, kwargs={"organiser": organiser, "programme": programme})
    for provider_id in _providers():
        yield reverse("public:provider", kwargs={"provider_id": provider_id})


def _providers() -> list[int]:
    """Those who offer something today, by their organiser's own day."""
    now = Q(pk__in=[])
    for organiser in Organiser.objects.all():
        day = clock.today(organiser)
        now |= Q(organiser=organiser, valid__contains=day, approval__valid__contains=day)
    offers = Offer.objects.filter(now).order_by("approval__provider_id")
    return list(offers.values_list("approval__provider_id", flat=True).distinct()[:MOST])
