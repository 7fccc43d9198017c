"""A page of the tray and how many offers there are of each kind, in one statement.

Each list of choices is counted without its own choice, so that another can be made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from valinta.catalogue.territory import Territory


class Rule(Protocol):
    """A rule of SQL and its values."""

    @property
    def sql(self) -> str: ...
    @property
    def values(self) -> tuple[Any, ...]: ...


@dataclass(frozen=True, slots=True)
class Facets:
    """The total, and counts by code for each list of choices; of services, by their id too."""

    total: int
    by_service_id: Mapping[int, int]
    programmes: Mapping[str, int]
    services: Mapping[str, int]
    instruments: Mapping[str, int]
    sectors: Mapping[str, int]
    languages: Mapping[str, int]
    municipalities: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Order:
    """Which part of what was found is shown, and in which order.

    Offers of the services `named` come first, then a hash of offer and seed decides: those of one
    provider do not stand together.
    """

    named: Sequence[int]
    seed: int
    limit: int
    offset: int


# What is found is read once. Kinds are few beside listings, so listings are counted by kind first.
_FOUND = """
WITH hit AS MATERIALIZED (
    SELECT offer_id, provider_id, kind_id FROM catalogue_tray WHERE {base}
), kind AS MATERIALIZED (
    SELECT k.id, service_id, sector, languages, municipality_codes, {service} AS s, {sector} AS o,
        {language} AS l, {municipality} AS m, service_id = ANY (%s::bigint[]) AS named, n
    FROM (SELECT kind_id, count(*) AS n FROM hit GROUP BY 1) counted
    JOIN catalogue_tray_kind k ON k.id = kind_id
)
SELECT 'total', '', coalesce(sum(n), 0)::bigint FROM kind WHERE s AND o AND l AND m
UNION ALL
SELECT 'service', service_id::text, sum(n)::bigint FROM kind WHERE o AND l AND m GROUP BY 2
UNION ALL
SELECT 'sector', sector, sum(n)::bigint FROM kind WHERE s AND l AND m GROUP BY 2
UNION ALL
SELECT 'language', one, sum(n)::bigint FROM kind, unnest(languages) one
WHERE s AND o AND m GROUP BY 2
UNION ALL
SELECT 'municipality', one, sum(n)::bigint FROM kind, unnest(municipality_codes) one
WHERE s AND o AND l GROUP BY 2
UNION ALL
SELECT 'offer', offer_id::text, row_number() OVER () FROM (
    SELECT offer_id FROM hit JOIN kind ON kind.id = kind_id WHERE s AND o AND l AND m
    ORDER BY named DESC, hashint8extended(offer_id, %s), offer_id LIMIT %s OFFSET %s
) page
"""


def find_and_count(
    *,
    base: Sequence[Rule],
    choices: Mapping[str, Rule],
    territory: Territory,
    chosen: tuple[str, str, str],
    order: Order,
) -> tuple[Facets, list[int]]:
    """Count what matches, and give the ids of the offers of one page in their order.

    `chosen` are the codes of programme, service and instrument. One query.
    """
    rules = {name: choices.get(name) for name in ("service", "sector", "language", "municipality")}
    flags = {name: one.sql if one else "true" for name, one in rules.items()}
    sql = _FOUND.format(base=" AND ".join(one.sql for one in base), **flags)
    values = [value for one in (*base, *rules.values()) if one for value in one.values]
    values += [list(order.named), order.seed, order.limit, order.offset]
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for kind, code, number in cursor.fetchall():
            counted[kind][code] = number
    facets = Facets(
        counted["total"][""],
        {int(key): number for key, number in counted["service"].items()},
        **_of_services(counted["service"], territory, *chosen),
        sectors=counted["sector"],
        languages=counted["language"],
        municipalities=counted["municipality"],
    )
    return facets, sorted(map(int, counted["offer"]), key=lambda one: counted["offer"][str(one)])


def _of_services(
    counted: Mapping[str, int], territory: Territory, programme: str, service: str, instrument: str
) -> dict[str, Counter[str]]:
    """Programmes, services and instruments: all three follow from which service it is."""
    programmes: Counter[str] = Counter()
    services: Counter[str] = Counter()
    instruments: Counter[str] = Counter()
    of = {one.id: one.code for one in territory.programmes}
    for one in territory.services:
        number = counted.get(str(one.id), 0)
        in_programme = programme in ("", of[one.programme_id])
        is_service = service in ("", one.code)
        has_instrument = not instrument or instrument in one.instruments
        if is_service and has_instrument:
            programmes[of[one.programme_id]] += number
        if in_programme and has_instrument:
            services[one.code] += number
        if in_programme and is_service:
            instruments.update(dict.fromkeys(one.instruments, number))
    return {"programmes": programmes, "services": services, "instruments": instruments}
