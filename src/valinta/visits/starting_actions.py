"""A worker begins a visit now and ends it later; its line goes in when it ends."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.users.actor import Actor
from valinta.visits.lines import LOCAL
from valinta.visits.models import StartedVisit, Visit
from valinta.visits.serving import NotYourVisit, must_serve
from valinta.visits.started import close_one, note_started


class OrderNotInUse(ValueError):
    """The order is closed or its days are others, so no visit of it begins now."""


class StartedAlready(ValueError):
    """The worker has begun a visit of this order and not ended it."""


class StartLiesAhead(ValueError):
    """A visit begins now or began before, never later."""


class ReferenceTaken(ValueError):
    """Another visit has the reference."""


@transaction.atomic
def start_visit(
    *, order: Order, reference: str, started_at: datetime, by: Actor, at: datetime
) -> StartedVisit:
    """Begin a visit. `started_at` is now, or before when the device was out of reach.

    The same start sent again gives the one that is there. Raises NotYourProvider, NotYourVisit,
    OrderNotInUse, StartedAlready, StartLiesAhead or ReferenceTaken.
    """
    must_serve(order=order, by=by, at=at)
    # One at a time for an order, so that two devices do not begin two.
    locked = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    own = StartedVisit.objects.filter(
        organiser_id=order.organiser_id, provider_id=order.provider_id, reference=reference
    ).first()
    if own is not None:
        if own.order_id == order.pk and own.user_id == by.user_id:
            return own
        raise ReferenceTaken("Another visit has this reference. Begin the visit anew.")
    _must_begin(locked, reference, started_at, by, at)
    made = StartedVisit.objects.create(
        organiser_id=order.organiser_id,
        provider_id=order.provider_id,
        order=order,
        user_id=by.user_id or 0,
        reference=reference,
        started_at=started_at,
        kept_at=at,
    )
    note_started("start_visit", made, "", "started", by, at)
    return made


@transaction.atomic
def drop_started(*, started: StartedVisit, by: Actor, at: datetime) -> None:
    """Say that the visit did not take place after all. Raises NotYourVisit or what says who may."""
    must_serve(order=started.order, by=by, at=at)
    locked = StartedVisit.objects.select_for_update(of=("self",)).get(pk=started.pk)
    if locked.user_id != by.user_id:
        raise NotYourVisit
    if locked.closed_at is None:
        close_one(locked, "dropped", by, at)


def _must_begin(
    order: Order, reference: str, started_at: datetime, by: Actor, at: datetime
) -> None:
    if started_at > at:
        raise StartLiesAhead("The visit would begin later than now. Check the clock of the device.")
    day = started_at.astimezone(LOCAL).date()
    if order.state not in OPEN or day not in order.valid:
        raise OrderNotInUse("This order is closed or its days are others. Look at the orders.")
    taken = Visit.objects.under([reference], order.provider_id, order.organiser_id)
    if not 0 < len(reference) <= 60 or taken.exists():
        raise ReferenceTaken("Another visit has this reference. Begin the visit anew.")
    going_on = StartedVisit.objects.filter(
        order=order, user_id=by.user_id or 0, closed_at__isnull=True
    )
    if going_on.exists():
        raise StartedAlready("You have begun a visit of this order. End it first.")
