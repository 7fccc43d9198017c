"""What an order holds follows prices told after it was placed, as far as the money reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.budgets.expiring import expire_what_came_back
from valinta.ledger.kinds import CauseKind, TransferKind
from valinta.ledger.models import Account
from valinta.ledger.posting import NotEnoughMoney, Posting, post
from valinta.orders.actions import must_order_for
from valinta.orders.models import Order, Slice
from valinta.orders.states import OPEN
from valinta.providers.access import must_work_for
from valinta.shared.money import Money
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

_TRIES = 50


@transaction.atomic
def hold_at_new_price(
    *, order: Order, changes: Mapping[int, int], by: Actor, at: datetime
) -> Order:
    """Hold more or less for an open order because its price changes; whoever tells prices does it.

    `changes` are cents by the id of the slice. More is taken from the slice's own pot or voucher as
    far as that reaches, and the slice keeps what lacks; of a subjective right nothing lacks, since
    the organiser's funding pays past an empty pot. Less goes back at once. An order that was closed
    meanwhile stays as it is. Raises NotYourProvider or NotAtYourLevel.
    """
    must_work_for(
        provider_id=order.provider_id,
        organiser_id=order.organiser_id,
        permission=Permission.CHANGE_OWN_PRICES,
        by=by,
        at=at,
    )
    for part in _locked(order, changes):
        cents = changes[part.pk]
        if cents < 0:
            _give_up(order, part, -cents, by, at)
        else:
            taken = _take(order, part, cents, by, at)
            part.lacking_cents += 0 if order.service.is_right else cents - taken
        part.save(update_fields=["reserved_cents", "lacking_cents"])
    _note(order, "hold_at_new_price", by, at)
    return order


@transaction.atomic
def hold_what_lacks(*, order: Order, by: Actor, at: datetime) -> int:
    """Hold what an order lacks at its new price, as far as there is money now.

    Says how many cents still lack. Slices after the order's end lack nothing. Raises NotYourClient.
    """
    must_order_for(order.client, by, at)
    lacking = order.slices.filter(lacking_cents__gt=0, valid__overlap=order.valid)
    before, left = 0, 0
    for part in _locked(order, lacking.values_list("pk", flat=True)):
        before += part.lacking_cents
        part.lacking_cents -= _take(order, part, part.lacking_cents, by, at)
        left += part.lacking_cents
        part.save(update_fields=["reserved_cents", "lacking_cents"])
    if left < before:
        _note(order, "hold_what_lacks", by, at)
    return left


def _locked(order: Order, parts: Iterable[int]) -> list[Slice]:
    """The slices of an order that is still open; visits and ends of the order wait meanwhile."""
    held = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    if held.state not in OPEN:
        return []
    rows = Slice.objects.select_for_update(no_key=True).filter(order=order, pk__in=list(parts))
    return list(rows.order_by("pk"))


def _take(order: Order, part: Slice, cents: int, by: Actor, at: datetime) -> int:
    """Hold the cents besides, or as many as there are in the pot or voucher; says how many."""
    for _ in range(_TRIES):
        accounts = Account.objects.in_bulk([part.source_id, part.hold_id])
        hold, free = accounts[part.hold_id], accounts[part.source_id].balance_cents
        taken = min(cents, max(free, 0))
        if not taken:
            return 0
        # The running total of credits makes the key name this holding and no other.
        key = f"price:{part.hold_id}:{hold.credits}"
        try:
            with transaction.atomic():
                _post(order, TransferKind.RESERVE, part.source_id, part.hold_id, taken, key, by, at)
        except NotEnoughMoney:
            # Somebody ordered from the same money in between.
            continue
        part.reserved_cents += taken
        return taken
    return 0


def _give_up(order: Order, part: Slice, cents: int, by: Actor, at: datetime) -> None:
    """What lacks is no longer needed first; the rest goes back to the pot or voucher."""
    lacked = min(cents, part.lacking_cents)
    part.lacking_cents -= lacked
    hold = Account.objects.get(pk=part.hold_id)
    surplus = min(cents - lacked, hold.balance_cents)
    if not surplus:
        return
    # As if it had never been reserved: what the slice orders is worth so much less.
    key = f"move:{part.hold_id}:{hold.debits}:price"
    part.reserved_cents -= surplus
    _post(order, TransferKind.RELEASE, part.hold_id, part.source_id, surplus, key, by, at)
    funding = order.enrolment.programme.funding_account_id
    expire_what_came_back({part.source_id}, order.organiser_id, funding, by, at)


def _post(
    order: Order,
    kind: TransferKind,
    debit: int,
    credit: int,
    cents: int,
    key: str,
    by: Actor,
    at: datetime,
) -> None:
    made = Posting(kind, debit, credit, Money(cents), CauseKind.ORDER, order.pk, key)
    post(organiser_id=order.organiser_id, postings=[made], by_id=by.user_id, at=at)


def _note(order: Order, verb: str, by: Actor, at: datetime) -> None:
    state = order.state
    note = Note(verb, "order", order.pk, state, state, client_id=order.client_id)
    record(organiser_id=order.organiser_id, by_id=by.user_id, at=at, notes=[note])
