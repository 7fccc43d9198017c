"""Addresses of the office portal."""

from __future__ import annotations

from django.urls import URLPattern, path

from valinta.web.addresses import ROW
from valinta.web.office import (
    messages,
    people_powers,
    people_urls,
    phases_urls,
    programme_urls,
    providers_urls,
    views,
)

app_name = "office"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    *programme_urls.urlpatterns,
    *providers_urls.urlpatterns,
    *people_urls.urlpatterns,
    *phases_urls.urlpatterns,
    path(f"<{ROW}:programme_id>/messages/", messages.messages, name="messages"),
    path(
        f"<{ROW}:programme_id>/messages/<{ROW}:thread_id>/", messages.thread, name="messages_thread"
    ),
    path(
        f"<{ROW}:programme_id>/attachments/<{ROW}:attachment_id>/",
        messages.attachment,
        name="messages_attachment",
    ),
    path(f"<{ROW}:programme_id>/people/powers/", people_powers.powers, name="people_powers"),
    path(
        f"<{ROW}:programme_id>/people/powers/give/", people_powers.give, name="people_powers_give"
    ),
    path(
        f"<{ROW}:programme_id>/people/powers/<{ROW}:power_id>/end/",
        people_powers.end,
        name="people_powers_end",
    ),
]
