"""A Django page with one row: what the site's own pages are compared with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from valinta.organisers.models import Organiser

# What a new Django project surrounds a page with.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PAGE = "<!doctype html><html lang=fi><title>{{ one.name_fi }}</title><h1>{{ one.name_fi }}</h1>"
TEMPLATE = engines["django"].from_string(PAGE)


def one_row(request: HttpRequest) -> HttpResponse:
    """Read a row and show it."""
    one = Organiser.objects.order_by("pk")[:1].get()
    return HttpResponse(TEMPLATE.render({"one": one}))


urlpatterns = [path("", one_row)]
