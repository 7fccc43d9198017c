"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "valinta.evaluation"
    label = "evaluation"
