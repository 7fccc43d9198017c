"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "valinta.programmes"
    label = "programmes"
