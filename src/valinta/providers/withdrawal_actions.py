"""Keep how far the orders of an approval that was withdrawn have been ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.providers.models import Approval, WithdrawalWork
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class StillUnderWay(ValueError):
    """The orders of an earlier withdrawal are still being ended."""


@dataclass(frozen=True, slots=True)
class Said:
    """Why an approval ends, what each client is told besides, and by whom: office or company."""

    reason: str
    words: str
    tells: bool
    by_company: bool
    person_id: int | None


@transaction.atomic
def begin_withdrawal(
    *, approval: Approval, ends_on: date, said: Said, orders: int, by: Actor, at: datetime
) -> WithdrawalWork:
    """Keep that so many orders are to be ended. Raises StillUnderWay."""
    by.must(Permission.APPROVE_PROVIDERS, approval.organiser_id)
    Approval.objects.select_for_update(no_key=True).get(pk=approval.pk)
    if WithdrawalWork.objects.filter(approval=approval, finished_at__isnull=True).exists():
        raise StillUnderWay("The orders of this approval are being ended. Wait until it is done.")
    work = WithdrawalWork.objects.create(
        organiser_id=approval.organiser_id,
        approval=approval,
        ends_on=ends_on,
        reason=said.reason.strip(),
        words=said.words.strip(),
        tells=said.tells and said.person_id is not None,
        by_company=said.by_company,
        begun_at=at,
        begun_by_id=said.person_id,
        orders=orders,
    )
    _note(work, "begin_withdrawal", "", "begun", by, at)
    return work


@transaction.atomic
def count_withdrawn(
    *, work: WithdrawalWork, orders: int, finished: bool, by: Actor, at: datetime
) -> WithdrawalWork:
    """Count orders that have been ended, and keep when all have."""
    by.must(Permission.APPROVE_PROVIDERS, work.organiser_id)
    held = WithdrawalWork.objects.select_for_update(no_key=True).get(pk=work.pk)
    # Orders that were being placed when the withdrawal began are ended with the others.
    held.done += orders
    held.orders = max(held.orders, held.done)
    if finished and held.finished_at is None:
        held.orders, held.finished_at = held.done, at
        _note(held, "count_withdrawn", "begun", "finished", by, at)
    held.save(update_fields=["done", "orders", "finished_at"])
    return held


def _note(
    work: WithdrawalWork, verb: str, before: str, after: str, by: Actor, at: datetime
) -> None:
    facts = {"approval": work.approval_id, "orders": work.orders}
    note = Note(verb, "withdrawal", work.pk, before, after, facts=facts)
    record(organiser_id=work.organiser_id, by_id=by.user_id, at=at, notes=[note])
