"""Addresses of running a company: orders, clients, prices, messages, leaving."""

from __future__ import annotations

from django.urls import URLPattern, path

from valinta.web.addresses import ROW
from valinta.web.provider import calendar, clients, leaving, messages, orders, prices, unit_scope

_ORDERS = f"<{ROW}:provider_id>/orders/"
_ORDER = f"{_ORDERS}<{ROW}:order_id>/"
_CLIENT = f"<{ROW}:provider_id>/clients/<{ROW}:client_id>/"
_OFFER = f"<{ROW}:provider_id>/prices/<{ROW}:offer_id>/"
_MESSAGES = f"<{ROW}:provider_id>/messages/"
urlpatterns: list[URLPattern] = [
    path(_ORDERS, orders.orders, name="orders"),
    path(f"{_ORDERS}week/", calendar.week, name="orders_calendar"),
    path(_ORDER, orders.one, name="orders_one"),
    path(f"{_ORDER}accept/", orders.accept, name="orders_accept"),
    path(f"{_ORDER}decline/", orders.decline, name="orders_decline"),
    path(f"{_ORDER}unit/", unit_scope.give, name="orders_unit"),
    path(f"{_ORDER}call-off/", orders.call_off, name="orders_call_off"),
    path(f"<{ROW}:provider_id>/clients/", clients.clients, name="clients"),
    path(_CLIENT, clients.one, name="clients_one"),
    path(f"{_CLIENT}assign/", clients.assign, name="clients_assign"),
    path(f"{_CLIENT}unassign/<{ROW}:assignment_id>/", clients.unassign, name="clients_unassign"),
    path(f"{_CLIENT}end/", clients.end, name="clients_end"),
    path(f"<{ROW}:provider_id>/prices/", prices.prices, name="prices"),
    path(f"{_OFFER}capacity/", prices.capacity, name="prices_capacity"),
    path(f"{_OFFER}change/", prices.change, name="prices_change"),
    path(_MESSAGES, messages.messages, name="messages"),
    path(f"{_MESSAGES}<{ROW}:thread_id>/", messages.one, name="messages_one"),
    path(f"{_CLIENT}write/", messages.new, name="messages_new"),
    path(f"{_MESSAGES}files/<{ROW}:attachment_id>/", messages.file, name="messages_file"),
    path(f"<{ROW}:provider_id>/leave/<{ROW}:approval_id>/", leaving.leave, name="company_leave"),
]
