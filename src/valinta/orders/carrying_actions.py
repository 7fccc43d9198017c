"""Orders go on under a new decision: what they hold moves from the former money to the new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.budgets.models import Pot, Voucher
from valinta.ledger.kinds import CauseKind, TransferKind
from valinta.ledger.models import Account
from valinta.ledger.posting import NotEnoughMoney, Posting, post
from valinta.orders.models import Order, Slice
from valinta.shared.money import Money
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


@dataclass(frozen=True, slots=True)
class Lifted:
    """What a slice held when it was taken from its former money, in cents, and the key of it."""

    part: Slice
    cents: int
    key: str


class DoesNotFit(ValueError):
    """The new money does not reach for what the order holds; nothing was carried over."""


@transaction.atomic
def lift_holds(*, parts: Sequence[Slice], by: Actor, at: datetime) -> list[Lifted]:
    """Give what the slices hold back to the pots and vouchers it came from.

    `set_holds` holds it again, in the same transaction. Visits wait meanwhile.
    """
    lifted = []
    for organiser_id in {one.organiser_id for one in parts}:
        by.must(Permission.MAKE_DECISIONS, organiser_id)
        own = [one.pk for one in parts if one.organiser_id == organiser_id]
        slices = Slice.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=own)
        found = list(slices.select_related("order").order_by("pk"))
        accounts = Account.objects.in_bulk([one.hold_id for one in found])
        here = [_lift(one, accounts[one.hold_id]) for one in found]
        postings = [
            _posting(one, TransferKind.RELEASE, one.part.hold_id, one.part.source_id, "out")
            for one in here
            if one.cents
        ]
        post(organiser_id=organiser_id, postings=postings, by_id=by.user_id, at=at)
        _note("lift_holds", here, by, at)
        lifted += here
    return lifted


@transaction.atomic
def set_holds(
    *, lifted: Sequence[Lifted], sources: Mapping[int, Pot | Voucher], by: Actor, at: datetime
) -> None:
    """Hold the same money again, from the new pot or voucher of each slice. Raises DoesNotFit."""
    for one in lifted:
        part, source = one.part, sources[one.part.pk]
        by.must(Permission.MAKE_DECISIONS, part.organiser_id)
        part.pot = source if isinstance(source, Pot) else None
        part.voucher = source if isinstance(source, Voucher) else None
        part.source_id = source.account_id
        part.save(update_fields=["pot", "voucher", "source"])
        if one.cents:
            reserve = _posting(one, TransferKind.RESERVE, source.account_id, part.hold_id, "in")
            _hold(reserve, part.order, by, at)
    _note("carry_order", lifted, by, at)


def _lift(part: Slice, hold: Account) -> Lifted:
    # The running total of debits makes the key name this move and no later one.
    return Lifted(part, hold.balance_cents, f"move:{part.hold_id}:{hold.debits}")


def _posting(one: Lifted, kind: TransferKind, debit: int, credit: int, end: str) -> Posting:
    cause, order = CauseKind.ORDER, one.part.order_id
    return Posting(kind, debit, credit, Money(one.cents), cause, order, f"{one.key}:{end}")


def _hold(reserve: Posting, order: Order, by: Actor, at: datetime) -> None:
    try:
        post(organiser_id=order.organiser_id, postings=[reserve], by_id=by.user_id, at=at)
    except NotEnoughMoney as error:
        raise DoesNotFit(
            f"There is not enough money in the new decision for order {order.pk}. End or change the"
            " order, or raise the sum of the plan."
        ) from error


def _note(verb: str, lifted: Sequence[Lifted], by: Actor, at: datetime) -> None:
    for order in {one.part.order_id: one.part.order for one in lifted}.values():
        state = order.state
        note = Note(verb, "order", order.pk, state, state, client_id=order.client_id)
        record(organiser_id=order.organiser_id, by_id=by.user_id, at=at, notes=[note])
