"""End a service that a client no longer wants: after the notice of the rulebook, the rest back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Sum

from valinta.ledger.models import Account
from valinta.orders.actions import end_order, give_back, must_order_for, shorten_order
from valinta.orders.models import Order, OrderKind, Slice
from valinta.orders.states import OrderState
from valinta.programmes.queries import rulebook_on
from valinta.shared.money import Money, half_up_div
from valinta.users.actor import Actor
from valinta.visits.models import Visit
from valinta.visits.states import VisitState


class ReasonMissing(ValueError):
    """A change of provider keeps its reason (KEU-10)."""


class TooLateToStop(ValueError):
    """A one-off visit is so near that it can no longer be called off without cost."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The order, and the first day on which it is no more (its last day is the day before)."""

    order: Order
    ends_on: date


@transaction.atomic
def stop_order(
    *, order: Order, reason: str, by: Actor, at: datetime, waiting_too: bool = False
) -> Stopped:
    """End an order when the programme's notice has run; what the notice does not need returns.

    An order that no provider has answered, and one that has not begun when the notice is over, end
    at once; `waiting_too` keeps the notice for the former. A one-off order has no notice: it ends
    at once while the rulebook's hours for calling off are left. Raises NotYourClient,
    ReasonMissing, TooLateToStop, or OrderNotOpen.
    """
    must_order_for(order.client, by, at)
    if not reason.strip():
        raise ReasonMissing("Say why you change; it helps the next provider and the programme.")
    today = at.date()
    if order.state == OrderState.PLACED and not waiting_too:
        return Stopped(end_order(order=order, reason=reason, by=by, at=at), today)
    if order.kind == OrderKind.ONE_OFF and not waiting_too:
        _must_be_in_time(order, at)
        return Stopped(end_order(order=order, reason=reason, by=by, at=at), today)
    starts = notice_over_on(order, today)
    if starts <= order.valid.lower:
        return Stopped(end_order(order=order, reason=reason, by=by, at=at), starts)
    cut = order.slices.filter(valid__contains=starts, valid__startswith__lt=starts).first()
    ends_on = starts if order.valid.upper is None else min(starts, order.valid.upper)
    old = shorten_order(order=order, ends_on=ends_on, reason=reason, by=by, at=at)
    if cut is not None:
        _keep_what_the_notice_needs(cut, starts, by, at)
    return Stopped(old, ends_on)


def notice_over_on(order: Order, today: date) -> date:
    """The first day on which the notice has run, not before the order begins."""
    terms = rulebook_on(order.enrolment.programme, today).parameters
    begins: date = order.valid.lower
    return max(today + timedelta(days=int(terms["notice_period_days"])), begins)


def _must_be_in_time(order: Order, at: datetime) -> None:
    day: date = order.valid.lower
    terms = rulebook_on(order.enrolment.programme, day).parameters
    hours = int(terms["cancel_notice_hours"])
    if datetime.combine(day, time.min, tzinfo=at.tzinfo) - at < timedelta(hours=hours):
        raise TooLateToStop(
            f"A visit is called off without cost at least {hours} hours before its day begins."
            " Call the provider and agree what to do."
        )


def _keep_what_the_notice_needs(cut: Slice, ends_on: date, by: Actor, at: datetime) -> None:
    """Give back the part of the cut month that lies after the notice, day for day.

    What has been delivered or waits for a person stays; of the rest, the days from today to the end
    of the notice keep their share of the days that were ordered.
    """
    list(Slice.objects.select_for_update(no_key=True).filter(pk=cut.pk))
    visits = Visit.objects.filter(slice=cut).exclude(state=VisitState.REJECTED)
    used = visits.aggregate(sum=Sum("quantity_hundredths"))["sum"] or 0
    waiting = visits.filter(state=VisitState.IN_REVIEW).aggregate(sum=Sum("payable_cents"))["sum"]
    start = max(at.date(), cut.valid.lower)
    kept_days, all_days = (ends_on - start).days, (cut.valid.upper - start).days
    held = Account.objects.get(pk=cut.hold_id).balance_cents - (waiting or 0)
    left = max(cut.quantity_hundredths - used, 0)
    # Never below one unit's hundredth: a slice always orders something.
    quantity = max(used + half_up_div(left * kept_days, all_days), 1)
    amount = Money((waiting or 0) + half_up_div(max(held, 0) * kept_days, all_days))
    cut.refresh_from_db()
    give_back(part=cut, quantity_hundredths=quantity, amount=amount, by=by, at=at)
