"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "valinta.clients"
    label = "clients"
