"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class SettlementsConfig(AppConfig):
    name = "valinta.settlements"
    label = "settlements"
