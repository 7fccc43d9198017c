"""A client dies: everything ends that day, visits made are paid, and a mistake loses nothing.

What is held for days to come returns at once. Budgets, the decision and the place stay for the days
in which a mistake is noticed (`casework.changes` of the pack), with nobody who could use them; then
`finish_deaths` ends them for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from valinta.budgets.actions import end_budget, end_voucher
from valinta.budgets.models import Budget, Pot, Voucher
from valinta.budgets.states import BudgetState, VoucherState
from valinta.clients.actions import end_enrolment
from valinta.clients.death_actions import note_death, take_death_back
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import EnrolmentState
from valinta.ledger.models import Account
from valinta.orders.change_actions import (
    ChangedMeanwhile,
    Said,
    finish_change,
    keep_change,
    undo_change,
)
from valinta.orders.models import Change, Order
from valinta.orders.reopening_actions import order_was, reopen_order
from valinta.orders.states import ChangeKind
from valinta.plans.decision_actions import end_decision
from valinta.plans.states import DecisionState
from valinta.processes.stop_on_day import open_orders_after, stop_on_day, what_stopping_does
from valinta.programmes.queries import last_report_on
from valinta.users.actor import Actor, NotAllowed
from valinta.users.permissions import Permission

REASON = "client died"
_WAITING = (VoucherState.OFFERED, VoucherState.ACCEPTED)
_HAS_PLACE = (EnrolmentState.INTERESTED, EnrolmentState.QUEUED, EnrolmentState.ENROLLED)


class TooLateToUndo(ValueError):
    """The days for taking a mistake back have gone by, and the place has ended for good."""


@dataclass(frozen=True, slots=True)
class OrderEnds:
    """An order that ends: cents that return now, and cents that stay for visits made so far."""

    order: Order
    returns: int
    stays: int


@dataclass(frozen=True, slots=True)
class Ending:
    """What the death does: orders, money that nobody uses any more (cents), access that closes.

    `stays_until` is the last day on which visits made can be reported, `undo_until` the last on
    which a mistake is taken back.
    """

    orders: tuple[OrderEnds, ...]
    left: int
    mandates: int
    stays_until: date | None
    undo_until: date

    @property
    def returns(self) -> int:
        """What orders give back at once, in cents."""
        return sum(one.returns for one in self.orders)

    @property
    def stays(self) -> int:
        """What stays held for visits made, in cents."""
        return sum(one.stays for one in self.orders)


def what_death_does(*, client: Client, on: date, at: datetime) -> Ending:
    """What would end; nothing changes."""
    ends_on = on + timedelta(days=1)
    orders = open_orders_after(ends_on, client=client)
    stopping = what_stopping_does(orders, ends_on)
    ends = tuple(OrderEnds(one, stopping[one.pk].returns, stopping[one.pk].stays) for one in orders)
    places = {one.enrolment.programme_id: one.enrolment.programme for one in orders}
    until = [last_report_on(one, on) for one in places.values()]
    pots = Pot.objects.filter(
        budget__enrolment__client=client, budget__state=BudgetState.IN_FORCE
    ).values_list("account_id", flat=True)
    vouchers = Voucher.objects.filter(enrolment__client=client, state__in=_WAITING).values_list(
        "account_id", flat=True
    )
    accounts = Account.objects.filter(pk__in=[*pots, *vouchers])
    return Ending(
        orders=ends,
        left=sum(one.balance_cents for one in accounts),
        mandates=client.mandates.filter(ended_at__isnull=True, valid__contains=at.date()).count(),
        stays_until=max(until, default=None),
        undo_until=at.date() + timedelta(days=undo_days(client)),
    )


@transaction.atomic
def record_death(*, client: Client, on: date, reason: str, by: Actor, at: datetime) -> Change:
    """Note the death: orders end with the day, and nobody outside opens the pages any more.

    `reason` says from whom it is known. Raises DayToCome or HasDied.
    """
    closed = note_death(client=client, on=on, by=by, at=at)
    ends_on = on + timedelta(days=1)
    was = [
        stop_on_day(order=one, ends_on=ends_on, reason=REASON, by=by, at=at)
        for one in open_orders_after(ends_on, client=client)
    ]
    facts = {"access": closed.as_json(), "orders": [one.as_json() for one in was]}
    said = Said(ChangeKind.DEATH, on, None, reason, "", facts)
    return keep_change(client=client, enrolment=_place(client), said=said, by=by, at=at)


@transaction.atomic
def undo_death(*, change: Change, reason: str, by: Actor, at: datetime) -> Change:
    """The death was noted by mistake: everything is as it was before, to the cent.

    Raises WordsMissing, TooLateToUndo or ChangedMeanwhile.
    """
    client = change.client
    if at.date() > undo_until(change):
        raise TooLateToUndo(
            "The days for taking it back have gone by. Register the client's place anew under"
            " Joining."
        )
    undone = undo_change(change=change, reason=reason, by=by, at=at)
    take_death_back(client=client, closed=change.facts["access"], by=by, at=at)
    for kept in change.facts["orders"]:
        reopen_order(was=order_was(kept), by=by, at=at)
    return undone


def finish_deaths(*, organiser_id: int, by: Actor, at: datetime) -> int:
    """End for good what belongs to the dead when a mistake can no longer be taken back.

    Budgets, vouchers, decisions and places end; what is left goes to the funding. Says how many
    deaths were finished. Raises NotAllowed.
    """
    if not by.may_for_all(Permission.WITHDRAW_CONSENT, organiser_id):
        raise NotAllowed(Permission.WITHDRAW_CONSENT, organiser_id)
    waiting = Change.objects.filter(
        organiser_id=organiser_id,
        kind=ChangeKind.DEATH,
        undone_at__isnull=True,
        finished_at__isnull=True,
    ).select_related("client")
    over = [one for one in waiting.order_by("pk") if at.date() > undo_until(one)]
    for one in over:
        _finish(one, by, at)
    return len(over)


def undo_until(change: Change) -> date:
    """The last day on which the death is taken back without loss."""
    return localtime(change.made_at).date() + timedelta(days=undo_days(change.client))


def undo_days(client: Client) -> int:
    """The days of the pack for taking a mistake back; the longest, with several programmes."""
    places = Enrolment.objects.filter(client=client).select_related("programme")
    terms: list[dict[str, Any]] = [
        one.programme.terms.get("casework", {}).get("changes", {}) for one in places
    ]
    return max((int(one.get("death_undo_days", 0)) for one in terms), default=0)


@transaction.atomic
def _finish(change: Change, by: Actor, at: datetime) -> None:
    try:
        finish_change(change=change, by=by, at=at)
    except ChangedMeanwhile:
        return
    for place in change.client.enrolments.filter(state__in=_HAS_PLACE).select_related("programme"):
        _end_money(place, by, at)
        end_enrolment(enrolment=place, withdrawn=False, reason=REASON, by=by, at=at)


def _end_money(place: Enrolment, by: Actor, at: datetime) -> None:
    funding = place.programme.funding_account_id
    for budget in Budget.objects.filter(enrolment=place, state=BudgetState.IN_FORCE):
        end_budget(budget=budget, funding_account_id=funding, by=by, at=at)
    for voucher in Voucher.objects.filter(enrolment=place, state__in=_WAITING):
        end_voucher(voucher=voucher, funding_account_id=funding, by=by, at=at)
    for decision in place.decisions.filter(state=DecisionState.IN_FORCE):
        end_decision(decision=decision, by=by, at=at)


def _place(client: Client) -> Enrolment | None:
    return client.enrolments.order_by("-applied_at", "-pk").first()
