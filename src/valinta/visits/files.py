"""Large files of visits: what was sent, how far it has been taken in, and the answers."""

from __future__ import annotations

from typing import Self

from django.db import models

from valinta.organisers.models import Organiser
from valinta.programmes.models import Programme
from valinta.providers.models import Provider
from valinta.users.actor import Actor
from valinta.visits.file_bytes import FileKind
from valinta.visits.states import FileState


class Part(models.TextChoices):
    """What a piece is of: the file as it was sent, or the answers to its lines."""

    SENT = "sent"
    ANSWERS = "answers"


class VisitFileQuerySet(models.QuerySet["VisitFile"]):
    """Files, narrowed to what an actor may see."""

    def of_company(self, provider_id: int, organiser_ids: frozenset[int]) -> Self:
        """The files that the company sent to these organisers."""
        return self.filter(provider_id=provider_id, organiser_id__in=organiser_ids)

    def visible_to(self, actor: Actor) -> Self:
        """The files of the provider whose system acts; of none for a system of one unit."""
        if actor.machine is None or actor.machine.unit_id is not None:
            return self.none()
        return self.of_company(actor.machine.provider_id, actor.organiser_ids)


class VisitFile(models.Model):
    """A file of one provider for one programme; a job takes it in, chunk by chunk.

    `at_byte` and `at_line` are where the next chunk begins in the file as it is kept (UTF-8) and
    on which line of text. `purged_at`: what was sent and its answers are no longer kept.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, db_index=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT)
    batch = models.OneToOneField(
        "visits.Batch", on_delete=models.PROTECT, related_name="visit_file"
    )
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=6, choices=[(one, one) for one in FileKind])
    sha256 = models.CharField(max_length=64)
    bytes_sent = models.BigIntegerField()
    bytes_kept = models.BigIntegerField()
    lines = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=[(one, one) for one in FileState])
    at_byte = models.BigIntegerField(default=0)
    at_line = models.PositiveIntegerField(default=1)
    lines_done = models.PositiveIntegerField(default=0)
    chunks = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()
    purged_at = models.DateTimeField(null=True)

    objects = VisitFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="file_is_read_within_itself",
                condition=models.Q(at_byte__gte=0, at_byte__lte=models.F("bytes_kept")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organiser"],
                name="visit_files_not_purged",
                condition=models.Q(purged_at__isnull=True),
            ),
        ]

    @property
    def percent(self) -> int:
        """How much of it has been taken in."""
        return 100 if not self.bytes_kept else self.at_byte * 100 // self.bytes_kept


class FilePiece(models.Model):
    """A piece of a file or of its answers, compressed. Pieces of what was sent are of one size."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, db_index=False)
    file = models.ForeignKey(VisitFile, on_delete=models.PROTECT, related_name="pieces")
    part = models.CharField(max_length=7, choices=Part.choices)
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "part", "number"], name="piece_of_a_file_has_its_place"
            ),
        ]
