"""The job that looks after large files: takes up those that were left, purges what is too old."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from valinta.audit.actions import Note, record
from valinta.jobs.registry import job
from valinta.organisers import clock
from valinta.processes.hand_in_file import must_be_system, take_up
from valinta.programmes.queries import rulebook_on
from valinta.users.actor import Actor
from valinta.visits.files import FilePiece, VisitFile
from valinta.visits.lines import LOCAL
from valinta.visits.states import FileState

# A chunk takes seconds: what has not moved for so long has lost its job.
STILL = timedelta(minutes=10)


@job("tidy_visit_files", each="*/10 * * * *")
def tidy_visit_files(*, organiser_id: int, by: Actor, at: datetime) -> None:
    """Take up files that do not move, and remove what the rulebook keeps no longer.

    The row with the counts stays; the visits are in the books, and refused lines in their batch.
    """
    must_be_system(by, organiser_id)
    files = VisitFile.objects.filter(organiser_id=organiser_id, purged_at__isnull=True)
    waiting = files.exclude(state=FileState.DONE)
    for file in waiting.filter(moved_at__lt=clock.moment() - STILL):
        take_up(file)
    for file in files.filter(state=FileState.DONE).select_related("programme", "batch"):
        if at.astimezone(LOCAL).date() >= kept_until(file):
            _purge(file, by, at)


def kept_until(file: VisitFile) -> date:
    """The day on which what was sent and its answers go, by the rulebook of the day it came in."""
    received = file.batch.received_at.astimezone(LOCAL).date()
    terms = rulebook_on(file.programme, received).parameters
    return received + timedelta(days=int(terms["visit_files_kept_days"]))


def _purge(file: VisitFile, by: Actor, at: datetime) -> None:
    FilePiece.objects.filter(file=file).delete()
    VisitFile.objects.filter(pk=file.pk).update(purged_at=at)
    note = Note("purge_file", "visit_file", file.pk, "kept", "purged")
    record(organiser_id=file.organiser_id, by_id=by.user_id, at=at, notes=[note])
