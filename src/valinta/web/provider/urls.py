"""Addresses of the provider portal. Each part has its own `*_urls` module, added here."""

from __future__ import annotations

from django.urls import URLPattern, path

from valinta.web.addresses import ROW
from valinta.web.provider import company_systems_urls, statements_urls, views, visits_urls

app_name = "provider"
urlpatterns: list[URLPattern] = [
    path("", views.start, name="start"),
    path(f"<{ROW}:provider_id>/", views.home, name="home"),
    *company_systems_urls.urlpatterns,
    *statements_urls.urlpatterns,
    *visits_urls.urlpatterns,
]
