"""Addresses of the office portal."""

from __future__ import annotations

from django.urls import URLPattern, path

from valinta.web.addresses import ROW
from valinta.web.office import views

app_name = "office"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path(f"<{ROW}:programme_id>/", views.programme, name="programme"),
]
