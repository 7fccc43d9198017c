"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "valinta.needs"
    label = "needs"
