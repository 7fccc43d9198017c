"""Addresses of the client's portal."""

from __future__ import annotations

from django.urls import path

from valinta.web import addresses
from valinta.web.client import views

assert addresses.RowId, "the converter of ids is registered by the import above"

app_name = "client"
urlpatterns = [
    path("", views.start, name="start"),
    path("<row:client_id>/", views.home, name="home"),
    path("visits/<row:visit_id>/confirm/", views.confirm, name="confirm"),
    path("visits/<row:visit_id>/dispute/", views.dispute, name="dispute"),
]
