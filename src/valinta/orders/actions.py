"""Write orders: place one with its money held, accept or decline it, end it, cancel a visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime

from django.db import DEFAULT_DB_ALIAS, connection, transaction

from valinta.audit.actions import Note, record
from valinta.budgets.expiring import expire_what_came_back
from valinta.catalogue.models import Offer
from valinta.clients.access import must_act_for
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import MandateScope
from valinta.ledger.kinds import CauseKind, TransferKind
from valinta.ledger.models import Account
from valinta.ledger.posting import NotEnoughMoney, Posting, post, refusals_named
from valinta.orders.calendar import WeeklyVisit, as_json
from valinta.orders.models import Cancellation, Order, OrderKind, Slice
from valinta.orders.placing import PLACE_SLICES
from valinta.orders.reach import must_reach
from valinta.orders.states import OPEN, ORDER, OrderState
from valinta.organisers.statements import array, run_planned
from valinta.programmes.queries import rulebook_on
from valinta.programmes.ranges import as_range
from valinta.providers.access import must_not_profit, must_work_for
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


@dataclass(frozen=True, slots=True)
class SliceWanted:
    """A part of an order: its days, how much, what it costs, and the pot or voucher that pays.

    `source_id` is the account of that pot or voucher.
    """

    period: Period
    quantity_hundredths: int
    amount: Money
    source_id: int
    pot_id: int | None = None
    voucher_id: int | None = None


@dataclass(frozen=True, slots=True)
class OrderWanted:
    """An order before it is placed: whose, from whom, for which days, who orders and when."""

    enrolment: Enrolment
    offer: Offer
    kind: OrderKind
    period: Period
    by: Actor
    at: datetime


class BudgetSpent(ValueError):
    """The pot or voucher has less money than the order needs; nothing was ordered."""


_SPENT = (
    "There is not enough free money for this order. Order less, choose another time,"
    " or talk with the case manager."
)


class ClientHasDied(ValueError):
    """Nothing is ordered any more for a client who has died."""


class OrderBarred(ValueError):
    """The client's place or the provider's approval has ended since it was looked at."""


class OrderNotOpen(ValueError):
    """The order is closed already."""


class DayCalledOff(ValueError):
    """The day has been called off already."""


def place(wanted: OrderWanted, slices: Sequence[SliceWanted]) -> Order:
    """Place an order and hold its money, all slices or none.

    Raises NotYourClient, ClientHasDied, OrderBarred or BudgetSpent.
    """
    given = {
        "pots": array(one.pot_id for one in slices),
        "vouchers": array(one.voucher_id for one in slices),
        "sources": array(one.source_id for one in slices),
        "quantities": array(one.quantity_hundredths for one in slices),
        "cents": array(one.amount.cents for one in slices),
        "starts": array(one.period.starts_on for one in slices),
        "ends": array(one.period.ends_on for one in slices),
    }
    order = place_selected(wanted, PLACE_SLICES, given)
    if order is None:
        raise ValueError("An order has at least one slice.")
    return order


def place_selected(
    wanted: OrderWanted, statement: str, parameters: Mapping[str, object]
) -> Order | None:
    """Place an order whose slices a query gives, by a statement of `placing_sql`; None: no slices.

    `parameters` are the query's own. Raises NotYourClient, ClientHasDied, OrderBarred or
    BudgetSpent.
    """
    must_order_for(wanted.enrolment.client, wanted.by, wanted.at)
    if wanted.enrolment.client.died_on is not None:
        raise ClientHasDied("The client has died, so nothing is ordered.")
    try:
        with refusals_named(), _apart():
            ((order_id, is_short, is_barred),) = run_planned(
                statement, {**parameters, **_columns(wanted)}
            )
    except NotEnoughMoney as error:
        raise BudgetSpent(_SPENT) from error
    if is_short:
        raise BudgetSpent(_SPENT)
    if is_barred:
        raise OrderBarred("Something has ended in between. Look at the client's place anew.")
    return None if order_id is None else _placed(wanted, order_id)


def _apart() -> AbstractContextManager[object]:
    """What a refused statement spoils: nothing but itself, inside a larger transaction too."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _columns(wanted: OrderWanted) -> dict[str, object]:
    enrolment, offer, period = wanted.enrolment, wanted.offer, wanted.period
    return {
        "_organiser": enrolment.organiser_id,
        "_at": wanted.at,
        "_today": str(wanted.at.date()),
        "_by": wanted.by.user_id,
        "enrolment": enrolment.pk,
        "client": enrolment.client_id,
        "offer": offer.pk,
        "service": offer.service_id,
        "provider": offer.approval.provider_id,
        "kind": str(wanted.kind),
        "starts_on": str(period.starts_on),
        "ends_on": period.ends_on and str(period.ends_on),
    }


