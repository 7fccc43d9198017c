"""Addresses of today's visits, of the month, and of what comes from a spreadsheet."""

from __future__ import annotations

from django.urls import URLPattern, path

from valinta.web.addresses import ROW
from valinta.web.provider import (
    kept,
    today,
    visits,
    visits_checks,
    visits_files,
    visits_mend,
    visits_one,
    visits_table,
)

_TODAY = f"<{ROW}:provider_id>/today/"
_VISITS = f"<{ROW}:provider_id>/visits/"
_ONE = f"{_VISITS}<{ROW}:visit_id>/"
_LINE = f"{_VISITS}lines/<{ROW}:line_id>/"
_FILE = f"{_VISITS}files/<{ROW}:file_id>/"
urlpatterns: list[URLPattern] = [
    path("offline.js", kept.offline, name="offline"),
    path(_TODAY, today.today, name="today"),
    path(f"{_TODAY}start/", today.start, name="today_start"),
    path(f"{_TODAY}stop/", today.stop, name="today_stop"),
    path(f"{_TODAY}drop/", today.drop, name="today_drop"),
    path(f"{_TODAY}enter/", today.enter, name="today_enter"),
    path(f"{_TODAY}orders/<{ROW}:order_id>/code/", today.code, name="today_code"),
    path(f"{_TODAY}kept/", kept.kept, name="today_kept"),
    path(_VISITS, visits.visits, name="visits"),
    path(f"{_VISITS}table/", visits_table.table, name="visits_table"),
    path(f"{_VISITS}table/template/", visits_table.template, name="visits_template"),
    path(f"{_VISITS}checks/", visits_checks.checks, name="visits_checks"),
    path(f"{_VISITS}files/", visits_files.files, name="visits_files"),
    path(_FILE, visits_files.one, name="visits_file"),
    path(f"{_FILE}answers/", visits_files.answers, name="visits_file_answers"),
    path(f"{_FILE}refused/", visits_files.refused, name="visits_file_refused"),
    path(f"{_VISITS}batches/<{ROW}:batch_id>/", visits.batch, name="visits_batch"),
    path(_ONE, visits_one.one, name="visits_one"),
    path(f"{_ONE}correct/", visits_one.correct, name="visits_correct"),
    path(f"{_ONE}delete/", visits_one.delete, name="visits_delete"),
    path(f"{_LINE}mend/", visits_mend.mend, name="visits_mend"),
    path(f"{_LINE}set-aside/", visits_mend.set_aside, name="visits_set_aside"),
]
