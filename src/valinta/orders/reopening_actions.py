"""Take back an end or a calling off: days, state and held money of an order as they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.ledger.kinds import CauseKind, TransferKind
from valinta.ledger.models import Account
from valinta.ledger.posting import NotEnoughMoney, Posting, post
from valinta.orders.actions import BudgetSpent, must_order_for
from valinta.orders.models import Cancellation, Order, Slice
from valinta.programmes.ranges import as_range
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor


@dataclass(frozen=True, slots=True)
class SliceWas:
    """A slice before it was cut: its end (exclusive), how much, and the cents it gave back."""

    id: int
    ends_on: date | None
    quantity_hundredths: int
    returned: int


@dataclass(frozen=True, slots=True)
class OrderWas:
    """An order before it was ended: its state, end (exclusive), reason and slices."""

    id: int
    state: str
    ends_on: date | None
    close_reason: str
    slices: tuple[SliceWas, ...]

    @property
    def returned(self) -> int:
        """What went back to pots and vouchers in all, in cents."""
        return sum(one.returned for one in self.slices)

    def as_json(self) -> dict[str, Any]:
        """The same as it is kept."""
        return {
            "id": self.id,
            "state": self.state,
            "ends_on": self.ends_on and self.ends_on.isoformat(),
            "close_reason": self.close_reason,
            "slices": [
                [one.id, one.ends_on and one.ends_on.isoformat(), one.quantity_hundredths,
                 one.returned]
                for one in self.slices
            ],
        }  # fmt: skip


def order_was(kept: dict[str, Any]) -> OrderWas:
    """What `as_json` gave, read again."""
    slices = tuple(
        SliceWas(int(key), _day(end), int(quantity), int(cents))
        for key, end, quantity, cents in kept["slices"]
    )
    return OrderWas(
        int(kept["id"]), kept["state"], _day(kept["ends_on"]), kept["close_reason"], slices
    )


@transaction.atomic
def take_again(
    *, part: Slice, quantity_hundredths: int, amount: Money, by: Actor, at: datetime
) -> Slice:
    """Make a slice order so much in all again, and hold the amount besides what it holds.

    Raises NotYourClient, or BudgetSpent when the money has gone to something else meanwhile.
    """
    order = part.order
    must_order_for(order.client, by, at)
    locked = Slice.objects.select_for_update(no_key=True).get(pk=part.pk)
    locked.quantity_hundredths = quantity_hundredths
    locked.reserved_cents += amount.cents
    locked.save(update_fields=["quantity_hundredths", "reserved_cents"])
    _hold_again(order, locked, amount, by, at)
    _note(order, "take_again", order.state, order.state, by, at)
    return locked


@transaction.atomic
def reopen_order(*, was: OrderWas, by: Actor, at: datetime) -> Order:
    """Let an order go on that was ended by mistake, with the money that it gave back.

    Raises NotYourClient, or BudgetSpent when the money has gone to something else meanwhile.
    """
    order = Order.objects.select_for_update(no_key=True).get(pk=was.id)
    must_order_for(order.client, by, at)
    before = order.state
    order.state, order.closed_at, order.close_reason = was.state, None, was.close_reason
    order.valid = as_range(Period(order.valid.lower, was.ends_on))
    order.save()
    parts = Slice.objects.select_for_update(no_key=True).in_bulk([one.id for one in was.slices])
    for one in was.slices:
        part = parts[one.id]
        part.valid = as_range(Period(part.valid.lower, one.ends_on))
        part.quantity_hundredths = one.quantity_hundredths
        part.reserved_cents += one.returned
        part.save()
        _hold_again(order, part, Money(one.returned), by, at)
    _note(order, "reopen_order", before, order.state, by, at)
    return order


@transaction.atomic
def call_visit_back(*, order: Order, served_on: date, by: Actor, at: datetime) -> None:
    """The visit of a day that was called off takes place after all. Raises NotYourClient."""
    must_order_for(order.client, by, at)
    Cancellation.objects.filter(order=order, served_on=served_on).delete()
    _note(order, "call_visit_back", order.state, order.state, by, at)


def _hold_again(order: Order, part: Slice, amount: Money, by: Actor, at: datetime) -> None:
    if amount.cents == 0:
        return
    hold = Account.objects.get(pk=part.hold_id)
    reserve = Posting(
        TransferKind.RESERVE,
        part.source_id,
        part.hold_id,
        amount,
        CauseKind.ORDER,
        order.pk,
        # The running total of credits makes the key name this holding and no other.
        f"again:{part.hold_id}:{hold.credits}",
    )
    try:
        post(organiser_id=order.organiser_id, postings=[reserve], by_id=by.user_id, at=at)
    except NotEnoughMoney as error:
        raise BudgetSpent(
            "The money of these days has been used for something else meanwhile. Order the visits"
            " anew from what is left."
        ) from error


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _note(order: Order, verb: str, before: str, after: str, by: Actor, at: datetime) -> None:
    note = Note(verb, "order", order.pk, before, after, client_id=order.client_id)
    record(organiser_id=order.organiser_id, by_id=by.user_id, at=at, notes=[note])
