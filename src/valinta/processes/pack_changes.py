"""What a new pack would change in a programme, row by row and from which day. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from valinta.processes.load_programme import changes_of_past
from valinta.processes.programme_tables import Difference, Held, difference, held_rows
from valinta.programmes import rows
from valinta.programmes.models import Programme
from valinta.programmes.pack.schema import Pack
from valinta.programmes.pack_rows import rows_of
from valinta.programmes.pack_terms import organiser_columns, terms_of
from valinta.programmes.past import PastChange
from valinta.programmes.rows import Row, Table
from valinta.shared.periods import Period

# Columns by which nothing is decided.
ONLY_WORDS = {"names", "easy", "source", "assumed", "approved_by_body", "population_year"}


@dataclass(frozen=True, slots=True)
class Change:
    """A row that the pack adds (`was` is None), changes, or leaves out (`now` is None)."""

    table: Table
    was: Row | None
    now: Row | None
    row_id: int | None = None

    @property
    def row(self) -> Row:
        """The row as it will be, or else as it was."""
        found = self.now or self.was
        if found is None:
            raise ValueError("A change is of a row.")
        return found

    @property
    def is_words(self) -> bool:
        """Whether only names, sources and other words differ: nothing is decided by those."""
        if self.was is None or self.now is None:
            return False
        if (self.was.value, self.was.period) != (self.now.value, self.now.period):
            return False
        return set(self.reworded) <= ONLY_WORDS

    @property
    def reworded(self) -> list[str]:
        """The columns beside the values that differ."""
        if self.was is None or self.now is None:
            return []
        was, now = self.was.words, self.now.words
        return [name for name in now if was.get(name) != now[name]]

    def lost(self, today: date) -> list[Period]:
        """The days from today on that the row held before and would not hold any more."""
        return _coming(_minus(self.was, self.now), today)

    def gained(self, today: date) -> list[Period]:
        """The days from today on that the row would hold and did not hold before."""
        return _coming(_minus(self.now, self.was), today)

    def held(self, today: date) -> list[Period]:
        """The days from today on for which the row would say what it says."""
        period = self.row.period
        return _coming([period] if period else [], today)

    def starts_on(self, today: date) -> date | None:
        """The first day from today on that is touched; None for a row without days."""
        if self.row.period is None:
            return None
        differs = self.was is None or self.now is None or self.was.value != self.now.value
        parts = [*self.lost(today), *self.gained(today), *(self.held(today) if differs else ())]
        return min((part.starts_on for part in parts), default=None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A pack beside what the programme has: rows, undated terms by name, organiser's columns."""

    changes: tuple[Change, ...]
    terms: tuple[str, ...]
    organiser: tuple[str, ...]
    past: tuple[PastChange, ...]

    @property
    def is_same(self) -> bool:
        """Whether the pack says nothing new."""
        return not (self.changes or self.terms or self.organiser)


def compare(programme: Programme, pack: Pack, today: date) -> Comparison:
    """Set the pack beside what the programme has now."""
    held, wanted = held_rows(programme), rows_of(pack)
    found = {table: difference(held.get(table, []), wanted[table]) for table in wanted}
    terms = terms_of(pack)
    names = sorted(terms.keys() | programme.terms.keys())
    own = programme.organiser
    return Comparison(
        tuple(_changes(found)),
        tuple(one for one in names if terms.get(one) != programme.terms.get(one)),
        tuple(
            name
            for name, value in organiser_columns(pack).items()
            if name not in ("code", "language") and getattr(own, name) != value
        ),
        tuple(changes_of_past(held, wanted, found, today)) if any(held.values()) else (),
    )


def names_of_rows(programme: Programme, pack: Pack) -> dict[str, Row]:
    """Rows of the programme and the pack by their names: what a change of the past is about."""
    held: Mapping[Table, list[Held]] = held_rows(programme)
    every = [one.row for some in held.values() for one in some]
    every += [row for some in rows_of(pack).values() for row in some]
    return {row.name: row for row in every}


def _changes(found: Mapping[Table, Difference]) -> Iterator[Change]:
    for table in (*rows.DATED, *rows.LISTS):
        difference_of = found[table]
        for held, row in difference_of.changed:
            yield Change(table, held.row, row, held.id)
        for row in difference_of.added:
            yield Change(table, None, row)
        for held in difference_of.removed:
            yield Change(table, held.row, None, held.id)


def _minus(one: Row | None, other: Row | None) -> list[Period]:
    if one is None or one.period is None:
        return []
    if other is None or other.period is None:
        return [one.period]
    return one.period.minus(other.period)


def _coming(parts: list[Period], today: date) -> list[Period]:
    """The parts of periods from today on."""
    return [
        Period(max(part.starts_on, today), part.ends_on)
        for part in parts
        if part.ends_on is None or part.ends_on > today
    ]
