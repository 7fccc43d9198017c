"""Addresses of the casework portal."""

from __future__ import annotations

from django.urls import path

from valinta.web.addresses import ROW
from valinta.web.casework import (
    answers,
    changes_urls,
    deciding_urls,
    joining_urls,
    services_urls,
    views,
    work_urls,
)

app_name = "casework"
urlpatterns = [
    *work_urls.urlpatterns,
    *joining_urls.urlpatterns,
    *deciding_urls.urlpatterns,
    *changes_urls.urlpatterns,
    *services_urls.urlpatterns,
    path("", views.clients, name="clients"),
    path(f"clients/<{ROW}:client_id>/", views.client, name="client"),
    path(f"clients/<{ROW}:client_id>/access-letter/", views.access_letter, name="access_letter"),
    path(
        f"clients/<{ROW}:client_id>/plan/<{ROW}:plan_id>/comment/",
        views.plan_comment,
        name="plan_comment",
    ),
    path(
        f"clients/<{ROW}:client_id>/answer-request/", answers.answer_request, name="answer_request"
    ),
]
