"""The public list of approved providers: each approval in force on the day, with its prices."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from valinta.catalogue.rows import Names, TrayRow, rows_of_approvals
from valinta.catalogue.territory import Territory


@dataclass(frozen=True, slots=True)
class ApprovedProvider:
    """A provider in a programme on the day. `municipality_codes` is None for all of it."""

    approval_id: int
    provider_id: int
    provider: str
    business_id: str
    sector: str
    languages: Sequence[str]
    municipality_codes: Sequence[str] | None
    register: str
    register_number: str
    approved_on: date
    rulebook: str
    programme_code: str
    organiser_code: str
    programme: Names
    offers: list[TrayRow]


_APPROVED = """
FROM providers_approval a
JOIN unnest(%s::bigint[], %s::date[]) d (organiser_id, day) ON d.organiser_id = a.organiser_id
JOIN providers_provider p ON p.id = a.provider_id
WHERE a.valid @> d.day AND a.programme_id = ANY (%s::bigint[])
"""
_PAGE = f"""
SELECT a.id, p.id, p.name, p.business_id, p.sector, p.languages, a.municipality_codes, a.register,
    a.register_number, lower(a.valid), r.version, g.code, o.code, g.names
FROM (SELECT a.id, p.name {_APPROVED} ORDER BY p.name, a.id LIMIT %s OFFSET %s) one
JOIN providers_approval a ON a.id = one.id
JOIN providers_provider p ON p.id = a.provider_id
JOIN programmes_rulebook r ON r.id = a.rulebook_id
JOIN programmes_programme g ON g.id = a.programme_id
JOIN organisers_organiser o ON o.id = a.organiser_id
ORDER BY p.name, a.id
"""


def approved_total(territory: Territory, programme: str = "") -> int:
    """How many approvals are in force on the day, in one open programme or in all."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_APPROVED}", _where(territory, programme))
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def approved_providers(
    territory: Territory, programme: str = "", *, limit: int | None = None, offset: int = 0
) -> list[ApprovedProvider]:
    """Approvals in force on the day by provider's name, in one open programme or in all."""
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, [*_where(territory, programme), limit, offset])
        found = cursor.fetchall()
    offers: dict[int, list[TrayRow]] = defaultdict(list)
    for row in rows_of_approvals([one[0] for one in found], territory.days):
        offers[row.approval_id].append(row)
    return [ApprovedProvider(*(*row[:-1], json.loads(row[-1]), offers[row[0]])) for row in found]


def _where(territory: Territory, programme: str) -> list[list[object]]:
    days: Mapping[int, date] = territory.days
    chosen = [one.id for one in territory.programmes if programme in ("", one.code)]
    return [list(days), list(days.values()), list(chosen)]
