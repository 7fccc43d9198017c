"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "valinta.budgets"
    label = "budgets"
