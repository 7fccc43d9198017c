"""Addresses of the phases of a programme."""

from __future__ import annotations

from django.urls import URLPattern, path

from valinta.web.addresses import ROW
from valinta.web.office import phases

_PHASES = f"<{ROW}:programme_id>/phases"
urlpatterns: list[URLPattern] = [
    path(f"{_PHASES}/", phases.phases, name="phases"),
    path(f"{_PHASES}/<{ROW}:phase_id>/turn/", phases.turn, name="phases_turn"),
    path(f"{_PHASES}/end/", phases.end, name="phases_end"),
    path(f"{_PHASES}/report/", phases.report, name="phases_report"),
]
