"""Addresses that are open to anyone."""

from __future__ import annotations

from django.urls import path

from valinta.web.addresses import ROW
from valinta.web.public import (
    apply,
    compare,
    gallery,
    interest,
    invitation,
    letter,
    lists,
    pages,
    role_invitations,
    sitemap,
    tray,
    views,
)

app_name = "public"
PROGRAMME = "programmes/<slug:organiser>/<slug:programme>/"
urlpatterns = [
    path("", views.front, name="front"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/letter/", letter.sign_in_letter, name="sign_in_letter"),
    path("invitation/", invitation.invitation, name="invitation"),
    path("invitation/role/", role_invitations.role_invitation, name="role_invitation"),
    path("sign-in/demo/", views.demo_sign_in, name="demo_sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("language/", views.language, name="language"),
    path("easy-language/", views.easy, name="easy"),
    path("personal-budget/", pages.budget, name="budget"),
    path("service-voucher/", pages.voucher, name="voucher"),
    path("programmes/", pages.programmes, name="programmes"),
    path(PROGRAMME, pages.programme, name="programme"),
    path(f"{PROGRAMME}provider/", pages.become_provider, name="become_provider"),
    path(f"{PROGRAMME}provider/apply/", apply.apply, name="apply"),
    path(f"{PROGRAMME}come-forward/", interest.come_forward, name="come_forward"),
    path(f"{PROGRAMME}thank-you/", interest.thanks, name="thanks"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("tray/", tray.tray, name="tray"),
    path("tray/services/", tray.services, name="services"),
    path("tray/compare/", compare.compare, name="compare"),
    path("providers/", lists.approved, name="approved"),
    path("providers.csv", lists.approved_csv, name="approved_csv"),
    path("providers.json", lists.approved_json, name="approved_json"),
    path(f"providers/<{ROW}:provider_id>/", tray.provider, name="provider"),
]
