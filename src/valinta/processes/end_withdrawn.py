"""The orders of an approval that was withdrawn are ended, one client after the other.

Each client is a transaction of its own: the orders end, the move to another provider begins and the
client is told, or none of it. What is left is what is still open, so work that was cut off goes on
where it was, and nobody is told twice.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from valinta.jobs.queue import defer
from valinta.jobs.registry import job
from valinta.orders.change_actions import begin_moving
from valinta.orders.models import Moving, Order
from valinta.processes.hand_in_file import must_be_system
from valinta.processes.move_clients import tell_of_loss
from valinta.processes.stop_on_day import all_open_after, open_orders_after, stop_on_day
from valinta.processes.tell_of_end import tell_of_end
from valinta.providers.models import WithdrawalWork
from valinta.providers.withdrawal_actions import count_withdrawn
from valinta.users.actor import Actor
from valinta.users.permissions import Role

log = logging.getLogger(__name__)

JOB = "end_withdrawn"
# So many clients are seen to before the page answers; a job goes on with the others.
AT_ONCE = 10
# A job works for so many seconds and then lets others have their turn.
TURN = 10.0
_A_TURN_HAS = 100


class SomeAreLeft(RuntimeError):
    """The orders of some clients could not be ended; the log says why. They are tried again."""


@job(JOB, each="*/10 * * * *")
def end_withdrawn(*, organiser_id: int, by: Actor, at: datetime) -> int:
    """Go on with the withdrawals of an organiser; says how many orders were ended.

    It is the system's own work. Raises SomeAreLeft after all the others have been ended.
    """
    must_be_system(by, organiser_id)
    until, ended, failed = time.monotonic() + TURN, 0, set[int]()
    works = WithdrawalWork.objects.filter(organiser_id=organiser_id, finished_at__isnull=True)
    for work in works.select_related("approval").order_by("pk"):
        while clients := _clients(work, _A_TURN_HAS, failed):
            for client_id in clients:
                try:
                    ended += len(_end_of_client(work, client_id, by, at))
                except Exception:
                    log.exception("Withdrawal %s: client %s is left.", work.pk, client_id)
                    failed.add(client_id)
                if time.monotonic() > until:
                    _take_up(organiser_id)
                    return ended
        if not failed:
            count_withdrawn(work=work, orders=0, finished=True, by=by, at=at)
    if failed:
        raise SomeAreLeft(f"The orders of {len(failed)} clients are left.")
    return ended


def end_first(
    *, work: WithdrawalWork, by: Actor, at: datetime
) -> tuple[list[Moving], WithdrawalWork]:
    """End the orders of the first clients now, and have the job go on with what is left.

    Gives those who have to find another provider so far, and how far it is.
    """
    movings = [
        moving
        for client_id in _clients(work, AT_ONCE, set())
        for moving in _end_of_client(work, client_id, by, at)
    ]
    is_left = bool(_clients(work, 1, set()))
    if is_left:
        _take_up(work.organiser_id)
    return movings, count_withdrawn(work=work, orders=0, finished=not is_left, by=by, at=at)


def _take_up(organiser_id: int) -> None:
    mark = f"withdrawals:{organiser_id}"
    defer(JOB, organiser_id=organiser_id, one_at_a_time=mark, only_once=mark)


def _clients(work: WithdrawalWork, most: int, without: set[int]) -> list[int]:
    left = all_open_after(work.ends_on, offer__approval=work.approval_id)
    ids = left.exclude(client__in=without).values_list("client_id", flat=True)
    return list(ids.order_by("client_id").distinct()[:most])


@transaction.atomic
def _end_of_client(work: WithdrawalWork, client_id: int, by: Actor, at: datetime) -> list[Moving]:
    # One at a time, whoever works: the second finds the client's orders ended.
    WithdrawalWork.objects.select_for_update(no_key=True).get(pk=work.pk)
    orders = open_orders_after(work.ends_on, offer__approval=work.approval_id, client_id=client_id)
    movings = [_end(work, one, by, at) for one in orders]
    if movings and work.tells:
        _tell(work, movings)
    count_withdrawn(work=work, orders=len(movings), finished=False, by=by, at=at)
    return movings


def _end(work: WithdrawalWork, order: Order, by: Actor, at: datetime) -> Moving:
    was_until = order.valid.upper
    stop_on_day(
        order=order, ends_on=work.ends_on, reason=work.reason, by=by, at=at, frees_rest=True
    )
    return begin_moving(
        order=order,
        ends_on=work.ends_on,
        was_until=was_until,
        reason=work.reason,
        by=by,
        at=at,
    )


def _tell(work: WithdrawalWork, movings: Sequence[Moving]) -> None:
    """In the name of who withdrew, at the moment when they did."""
    at, who = timezone.localtime(work.begun_at), work.organiser_id
    role = Role.PROVIDER if work.by_company else Role.OFFICE
    person = Actor(work.begun_by_id, frozenset({(who, role)}), frozenset({(who, at.date())}))
    if not work.by_company:
        for one in movings:
            tell_of_loss(moving=one, words=work.words, by=person, at=at)
        return
    orders = [one.order for one in movings]
    tell_of_end(
        provider=orders[0].provider,
        client=orders[0].client,
        orders=orders,
        ends_on=work.ends_on,
        reason=work.reason,
        by=person,
        at=at,
    )
