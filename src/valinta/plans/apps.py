"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "valinta.plans"
    label = "plans"
