"""Importing a table: tried first, with every fault of every line, then written or thrown away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from valinta.audit.actions import Note, record
from valinta.processes import import_clients, import_prices, import_providers
from valinta.processes.import_lines import (
    MOST_BYTES,
    Column,
    Deed,
    Faults,
    Line,
    LineFault,
    read_lines,
)
from valinta.processes.write_price_list import write_prices
from valinta.programmes.models import ImportRun, ImportState, Programme
from valinta.shared.sheets import decoded
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

KEPT_FAULTS = 500
FILE_KEPT = timedelta(days=1)


class TooLarge(ValueError):
    """The file is larger than one import takes."""


class ImportClosed(RuntimeError):
    """The file has been written or thrown away before."""


class HasFaults(ValueError):
    """All lines were asked to be written, but some have faults."""


class NothingGood(ValueError):
    """No line can be written."""


class ChangedMeanwhile(RuntimeError):
    """A line was written by somebody else between the look into the file and the writing."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is imported: its columns, the check of lines, and the writing of those that are good."""

    columns: Sequence[Column]
    needs: Permission
    check: Callable[[Programme, Sequence[Line], date, Faults], Sequence[Any]]
    write: Callable[..., int]


KINDS: dict[str, Kind] = {
    "clients": Kind(
        import_clients.COLUMNS,
        Permission.IMPORT_TABLES,
        import_clients.check_clients,
        import_clients.write_clients,
    ),
    "providers": Kind(
        import_providers.COLUMNS,
        Permission.APPROVE_PROVIDERS,
        import_providers.check_providers,
        import_providers.write_providers,
    ),
    "prices": Kind(
        import_prices.COLUMNS,
        Permission.SET_PRICES,
        import_prices.check_prices,
        write_prices,
    ),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A table looked into: how many lines, those that are good, and what is wrong in the others."""

    lines: int
    good: Sequence[Any]
    faults: Sequence[LineFault]
    faulty_lines: int
    fault_number: int


def check(programme: Programme, kind: str, text: str, today: date) -> Checked:
    """Look into a table. Changes nothing."""
    faults = Faults()
    lines = read_lines(text, KINDS[kind].columns, faults)
    whole = bool({0} & faults.lines)
    good = KINDS[kind].check(programme, lines, today, faults) if lines and not whole else []
    if not lines and not faults.number:
        faults.add(0, "", "no_lines")
    kept = sorted(faults.found, key=lambda one: (one.line, one.column))
    return Checked(len(lines), good, kept, len(faults.lines - {0}), faults.number)


@transaction.atomic
def try_import(
    *, programme: Programme, kind: str, data: bytes, by: Actor, at: datetime
) -> ImportRun:
    """Keep a file and the report of its lines; nothing of it is written yet.

    A file that the same person tried before and left, and files older than a day, are thrown away.
    Raises TooLarge or NotText.
    """
    _must(kind, programme.organiser_id, by)
    if len(data) > MOST_BYTES:
        raise TooLarge(f"The file is larger than {MOST_BYTES} bytes. Divide it.")
    text = decoded(data)
    _forget(programme, kind, by, at)
    found = check(programme, kind, text, at.date())
    run = ImportRun.objects.create(
        organiser_id=programme.organiser_id,
        programme=programme,
        kind=kind,
        state=ImportState.TRIED,
        content=text,
        lines=found.lines,
        good=len(found.good),
        faults=_without_values(found.faults),
        tried_at=at,
        by_id=by.user_id,
    )
    _note(run, "try_import", "", by, at)
    return run


@transaction.atomic
def take_import(*, run: ImportRun, good_only: bool, by: Actor, at: datetime) -> ImportRun:
    """Write the lines: all or none, or with `good_only` those without faults.

    The file is looked into again first, and then forgotten. Raises ImportClosed, HasFaults,
    NothingGood or ChangedMeanwhile, and then nothing is written.
    """
    kind = KINDS[run.kind]
    _must(run.kind, run.organiser_id, by)
    held = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if held.state != ImportState.TRIED:
        raise ImportClosed("This file has been written or thrown away already.")
    found = check(held.programme, held.kind, held.content, at.date())
    if found.fault_number and not good_only:
        raise HasFaults("Mend the lines that have faults, or write the good ones only.")
    if not found.good:
        raise NothingGood("There is no line that can be written.")
    try:
        with transaction.atomic():
            written = kind.write(held.programme, found.good, Deed(by, at))
    except IntegrityError as error:
        raise ChangedMeanwhile(
            "Somebody has written one of the lines at the same time. Look into the file again."
        ) from error
    held.lines, held.good, held.written = found.lines, len(found.good), written
    held.faults = _without_values(found.faults)
    _close(held, ImportState.TAKEN, at)
    _note(held, "take_import", ImportState.TRIED, by, at)
    return held


@transaction.atomic
def drop_import(*, run: ImportRun, by: Actor, at: datetime) -> ImportRun:
    """Throw the file away. Raises ImportClosed."""
    _must(run.kind, run.organiser_id, by)
    held = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if held.state != ImportState.TRIED:
        raise ImportClosed("This file has been written or thrown away already.")
    _close(held, ImportState.DROPPED, at)
    _note(held, "drop_import", ImportState.TRIED, by, at)
    return held


def _must(kind: str, organiser_id: int, by: Actor) -> None:
    by.must(Permission.IMPORT_TABLES, organiser_id)
    by.must(KINDS[kind].needs, organiser_id)


def _forget(programme: Programme, kind: str, by: Actor, at: datetime) -> None:
    """Throw away what was tried and left: one's own of this kind, and all that is a day old."""
    left = ImportRun.objects.filter(organiser_id=programme.organiser_id, state=ImportState.TRIED)
    own = left.filter(programme=programme, kind=kind, by_id=by.user_id)
    for rows in (own, left.filter(tried_at__lt=at - FILE_KEPT)):
        rows.update(state=ImportState.DROPPED, content="", closed_at=at)


def _close(run: ImportRun, state: ImportState, at: datetime) -> None:
    run.state, run.content, run.closed_at = state, "", at
    run.save()


def _without_values(faults: Sequence[LineFault]) -> list[list[object]]:
    return [[one.line, one.column, one.what] for one in faults[:KEPT_FAULTS]]


def _note(run: ImportRun, verb: str, before: str, by: Actor, at: datetime) -> None:
    facts = {"kind": run.kind, "lines": run.lines, "good": run.good, "written": run.written}
    note = Note(verb, "import", run.pk, before, run.state, facts=facts)
    record(organiser_id=run.organiser_id, by_id=by.user_id, at=at, notes=[note])
