"""The one door for reported visits: a single line, a batch of any size, or a dry run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import IntegrityError, OperationalError, transaction
from psycopg import errors

from valinta.audit.actions import Note, record
from valinta.orders.models import Order
from valinta.programmes.models import Programme
from valinta.providers.access import must_work_for, sees_a_part
from valinta.providers.models import Provider, ProviderAccount
from valinta.users.actor import Actor
from valinta.users.permissions import Permission
from valinta.visits.code_actions import tie_code, waiting_for_their_visits
from valinta.visits.intake import Counts, Door, LineAnswer, take_in_chunk
from valinta.visits.lines import copy_row, read_lines
from valinta.visits.models import Batch

CHUNK = 20_000
TRIES = 5
# What happens when two senders bring the same at one time: the second looks again.
MET_ANOTHER = (errors.UniqueViolation, errors.DeadlockDetected, errors.SerializationFailure)


class NotAProviderHere(PermissionError):
    """The provider has never been approved by the organiser, so it cannot report visits."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a batch: its id (None for a dry run), how many of which, and the answers."""

    batch_id: int | None
    counts: Counts
    answers: list[LineAnswer]


class _DryRun(Exception):
    """Carries the result out of the transaction that is rolled back."""

    def __init__(self, taken: Taken) -> None:
        self.taken = taken


def take_in_visits(
    *,
    programme: Programme,
    provider: Provider,
    lines: Iterable[Mapping[str, object]],
    by: Actor,
    at: datetime,
    door: str = "api",
    dry_run: bool = False,
    chunk: int = CHUNK,
    on_answers: Callable[[list[LineAnswer]], None] | None = None,
) -> Taken:
    """Take in reported visits of one provider for one programme's organiser.

    Good lines are kept and captured, bad lines are answered with a code and facts; no file is
    refused whole. Each chunk is a transaction, so a batch that was cut off can be sent again: what
    is there is answered as repeated. A dry run is the same work rolled back. `on_answers` receives
    each chunk's answers and then they are not kept, so memory stays flat for files of any size.
    """
    must_work_for(
        provider_id=provider.pk,
        organiser_id=programme.organiser_id,
        permission=Permission.REPORT_VISITS,
        by=by,
        at=at,
    )
    account = ProviderAccount.objects.filter(
        organiser_id=programme.organiser_id, provider=provider
    ).first()
    if account is None:
        raise NotAProviderHere("Apply to the programme first; then visits can be reported.")

    def work() -> Taken:
        batch = Batch.objects.create(
            organiser_id=programme.organiser_id,
            provider=provider,
            door=door,
            received_at=at,
            received_by_id=by.user_id,
        )
        own = _own_orders(provider, programme.organiser_id, by, at)
        place = place_of(programme, account, batch, by.user_id, at, own)
        return _all_chunks(batch, place, map(copy_row, read_lines(lines)), chunk, on_answers, by)

    if not dry_run:
        return work()
    try:
        with transaction.atomic():
            raise _DryRun(work())
    except _DryRun as result:
        return Taken(None, result.taken.counts, result.taken.answers)


def place_of(
    programme: Programme,
    account: ProviderAccount,
    batch: Batch,
    by_id: int | None,
    at: datetime,
    only_orders: tuple[int, ...] | None = None,
) -> Door:
    """Where the lines of a batch come in. `account` is the provider's with the organiser."""
    return Door(
        programme.organiser_id,
        programme.pk,
        batch.provider_id,
        batch.pk,
        account.payable_id,
        programme.funding_account_id,
        by_id,
        at,
        only_orders,
    )


def _own_orders(
    provider: Provider, organiser_id: int, by: Actor, at: datetime
) -> tuple[int, ...] | None:
    """The orders that the sender may report for; None: all that the provider has."""
    if not sees_a_part(provider_id=provider.pk, by=by, at=at):
        return None
    own = Order.objects.visible_to(by).filter(provider=provider, organiser_id=organiser_id)
    return tuple(own.values_list("pk", flat=True))


def _all_chunks(
    batch: Batch,
    place: Door,
    rows: Iterator[str],
    chunk: int,
    on_answers: Callable[[list[LineAnswer]], None] | None,
    by: Actor,
) -> Taken:
    counts, kept = Counts(), list[LineAnswer]()
    note = Note("take_in_visits", "batch", batch.pk, "", "received")
    record(organiser_id=place.organiser_id, by_id=by.user_id, at=place.at, notes=[note])
    while part := list(islice(rows, chunk)):
        more, answers = _patiently(part, place)
        counts += more
        if on_answers:
            on_answers(answers)
        else:
            kept.extend(answers)
    Batch.objects.filter(pk=batch.pk).update(
        finished_at=place.at,
        taken=counts.taken,
        in_review=counts.in_review,
        refused=counts.refused,
        repeated=counts.repeated,
    )
    finish(place, by, some=bool(counts.taken or counts.in_review))
    return Taken(batch.pk, counts, kept)


def finish(place: Door, by: Actor, *, some: bool) -> None:
    """Tie codes to their visits when some came in, and note that the batch is finished."""
    if some:
        for code, visit in waiting_for_their_visits(place.provider_id, place.organiser_id):
            tie_code(code=code, visit=visit, by=by, at=place.at)
    note = Note("take_in_visits", "batch", place.batch_id, "received", "finished")
    record(organiser_id=place.organiser_id, by_id=place.by_id, at=place.at, notes=[note])


def _patiently(part: list[str], place: Door) -> tuple[Counts, list[LineAnswer]]:
    """Take in a chunk; when another sender got in between with the same references, look again."""
    for attempt in range(1, TRIES + 1):
        try:
            return take_in_chunk(part, place)
        except (IntegrityError, OperationalError) as error:
            if attempt == TRIES or not isinstance(error.__cause__, MET_ANOTHER):
                raise
    raise AssertionError("the loop returns or raises")
