"""Addresses of statements."""

from __future__ import annotations

from django.urls import URLPattern, path

from valinta.web.addresses import ROW
from valinta.web.provider import statements

_ONE = f"<{ROW}:provider_id>/statements/<{ROW}:statement_id>/"
urlpatterns: list[URLPattern] = [
    path(f"<{ROW}:provider_id>/statements/", statements.statements, name="statements"),
    path(_ONE, statements.one, name="statements_one"),
    path(f"{_ONE}lines/<{ROW}:line_id>/", statements.visits, name="statements_visits"),
    path(f"{_ONE}pdf/", statements.pdf, name="statements_pdf"),
    path(f"{_ONE}csv/", statements.table, name="statements_csv"),
    path(f"{_ONE}invoice/", statements.invoice, name="statements_invoice"),
]
