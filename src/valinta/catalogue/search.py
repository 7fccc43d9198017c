"""The tray's search: words in Finnish, Swedish or English, filters, counts, and a neutral order.

It reads the database's view of the tray, which shows something only in public reading
(`valinta.organisers.tenancy.public_reading`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from valinta.catalogue.facets import Facets, Order, find_and_count
from valinta.catalogue.rows import TrayRow, tray_rows
from valinta.catalogue.territory import Territory

PAGE = 10
MOST_WORDS = 8
# With fewer hits than this, words that are only alike are looked for too.
FEW = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in the tray; what is empty is not asked.

    `service`, `programme`, `municipality` and `band` are codes. `most_cents` is the highest price
    of a unit, in the band when one is named. `least_tenths` is the lowest mean rating in tenths of
    a star, and `least_count` how many clients have to have given one.
    """

    text: str = ""
    programme: str = ""
    municipality: str = ""
    service: str = ""
    sector: str = ""
    language: str = ""
    instrument: str = ""
    band: str = ""
    most_cents: int | None = None
    least_tenths: int = 0
    least_count: int = 0
    takes_new_clients: bool = False

    @property
    def words(self) -> list[str]:
        """The words asked for, at most eight."""
        return [word[:60] for word in _WORD.findall(self.text.replace("_", " "))][:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the tray. `alike`: the words were not found as written, so these are like them."""

    total: int
    rows: list[TrayRow]
    facets: Facets
    alike: bool
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule of SQL and its values."""

    sql: str
    values: tuple[Any, ...] = ()


_SUSPENDED = (
    "SELECT o.id FROM providers_approval a JOIN catalogue_offer o ON o.approval_id = a.id"
    " WHERE a.suspended_on IS NOT NULL"
)


def search(*, wanted: Wanted, territory: Territory, seed: int, page: int = 1) -> Found:
    """The offers in force that match, a page of ten at a time, and how many there are of each kind.

    The order is by a hash of the offer and the seed: no provider is ever favoured or fills a page
    alone, and the same seed gives the same order on every page. Only services that bear a name
    that was asked for come before those whose provider mentions it. Two queries, one more for
    words and one for misspelt.
    """
    named = services_named(wanted.words, territory) if wanted.words else []
    order = Order(named, seed, PAGE, (max(1, page) - 1) * PAGE)
    facets, ids = _found(wanted, territory, order, alike=False)
    alike = bool(wanted.words) and facets.total < FEW
    if alike:
        wider, more = _found(wanted, territory, order, alike=True)
        alike = wider.total > facets.total
        facets, ids = (wider, more) if alike else (facets, ids)
    pages = max(1, -(-facets.total // PAGE))
    if page > pages:
        return search(wanted=wanted, territory=territory, seed=seed, page=pages)
    rows = tray_rows(ids, territory.days)
    return Found(facets.total, rows, facets, alike, max(1, page), pages)


def _found(
    wanted: Wanted, territory: Territory, order: Order, *, alike: bool
) -> tuple[Facets, list[int]]:
    choices = _choices(wanted, territory)
    return find_and_count(
        base=[*_base(wanted, territory, alike=alike), *_nearly_chosen(choices)],
        choices=choices,
        territory=territory,
        chosen=(wanted.programme, wanted.service, wanted.instrument),
        order=order,
    )


def _base(wanted: Wanted, territory: Territory, *, alike: bool) -> list[Condition]:
    """What every count obeys: the day, the words, the price, the rating and the capacity."""
    found = [_in_force(territory.programmes_by_day())]
    if wanted.words:
        # The subquery is worked out once, not for each row.
        how = "catalogue_alike" if alike else "catalogue_sought"
        found.append(Condition(f"words @@ (SELECT {how}(%s::text[]))", (wanted.words,)))
    if wanted.most_cents is not None:
        found.append(_priced(wanted, territory))
    if wanted.least_tenths or wanted.least_count:
        found.append(
            Condition(
                "rating_count >= %s AND rating_sum * 10 >= rating_count * %s",
                (max(1, wanted.least_count), wanted.least_tenths),
            )
        )
    if wanted.takes_new_clients:
        found.append(Condition(f"takes_new_clients AND offer_id NOT IN ({_SUSPENDED})"))
    return found


def _choices(wanted: Wanted, territory: Territory) -> dict[str, Condition]:
    """What is chosen from lists, each of which counts its own choices without itself."""
    found = {}
    if wanted.programme or wanted.service or wanted.instrument:
        services = territory.service_ids(wanted.programme, wanted.service, wanted.instrument)
        found["service"] = Condition("service_id = ANY (%s::bigint[])", (services,))
    if wanted.sector:
        found["sector"] = Condition("sector = %s", (wanted.sector,))
    if wanted.language:
        found["language"] = Condition("%s = ANY (languages)", (wanted.language,))
    if wanted.municipality:
        found["municipality"] = Condition("%s = ANY (municipality_codes)", (wanted.municipality,))
    return found


def _nearly_chosen(choices: Mapping[str, Condition]) -> list[Condition]:
    """With several choices: what fails more than one of them counts nowhere, and is not read."""
    if len(choices) < 2:
        return []
    passed = " + ".join(f"({one.sql})::int" for one in choices.values())
    values = tuple(value for one in choices.values() for value in one.values)
    kinds = f"SELECT id FROM catalogue_tray_kind WHERE {passed} >= {len(choices) - 1}"
    return [Condition(f"kind_id IN ({kinds})", values)]


def _in_force(programmes: Mapping[date, Sequence[int]]) -> Condition:
    """The offer and the approval are in force on the day of the programme, which is open then."""
    parts, values = ["false"], []
    for day, ids in programmes.items():
        parts.append(
            "(programme_id = ANY (%s::bigint[]) AND starts_on <= %s"
            " AND (ends_on IS NULL OR ends_on > %s))"
        )
        values += [list(ids), day, day]
    return Condition(f"({' OR '.join(parts)})", tuple(values))


def _priced(wanted: Wanted, territory: Territory) -> Condition:
    """Some unit costs at most so much on the day, in the band when one is named."""
    band = ""
    values: list[Any] = [wanted.most_cents]
    if wanted.band:
        band = " AND band_id IN (SELECT id FROM catalogue_timeband WHERE code = %s)"
        values.append(wanted.band)
    on = sorted(territory.programmes_by_day())
    day = " OR ".join("valid @> %s::date" for _ in on) or "false"
    return Condition(
        "offer_id IN (SELECT offer_id FROM catalogue_tray_price"
        f" WHERE cents <= %s{band} AND ({day}))",
        (*values, *on),
    )


def services_named(words: Sequence[str], territory: Territory) -> list[int]:
    """The ids of the open services whose own name has one of the words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id FROM catalogue_service s WHERE s.id = ANY (%s::bigint[])"
            " AND catalogue_words(s.names->>'fi', s.names->>'sv', s.names->>'en') @@ ANY"
            " (SELECT catalogue_sought(ARRAY[word]) FROM unnest(%s::text[]) word)",
            [[one.id for one in territory.services], list(words)],
        )
        return [service_id for (service_id,) in cursor.fetchall()]
