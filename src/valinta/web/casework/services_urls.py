"""Addresses of the services tab and of the visits that wait for a person."""

from __future__ import annotations

from django.urls import path

from valinta.web.addresses import ROW
from valinta.web.casework import checks, review, services_new, services_tab

_SERVICES = f"clients/<{ROW}:client_id>/services"
_ORDER = f"{_SERVICES}/<{ROW}:order_id>"

urlpatterns = [
    path("review/", review.review, name="review"),
    path("review/checks/", checks.checks, name="checks"),
    path(f"{_SERVICES}/", services_tab.services, name="services"),
    path(f"{_SERVICES}/new/", services_new.new, name="services_new"),
    path(f"{_ORDER}/", services_tab.order, name="services_order"),
    path(f"{_ORDER}/call-off/", services_tab.call_off, name="services_call_off"),
    path(f"{_ORDER}/hold/", services_tab.hold, name="services_hold"),
    path(f"{_ORDER}/end/", services_tab.end, name="services_end"),
    path(f"{_ORDER}/switch/", services_tab.switch, name="services_switch"),
    path(f"{_SERVICES}/visits/<{ROW}:visit_id>/", review.visit, name="services_visit"),
]
