"""Orders: see those made to the company, accept or decline them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from ninja import Field, Query, Router, Schema

from valinta.api.door import ApiRequest, Needs, missing
from valinta.api.paging import listed, page
from valinta.api.scopes import Scope
from valinta.api.v1.answers import in_once
from valinta.api.v1.words import (
    ListQuery,
    Names,
    OrderStateName,
    Text,
    hundredths,
    names,
    refusals,
)
from valinta.clients.models import Client
from valinta.orders.actions import accept_order, decline_order
from valinta.orders.models import Order
from valinta.processes.answer_in_time import last_day

router = Router(tags=["orders"])


class ServiceOut(Schema):
    """The service that was ordered."""

    code: str
    names: Names
    unit: str = Field(description="What one unit is: hour, visit, day, week or month.")


class ClientOut(Schema):
    """The client, as far as the company needs to know: never an identity code."""

    reference: str = Field(description="Stays the same for this client and this company.")
    name: str
    language: str


class SliceOut(Schema):
    """A part of the order: how much may be done in its days."""

    starts_on: date
    ends_before: date | None
    quantity: str = Field(description="In units of the service, for example 12.50.")


class OrderOut(Schema):
    """An order. Days are half-open: `ends_before` is the first day that is no longer part."""

    id: int
    state: OrderStateName
    programme: str
    service: ServiceOut
    client: ClientOut
    kind: str
    unit: str | None = Field(description="The company's unit that serves it; null: the whole.")
    placed_at: datetime
    answer_by: date | None = Field(
        description="While it waits: the last day for an answer. After it the order is declined."
    )
    starts_on: date
    ends_before: date | None
    closed_at: datetime | None
    parts: list[SliceOut]


class OrdersOut(Schema):
    """Orders, the newest first."""

    items: list[OrderOut]
    next_cursor: str | None


class OrdersQuery(ListQuery):
    """Which orders are wanted."""

    state: OrderStateName | None = None


class DeclineIn(Schema):
    """Why the company cannot take the order. The client and the case manager read it."""

    reason: Annotated[Text, Field(min_length=1, max_length=500)]


def own_orders(request: ApiRequest) -> QuerySet[Order]:
    """The orders that the system may see: those of its provider with its organiser."""
    caller = request.caller
    return (
        Order.objects.visible_to(caller.actor)
        .filter(organiser_id=caller.client.organiser_id, provider_id=caller.client.provider_id)
        .select_related("client", "enrolment__programme", "service__programme", "unit")
        .prefetch_related("slices")
    )


@router.get(
    "",
    response={200: OrdersOut, **refusals(400)},
    auth=Needs(Scope.ORDERS_READ),
    url_name="orders",
    operation_id="list_orders",
    summary="Orders made to the company",
)
def list_orders(request: ApiRequest, asked: Query[OrdersQuery]) -> dict[str, Any]:
    rows = own_orders(request)
    if asked.state is not None:
        rows = rows.filter(state=asked.state)
    found, next_cursor = page(rows, asked.cursor, asked.limit)
    return listed([_shown(one) for one in found], next_cursor)


@router.get(
    "/{int:order_id}",
    response={200: OrderOut, **refusals(404)},
    auth=Needs(Scope.ORDERS_READ),
    url_name="order",
    operation_id="get_order",
    summary="One order",
)
def get_order(request: ApiRequest, order_id: int) -> dict[str, Any]:
    return _shown(_own(request, order_id))


@router.post(
    "/{int:order_id}/accept",
    response={200: OrderOut, **refusals(404, 409)},
    auth=Needs(Scope.ORDERS_ANSWER),
    url_name="order_accept",
    operation_id="accept_order",
    summary="Accept an order",
)
def accept(request: ApiRequest, order_id: int) -> Any:
    def work() -> dict[str, Any]:
        order = accept_order(
            order=_own(request, order_id), by=request.caller.actor, at=request.caller.at
        )
        return _shown(order)

    return in_once(request, OrderOut, work)


@router.post(
    "/{int:order_id}/decline",
    response={200: OrderOut, **refusals(400, 404, 409)},
    auth=Needs(Scope.ORDERS_ANSWER),
    url_name="order_decline",
    operation_id="decline_order",
    summary="Decline an order; its money is free again at once",
)
def decline(request: ApiRequest, order_id: int, given: DeclineIn) -> Any:
    def work() -> dict[str, Any]:
        order = decline_order(
            order=_own(request, order_id),
            reason=given.reason,
            by=request.caller.actor,
            at=request.caller.at,
        )
        return _shown(order)

    return in_once(request, OrderOut, work)


def client_reference(client: Client, provider_id: int) -> str:
    """A name for the client between us and this company: two companies cannot compare theirs."""
    mark = salted_hmac("valinta.api.client", f"{provider_id}:{client.pk}", algorithm="sha256")
    return f"K-{mark.hexdigest()[:12].upper()}"


def _own(request: ApiRequest, order_id: int) -> Order:
    order = own_orders(request).filter(pk=order_id).first()
    return order if order is not None else missing(request, "order", order_id)


def _shown(order: Order) -> dict[str, Any]:
    service, client = order.service, order.client
    return {
        "id": order.pk,
        "state": str(order.state),
        "programme": service.programme.code,
        "service": {"code": service.code, "names": names(service.names), "unit": service.unit},
        "client": {
            "reference": client_reference(client, order.provider_id),
            "name": client.full_name,
            "language": client.language,
        },
        "kind": str(order.kind),
        "unit": order.unit.name if order.unit else None,
        "placed_at": order.placed_at,
        "answer_by": last_day(order),
        "starts_on": order.valid.lower,
        "ends_before": order.valid.upper,
        "closed_at": order.closed_at,
        "parts": [
            {
                "starts_on": one.valid.lower,
                "ends_before": one.valid.upper,
                "quantity": hundredths(one.quantity_hundredths),
            }
            for one in sorted(order.slices.all(), key=lambda one: one.valid.lower)
        ],
    }