def _placed(wanted: OrderWanted, order_id: int) -> Order:
    order = Order(
        id=order_id,
        organiser_id=wanted.enrolment.organiser_id,
        enrolment=wanted.enrolment,
        client_id=wanted.enrolment.client_id,
        offer=wanted.offer,
        service_id=wanted.offer.service_id,
        provider_id=wanted.offer.approval.provider_id,
        kind=wanted.kind,
        state=OrderState.PLACED,
        placed_at=wanted.at,
        placed_by_id=wanted.by.user_id,
        valid=as_range(wanted.period),
    )
    order._state.adding = False
    order._state.db = DEFAULT_DB_ALIAS
    return order


@transaction.atomic
def accept_order(*, order: Order, by: Actor, at: datetime) -> Order:
    """The provider takes the order. Raises NotYourProvider, NotYourClientsOrder or OwnCompany."""
    _must_answer(order, by, at)
    must_not_profit(client=order.client, provider_id=order.provider_id, by=by, at=at)
    return _move(order, OrderState.ACCEPTED, "accept_order", "", by, at)


@transaction.atomic
def decline_order(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """The provider cannot take the order; its money is free again at once.

    Raises NotYourProvider or NotYourClientsOrder.
    """
    _must_answer(order, by, at)
    _move(order, OrderState.DECLINED, "decline_order", reason, by, at)
    return _release(order, by, at)


@transaction.atomic
def end_order(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """End an order; what is still held goes back to where it came from.

    See `must_end_for`. Raises NotYourClient.
    """
    must_end_for(order, by, at)
    _move(order, OrderState.ENDED, "end_order", reason, by, at)
    return _release(order, by, at)


@transaction.atomic
def shorten_order(*, order: Order, ends_on: date, reason: str, by: Actor, at: datetime) -> Order:
    """End an order from a day on: later slices go, and a month cut short keeps its hold.

    How much of that month is given back is said with `give_back`. The order stays open until its
    last days have been reported; `end_order` then frees the rest.
    Raises NotYourClient or OrderNotOpen.
    """
    must_end_for(order, by, at)
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
def give_back(
    *, part: Slice, quantity_hundredths: int, amount: Money, by: Actor, at: datetime
) -> Slice:
    """Make a slice smaller: it orders so much in all, and holds at most the amount from now on.

    What is held beyond the amount returns to the pot or voucher at once. Raises NotYourClient.
    """
    order = part.order
    must_end_for(order, by, at)
    locked = Slice.objects.select_for_update(no_key=True).get(pk=part.pk)
    locked.quantity_hundredths = quantity_hundredths
    hold = Account.objects.get(pk=locked.hold_id)
    # What the slice lacks at a new price is no longer needed first; the rest returns.
    surplus = max(hold.balance_cents - amount.cents, 0)
    lacked = min(surplus, locked.lacking_cents)
    surplus, locked.lacking_cents = surplus - lacked, locked.lacking_cents - lacked
    locked.save()
    if surplus > 0:
        release = Posting(
            TransferKind.RELEASE,
            locked.hold_id,
            locked.source_id,
            Money(surplus),
            CauseKind.ORDER,
            order.pk,
            f"release:{locked.hold_id}:{hold.debits}",
        )
        post(organiser_id=order.organiser_id, postings=[release], by_id=by.user_id, at=at)
        _pass_on(order, [locked], by, at)
    _note(order, "give_back", order.state, order.state, by, at)
    return locked


@transaction.atomic
def cancel_visit(*, order: Order, served_on: date, by: Actor, at: datetime) -> Cancellation:
    """Call off a day's visit; in time when the rulebook's hours are left before the day begins.

    Raises NotYourClient or DayCalledOff.
    """
    must_order_for(order.client, by, at)
    # One at a time for an order, so that a day is not called off twice.
    Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    if Cancellation.objects.filter(order=order, served_on=served_on).exists():
        raise DayCalledOff("This day has been called off already.")
    begins = datetime.combine(served_on, datetime.min.time(), tzinfo=at.tzinfo)
    terms = rulebook_on(order.enrolment.programme, served_on).parameters
    notice = int(terms["cancel_notice_hours"])
    hours_left = (begins - at).total_seconds() / 3600
    cancellation = Cancellation.objects.create(
        organiser_id=order.organiser_id,
        order=order,
        served_on=served_on,
        cancelled_at=at,
        in_time=hours_left >= notice,
        cancelled_by_id=by.user_id,
    )
    _note(order, "cancel_visit", order.state, order.state, by, at)
    return cancellation


@transaction.atomic
def keep_week(*, order: Order, week: Sequence[WeeklyVisit], by: Actor, at: datetime) -> Order:
    """Keep on which days and at which times of the week the visits of an order are.

    Raises NotYourClient or OrderNotOpen.
    """
    must_order_for(order.client, by, at)
    locked = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    if locked.state not in OPEN:
        raise OrderNotOpen("This order is closed already.")
    order.pattern = locked.pattern = as_json(week)
    locked.save(update_fields=["pattern"])
    _note(order, "keep_week", order.state, order.state, by, at)
    return order


def must_order_for(client: Client, by: Actor, at: datetime) -> None:
    """Let by who may order for the client on the day. Raises NotAllowed or NotYourClient."""
    order = Permission.ORDER_SERVICES
    must_act_for(client=client, permission=order, scope=MandateScope.ORDER, by=by, at=at)


def must_end_for(order: Order, by: Actor, at: datetime) -> None:
    """Let by who may order for the client, and two of the organiser's people besides.

    Who decides ends orders that a new decision does not carry, and who withdraws a provider's
    approval ends that provider's. Raises NotAllowed or NotYourClient.
    """
    others = (Permission.MAKE_DECISIONS, Permission.APPROVE_PROVIDERS)
    if not any(by.may_for_all(one, order.organiser_id) for one in others):
        must_order_for(order.client, by, at)


def _must_answer(order: Order, by: Actor, at: datetime) -> None:
    must_work_for(
        provider_id=order.provider_id,
        organiser_id=order.organiser_id,
        permission=Permission.ANSWER_ORDERS,
        by=by,
        at=at,
    )
    must_reach(order, by, at)


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
    _pass_on(order, slices, by, at)


def _pass_on(order: Order, slices: Sequence[Slice], by: Actor, at: datetime) -> None:
    """What came back to a pot or voucher that has ended goes on to the funding at once."""
    if slices:
        funding = order.enrolment.programme.funding_account_id
        sources = {one.source_id for one in slices}
        expire_what_came_back(sources, order.organiser_id, funding, by, at)


def _move(
    order: Order, state: OrderState, verb: str, reason: str, by: Actor, at: datetime
) -> Order:
    # Without the key: a visit that points to the order, and has its slice locked, is let through.
    before = OrderState(Order.objects.select_for_update(no_key=True).get(pk=order.pk).state)
    ORDER.check(before, state)
    order.state = state
    if state not in OPEN:
        order.closed_at, order.close_reason = at, reason
    # Only these: the caller's copy may be older than what others wrote of its days or its unit.
    order.save(update_fields=["state", "closed_at", "close_reason"])
    _note(order, verb, before, state, by, at)
    return order


def _note(order: Order, verb: str, before: str, after: str, by: Actor, at: datetime) -> None:
    note = Note(verb, "order", order.pk, before, after, client_id=order.client_id)
    record(organiser_id=order.organiser_id, by_id=by.user_id, at=at, notes=[note])
