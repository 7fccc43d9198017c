"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "valinta.visits"
    label = "visits"
