"""Addresses of the company's own pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from valinta.web.addresses import ROW
from valinta.web.provider import company, company_account, company_people

ONE = f"<{ROW}:provider_id>/company/"
urlpatterns: list[URLPattern] = [
    path(ONE, company.company, name="company"),
    path(f"{ONE}facts/", company.facts, name="company_facts"),
    path(f"{ONE}units/", company.unit_open, name="company_unit_open"),
    path(f"{ONE}units/<{ROW}:unit_id>/end/", company.unit_end, name="company_unit_end"),
    path(f"{ONE}people/", company_people.people, name="company_people"),
    path(f"{ONE}people/<{ROW}:worker_id>/", company_people.level, name="company_level"),
    path(f"{ONE}account/", company_account.account, name="company_account"),
    path(
        f"{ONE}account/<{ROW}:change_id>/confirm/",
        company_account.confirm,
        name="company_account_confirm",
    ),
    path(
        f"{ONE}account/<{ROW}:change_id>/withdraw/",
        company_account.withdraw,
        name="company_account_withdraw",
    ),
]
