"""A provider is lost: the approval ends on a day, its orders end with it, and nobody is left alone.

The office ends the approval here; each client then finds another provider (`move_clients`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet, Sum

from valinta.orders.change_actions import WordsMissing
from valinta.orders.models import Moving, Order, Slice
from valinta.processes.end_withdrawn import end_first
from valinta.processes.move_clients import Alternative, alternatives
from valinta.processes.stop_on_day import (
    RELATED,
    all_open_after,
    open_orders_after,
    what_stopping_does,
)
from valinta.providers.actions import end_approval
from valinta.providers.models import Approval, WithdrawalWork
from valinta.providers.withdrawal_actions import Said, begin_withdrawal
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
class Reach:
    """How far the end of an approval reaches: orders that end, their clients, cents held for them.

    `alone` is the number of orders for which no other provider takes new clients there.
    """

    orders: int
    clients: int
    held: int
    alone: int


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What the end of an approval does to some of its orders, before it is done.

    `ends_on` is the first day without.
    """

    approval: Approval
    ends_on: date
    lost: tuple[Lost, ...]

    @property
    def returns(self) -> int:
        """What of these orders returns to budgets and vouchers at once, in cents."""
        return sum(one.returns for one in self.lost)

    @property
    def stays(self) -> int:
        """What of these orders stays held for visits until the end, in cents."""
        return sum(one.stays for one in self.lost)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The approval that ends, and those of its first orders who have to find another provider.

    `work` says how many orders there are, and whether a job still goes on with some.
    """

    approval: Approval
    movings: tuple[Moving, ...]
    work: WithdrawalWork


def orders_lost(*, approval: Approval, ends_on: date) -> QuerySet[Order]:
    """The orders that would end, those of one service together. There may be thousands."""
    found = all_open_after(ends_on, offer__approval=approval)
    return found.select_related(*RELATED).order_by("service_id", "pk")


def how_far_it_reaches(*, approval: Approval, ends_on: date, today: date) -> Reach:
    """The whole of it in numbers, in a fixed number of queries that bring only what is counted."""
    orders = all_open_after(ends_on, offer__approval=approval)
    held = Slice.objects.filter(order__in=orders).aggregate(
        cents=Sum(F("hold__credits") - F("hold__debits"))
    )
    facts = ("organiser_id", "offer_id", "service_id", "provider_id", "client__municipality_code")
    light = list(orders.select_related("client").only(*facts))
    others = alternatives(light, max(ends_on, today))
    return Reach(
        orders=len(light),
        clients=len({one.client_id for one in light}),
        held=held["cents"] or 0,
        alone=sum(not others[one.pk] for one in light),
    )


def what_withdrawal_does(
    *, approval: Approval, ends_on: date, today: date, orders: Iterable[Order] | None = None
) -> Withdrawal:
    """What would end, return and be there instead, in a fixed number of queries.

    Of all the orders, or of some of `orders_lost`.
    """
    every = open_orders_after(ends_on, offer__approval=approval) if orders is None else orders
    chosen = list(every)
    stopping = what_stopping_does(chosen, ends_on, frees_rest=True)
    others = alternatives(chosen, max(ends_on, today))
    lost = (
        Lost(one, stopping[one.pk].returns, stopping[one.pk].stays, tuple(others[one.pk]))
        for one in chosen
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
    company: Actor | None = None,
    by: Actor,
    at: datetime,
) -> Withdrawn:
    """End the approval with the day before `ends_on`, and all of its orders that go on after.

    Money for later days returns at once, so that the client can order from another. What visits
    until the end may still claim stays held. Each client gets a message in their language, with
    `words` added, unless `tells` is false; a message is written by a person, so the software's own
    work tells nobody. `company` is who tells when the company leaves by itself.

    The orders of the first clients end here. Where there are more, a job goes on with the others,
    client by client (`valinta.processes.end_withdrawn`). Raises EndsInThePast, WordsMissing or
    StillUnderWay; then nothing has changed.
    """
    by.must(Permission.APPROVE_PROVIDERS, approval.organiser_id)
    if ends_on < at.date():
        raise EndsInThePast("Choose today or a later day as the first without the provider.")
    if not reason.strip():
        raise WordsMissing("Write why the approval ends. It is kept with the approval.")
    # New orders wait here, and then see that the approval does not reach so far.
    Approval.objects.select_for_update(no_key=True).get(pk=approval.pk)
    many = all_open_after(ends_on, offer__approval=approval).count()
    person = (company or by).user_id
    said = Said(reason, words, tells, company is not None, person)
    work = begin_withdrawal(
        approval=approval, ends_on=ends_on, said=said, orders=many, by=by, at=at
    )
    ended = end_approval(approval=approval, on=ends_on, reason=reason, by=by, at=at)
    moved, so_far = end_first(work=work, by=by, at=at)
    return Withdrawn(ended, tuple(moved), so_far)
