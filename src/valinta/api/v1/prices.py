"""Prices: what the company's services cost, by time band and day, and notice of new ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.db import transaction
from django.db.models import QuerySet
from ninja import Field, Query, Router, Schema

from valinta.api.door import ApiRequest, Needs, missing
from valinta.api.paging import listed, page
from valinta.api.problems import Problem, ProblemCode
from valinta.api.scopes import Scope
from valinta.api.v1.answers import in_once
from valinta.api.v1.words import Day, ListQuery, Names, Text, names, refusals
from valinta.catalogue.actions import PriceAboveCeiling, PriceOfThePast, UnknownBand
from valinta.catalogue.models import Offer, Price
from valinta.processes.change_prices import (
    NotAPriceDay,
    NothingChanges,
    PriceChange,
    change_prices,
    price_days,
)
from valinta.shared.money import Money

router = Router(tags=["prices"])
MOST_CENTS = 1_000_000_00
# Why new prices are refused; the words are part of API v1 and stay.
_WHY: dict[type[Exception], str] = {
    NotAPriceDay: "not_a_price_day",
    PriceOfThePast: "not_ahead",
    NothingChanges: "nothing_changes",
    PriceAboveCeiling: "above_ceiling",
    UnknownBand: "unknown_band",
}


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


class NewPricesIn(Schema):
    """New prices of one service from a day on. Bands that are not named keep their price."""

    programme: Annotated[Text, Field(max_length=60)]
    service: Annotated[Text, Field(max_length=60)]
    starts_on: Day
    prices: Annotated[
        dict[str, Annotated[int, Field(ge=1, le=MOST_CENTS)]],
        Field(min_length=1, max_length=50, description="Cents for one unit, by time band."),
    ]
    words: Annotated[Text, Field(max_length=400)] = Field(
        "", description="Added to the message that the clients get."
    )


class BandChangeOut(Schema):
    """The price of a unit in a time band, in cents, before the day and from the day on."""

    band: str
    before_cents: int | None
    cents: int


class NewPricesOut(Schema):
    """What changes, and how many clients are told of it."""

    dry_run: bool
    programme: str
    service: str
    starts_on: date
    bands: list[BandChangeOut]
    clients_told: int
    clients_who_pay_more: int


class NewPricesQuery(Schema):
    """Whether it is only tried."""

    dry_run: bool = Field(False, description="Only say what would change: nothing is kept.")


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


@router.post(
    "",
    response={200: NewPricesOut, **refusals(400, 404, 409)},
    auth=Needs(Scope.PRICES_WRITE),
    url_name="prices",
    operation_id="change_prices",
    summary="Give notice of new prices; clients whom they touch are written to",
)
def give_notice(request: ApiRequest, asked: Query[NewPricesQuery], given: NewPricesIn) -> Any:
    def work() -> dict[str, Any]:
        offer = _offer(request, given)
        try:
            look = _look_or_change(request, offer, given, dry_run=asked.dry_run)
        except tuple(_WHY) as error:
            days = price_days(offer, request.caller.at.date())
            why = {"why": _WHY[type(error)], "days": [one.isoformat() for one in days]}
            raise Problem(ProblemCode.PRICE_REFUSED, facts=why) from error
        return _changed(look, given, dry_run=asked.dry_run)

    return in_once(request, NewPricesOut, work)


def _offer(request: ApiRequest, given: NewPricesIn) -> Offer:
    """What the company offers today in the programme under the service's code."""
    client, today = request.caller.client, request.caller.at.date()
    rows = Offer.objects.filter(
        organiser_id=client.organiser_id,
        approval__provider_id=client.provider_id,
        approval__valid__contains=today,
        service__programme__code=given.programme,
        service__code=given.service,
        valid__contains=today,
    )
    found = rows.select_related("service__programme", "approval").first()
    return found if found is not None else missing(request, "offer", 0)


def _look_or_change(
    request: ApiRequest, offer: Offer, given: NewPricesIn, *, dry_run: bool
) -> PriceChange:
    known = offer.service.programme.terms.get("service_bands", {}).get(offer.service.code, [])
    if unknown := sorted(set(given.prices) - set(known)):
        raise UnknownBand(f"There is no time band {unknown[0]} for this service.")
    at, prices = request.caller.at, {band: Money(one) for band, one in given.prices.items()}
    # Tried by the verb itself, so that the answer is the one that will come.
    with transaction.atomic():
        look = change_prices(
            offer=offer,
            prices=prices,
            starts_on=given.starts_on,
            words=given.words,
            by=request.caller.actor,
            at=at,
        )
        transaction.set_rollback(dry_run)
    return look


def _changed(look: PriceChange, given: NewPricesIn, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "programme": given.programme,
        "service": given.service,
        "starts_on": look.starts_on,
        "bands": [
            {"band": one.band.code, "before_cents": one.before, "cents": one.after}
            for one in look.bands
        ],
        "clients_told": look.clients,
        "clients_who_pay_more": len({one.order.client_id for one in look.touched if one.pays_more}),
    }


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
