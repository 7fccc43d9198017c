"""Addresses of the services tab and of the visits that wait for a person."""

from __future__ import annotations

from django.urls import path

from valinta.web.addresses import ROW
from valinta.web.casework import review, services, services_new

_SERVICES = f"clients/<{ROW}:client_id>/services"
_ORDER = f"{_SERVICES}/<{ROW}:order_id>"

urlpatterns = [
    path("review/", review.review, name="review"),
    path(f"{_SERVICES}/", services.services, name="services"),
    path(f"{_SERVICES}/new/", services_new.new, name="services_new"),
    path(f"{_ORDER}/", services.order, name="services_order"),
    path(f"{_ORDER}/call-off/", services.call_off, name="services_call_off"),
    path(f"{_ORDER}/end/", services.end, name="services_end"),
    path(f"{_ORDER}/switch/", services.switch, name="services_switch"),
    path(f"{_SERVICES}/visits/<{ROW}:visit_id>/", review.visit, name="services_visit"),
]
