"""Orders that a company has not answered in time are declined, so that the client can go on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from valinta.jobs.registry import job
from valinta.messages.saying import put_notices
from valinta.orders.actions import decline_order
from valinta.orders.models import Order
from valinta.orders.states import OrderState
from valinta.programmes.running import TermsNotLoaded, running_of
from valinta.users.actor import Actor, NotAllowed
from valinta.users.permissions import Permission

# Kept as the reason of an order that nobody answered; pages say it in the reader's language.
UNANSWERED = "no answer in time"


def answer_by(order: Order) -> date:
    """The last day on which the company answers an order; the order carries its programme."""
    placed_on = timezone.localtime(order.placed_at).date()
    return running_of(order.enrolment.programme).answer_by(placed_on)


def last_day(order: Order) -> date | None:
    """The last day for an answer while the order waits for one; None else, and where the
    programme's pack in use is older than these terms.
    """
    try:
        return answer_by(order) if order.state == OrderState.PLACED else None
    except TermsNotLoaded:
        return None


@job("decline_unanswered", each="11 * * * *")
def decline_unanswered(*, organiser_id: int, by: Actor, at: datetime) -> int:
    """Decline orders whose last day for an answer has gone by; says how many.

    The money is free again at once. The client and the case manager see it in their pages, and get
    an e-mail that there is something new if they chose so. Raises NotAllowed.
    """
    if not by.may_for_all(Permission.ANSWER_ORDERS, organiser_id):
        raise NotAllowed(Permission.ANSWER_ORDERS, organiser_id)
    waiting = (
        Order.objects.filter(organiser_id=organiser_id, state=OrderState.PLACED)
        .select_related("client", "enrolment__programme")
        .order_by("pk")
    )
    late = [one for one in waiting if (day := last_day(one)) is not None and day < at.date()]
    return sum(_decline(one, by, at) for one in late)


@transaction.atomic
def _decline(order: Order, by: Actor, at: datetime) -> bool:
    """One order at a time: an answer that comes meanwhile stands."""
    held = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    if held.state != OrderState.PLACED:
        return False
    decline_order(order=order, reason=UNANSWERED, by=by, at=at)
    concerned = {order.client.user_id, order.client.case_manager_id} - {None}
    if order.client.died_on is None:
        put_notices(order.organiser_id, [one for one in concerned if one is not None], at)
    return True
