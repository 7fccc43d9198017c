"""Rows of the tray as they are shown: an offer with its provider, prices by band and the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection

from valinta.rules.voucher import FreeServiceAboveValueError, split_price

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BandPrice:
    """What a unit costs in a time band on the day, and what a voucher pays of it, in cents.

    `value_cents` is the programme's voucher value, or another that was set beside the price; None
    where no value is known.
    """

    band_id: int
    band: str
    names: Names
    cents: int
    value_cents: int | None
    free_by_law: bool

    @property
    def self_pay(self) -> int | None:
        """What is left to the client of a unit (569/2009 § 10), when there is a value.

        None also where the client may not pay (§ 7) and the value does not reach the price: then
        the service is not to be had with the voucher.
        """
        if self.value_cents is None:
            return None
        try:
            return split_price(self.cents, self.value_cents, self.free_by_law).self_pay_cents
        except FreeServiceAboveValueError:
            return None


@dataclass(frozen=True, slots=True)
class TrayRow:
    """An offer on the day: whose, of what, where, in which languages, at what prices."""

    offer_id: int
    organiser_id: int
    day: date
    approval_id: int
    provider_id: int
    provider: str
    sector: str
    founded_year: int
    languages: Sequence[str]
    municipality_codes: Sequence[str] | None
    approved_on: date
    rulebook: str
    service_id: int
    service_code: str
    service: Names
    unit: str
    instruments: Sequence[str]
    programme_id: int
    programme_code: str
    programme: Names
    takes_new_clients: bool
    next_free_on: date | None
    rating_sum: int
    rating_count: int
    prices: tuple[BandPrice, ...]

    @property
    def rating_tenths(self) -> int | None:
        """The mean of the stars in tenths, or None when nobody has rated."""
        if not self.rating_count:
            return None
        return (self.rating_sum * 20 + self.rating_count) // (2 * self.rating_count)

    @property
    def main_price(self) -> BandPrice | None:
        """The price in the tray's first band, which stands for the others in a list."""
        return self.prices[0] if self.prices else None

    @property
    def is_free_now(self) -> bool:
        """Whether a new client can begin today or has been able to for some days."""
        free = self.next_free_on
        return self.takes_new_clients and free is not None and free <= self.day

    def valued(self, cents: int | Mapping[str, int] | None) -> TrayRow:
        """The same with another voucher value of a unit: one for all bands, or by band's code."""
        if cents is None:
            return self
        return replace(
            self,
            prices=tuple(
                replace(one, value_cents=cents if isinstance(cents, int) else cents.get(one.band))
                for one in self.prices
            ),
        )


_ROWS = """
SELECT o.id, o.organiser_id, d.day, a.id, p.id, p.name, p.sector, p.founded_year, p.languages,
    a.municipality_codes, lower(a.valid), r.version, s.id, s.code, s.names, s.unit, s.instruments,
    g.id, g.code, g.names,
    o.takes_new_clients AND (a.suspended_on IS NULL OR a.suspended_on > d.day), o.next_free_on,
    o.rating_sum, o.rating_count,
    s.fee_type = 'free_by_law',
    (SELECT jsonb_agg(jsonb_build_array(b.id, b.code, b.names, c.cents,
            CASE WHEN v.income_tested THEN NULL ELSE v.cents END) ORDER BY b.id)
        FROM catalogue_price c JOIN catalogue_timeband b ON b.id = c.band_id
        LEFT JOIN catalogue_vouchervalue v ON v.service_id = o.service_id AND v.band_id = b.id
            AND v.valid @> d.day
        WHERE c.offer_id = o.id AND c.superseded_at IS NULL AND c.valid @> d.day)
FROM catalogue_offer o
JOIN unnest(%s::bigint[], %s::date[]) d (organiser_id, day) ON d.organiser_id = o.organiser_id
JOIN providers_approval a ON a.id = o.approval_id
JOIN providers_provider p ON p.id = a.provider_id
JOIN programmes_rulebook r ON r.id = a.rulebook_id
JOIN catalogue_service s ON s.id = o.service_id
JOIN programmes_programme g ON g.id = s.programme_id
WHERE o.valid @> d.day AND a.valid @> d.day
    AND EXISTS (SELECT 1 FROM programmes_phase f WHERE f.programme_id = g.id AND f.valid @> d.day)
    AND {which} = ANY (%s::bigint[])
"""
# Where the names of the service and of the programme are in a row.
_NAMES = (14, 19)


def tray_rows(offer_ids: Sequence[int], days: Mapping[int, date]) -> list[TrayRow]:
    """These offers, in the order given; those that are not in force on the day are left out."""
    if not offer_ids:
        return []
    found = {row.offer_id: row for row in _read("o.id", offer_ids, days)}
    return [found[one] for one in offer_ids if one in found]


def rows_of_provider(provider_id: int, days: Mapping[int, date]) -> list[TrayRow]:
    """All that a provider offers on the day, by programme and in the order of its tray."""
    rows = _read("a.provider_id", [provider_id], days)
    return sorted(rows, key=lambda row: (row.programme_code, row.service_id))


def rows_of_approvals(approval_ids: Sequence[int], days: Mapping[int, date]) -> list[TrayRow]:
    """All offers under these approvals on the day, in the order of the tray's services."""
    return sorted(_read("a.id", approval_ids, days), key=lambda row: row.service_id)


def _read(which: str, ids: Sequence[int], days: Mapping[int, date]) -> list[TrayRow]:
    with connection.cursor() as cursor:
        sql = _ROWS.format(which=which)
        cursor.execute(sql, [list(days), list(days.values()), list(ids)])
        return [_row(row) for row in cursor.fetchall()]


def _row(row: tuple[Any, ...]) -> TrayRow:
    facts, (free_by_law, prices) = list(row[:-2]), row[-2:]
    for place in _NAMES:
        facts[place] = json.loads(facts[place])
    known = [_price(price, free_by_law) for price in json.loads(prices or "[]")]
    return TrayRow(*(*facts, tuple(known)))


def _price(price: list[Any], free_by_law: bool) -> BandPrice:
    band_id, band, names, cents, value_cents = price
    return BandPrice(band_id, band, names, cents, value_cents, free_by_law)
