"""Change provider: notice by the rulebook, unspent money back, a new order placed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from valinta.catalogue.models import Offer
from valinta.orders.actions import end_order, must_order_for
from valinta.orders.calendar import WeeklyVisit
from valinta.orders.models import Change, Order, OrderKind
from valinta.orders.states import OPEN, ChangeKind
from valinta.processes.order_service import Wanted, order_service
from valinta.processes.stop_order import ReasonMissing, notice_over_on, stop_order
from valinta.programmes.queries import last_report_on
from valinta.shared.periods import Period
from valinta.users.actor import Actor, NotAllowed
from valinta.users.permissions import Permission
from valinta.visits.models import Visit
from valinta.visits.states import VisitState

__all__ = ["ReasonMissing", "Switched", "close_ended_orders", "switch_provider"]


class AnotherService(ValueError):
    """The new offer is for another service; that is a new order, not a change of provider."""


class OrderEndsFirst(ValueError):
    """The order is over before the notice is, so there is nothing to move to another provider."""


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
    week: Sequence[WeeklyVisit] = (),
) -> Switched:
    """Move the client to another provider after the notice period of the programme (KEU-10).

    The old order ends when the notice has run; the days after that are released at once, and the
    new order is placed from that day to the old order's end: the visits of the `week` when one is
    given, else the quantities in each month. Raises ReasonMissing, AnotherService, OrderEndsFirst
    and all that `order_service` raises; then nothing has changed.
    """
    must_order_for(order.client, by, at)
    if offer.service_id != order.service_id:
        raise AnotherService("The new offer is for another service. Place a new order instead.")
    starts, end = notice_over_on(order, at.date()), order.valid.upper
    if end is not None and starts >= end:
        raise OrderEndsFirst(
            f"The notice runs until {starts}, and the order ends on {end} already. Order from the"
            " new provider for the time after that."
        )
    old = stop_order(order=order, reason=reason, by=by, at=at, waiting_too=True).order
    new = order_service(
        enrolment=order.enrolment,
        wanted=Wanted(offer, OrderKind.PERIOD, Period(starts, end), tuple(week), quantities),
        by=by,
        at=at,
    )
    return Switched(old, starts, new)


def close_ended_orders(*, organiser_id: int, by: Actor, at: datetime) -> int:
    """Close orders whose days are over and whose reporting time has passed; free what they hold.

    An order with a visit that waits for a person stays: the visit may still be captured. So does
    one that ended with a death while a mistake can be taken back: nothing of it may be lost.
    """
    if not by.may_for_all(Permission.ORDER_SERVICES, organiser_id):
        raise NotAllowed(Permission.ORDER_SERVICES, organiser_id)
    closed = 0
    # By the client as well, whom visits have an index for.
    waiting = Visit.objects.filter(
        order=OuterRef("pk"), client=OuterRef("client"), state=VisitState.IN_REVIEW
    )
    dead = Change.objects.filter(
        organiser_id=organiser_id,
        kind=ChangeKind.DEATH,
        undone_at__isnull=True,
        finished_at__isnull=True,
    )
    ended = (
        Order.objects.exclude(client__in=dead.values("client"))
        .filter(
            ~Exists(waiting),
            organiser_id=organiser_id,
            state__in=OPEN,
            valid__endswith__lte=at.date(),
        )
        .select_related("enrolment__programme")
    )
    for order in ended.order_by("pk"):
        last_day = order.valid.upper - timedelta(days=1)
        if last_report_on(order.enrolment.programme, last_day) < at.date():
            # A change of provider left its reason on the order, and it is kept (KEU-10).
            end_order(order=order, reason=order.close_reason or "days over", by=by, at=at)
            closed += 1
    return closed
