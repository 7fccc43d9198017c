"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class WishesConfig(AppConfig):
    name = "valinta.wishes"
    label = "wishes"
