"""Addresses of the changes during the way."""

from __future__ import annotations

from django.urls import path

from valinta.web.addresses import ROW
from valinta.web.casework import (
    changes,
    changes_ending,
    changes_home,
    changes_interruption,
    changes_providers,
)

_CHANGES = f"clients/<{ROW}:client_id>/changes"
_ONE = f"{_CHANGES}/<{ROW}:change_id>"

urlpatterns = [
    path("moves/", changes_providers.moves, name="moves"),
    path(f"{_CHANGES}/", changes.changes, name="changes"),
    path(f"{_CHANGES}/away/", changes_interruption.interruption, name="changes_away"),
    path(f"{_ONE}/away/", changes_interruption.interruption_end, name="changes_away_end"),
    path(f"{_CHANGES}/death/", changes_ending.death, name="changes_death"),
    path(f"{_ONE}/death/undo/", changes_ending.death_undo, name="changes_death_undo"),
    path(f"{_CHANGES}/withdrawal/", changes_ending.withdrawal, name="changes_withdrawal"),
    path(f"{_CHANGES}/home/", changes_home.home, name="changes_home"),
    path(
        f"{_CHANGES}/providers/<{ROW}:moving_id>/",
        changes_providers.provider,
        name="changes_provider",
    ),
]
