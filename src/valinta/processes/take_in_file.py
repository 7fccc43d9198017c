"""The job that takes in a large file of visits: chunk by chunk, going on where it was cut off.

Each chunk is one transaction: its visits, its answers and the place in the file where the next one
begins are there together or not at all. So a job that is killed loses and doubles nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import DataError, IntegrityError, OperationalError, transaction
from django.db.models import F

from valinta.audit.actions import Note, record
from valinta.jobs.registry import job
from valinta.organisers import clock
from valinta.processes.hand_in_file import JOB, must_be_system, take_up
from valinta.processes.named_bands import with_bands
from valinta.processes.take_in_visits import CHUNK, MET_ANOTHER, TRIES, finish, place_of
from valinta.providers.models import ProviderAccount
from valinta.users.actor import Actor
from valinta.visits.file_bytes import FileKind
from valinta.visits.file_lines import FileLine, file_lines, shape_of
from valinta.visits.file_pieces import keep_answers, piece, pieces_from
from valinta.visits.files import Part, VisitFile
from valinta.visits.intake import Counts, Door, take_in_chunk
from valinta.visits.lines import NO_LINE, copy_row, read_line
from valinta.visits.models import Batch
from valinta.visits.states import FileState

log = logging.getLogger(__name__)

# A job works for so many seconds and then lets others have their turn.
TURN = 10.0
# Lines of the usual length make a chunk by their number, long ones by their bytes.
MOST_BYTES = 8 * 1024 * 1024
# So many refused lines of a file are kept to be mended one by one; all are in its answers.
KEPT_REFUSED = 500


@job(JOB)
def take_in_visit_file(*, organiser_id: int, by: Actor, at: datetime, file_id: int) -> None:
    """Take in what a turn is long enough for, and wait for the next turn if there is more."""
    file = _file(file_id)
    if file.state != FileState.DONE and not take_in_some(file=file, by=by, at=at):
        take_up(file)


def take_in_some(
    *, file: VisitFile, by: Actor, at: datetime, seconds: float = TURN, chunk: int = CHUNK
) -> bool:
    """Go on with a file for about so long; whether all of it is in. It is the system's own work.

    Raises NotAllowed for anybody else, and TakenUpElsewhere.
    """
    must_be_system(by, file.organiser_id)
    until = time.monotonic() + seconds
    place = _place(file)
    for part in _chunks(file, chunk):
        _take_in(file, part, place)
        if time.monotonic() > until and file.at_byte < file.bytes_kept:
            return False
    _finish(file, place, by, at)
    return True


def _file(file_id: int) -> VisitFile:
    return VisitFile.objects.select_related("programme", "provider", "batch").get(pk=file_id)


def _place(file: VisitFile) -> Door:
    account = ProviderAccount.objects.get(
        organiser_id=file.organiser_id, provider_id=file.provider_id
    )
    batch = file.batch
    return place_of(file.programme, account, batch, batch.received_by_id, batch.received_at)


def _chunks(file: VisitFile, size: int) -> Iterator[list[FileLine]]:
    shape = shape_of(FileKind(file.kind), piece(file.pk, Part.SENT, 0) or b"")
    coming = file_lines(pieces_from(file.pk, file.at_byte), shape, file.at_byte, file.at_line)
    part: list[FileLine] = []
    begins = file.at_byte
    for line in coming:
        part.append(line)
        if len(part) >= size or line.next_byte - begins >= MOST_BYTES:
            yield part
            part, begins = [], line.next_byte
    if part:
        yield part


def _take_in(file: VisitFile, part: Sequence[FileLine], place: Door) -> None:
    """Take in a chunk; when a line of it cannot be kept, the others are, and it is answered."""
    try:
        _patiently(file, part, place)
    except (DataError, IntegrityError):
        file.refresh_from_db()
        if len(part) > 1:
            middle = len(part) // 2
            _take_in(file, part[:middle], place)
            _take_in(file, part[middle:], place)
            return
        log.exception("A line of file %s was refused because it cannot be kept.", file.pk)
        _patiently(file, [part[0]._replace(line=NO_LINE)], place)


def _patiently(file: VisitFile, part: Sequence[FileLine], place: Door) -> None:
    lines = with_bands([one.line for one in part], file.provider, file.programme)
    rows = [copy_row(read_line(one.number, line)) for one, line in zip(part, lines, strict=True)]
    for attempt in range(1, TRIES + 1):
        try:
            _keep_chunk(file, rows, part[-1], place)
            return
        except (IntegrityError, OperationalError) as error:
            if attempt == TRIES or not isinstance(error.__cause__, MET_ANOTHER):
                raise
            file.refresh_from_db()


class TakenUpElsewhere(RuntimeError):
    """Another worker has gone on with the file meanwhile."""


@transaction.atomic
def _keep_chunk(file: VisitFile, rows: Sequence[str], last: FileLine, place: Door) -> None:
    now = VisitFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if (now.at_byte, now.state) != (file.at_byte, file.state):
        raise TakenUpElsewhere("The file is being taken in by another worker.")
    left = max(KEPT_REFUSED - Batch.objects.get(pk=file.batch_id).refused, 0)
    counts, answers = take_in_chunk(rows, _keeping(place, left))
    keep_answers(file, answers)
    file.at_byte, file.at_line = last.next_byte, last.next_number
    file.lines_done += len(rows)
    file.chunks += 1
    file.state, file.moved_at = FileState.WORKING, clock.moment()
    file.save()
    _count(file, counts)


def _keeping(place: Door, refused: int) -> Door:
    return replace(place, keeps_refused=refused)


def _count(file: VisitFile, counts: Counts) -> None:
    Batch.objects.filter(pk=file.batch_id).update(
        taken=F("taken") + counts.taken,
        in_review=F("in_review") + counts.in_review,
        refused=F("refused") + counts.refused,
        repeated=F("repeated") + counts.repeated,
    )


@transaction.atomic
def _finish(file: VisitFile, place: Door, by: Actor, at: datetime) -> None:
    now = VisitFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if now.state == FileState.DONE:
        return
    file.at_byte, file.state, file.moved_at = file.bytes_kept, FileState.DONE, clock.moment()
    file.save()
    Batch.objects.filter(pk=file.batch_id).update(finished_at=at)
    finish(place, by, some=True)
    note = Note("hand_in_file", "visit_file", file.pk, "waiting", file.state)
    record(organiser_id=file.organiser_id, by_id=by.user_id, at=at, notes=[note])
