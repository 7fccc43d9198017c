"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "valinta.providers"
    label = "providers"
