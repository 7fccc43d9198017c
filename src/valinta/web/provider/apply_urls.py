"""Addresses of applying."""

from __future__ import annotations

from django.urls import URLPattern, path

from valinta.web.addresses import ROW
from valinta.web.provider import apply, apply_draft, apply_papers, apply_send

ONE = f"apply/<{ROW}:application_id>/"
urlpatterns: list[URLPattern] = [
    path("apply/", apply.applications, name="apply"),
    path(f"apply/programme/<{ROW}:programme_id>/", apply.begin, name="apply_begin"),
    path(ONE, apply_send.one, name="apply_one"),
    path(f"{ONE}company/", apply_draft.company, name="apply_company"),
    path(f"{ONE}services/", apply_draft.services, name="apply_services"),
    path(f"{ONE}prices/", apply_draft.prices, name="apply_prices"),
    path(f"{ONE}papers/", apply_papers.papers, name="apply_papers"),
    path(f"{ONE}papers/<slug:condition>/", apply_papers.hand_in, name="apply_hand_in"),
    path(f"{ONE}kept/<{ROW}:paper_id>/", apply_papers.use, name="apply_use"),
    path(f"{ONE}paper/<{ROW}:evidence_id>/", apply_papers.paper, name="apply_paper"),
    path(f"{ONE}send/", apply_send.send, name="apply_send"),
    path(f"{ONE}answer/", apply_send.answer, name="apply_answer"),
    path(f"{ONE}withdraw/", apply_send.withdraw, name="apply_withdraw"),
]
