"""When a service is given: the time bands of the tray as rules for moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from valinta.catalogue.models import Price, Service, TimeBand
from valinta.rules.bands import BandRule, BandRules, DayKind

_WEEKDAYS = dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), DayKind, strict=False))
_MIDNIGHT = 24 * 60


def bands_of(offers: Mapping[int, Service]) -> dict[int, BandRules]:
    """When each offer gives its service, by the offer's id, in three queries.

    In the bands that the service's pack names, in that order, narrowed to those for which the
    offer has a price; an offer without any price yet has them all.
    """
    windows: dict[tuple[int, str], list[Mapping[str, Any]]] = {
        (programme_id, code): rule
        for programme_id, code, rule in TimeBand.objects.filter(
            programme__in={one.programme_id for one in offers.values()}
        ).values_list("programme_id", "code", "rule")
    }
    terms = dict(
        Service.objects.filter(pk__in={one.pk for one in offers.values()}).values_list(
            "pk", "programme__terms"
        )
    )
    priced: dict[int, set[str]] = {}
    prices = Price.objects.filter(offer__in=list(offers), superseded_at__isnull=True)
    for offer_id, code in prices.values_list("offer_id", "band__code").distinct():
        priced.setdefault(offer_id, set()).add(code)
    return {
        offer_id: band_rules(
            (code, windows[service.programme_id, code])
            for code in terms[service.pk]["service_bands"][service.code]
            if offer_id not in priced or code in priced[offer_id]
        )
        for offer_id, service in offers.items()
    }


def band_rules(windows: Iterable[tuple[str, Iterable[Mapping[str, Any]]]]) -> BandRules:
    """Rules from the windows of bands, as packs give them, by code; the first that covers wins."""
    return BandRules(tuple(_rule(code, one) for code, many in windows for one in many))


def _rule(code: str, window: Mapping[str, Any]) -> BandRule:
    days = {_WEEKDAYS[name] for name in window["weekdays"]}
    if window["holidays"]:
        days.add(DayKind.PUBLIC_HOLIDAY)
    ends = int(window["to_minute"])
    return BandRule(
        code,
        frozenset(days),
        _clock(int(window["from_minute"])),
        None if ends == _MIDNIGHT else _clock(ends),
    )


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
