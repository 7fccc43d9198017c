"""Addresses of the programme's set-up: the pack, prices, places, letters' texts and imports."""

from __future__ import annotations

from django.urls import URLPattern, path

from valinta.web.addresses import ROW
from valinta.web.office import imports, letters, prices, programme, programme_pack, quotas

_P = f"<{ROW}:programme_id>"
_DRAFT = f"{_P}/pack/<{ROW}:draft_id>"
_RUN = f"{_P}/imports/<{ROW}:run_id>"
urlpatterns: list[URLPattern] = [
    path(f"{_P}/", programme.programme, name="programme"),
    path(f"{_P}/pack/", programme_pack.pack, name="programme_pack"),
    path(f"{_DRAFT}/", programme_pack.draft, name="programme_pack_draft"),
    path(f"{_DRAFT}/take/", programme_pack.take, name="programme_pack_take"),
    path(f"{_P}/prices/", prices.prices, name="prices"),
    path(f"{_P}/places/", quotas.quotas, name="quotas"),
    path(f"{_P}/letters/", letters.letters, name="letters"),
    path(f"{_P}/letters/preview/", letters.preview, name="letters_preview"),
    path(f"{_P}/letters/<str:kind>/<str:language>/<str:key>/", letters.text, name="letters_text"),
    path(f"{_P}/imports/", imports.imports, name="imports"),
    path(f"{_P}/imports/template/<slug:kind>/", imports.template, name="imports_template"),
    path(f"{_P}/imports/try/", imports.attempt, name="imports_try"),
    path(f"{_RUN}/", imports.run, name="imports_run"),
    path(f"{_RUN}/faults/", imports.faults, name="imports_faults"),
    path(f"{_RUN}/take/", imports.take, name="imports_take"),
    path(f"{_RUN}/drop/", imports.drop, name="imports_drop"),
]
