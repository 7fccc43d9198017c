"""A company notes that a visit of a day is called off, by the client or by itself."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.orders.actions import DayCalledOff
from valinta.orders.models import Cancellation, Order
from valinta.orders.reach import must_reach
from valinta.orders.states import OrderState
from valinta.programmes.queries import rulebook_on
from valinta.providers.access import must_work_for
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class NoSuchVisit(ValueError):
    """The order has no visits on the day: it is not in use then."""


@transaction.atomic
def call_off_as_company(
    *, order: Order, served_on: date, by_company: bool, by: Actor, at: datetime
) -> Cancellation:
    """Call off a day's visit in a company's name.

    What the company calls off itself is never paid, so it counts as in time. What the client called
    off is in time when the rulebook's hours are left before the day begins, as when the client does
    it. Raises NotYourProvider, NotAtYourLevel, NotYourClientsOrder, NoSuchVisit or DayCalledOff.
    """
    must_work_for(
        provider_id=order.provider_id,
        organiser_id=order.organiser_id,
        permission=Permission.REPORT_VISITS,
        by=by,
        at=at,
    )
    must_reach(order, by, at)
    held = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    if held.state != OrderState.ACCEPTED or served_on not in held.valid or served_on < at.date():
        raise NoSuchVisit("The order is not in use on that day.")
    if Cancellation.objects.filter(order=order, served_on=served_on).exists():
        raise DayCalledOff("This day has been called off already.")
    begins = datetime.combine(served_on, datetime.min.time(), tzinfo=at.tzinfo)
    terms = rulebook_on(order.enrolment.programme, served_on).parameters
    hours_left = (begins - at).total_seconds() / 3600
    made = Cancellation.objects.create(
        organiser_id=order.organiser_id,
        order=order,
        served_on=served_on,
        cancelled_at=at,
        in_time=by_company or hours_left >= int(terms["cancel_notice_hours"]),
        cancelled_by_id=by.user_id,
    )
    facts = {"by_company": by_company}
    note = Note(
        "cancel_visit", "order", order.pk, held.state, held.state, client_id=order.client_id,
        facts=facts,
    )  # fmt: skip
    record(organiser_id=order.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return made
