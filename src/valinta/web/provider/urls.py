"""Addresses of the provider portal. Each part has its own `*_urls` module, added here."""

from __future__ import annotations

from django.urls import URLPattern, path

from valinta.web.addresses import ROW
from valinta.web.provider import (
    apply_urls,
    company_systems_urls,
    company_urls,
    home,
    notices,
    run_urls,
    statements_urls,
    views,
    visits_urls,
)

app_name = "provider"
urlpatterns: list[URLPattern] = [
    path("", views.start, name="start"),
    path("notices/", notices.notices, name="notices"),
    path(f"<{ROW}:provider_id>/", home.home, name="home"),
    *apply_urls.urlpatterns,
    *company_urls.urlpatterns,
    *company_systems_urls.urlpatterns,
    *run_urls.urlpatterns,
    *statements_urls.urlpatterns,
    *visits_urls.urlpatterns,
]
