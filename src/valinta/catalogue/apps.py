"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "valinta.catalogue"
    label = "catalogue"
