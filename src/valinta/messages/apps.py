"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "valinta.messages"
    label = "messages"
