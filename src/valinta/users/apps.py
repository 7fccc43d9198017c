"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "valinta.users"
    label = "users"
