"""Which visits are drawn for a check: a number for each that nobody can know beforehand, and a
chance that follows from the rulebook and the visit's risks. Nothing else counts.

Chances and numbers are in millionths.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

MILLION = 1_000_000


class Risk(StrEnum):
    """What makes a visit's chance greater, each by what the rulebook adds for it."""

    NEW_PROVIDER = "new_provider"
    PRICE_AT_CEILING = "price_at_ceiling"
    NO_TIMES = "no_times"
    NO_CODE = "no_code"


class Candidate(NamedTuple):
    """A visit that may be drawn. `most_gap`: of so many visits of a provider one is drawn."""

    visit_id: int
    provider_id: int
    chance: int
    most_gap: int
    risks: tuple[Risk, ...]


class Drawn(NamedTuple):
    """A visit that was drawn; `by_gap`: not by its number, but because so many had gone by."""

    visit: Candidate
    number: int
    by_gap: bool


def chance_of(terms: Mapping[str, object], risks: Iterable[Risk]) -> int:
    """The chance by the terms of a rulebook: the share for every visit, and what risks add."""
    percent = Decimal(str(terms["sample_rate_percent"]))
    for one in risks:
        percent += Decimal(str(terms[f"sample_more_percent_{one}"]))
    return min(int(percent * 10_000), MILLION)


def number_of(seed: str, visit_id: int) -> int:
    """The number of a visit in a drawing: from 0, below a million, every one as likely."""
    digest = hashlib.sha256(f"{seed}:{visit_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") * MILLION >> 64


def draw(visits: Iterable[Candidate], seed: str, waiting: dict[int, int]) -> Iterator[Drawn]:
    """Draw among visits that come provider by provider, in the order of their ids.

    Every visit whose number is below its chance is drawn. Where a provider's visits go by without
    one, up to the most that may, the one among them that was nearest to being drawn is drawn.
    `waiting` holds by provider how many went by, before and afterwards.
    """
    nearest: Drawn | None = None
    provider_id: int | None = None
    for one in visits:
        if one.provider_id != provider_id:
            provider_id, nearest = one.provider_id, None
        number = number_of(seed, one.visit_id)
        if number < one.chance:
            yield Drawn(one, number, by_gap=False)
            waiting[one.provider_id], nearest = 0, None
            continue
        waiting[one.provider_id] = waiting.get(one.provider_id, 0) + 1
        if nearest is None or _nearness(one.chance, number) > _nearness(
            nearest.visit.chance, nearest.number
        ):
            nearest = Drawn(one, number, by_gap=True)
        if waiting[one.provider_id] >= one.most_gap:
            yield nearest
            waiting[one.provider_id], nearest = 0, None


def _nearness(chance: int, number: int) -> float:
    return chance / (number + 1)


CANDIDATES = """
WITH firsts AS MATERIALIZED (
    SELECT provider_id, programme_id, min(lower(valid)) AS since FROM providers_approval
    WHERE organiser_id = %(organiser)s GROUP BY provider_id, programme_id
)
SELECT v.id, v.provider_id, r.id, v.served_on - f.since,
    coalesce(v.price_cents >= c.cents, false), v.started_at IS NULL, k.id IS NULL
FROM visits_visit v
JOIN visits_batch b ON b.id = v.batch_id
JOIN orders_order o ON o.id = v.order_id
JOIN catalogue_service s ON s.id = o.service_id
JOIN programmes_rulebook r ON r.programme_id = s.programme_id AND r.valid @> v.served_on
LEFT JOIN firsts f ON f.provider_id = v.provider_id AND f.programme_id = s.programme_id
LEFT JOIN catalogue_referenceprice c ON c.service_id = s.id AND c.band_id = v.band_id
    AND c.kind = 'ceiling' AND c.valid @> v.served_on
LEFT JOIN visits_visitcode k ON k.visit_id = v.id
WHERE b.drawing_id = %(drawing)s AND v.state IN ('accepted', 'confirmed', 'disputed')
    AND v.code = ''
ORDER BY v.provider_id, v.id
"""
