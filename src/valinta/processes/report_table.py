"""A table of visits from a spreadsheet, taken in at once: up to a few thousand lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from valinta.catalogue.bands import bands_of
from valinta.orders.models import Order
from valinta.processes.take_in_visits import take_in_visits
from valinta.programmes.models import Programme
from valinta.providers.models import Provider
from valinta.rules.bands import NoBandError, band_of
from valinta.shared.sheets import cells
from valinta.users.actor import Actor
from valinta.visits.intake import Counts, LineAnswer
from valinta.visits.tables import TableLine, table_lines, unknown_titles

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
        lines=_with_bands(lines, provider, programme),
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


def _with_bands(
    lines: Sequence[TableLine], provider: Provider, programme: Programme
) -> list[Mapping[str, object]]:
    """The lines, with the band of the moment at which a visit began where none is named."""
    named = {str(one.line.get("order", "")) for one in lines}
    ids = [int(one) for one in named if one.isascii() and one.isdigit() and len(one) < 19]
    found = Order.objects.filter(
        pk__in=ids, provider=provider, organiser_id=programme.organiser_id
    ).select_related("service")
    orders = {str(one.pk): one for one in found}
    rules = bands_of({one.offer_id: one.service for one in orders.values()})
    filled: list[Mapping[str, object]] = []
    for _number, line in lines:
        order = orders.get(str(line.get("order", "")))
        band = str(line.get("band") or "")
        if order is not None and not band:
            try:
                begun = datetime.fromisoformat(str(line["started_at"]))
                band = band_of(begun, rules[order.offer_id]) if begun.tzinfo else ""
            except (ValueError, NoBandError):
                band = ""
        amount = line.get("quantity") or _whole(order)
        filled.append({**line, "band": band, "quantity": amount})
    return filled


def _whole(order: Order | None) -> str:
    """A visit without an amount is one of its unit; hours follow from the times."""
    return "" if order is None or order.service.unit == "hour" else "1"
