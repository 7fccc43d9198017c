"""A large file of visits is handed in: kept as it is, and taken in by a job afterwards."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.jobs.queue import defer
from valinta.organisers import clock
from valinta.processes.take_in_visits import NotAProviderHere
from valinta.programmes.models import Programme
from valinta.providers.access import NotAtYourLevel, must_work_for, sees_a_part
from valinta.providers.models import Provider, ProviderAccount
from valinta.users.actor import Actor, NotAllowed
from valinta.users.permissions import Permission
from valinta.visits.file_bytes import FileKind, in_utf8, kind_of, lines_of
from valinta.visits.file_pieces import in_pieces, keep_piece
from valinta.visits.files import Part, VisitFile
from valinta.visits.models import Batch
from valinta.visits.states import FileState

JOB = "take_in_visit_file"
MOST_LINES = 2_000_000


class FileTooLarge(ValueError):
    """The file has more bytes than are taken; `most` says how many are."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"A file may have at most {most} bytes. Divide it into several.")


class FileTooLong(ValueError):
    """The file has more lines than are taken."""

    def __init__(self) -> None:
        super().__init__(f"A file may have at most {MOST_LINES} lines. Divide it into several.")


class EmptyFile(ValueError):
    """There is no line in the file."""


@dataclass(slots=True)
class _Told:
    """What is known of the file once all of it has come by."""

    bytes_sent: int = 0
    bytes_kept: int = 0
    lines: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)


def hand_in_file(
    *,
    programme: Programme,
    provider: Provider,
    name: str,
    content: Iterable[bytes],
    by: Actor,
    at: datetime,
    door: str = "file",
    kind: FileKind | None = None,
) -> VisitFile:
    """Keep a file of one provider's visits and have a job take it in. All or nothing is kept.

    It is for those who report for the whole company. `content` is read once and never held whole;
    `kind` is what its beginning says when it is not given. Raises FileTooLarge, FileTooLong,
    EmptyFile, NotAFileOfLines, NotAProviderHere and what says who may.
    """
    must_work_for(
        provider_id=provider.pk,
        organiser_id=programme.organiser_id,
        permission=Permission.REPORT_VISITS,
        by=by,
        at=at,
    )
    if sees_a_part(provider_id=provider.pk, by=by, at=at):
        raise NotAtYourLevel
    accounts = ProviderAccount.objects.filter(
        organiser_id=programme.organiser_id, provider=provider
    )
    if not accounts.exists():
        raise NotAProviderHere("Apply to the programme first; then visits can be reported.")
    with transaction.atomic():
        file = _keep(programme, provider, _plain(name), content, kind, by, at, door)
        notes = [
            Note("take_in_visits", "batch", file.batch_id, "", "received"),
            Note("hand_in_file", "visit_file", file.pk, "", file.state),
        ]
        record(organiser_id=file.organiser_id, by_id=by.user_id, at=at, notes=notes)
        take_up(file)
        return file


def must_be_system(by: Actor, organiser_id: int) -> None:
    """Refuse people: jobs do this by themselves. Raises NotAllowed."""
    if not by.may_for_all(Permission.REPORT_VISITS, organiser_id):
        raise NotAllowed(Permission.REPORT_VISITS, organiser_id)


def take_up(file: VisitFile) -> None:
    """Have the job go on with the file; files of one company are taken in one after the other."""
    defer(
        JOB,
        organiser_id=file.organiser_id,
        one_at_a_time=f"visit_files:{file.organiser_id}:{file.provider_id}",
        only_once=f"visit_file:{file.pk}",
        file_id=file.pk,
    )


def _keep(
    programme: Programme,
    provider: Provider,
    name: str,
    content: Iterable[bytes],
    kind: FileKind | None,
    by: Actor,
    at: datetime,
    door: str,
) -> VisitFile:
    told = _Told()
    pieces = in_pieces(in_utf8(_counted(content, told)))
    first = next(pieces, b"")
    if not first.strip() and told.bytes_sent == 0:
        raise EmptyFile("There is nothing in the file.")
    found = kind_of(first)
    batch = Batch.objects.create(
        organiser_id=programme.organiser_id,
        provider=provider,
        door=door,
        received_at=at,
        received_by_id=by.user_id,
    )
    file = VisitFile.objects.create(
        organiser_id=programme.organiser_id,
        programme=programme,
        provider=provider,
        batch=batch,
        name=name,
        kind=kind or found,
        bytes_sent=0,
        bytes_kept=0,
        lines=0,
        state=FileState.WAITING,
        moved_at=clock.moment(),
    )
    for line, _end in lines_of(_kept(file, first, pieces, told)):
        if line is None or line.strip():
            told.lines += 1
            if told.lines > MOST_LINES:
                raise FileTooLong
    if told.lines == 0:
        raise EmptyFile("There is no line in the file.")
    file.bytes_sent, file.bytes_kept, file.lines = told.bytes_sent, told.bytes_kept, told.lines
    file.sha256 = told.digest.hexdigest()
    file.save()
    return file


def _counted(content: Iterable[bytes], told: _Told) -> Iterator[bytes]:
    for part in content:
        told.bytes_sent += len(part)
        if told.bytes_sent > settings.VISIT_FILE_LARGEST:
            raise FileTooLarge(settings.VISIT_FILE_LARGEST)
        told.digest.update(part)
        yield part


def _kept(file: VisitFile, first: bytes, others: Iterator[bytes], told: _Told) -> Iterator[bytes]:
    number, piece = 0, first
    while piece:
        keep_piece(file, Part.SENT, number, piece)
        told.bytes_kept += len(piece)
        yield piece
        number, piece = number + 1, next(others, b"")


def _plain(name: str) -> str:
    """The file's name without folders and odd signs."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    return re.sub(r"[^\w .()+-]", "_", last).strip(" .")[:120] or "visits"
