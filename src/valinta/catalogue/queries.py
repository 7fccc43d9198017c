"""What the tray says on a day: offers in force, prices, voucher values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from valinta.catalogue.models import Offer, Price, Service, VoucherValue


class NoPrice(LookupError):
    """The offer has no price in force for the band on the day."""

    def __init__(self, offer: Offer, band: str, on: date) -> None:
        super().__init__(
            f"The provider has no price in force on {on} for the time band {band or '(any)'}."
            " Choose another day, or ask the provider to give a price."
        )


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """What a unit costs in a band: ids and cents."""

    band_id: int
    band: str
    cents: int


def offers_on(service: Service, on: date) -> list[Offer]:
    """The offers of approved providers for the service on the day, by provider's name (SIU-7)."""
    offers = Offer.objects.filter(
        service=service, valid__contains=on, approval__valid__contains=on
    ).select_related("approval__provider")
    return list(offers.order_by("approval__provider__name", "pk"))


def prices_on(offer: Offer, on: date) -> list[UnitPrice]:
    """The offer's prices in force on the day, in the order of the tray's bands."""
    rows = Price.objects.filter(offer=offer, valid__contains=on, superseded_at__isnull=True)
    return [
        UnitPrice(band_id, band, cents)
        for band_id, band, cents in rows.order_by("band_id").values_list(
            "band_id", "band__code", "cents"
        )
    ]


def price_in(prices: Iterable[UnitPrice], band: str) -> UnitPrice | None:
    """The price of a band; no band means the tray's first. None when there is no price."""
    return next((price for price in prices if band in ("", price.band)), None)


def price_on(offer: Offer, band: str, on: date) -> UnitPrice:
    """The price of a band on the day; no band means the tray's first. Raises NoPrice."""
    price = price_in(prices_on(offer, on), band)
    if price is None:
        raise NoPrice(offer, band, on)
    return price


def voucher_values_on(service: Service, on: date) -> list[VoucherValue]:
    """The values of a voucher for the service on the day, one for each band."""
    return voucher_values_of([service], on)[service.pk]


def voucher_values_of(services: Sequence[Service], on: date) -> dict[int, list[VoucherValue]]:
    """The values of vouchers for the services on the day, by service, in one query."""
    found: dict[int, list[VoucherValue]] = {one.pk: [] for one in services}
    rows = VoucherValue.objects.filter(service__in=services, valid__contains=on)
    for row in rows.select_related("band").order_by("band_id"):
        found[row.service_id].append(row)
    return found
