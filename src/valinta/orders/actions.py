"""Write orders: place one with its money held, accept or decline it, end it, cancel a visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from valinta.audit.actions import Note, record
from valinta.budgets.models import Pot, Voucher
from valinta.catalogue.models import Offer
from valinta.clients.access import must_act_for
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import MandateScope
from valinta.ledger.kinds import AccountKind, CauseKind, TransferKind
from valinta.ledger.models import Account
from valinta.ledger.posting import NotEnoughMoney, Posting, open_accounts, post
from valinta.orders.models import Cancellation, Order, OrderKind, Slice
from valinta.orders.states import OPEN, ORDER, OrderState
from valinta.programmes.ranges import as_range
from valinta.providers.access import must_work_for
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


@dataclass(frozen=True, slots=True)
class SliceWanted:
    """A part of an order: its days, how much, what it costs, and the pot or voucher that pays."""

    period: Period
    quantity_hundredths: int
    amount: Money
    pot: Pot | None = None
    voucher: Voucher | None = None

    @property
    def source_id(self) -> int:
        """The account that the money comes from."""
        payer = self.pot or self.voucher
        if payer is None:
            raise ValueError("A slice is paid by a pot or a voucher.")
        return payer.account_id


class BudgetSpent(ValueError):
    """The pot or voucher has less money than the order needs; nothing was ordered."""


class OrderNotOpen(ValueError):
    """The order is closed already."""


@transaction.atomic
def place(
    *,
    enrolment: Enrolment,
    offer: Offer,
    kind: OrderKind,
    period: Period,
    slices: Sequence[SliceWanted],
    by: Actor,
    at: datetime,
) -> Order:
    """Place an order and hold its money, all slices or none.

    Raises NotYourClient or BudgetSpent.
    """
    must_order_for(enrolment.client, by, at)
    organiser_id = enrolment.organiser_id
    order = Order.objects.create(
        organiser_id=organiser_id,
        enrolment=enrolment,
        client_id=enrolment.client_id,
        offer=offer,
        service_id=offer.service_id,
        provider_id=offer.approval.provider_id,
        kind=kind,
        state=OrderState.PLACED,
        placed_at=at,
        placed_by_id=by.user_id,
        valid=as_range(period),
    )
    _hold(order, slices, by, at)
    _note(order, "place_order", "", OrderState.PLACED, by, at)
    return order


def _hold(order: Order, slices: Sequence[SliceWanted], by: Actor, at: datetime) -> None:
    holds = open_accounts(organiser_id=order.organiser_id, kind=AccountKind.HOLD, count=len(slices))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orders_slice (organiser_id, order_id, pot_id, voucher_id, source_id,"
            " hold_id, quantity_hundredths, reserved_cents, valid)"
            " SELECT %s, %s, pot, voucher, source, hold, quantity, cents, daterange(starts, ends)"
            " FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::int[],"
            " %s::bigint[], %s::date[], %s::date[])"
            " AS s (pot, voucher, source, hold, quantity, cents, starts, ends)",
            [
                order.organiser_id,
                order.pk,
                [one.pot.pk if one.pot else None for one in slices],
                [one.voucher.pk if one.voucher else None for one in slices],
                [one.source_id for one in slices],
                holds,
                [one.quantity_hundredths for one in slices],
                [one.amount.cents for one in slices],
                [one.period.starts_on for one in slices],
                [one.period.ends_on for one in slices],
            ],
        )
    postings = [
        Posting(
            TransferKind.RESERVE,
            one.source_id,
            hold,
            one.amount,
            CauseKind.ORDER,
            order.pk,
            f"reserve:{hold}",
        )
        for one, hold in zip(slices, holds, strict=True)
        if one.amount.cents
    ]
    try:
        post(organiser_id=order.organiser_id, postings=postings, by_id=by.user_id, at=at)
    except NotEnoughMoney as error:
        raise BudgetSpent(
            "There is not enough free money for this order. Order less, choose another time,"
            " or talk with the case manager."
        ) from error


@transaction.atomic
def accept_order(*, order: Order, by: Actor, at: datetime) -> Order:
    """The provider takes the order. Raises NotYourProvider."""
    _must_answer(order, by, at)
    return _move(order, OrderState.ACCEPTED, "accept_order", "", by, at)


@transaction.atomic
def decline_order(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """The provider cannot take the order; its money is free again at once.

    Raises NotYourProvider.
    """
    _must_answer(order, by, at)
    _move(order, OrderState.DECLINED, "decline_order", reason, by, at)
    return _release(order, by, at)


@transaction.atomic
def end_order(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """End an order; what is still held goes back to where it came from. Raises NotYourClient."""
    must_order_for(order.client, by, at)
    _move(order, OrderState.ENDED, "end_order", reason, by, at)
    return _release(order, by, at)


@transaction.atomic
def shorten_order(*, order: Order, ends_on: date, reason: str, by: Actor, at: datetime) -> Order:
    """End an order from a day on: later slices go, and a month cut short keeps its hold.

    The order stays open until its last days have been reported; `end_order` then frees the rest.
    Raises NotYourClient or OrderNotOpen.
    """
    must_order_for(order.client, by, at)
    locked = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    if locked.state not in OPEN:
        raise OrderNotOpen("This order is closed already.")
    later = locked.slices.filter(valid__startswith__gte=ends_on)
    _release_slices(locked, list(later), by, at)
    locked.valid = as_range(Period(locked.valid.lower, ends_on))
    locked.close_reason = reason
    locked.save()
    cut = locked.slices.filter(valid__contains=ends_on, valid__startswith__lt=ends_on)
    for one in cut:
        one.valid = as_range(Period(one.valid.lower, ends_on))
        one.save()
    _note(locked, "shorten_order", locked.state, locked.state, by, at)
    return locked


@transaction.atomic
def cancel_visit(
    *, order: Order, served_on: date, notice_hours: int, by: Actor, at: datetime
) -> Cancellation:
    """Call off a day's visit; in time when the rulebook's hours are left before the day begins.

    Raises NotYourClient.
    """
    must_order_for(order.client, by, at)
    begins = datetime.combine(served_on, datetime.min.time(), tzinfo=at.tzinfo)
    hours_left = (begins - at).total_seconds() / 3600
    cancellation = Cancellation.objects.create(
        organiser_id=order.organiser_id,
        order=order,
        served_on=served_on,
        cancelled_at=at,
        in_time=hours_left >= notice_hours,
        cancelled_by_id=by.user_id,
    )
    _note(order, "cancel_visit", order.state, order.state, by, at)
    return cancellation


def must_order_for(client: Client, by: Actor, at: datetime) -> None:
    """Let by who may order for the client on the day. Raises NotAllowed or NotYourClient."""
    order = Permission.ORDER_SERVICES
    must_act_for(client=client, permission=order, scope=MandateScope.ORDER, by=by, at=at)


def _must_answer(order: Order, by: Actor, at: datetime) -> None:
    must_work_for(
        provider_id=order.provider_id,
        organiser_id=order.organiser_id,
        permission=Permission.ANSWER_ORDERS,
        by=by,
        at=at,
    )


def _release(order: Order, by: Actor, at: datetime) -> Order:
    _release_slices(order, list(order.slices.all()), by, at)
    return order


def _release_slices(order: Order, slices: Sequence[Slice], by: Actor, at: datetime) -> None:
    """Send what the slices hold back to their pots or vouchers."""
    # Visits lock the slices before they capture, so what is held cannot change under our hands.
    ids = [one.pk for one in slices]
    list(Slice.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    accounts = Account.objects.in_bulk([one.hold_id for one in slices])
    postings = []
    for one in slices:
        hold = accounts[one.hold_id]
        if hold.balance_cents == 0:
            continue
        postings.append(
            Posting(
                TransferKind.RELEASE,
                one.hold_id,
                one.source_id,
                Money(hold.balance_cents),
                CauseKind.ORDER,
                order.pk,
                f"release:{one.hold_id}:{hold.debits}",
            )
        )
    post(organiser_id=order.organiser_id, postings=postings, by_id=by.user_id, at=at)


def _move(
    order: Order, state: OrderState, verb: str, reason: str, by: Actor, at: datetime
) -> Order:
    # Without the key: a visit that points to the order, and has its slice locked, is let through.
    before = OrderState(Order.objects.select_for_update(no_key=True).get(pk=order.pk).state)
    ORDER.check(before, state)
    order.state = state
    if state not in OPEN:
        order.closed_at, order.close_reason = at, reason
    order.save()
    _note(order, verb, before, state, by, at)
    return order


def _note(order: Order, verb: str, before: str, after: str, by: Actor, at: datetime) -> None:
    note = Note(verb, "order", order.pk, before, after, client_id=order.client_id)
    record(organiser_id=order.organiser_id, by_id=by.user_id, at=at, notes=[note])
