"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisersConfig(AppConfig):
    name = "valinta.organisers"
    label = "organisers"
