"""Addresses of the casework portal."""

from __future__ import annotations

from django.urls import path

from valinta.web import addresses
from valinta.web.casework import views

assert addresses.RowId, "the converter of ids is registered by the import above"

app_name = "casework"
urlpatterns = [
    path("", views.clients, name="clients"),
    path("clients/<row:client_id>/", views.client, name="client"),
]
