"""A price changes backwards: visits taken in are corrected in the open period, never edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from valinta.catalogue.actions import set_price
from valinta.catalogue.models import Offer, Price
from valinta.orders.models import Order
from valinta.rules.voucher import PriceSplit, split_quantity
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.visits.actions import correct_visit, reprice_reviewed
from valinta.visits.models import Correction, Visit
from valinta.visits.states import VisitState


class ReasonMissing(ValueError):
    """A backdated price is explained to the provider and the client, so it needs a reason."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """The price now known and the differences posted for it."""

    price: Price
    corrections: list[Correction]


@transaction.atomic
def correct_price(
    *,
    offer: Offer,
    band: str,
    amount: Money,
    period: Period,
    reason: str,
    by: Actor,
    at: datetime,
) -> Corrected:
    """Set a price for days that may lie behind us, and post the difference for each visit of them.

    Settled months stay as they were; the differences are settled in the next run. Visits that wait
    for a person were not captured yet and simply get the new price.
    """
    if not reason.strip():
        raise ReasonMissing("Write why the price changes backwards; provider and client read it.")
    price = set_price(offer=offer, band=band, amount=amount, period=period, by=by, at=at)
    visits = _locked_visits(offer, price, period)
    for visit in visits:
        if visit.state == VisitState.IN_REVIEW:
            split = split_at(visit, price.cents)
            reprice_reviewed(visit=visit, price_cents=price.cents, split=split, by=by, at=at)
    corrections = [
        correct_visit(
            visit=visit,
            amount=difference,
            cause="price",
            reason=reason,
            funding_account_id=offer.service.programme.funding_account_id,
            by=by,
            at=at,
        )
        for visit, difference in _differences(visits, price)
    ]
    return Corrected(price, corrections)


def _locked_visits(offer: Offer, price: Price, period: Period) -> list[Visit]:
    """The visits of the period that are or may be paid, with their orders; nobody else moves them.

    New ones wait for the offer, which `set_price` has locked.
    """
    # Visits are found through the clients of the offer's orders: there is no index by order.
    clients = Order.objects.filter(offer=offer).values("client_id")
    visits = Visit.objects.filter(
        order__offer=offer,
        client_id__in=clients,
        band_id=price.band_id,
        served_on__gte=period.starts_on,
    ).exclude(state=VisitState.REJECTED)
    if period.ends_on is not None:
        visits = visits.filter(served_on__lt=period.ends_on)
    locked = visits.select_for_update(no_key=True, of=("self",)).select_related("slice__voucher")
    found = list(locked.order_by("pk"))
    orders = Order.objects.select_for_update(no_key=True).order_by("pk")
    list(orders.filter(pk__in={visit.order_id for visit in found}))
    return found


def _differences(visits: Sequence[Visit], price: Price) -> Iterator[tuple[Visit, Money]]:
    """The captured visits and what each should have cost more or less, where it differs."""
    for visit in visits:
        if visit.state == VisitState.IN_REVIEW:
            continue
        corrected = visit.corrections.aggregate(cents=Sum("cents"))["cents"] or 0
        should = split_at(visit, price.cents).payable_cents
        difference = should - visit.payable_cents - corrected
        if difference:
            yield visit, Money(difference)


def split_at(visit: Visit, price_cents: int) -> PriceSplit:
    """Who pays what of the visit at this price of a unit: the organiser, and the client."""
    value = price_cents
    if visit.slice.voucher is not None:
        units = visit.slice.voucher.units.filter(band_id=visit.band_id)
        value = units.values_list("cents", flat=True).first() or 0
    price = min(price_cents, value) if visit.free_by_law else price_cents
    return split_quantity(price, value, visit.quantity_hundredths, visit.free_by_law)
