"""A provider is lost: the approval ends on a day, its orders end with it, and nobody is left alone.

The office ends the approval here; each client then finds another provider (`move_clients`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from valinta.orders.change_actions import WordsMissing, begin_moving
from valinta.orders.models import Moving, Order
from valinta.processes.move_clients import Alternative, alternatives, tell_of_loss
from valinta.processes.stop_on_day import open_orders_after, stop_on_day, what_stopping_does
from valinta.providers.actions import end_approval
from valinta.providers.models import Approval
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class EndsInThePast(ValueError):
    """An approval ends today or later: visits of days gone by were made under it."""


@dataclass(frozen=True, slots=True)
class Lost:
    """An order that ends with the approval: cents that return now and that stay, and who else is.

    What stays is for visits until the end; what of it is not used returns later.
    """

    order: Order
    returns: int
    stays: int
    others: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What the end of an approval does, before it is done. `ends_on` is the first day without."""

    approval: Approval
    ends_on: date
    lost: tuple[Lost, ...]

    @property
    def clients(self) -> int:
        """How many clients have to find another provider."""
        return len({one.order.client_id for one in self.lost})

    @property
    def returns(self) -> int:
        """What returns to budgets and vouchers at once, in cents."""
        return sum(one.returns for one in self.lost)

    @property
    def stays(self) -> int:
        """What stays held for visits until the end, in cents."""
        return sum(one.stays for one in self.lost)

    @property
    def alone(self) -> tuple[Lost, ...]:
        """Orders for which no other provider takes new clients there."""
        return tuple(one for one in self.lost if not one.others)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The approval that ends, and those who have to find another provider."""

    approval: Approval
    movings: tuple[Moving, ...]


def what_withdrawal_does(*, approval: Approval, ends_on: date, today: date) -> Withdrawal:
    """What would end, return and be there instead, in a fixed number of queries."""
    orders = _orders(approval, ends_on)
    stopping = what_stopping_does(orders, ends_on, frees_rest=True)
    others = alternatives(orders, max(ends_on, today))
    lost = (
        Lost(one, stopping[one.pk].returns, stopping[one.pk].stays, tuple(others[one.pk]))
        for one in orders
    )
    return Withdrawal(approval, ends_on, tuple(lost))


@transaction.atomic
def withdraw_provider(
    *,
    approval: Approval,
    ends_on: date,
    reason: str,
    words: str = "",
    tells: bool = True,
    by: Actor,
    at: datetime,
) -> Withdrawn:
    """End the approval with the day before `ends_on`, and all of its orders that go on after.

    Money for later days returns at once, so that the client can order from another. What visits
    until the end may still claim stays held. Each client gets a message in their language, with
    `words` added, unless `tells` is false; a message is written by a person, so the software's own
    work tells nobody. Raises EndsInThePast or WordsMissing; then nothing has changed.
    """
    by.must(Permission.APPROVE_PROVIDERS, approval.organiser_id)
    if ends_on < at.date():
        raise EndsInThePast("Choose today or a later day as the first without the provider.")
    if not reason.strip():
        raise WordsMissing("Write why the approval ends. It is kept with the approval.")
    # New orders wait here, and then see that the approval does not reach so far.
    Approval.objects.select_for_update(no_key=True).get(pk=approval.pk)
    orders = _orders(approval, ends_on)
    moved = tuple(_end(one, ends_on, reason, by, at) for one in orders)
    ended = end_approval(approval=approval, on=ends_on, reason=reason, by=by, at=at)
    if tells and by.user_id is not None:
        _tell(moved, words, by, at)
    return Withdrawn(ended, moved)


def _orders(approval: Approval, ends_on: date) -> list[Order]:
    return open_orders_after(ends_on, offer__approval=approval)


def _end(order: Order, ends_on: date, reason: str, by: Actor, at: datetime) -> Moving:
    was_until = order.valid.upper
    stop_on_day(order=order, ends_on=ends_on, reason=reason, by=by, at=at, frees_rest=True)
    return begin_moving(
        order=order, ends_on=ends_on, was_until=was_until, reason=reason, by=by, at=at
    )


def _tell(moved: Sequence[Moving], words: str, by: Actor, at: datetime) -> None:
    for one in moved:
        tell_of_loss(moving=one, words=words, by=by, at=at)
