"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "valinta.orders"
    label = "orders"
