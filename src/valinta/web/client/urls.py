"""Addresses of the client's portal."""

from __future__ import annotations

from django.urls import path

from valinta.web.addresses import ROW
from valinta.web.client import views

app_name = "client"
urlpatterns = [
    path("", views.start, name="start"),
    path(f"<{ROW}:client_id>/", views.home, name="home"),
    path(f"visits/<{ROW}:visit_id>/confirm/", views.confirm, name="confirm"),
    path(f"visits/<{ROW}:visit_id>/dispute/", views.dispute, name="dispute"),
]
