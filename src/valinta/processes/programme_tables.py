"""Bring the tables of a programme in line with its pack; a row that others point to stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DataError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model, ProtectedError, QuerySet

from valinta.catalogue.models import ReferencePrice, Service, TimeBand, VoucherValue
from valinta.programmes import rows
from valinta.programmes.models import Programme
from valinta.programmes.past import in_words
from valinta.programmes.ranges import as_period
from valinta.programmes.rows import Row, Table

EMPTY: DateRange = DateRange(empty=True)


class StillUsed(ValueError):
    """The pack leaves out something that clients, orders or approvals refer to."""


class DoesNotFit(ValueError):
    """A text of the pack is too long, or a figure too large, for the database."""


@dataclass(frozen=True, slots=True)
class Held:
    """A row that the database has, with its id."""

    id: int
    row: Row


@dataclass(frozen=True, slots=True)
class Difference:
    """What is to be done to a table: rows to change (with what they become), to add, to remove."""

    changed: list[tuple[Held, Row]]
    added: list[Row]
    removed: list[Held]

    def lines(self) -> list[str]:
        """What changes, in words, a line for each row."""
        return [
            *(_changed_line(held.row, row) for held, row in self.changed),
            *(f"{row}: added{_saying(row)}" for row in self.added),
            *(f"{held.row}: removed" for held in self.removed),
        ]


def held_rows(programme: Programme) -> dict[Table, list[Held]]:
    """The programme's rows as the database has them now."""
    return {table: _read(table, programme) for table in (*rows.LISTS, *rows.DATED)}


def difference(held: Iterable[Held], wanted: Iterable[Row]) -> Difference:
    """Match rows by what they are about: those of the same first day, then those that say the same.

    A row that is matched keeps its id, so a decision made by it goes on pointing to it. No other
    row takes the place of one that is gone: who accepted a rulebook did not accept the next.
    """
    left, new = list(held), list(wanted)
    pairs: list[tuple[Held, Row]] = []
    for alike in (_same_start, _same_value):
        for row in list(new):
            found = next((one for one in left if alike(one.row, row)), None)
            if found is not None:
                pairs.append((found, row))
                left.remove(found)
                new.remove(row)
    return Difference([(one, row) for one, row in pairs if one.row != row], new, left)


def put(table: Table, change: Difference, programme: Programme) -> None:
    """Change and add rows. Rows to be removed have to be gone before. Raises DoesNotFit."""
    try:
        _put(table, change, programme)
    except DataError as error:
        raise DoesNotFit(
            f"A text or figure in the pack's {table.name.replace('_', ' ')} is beyond what the"
            f" database holds: {error}. Make it shorter or smaller."
        ) from error


def _put(table: Table, change: Difference, programme: Programme) -> None:
    query, ids = _query(table, programme), _ids(table, programme)
    moved = [held.id for held, row in change.changed if held.row.period != row.period]
    if moved:
        # Rows that change places would overlap half-way, so those that move hold no day meanwhile.
        query.filter(pk__in=moved).update(valid=EMPTY)
    for held, row in change.changed:
        query.filter(pk=held.id).update(**_columns(row, ids))
    owned: dict[str, Any] = {"organiser_id": programme.organiser_id}
    if table not in _BY_SERVICE:
        owned["programme"] = programme
    query.model._default_manager.bulk_create(
        query.model(**owned, **_columns(row, ids)) for row in change.added
    )


def remove(table: Table, change: Difference, programme: Programme) -> None:
    """Remove the rows that the pack no longer has. Raises StillUsed."""
    for held in change.removed:
        try:
            _query(table, programme).filter(pk=held.id).delete()
        except ProtectedError as error:
            raise StillUsed(
                f"The {held.row} is not in the pack any more, but it is in use. Put it back; to"
                " stop using it, end its prices, values, offers or period."
            ) from error


_BY_SERVICE: dict[Table, type[Model]] = {
    rows.PRICES: ReferencePrice,
    rows.VOUCHER_VALUES: VoucherValue,
}


def _query(table: Table, programme: Programme) -> QuerySet[Any]:
    model = _BY_SERVICE.get(table)
    if model is not None:
        return model._default_manager.filter(service__programme=programme)
    manager = getattr(programme, table.name)
    found: QuerySet[Any] = manager.all()
    return found


def _read(table: Table, programme: Programme) -> list[Held]:
    names = (*table.key, *table.value, *table.words, *(("valid",) if table.dated else ()))
    columns = [f"{name}__code" if name in ("service", "band") else name for name in names]
    return [
        _held(table, pk, dict(zip(names, values, strict=True)))
        for pk, *values in _query(table, programme).order_by("pk").values_list("pk", *columns)
    ]


def _held(table: Table, pk: int, columns: Mapping[str, Any]) -> Held:
    valid = columns.get("valid")
    key, value, words = (
        {name: columns[name] for name in names} for names in (table.key, table.value, table.words)
    )
    return Held(pk, Row(table, key, as_period(valid) if valid else None, value, words))


def _ids(table: Table, programme: Programme) -> dict[str, dict[str, int]]:
    if table not in _BY_SERVICE:
        return {}
    return {
        "service": dict(Service.objects.filter(programme=programme).values_list("code", "pk")),
        "band": dict(TimeBand.objects.filter(programme=programme).values_list("code", "pk")),
    }


def _columns(row: Row, ids: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    columns: dict[str, Any] = {**row.key, **row.value, **row.words}
    for name, by_code in ids.items():
        columns[f"{name}_id"] = by_code[columns.pop(name)]
    if row.table.dated:
        columns["valid"] = row.period and DateRange(row.period.starts_on, row.period.ends_on)
    return columns


def _start(row: Row) -> date | None:
    return row.period.starts_on if row.period else None


def _same_start(one: Row, other: Row) -> bool:
    return one.key == other.key and _start(one) == _start(other)


def _same_value(one: Row, other: Row) -> bool:
    return one.key == other.key and one.value == other.value


def _saying(row: Row) -> str:
    return f", {in_words(row.value)}" if row.table.dated and row.value else ""


def _changed_line(was: Row, becomes: Row) -> str:
    """The parts that differ: figures and days with what they become, wordings by name only."""
    parts = [
        f"{in_words({name: was.value[name]})} becomes {in_words({name: value})}"
        for name, value in becomes.value.items()
        if was.value[name] != value
    ]
    if was.period != becomes.period:
        parts.insert(0, f"now {becomes.period or 'not a member'}")
    reworded = [name for name, words in becomes.words.items() if was.words[name] != words]
    if reworded:
        parts.append(f"{' and '.join(reworded)} changed")
    return f"{was}: {'; '.join(parts)}"
