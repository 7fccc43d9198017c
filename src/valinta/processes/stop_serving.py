"""A company ends its work: for one client, or altogether. With notice, and nobody is left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.clients.models import Client
from valinta.orders.actions import decline_order
from valinta.orders.change_actions import WordsMissing, begin_moving
from valinta.orders.models import Moving, Order
from valinta.orders.reach import must_reach
from valinta.orders.states import OrderState
from valinta.processes.move_clients import Alternative, alternatives
from valinta.processes.stop_on_day import open_orders_after, stop_on_day, what_stopping_does
from valinta.processes.tell_of_end import tell_of_end
from valinta.processes.withdraw_provider import (
    Reach,
    Withdrawn,
    how_far_it_reaches,
    withdraw_provider,
)
from valinta.programmes.models import Programme
from valinta.programmes.running import running_of
from valinta.providers.access import must_work_for
from valinta.providers.models import Approval, Provider
from valinta.users.actor import Actor, system
from valinta.users.permissions import Permission


class NoticeTooShort(ValueError):
    """The day is before the end of the programme's notice."""


class NothingToEnd(ValueError):
    """The company has no order of the client that goes on on the day."""


@dataclass(frozen=True, slots=True)
class Ending:
    """An order that would end: cents that return to the client's money, and who else there is."""

    order: Order
    returns: int
    others: tuple[Alternative, ...]


def earliest_end(programme: Programme, today: date) -> date:
    """The first day on which a company can be without a client it ends with today."""
    return today + timedelta(days=running_of(programme).end_client_notice_days)


def earliest_leave(programme: Programme, today: date) -> date:
    """The first day on which a company that leaves today can be without the programme."""
    return today + timedelta(days=running_of(programme).leave_notice_days)


def what_ending_does(*, provider: Provider, client: Client, ends_on: date) -> list[Ending]:
    """What would end and return, and who could be there instead; a fixed number of queries."""
    orders = open_orders_after(ends_on, provider=provider, client=client)
    stopping = what_stopping_does(orders, ends_on, frees_rest=True)
    others = alternatives(orders, ends_on)
    return [Ending(one, stopping[one.pk].returns, tuple(others[one.pk])) for one in orders]


@transaction.atomic
def stop_serving(
    *, provider: Provider, client: Client, ends_on: date, reason: str, by: Actor, at: datetime
) -> list[Moving]:
    """End all of the company's orders of a client from a day on, after the programme's notice.

    Orders not answered yet are declined at once. Money for later days returns at once; the client
    is written to, and stays on the case manager's list until there is another provider. The reason
    is told to both. Who works in one unit ends with clients whom no other unit serves. Raises
    NotYourProvider, NotAtYourLevel, NotYourClientsOrder, WordsMissing, NoticeTooShort or
    NothingToEnd.
    """
    must_work_for(
        provider_id=provider.pk,
        organiser_id=client.organiser_id,
        permission=Permission.ANSWER_ORDERS,
        by=by,
        at=at,
    )
    if not reason.strip():
        raise WordsMissing("Write why you stop; the client and the case manager read it.")
    orders = open_orders_after(ends_on, provider=provider, client=client)
    if not orders:
        raise NothingToEnd("Nothing goes on with this client on that day.")
    for order in orders:
        must_reach(order, by, at)
    if any(ends_on < earliest_end(one.enrolment.programme, at.date()) for one in orders):
        raise NoticeTooShort("Choose a day after the notice, so that the client finds another.")
    note = Note("stop_serving", "client", client.pk, client_id=client.pk, purpose=provider.name)
    record(organiser_id=client.organiser_id, by_id=by.user_id, at=at, notes=[note])
    movings = []
    for order in orders:
        if order.state == OrderState.PLACED:
            decline_order(order=order, reason=reason.strip(), by=by, at=at)
        else:
            movings.append(_end(order, ends_on, reason, at))
    if by.user_id is not None:
        tell_of_end(
            provider=provider,
            client=client,
            orders=orders,
            ends_on=ends_on,
            reason=reason,
            by=by,
            at=at,
        )
    return movings


def what_leaving_does(*, approval: Approval, ends_on: date, today: date) -> Reach:
    """How much would end when the company leaves the programme, in a fixed number of queries."""
    return how_far_it_reaches(approval=approval, ends_on=ends_on, today=today)


@transaction.atomic
def leave_as_company(
    *, approval: Approval, ends_on: date, reason: str, by: Actor, at: datetime
) -> Withdrawn:
    """End the company's own approval in a programme from a day on, after the programme's notice.

    All of its orders that go on end with it, each client is written to, and the guided move of the
    clients begins, those of the first clients at once (see `withdraw_provider`). Raises
    NotYourProvider, NotAtYourLevel, WordsMissing, NoticeTooShort or StillUnderWay.
    """
    must_work_for(
        provider_id=approval.provider_id,
        organiser_id=approval.organiser_id,
        permission=Permission.KEEP_COMPANY,
        by=by,
        at=at,
    )
    if ends_on < earliest_leave(approval.programme, at.date()):
        raise NoticeTooShort("Choose a day after the notice, so that the clients find others.")
    note = Note("leave_as_company", "approval", approval.pk, "approved", "ended")
    record(organiser_id=approval.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return withdraw_provider(
        approval=approval,
        ends_on=ends_on,
        reason=reason,
        company=by,
        by=system(approval.organiser_id),
        at=at,
    )


def _end(order: Order, ends_on: date, reason: str, at: datetime) -> Moving:
    """End an order for its company, which may do so with the notice and in no other way."""
    worker = system(order.organiser_id)
    was_until = order.valid.upper
    stop_on_day(
        order=order, ends_on=ends_on, reason=reason.strip(), by=worker, at=at, frees_rest=True
    )
    return begin_moving(
        order=order, ends_on=ends_on, was_until=was_until, reason=reason, by=worker, at=at
    )
