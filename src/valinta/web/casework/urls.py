"""Addresses of the casework portal."""

from __future__ import annotations

from django.urls import path

from valinta.web.addresses import ROW
from valinta.web.casework import views

app_name = "casework"
urlpatterns = [
    path("", views.clients, name="clients"),
    path(f"clients/<{ROW}:client_id>/", views.client, name="client"),
]
