"""Write the tray: an approved provider's offer, its prices, and changes of price."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from valinta.audit.actions import Note, record
from valinta.catalogue.models import Offer, Price, ReferencePrice, Service, TimeBand
from valinta.programmes.ranges import as_period, as_range
from valinta.providers.access import must_work_for
from valinta.providers.models import Approval
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class PriceAboveCeiling(ValueError):
    """The price is above what the programme allows for the service and band."""


class UnknownBand(LookupError):
    """The programme has no such time band."""


class PriceOfThePast(ValueError):
    """The day from which a company tells a new price is not ahead, or after the offer's end."""


class NotStars(ValueError):
    """A rating is a whole number of stars from 1 to 5."""

    def __init__(self) -> None:
        super().__init__("Give one to five stars.")


@transaction.atomic
def make_offer(
    *,
    approval: Approval,
    service: Service,
    prices: Mapping[str, Money],
    period: Period,
    by: Actor,
    at: datetime,
) -> Offer:
    """Offer a service at these prices by band for the period. Raises PriceAboveCeiling."""
    by.must(Permission.SET_PRICES, approval.organiser_id)
    offer = Offer.objects.create(
        organiser_id=approval.organiser_id,
        approval=approval,
        service=service,
        valid=as_range(period),
    )
    note = Note("make_offer", "offer", offer.pk, "", "offered")
    record(organiser_id=offer.organiser_id, by_id=by.user_id, at=at, notes=[note])
    for band, amount in prices.items():
        set_price(offer=offer, band=band, amount=amount, period=period, by=by, at=at)
    return offer


@transaction.atomic
def set_price(
    *, offer: Offer, band: str, amount: Money, period: Period, by: Actor, at: datetime
) -> Price:
    """Set a band's price for a period; what was believed for that time is kept as superseded.

    Raises UnknownBand or PriceAboveCeiling.
    """
    by.must(Permission.SET_PRICES, offer.organiser_id)
    return _put(offer, band, amount, period, "set_price", by, at)


@transaction.atomic
def announce_price(
    *, offer: Offer, band: str, amount: Money, starts_on: date, by: Actor, at: datetime
) -> Price:
    """The company tells its own new price of a band, from a coming day to the offer's end.

    Whoever signs for the company does it. The notice and the programme's days of new prices are
    kept by `valinta.processes.change_prices`. Raises NotYourProvider, NotAtYourLevel, UnknownBand,
    PriceAboveCeiling, or PriceOfThePast for a day that is not ahead.
    """
    must_work_for(
        provider_id=offer.approval.provider_id,
        organiser_id=offer.organiser_id,
        permission=Permission.CHANGE_OWN_PRICES,
        by=by,
        at=at,
    )
    if starts_on <= at.date():
        raise PriceOfThePast("A new price begins on a day that is still ahead.")
    ends_on = offer.valid.upper
    if ends_on is not None and ends_on <= starts_on:
        raise PriceOfThePast("The offer is over before that day.")
    return _put(offer, band, amount, Period(starts_on, ends_on), "announce_price", by, at)


def _put(
    offer: Offer, band: str, amount: Money, period: Period, verb: str, by: Actor, at: datetime
) -> Price:
    """Keep a price that the actor may set; what was believed for these days is superseded."""
    service = offer.service
    found = TimeBand.objects.filter(programme_id=service.programme_id, code=band).first()
    if found is None:
        raise UnknownBand(f"There is no time band {band} in this programme.")
    _check_ceiling(service, found, amount, period)
    Offer.objects.select_for_update().get(pk=offer.pk)
    _cut(offer, found, period, at)
    price = Price.objects.create(
        organiser_id=offer.organiser_id,
        offer=offer,
        band=found,
        cents=amount.cents,
        valid=as_range(period),
        known_at=at,
    )
    note = Note(verb, "price", price.pk, "", "known", facts={"cents": amount.cents})
    record(organiser_id=offer.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return price


@transaction.atomic
def tell_capacity(
    *,
    offer: Offer,
    takes_new_clients: bool,
    next_free_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Offer:
    """Say whether the provider takes new clients for the service, and from which day.

    The provider's own worker or the programme office does it.
    """
    must_work_for(
        provider_id=offer.approval.provider_id,
        organiser_id=offer.organiser_id,
        permission=Permission.KEEP_PROVIDER_PAGES,
        by=by,
        at=at,
    )
    offer.takes_new_clients = takes_new_clients
    offer.next_free_on = next_free_on if takes_new_clients else None
    offer.save(update_fields=["takes_new_clients", "next_free_on"])
    note = Note("tell_capacity", "offer", offer.pk, "offered", "offered")
    record(organiser_id=offer.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return offer


def count_rating(offer: Offer, stars: int, before: int | None = None) -> None:
    """Count a client's stars (1 to 5); `before` are those that the same client takes back.

    Whoever rates has been let to do so by the verb that calls this. Raises NotStars.
    """
    if not 1 <= stars <= 5 or (before is not None and not 1 <= before <= 5):
        raise NotStars
    Offer.objects.filter(pk=offer.pk).update(
        rating_sum=F("rating_sum") + stars - (before or 0),
        rating_count=F("rating_count") + (1 if before is None else 0),
    )


def _check_ceiling(service: Service, band: TimeBand, amount: Money, period: Period) -> None:
    ceilings = ReferencePrice.objects.filter(
        service=service,
        band=band,
        kind="ceiling",
        valid__overlap=(period.starts_on, period.ends_on),
    )
    lowest = ceilings.order_by("cents").first()
    if lowest is not None and amount.cents > lowest.cents:
        raise PriceAboveCeiling(
            f"The price {amount} is above the programme's ceiling {Money(lowest.cents)} for"
            f" {service.code}, {band.code}. Give a price of at most the ceiling."
        )


def _cut(offer: Offer, band: TimeBand, period: Period, at: datetime) -> None:
    """Supersede the prices that the new period covers, keeping their remainders in force."""
    overlapping = Price.objects.filter(
        offer=offer,
        band=band,
        superseded_at__isnull=True,
        valid__overlap=(period.starts_on, period.ends_on),
    )
    for old in list(overlapping):
        old.superseded_at = at
        old.save()
        for rest in as_period(old.valid).minus(period):
            Price.objects.create(
                organiser_id=offer.organiser_id,
                offer=offer,
                band=band,
                cents=old.cents,
                valid=as_range(rest),
                known_at=at,
            )
