"""Change provider: notice by the rulebook, unspent money back, a new order placed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Sum

from valinta.catalogue.models import Offer
from valinta.ledger.models import Account
from valinta.orders.actions import end_order, give_back, must_order_for, shorten_order
from valinta.orders.models import Order, OrderKind, Slice
from valinta.orders.states import OPEN
from valinta.processes.place_order import place_order
from valinta.programmes.queries import rulebook_on
from valinta.shared.money import Money, half_up_div
from valinta.shared.periods import Period
from valinta.users.actor import Actor, NotAllowed
from valinta.users.permissions import Permission
from valinta.visits.models import Visit
from valinta.visits.states import VisitState


class ReasonMissing(ValueError):
    """A change of provider keeps its reason (KEU-10)."""


class AnotherService(ValueError):
    """The new offer is for another service; that is a new order, not a change of provider."""


@dataclass(frozen=True, slots=True)
class Switched:
    """The order that ends, its last day (exclusive) by the notice period, and the new order."""

    old: Order
    ends_on: date
    new: Order


@transaction.atomic
def switch_provider(
    *,
    order: Order,
    offer: Offer,
    quantities: Mapping[str, int],
    reason: str,
    by: Actor,
    at: datetime,
) -> Switched:
    """Move the client to another provider after the notice period of the programme (KEU-10).

    The old order ends when the notice has run; the days after that are released at once, and the
    new order is placed from that day to the old order's end. Raises ReasonMissing, AnotherService
    and all that `place_order` raises; then nothing has changed.
    """
    must_order_for(order.client, by, at)
    if not reason.strip():
        raise ReasonMissing("Say why you change; it helps the next provider and the programme.")
    if offer.service_id != order.service_id:
        raise AnotherService("The new offer is for another service. Place a new order instead.")
    enrolment = order.enrolment
    notice = int(rulebook_on(enrolment.programme, at.date()).parameters["notice_period_days"])
    starts = max(at.date() + timedelta(days=notice), order.valid.lower)
    end = order.valid.upper
    if starts <= order.valid.lower:
        old = end_order(order=order, reason=reason, by=by, at=at)
    else:
        cut = order.slices.filter(valid__contains=starts, valid__startswith__lt=starts).first()
        old = shorten_order(order=order, ends_on=min(starts, end), reason=reason, by=by, at=at)
        if cut is not None:
            _keep_what_the_notice_needs(cut, starts, by, at)
    new = place_order(
        enrolment=enrolment,
        offer=offer,
        kind=OrderKind.PERIOD,
        period=Period(starts, end),
        quantities=quantities,
        by=by,
        at=at,
    )
    return Switched(old, starts, new)


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


def close_ended_orders(*, organiser_id: int, by: Actor, at: datetime) -> int:
    """Close orders whose days are over and whose reporting time has passed; free what they hold."""
    if not by.may_for_all(Permission.ORDER_SERVICES, organiser_id):
        raise NotAllowed(Permission.ORDER_SERVICES, organiser_id)
    closed = 0
    ended = Order.objects.filter(
        organiser_id=organiser_id, state__in=OPEN, valid__endswith__lte=at.date()
    ).select_related("enrolment__programme")
    for order in ended.order_by("pk"):
        terms = rulebook_on(order.enrolment.programme, order.valid.upper - timedelta(days=1))
        last = order.valid.upper + timedelta(days=int(terms.parameters["report_within_days"]))
        if last < at.date():
            # A change of provider left its reason on the order, and it is kept (KEU-10).
            end_order(order=order, reason=order.close_reason or "days over", by=by, at=at)
            closed += 1
    return closed
