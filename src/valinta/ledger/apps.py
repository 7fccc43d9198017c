"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "valinta.ledger"
    label = "ledger"
