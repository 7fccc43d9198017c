"""Where the tray is open: the programmes of the day, with their services and municipalities."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

Names = Mapping[str, str]

# Organisers can live on different days in the demo, so each comes with its own.
_DAYS = "unnest(%s::bigint[], %s::date[]) d (organiser_id, day)"
_PROGRAMMES = f"""
SELECT g.id, g.organiser_id, g.code, g.names FROM {_DAYS}
JOIN programmes_programme g USING (organiser_id)
WHERE EXISTS (SELECT 1 FROM programmes_phase f WHERE f.programme_id = g.id AND f.valid @> d.day)
ORDER BY g.code, g.id
"""
_SERVICES = """
SELECT id, programme_id, code, names, easy, unit, instruments FROM catalogue_service
WHERE programme_id = ANY (%s::bigint[]) ORDER BY programme_id, id
"""
_TOWNS = f"""
SELECT m.code, min(m.names::text) FROM {_DAYS}
JOIN programmes_municipality m USING (organiser_id)
WHERE m.programme_id = ANY (%s::bigint[]) AND m.valid @> d.day
GROUP BY m.code ORDER BY m.code
"""


@dataclass(frozen=True, slots=True)
class OpenProgramme:
    """A programme that has a phase on its organiser's day."""

    id: int
    organiser_id: int
    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class TrayService:
    """A service of an open programme."""

    id: int
    programme_id: int
    code: str
    names: Names
    easy: Names
    unit: str
    instruments: Sequence[str]


@dataclass(frozen=True, slots=True)
class Territory:
    """What is open on the day; `days` is the day it is for each organiser."""

    days: Mapping[int, date]
    programmes: list[OpenProgramme]
    services: list[TrayService]
    municipalities: Mapping[str, Names]

    def programmes_by_day(self) -> dict[date, list[int]]:
        """The ids of the open programmes, by the day that it is for them."""
        found: dict[date, list[int]] = defaultdict(list)
        for one in self.programmes:
            found[self.days[one.organiser_id]].append(one.id)
        return dict(found)

    def service_ids(self, programme: str, service: str, instrument: str) -> list[int]:
        """The ids of the services with these codes; an empty code means any."""
        of = {one.id: one.code for one in self.programmes}
        return [
            one.id
            for one in self.services
            if service in ("", one.code)
            and programme in ("", of[one.programme_id])
            and (not instrument or instrument in one.instruments)
        ]


def territory_on(days: Mapping[int, date]) -> Territory:
    """What is open, each organiser on its own day. Three queries."""
    organisers, on = list(days), list(days.values())
    programmes = [
        OpenProgramme(key, organiser_id, code, json.loads(names))
        for key, organiser_id, code, names in _read(_PROGRAMMES, organisers, on)
    ]
    ids = [one.id for one in programmes]
    services = [
        TrayService(key, programme_id, code, json.loads(names), json.loads(easy), unit, instruments)
        for key, programme_id, code, names, easy, unit, instruments in _read(_SERVICES, ids)
    ]
    towns = {code: json.loads(names) for code, names in _read(_TOWNS, organisers, on, ids)}
    return Territory(days, programmes, services, towns)


def _read(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
