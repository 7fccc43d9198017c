"""Prices: what the company's services cost, by time band and day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from ninja import Query, Router, Schema

from valinta.api.door import ApiRequest, Needs
from valinta.api.paging import listed, page
from valinta.api.scopes import Scope
from valinta.api.v1.words import Day, ListQuery, Names, names, refusals
from valinta.catalogue.models import Price

router = Router(tags=["prices"])


class BandOut(Schema):
    """A kind of time with its own price."""

    code: str
    names: Names


class PriceOut(Schema):
    """A price for one unit, in cents. Days are half-open."""

    id: int
    programme: str
    service: str
    unit: str
    band: BandOut
    cents: int
    starts_on: date
    ends_before: date | None
    known_at: datetime


class PricesOut(Schema):
    """Prices, those that were made known last first."""

    items: list[PriceOut]
    next_cursor: str | None


class PricesQuery(ListQuery):
    """Which prices are wanted."""

    on: Day | None = None


@router.get(
    "",
    response={200: PricesOut, **refusals(400)},
    auth=Needs(Scope.PRICES_READ),
    url_name="prices",
    operation_id="list_prices",
    summary="The company's prices as they are known now",
)
def list_prices(request: ApiRequest, asked: Query[PricesQuery]) -> dict[str, Any]:
    rows = _own(request)
    if asked.on is not None:
        rows = rows.filter(valid__contains=asked.on)
    found, next_cursor = page(rows, asked.cursor, asked.limit)
    return listed([_shown(one) for one in found], next_cursor)


def _own(request: ApiRequest) -> QuerySet[Price]:
    client = request.caller.client
    return Price.objects.filter(
        organiser_id=client.organiser_id,
        offer__approval__provider_id=client.provider_id,
        superseded_at__isnull=True,
    ).select_related("offer__service__programme", "band")


def _shown(price: Price) -> dict[str, Any]:
    service = price.offer.service
    return {
        "id": price.pk,
        "programme": service.programme.code,
        "service": service.code,
        "unit": service.unit,
        "band": {"code": price.band.code, "names": names(price.band.names)},
        "cents": price.cents,
        "starts_on": price.valid.lower,
        "ends_before": price.valid.upper,
        "known_at": price.known_at,
    }
