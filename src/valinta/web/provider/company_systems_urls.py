"""Addresses of the company's systems."""

from __future__ import annotations

from django.urls import path

from valinta.web.addresses import ROW
from valinta.web.provider import company_systems as views

_AT = f"<{ROW}:provider_id>/company/systems/"
urlpatterns = [
    path(_AT, views.systems, name="company_systems"),
    path(f"{_AT}connect/", views.connect, name="company_systems_connect"),
    path(f"{_AT}<{ROW}:system_id>/secret/", views.renew, name="company_systems_secret"),
    path(f"{_AT}<{ROW}:system_id>/end/", views.end, name="company_systems_end"),
]
