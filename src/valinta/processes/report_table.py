"""A table of visits from a spreadsheet, taken in at once: up to a few thousand lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from valinta.processes.named_bands import with_bands
from valinta.processes.take_in_visits import take_in_visits
from valinta.programmes.models import Programme
from valinta.providers.models import Provider
from valinta.shared.sheets import cells
from valinta.users.actor import Actor
from valinta.visits.intake import Counts, LineAnswer
from valinta.visits.tables import table_lines, unknown_titles

MOST_LINES = 5_000


class TooManyLines(ValueError):
    """A table for the page has at most `MOST_LINES` lines; a larger one goes in as a file."""


class NoLines(ValueError):
    """There is no line in the table."""


@dataclass(frozen=True, slots=True)
class TableAnswer:
    """What came of a line, and the line of the text on which it stands."""

    number: int
    answer: LineAnswer


@dataclass(frozen=True, slots=True)
class TableTaken:
    """What came of the table; `batch_id` is None for a dry run. `unread` are titles not known."""

    batch_id: int | None
    counts: Counts
    answers: list[TableAnswer]
    unread: list[str]


def report_table(
    *,
    programme: Programme,
    provider: Provider,
    text: str,
    by: Actor,
    at: datetime,
    dry_run: bool,
) -> TableTaken:
    """Take in the lines of a table, or see what would come of them.

    Raises NotATable, NoLines, TooManyLines and what `take_in_visits` raises.
    """
    rows = list(_at_most(text))
    lines = list(table_lines(rows))
    if not lines:
        raise NoLines("There is no line to read. Paste the table with its lines, or choose a file.")
    if len(lines) > MOST_LINES:
        raise TooManyLines(f"A table may have {MOST_LINES} lines here.")
    taken = take_in_visits(
        programme=programme,
        provider=provider,
        lines=with_bands([one.line for one in lines], provider, programme),
        by=by,
        at=at,
        door="table",
        dry_run=dry_run,
    )
    numbers = [one.number for one in lines]
    answers = [TableAnswer(numbers[one.line - 1], one) for one in taken.answers]
    return TableTaken(taken.batch_id, taken.counts, answers, unknown_titles(rows[0][1]))


def _at_most(text: str) -> Sequence[tuple[int, list[str]]]:
    rows = []
    for row in cells(text):
        rows.append(row)
        if len(rows) > MOST_LINES + 1:
            raise TooManyLines(f"A table may have {MOST_LINES} lines here.")
    return rows
