"""Reported lines with what follows from their order: the time band, and the amount of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from valinta.catalogue.bands import bands_of
from valinta.catalogue.models import Service
from valinta.orders.models import Order
from valinta.programmes.models import Programme
from valinta.providers.models import Provider
from valinta.rules.bands import BandRules, NoBandError, band_of
from valinta.visits.lines import LOCAL, Unread

HOUR = "hour"
_MOMENTS_KEPT = 16_384
_AT_A_TIME = 20_000


class _Known(NamedTuple):
    """What an order says of its visits; the rules where some line needs them."""

    unit: str
    rules: BandRules | None


def with_bands(
    lines: Sequence[Mapping[str, object]], provider: Provider, programme: Programme
) -> list[Mapping[str, object]]:
    """The lines, with the band of the moment at which a visit began where none is named.

    Where no time says it, the door takes the first band for which the offer has a price. A visit
    without an amount is one of its unit; hours follow from the times. All doors do the same.
    """
    if all(line.get("band") and _given(line, "quantity") for line in lines):
        return list(lines)
    orders = _orders(lines, provider, programme)
    return [_filled(line, orders.get(str(line.get("order", "")))) for line in lines]


def _filled(line: Mapping[str, object], known: _Known | None) -> Mapping[str, object]:
    if known is None or isinstance(line, Unread):
        return line
    band = line.get("band") or ""
    if known.rules is not None and _wants_band(line):
        band = _band(str(line["started_at"]), known.rules)
    amount = line["quantity"] if _given(line, "quantity") else "" if known.unit == HOUR else "1"
    return {**line, "band": band, "quantity": amount}


def banded(
    lines: Iterable[Mapping[str, object]], provider: Provider, programme: Programme
) -> Iterator[Mapping[str, object]]:
    """The lines of a stream as `with_bands` gives them, some thousands at a time."""
    coming = iter(lines)
    while part := list(islice(coming, _AT_A_TIME)):
        yield from with_bands(part, provider, programme)


def _given(line: Mapping[str, object], name: str) -> bool:
    """Whether something is written there; a nought is."""
    value = line.get(name)
    return value is not None and str(value).strip() != ""


def _wants_band(line: Mapping[str, object]) -> bool:
    return not line.get("band") and bool(line.get("started_at"))


def _orders(
    lines: Sequence[Mapping[str, object]], provider: Provider, programme: Programme
) -> dict[str, _Known]:
    named = {str(line.get("order", "")) for line in lines}
    ids = [int(one) for one in named if one.isascii() and one.isdigit() and len(one) < 19]
    found = list(
        Order.objects.filter(
            pk__in=ids, provider=provider, organiser_id=programme.organiser_id
        ).values_list("pk", "offer_id", "service_id")
    )
    services = Service.objects.in_bulk({service_id for _pk, _offer, service_id in found})
    wanting = {str(line.get("order", "")) for line in lines if _wants_band(line)}
    rules = bands_of(
        {offer: services[service] for pk, offer, service in found if str(pk) in wanting}
    )
    return {
        str(pk): _Known(services[service].unit, rules.get(offer)) for pk, offer, service in found
    }


@lru_cache(_MOMENTS_KEPT)
def _band(started: str, rules: BandRules) -> str:
    """The band of a moment as it was written; "" leaves it to the door."""
    try:
        begun = datetime.fromisoformat(started)
        return band_of(begun if begun.tzinfo else begun.replace(tzinfo=LOCAL), rules)
    except (ValueError, OverflowError, NoBandError):
        return ""
