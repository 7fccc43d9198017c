"""Calls of the verbs of running a company: its clients, prices, messages and ends."""

from __future__ import annotations

from datetime import timedelta

from tests.permissions.stage import Stage
from valinta.catalogue.actions import announce_price
from valinta.catalogue.models import Price
from valinta.messages.company_actions import write_to_client
from valinta.messages.models import NoticeChoice
from valinta.orders import unit_actions
from valinta.orders.assigning import Assignment
from valinta.orders.assigning_actions import assign_worker, end_assignment
from valinta.orders.company_actions import call_off_as_company
from valinta.orders.models import Moving, Order
from valinta.orders.repricing_actions import hold_at_new_price, hold_what_lacks
from valinta.processes.answer_in_time import decline_unanswered
from valinta.processes.change_prices import change_prices, price_days
from valinta.processes.close_unit import close_unit
from valinta.processes.hold_new_prices import Rise, hold_lacking, hold_new_prices
from valinta.processes.stop_serving import (
    earliest_end,
    earliest_leave,
    leave_as_company,
    stop_serving,
)
from valinta.processes.tell_companies import tell_companies
from valinta.processes.tell_of_end import tell_of_end
from valinta.providers.models import Unit
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.models import User


def assign(s: Stage) -> object:
    user = User.objects.get(pk=s.side.users["company's office"])
    return assign_worker(
        provider=s.order().provider,
        client=s.client,
        user=user,
        period=Period(s.at.date()),
        **s.who,
    )


def unassign(s: Stage) -> object:
    given = Assignment.objects.filter(provider=s.order().provider, client=s.client)
    return end_assignment(assignment=given[0], ends_on=s.at.date(), **s.who)


def _unit(s: Stage) -> Unit:
    return Unit.objects.create(
        provider=s.order().provider, name="Koe", valid=(s.at.date() - timedelta(days=3), None)
    )


def give_to_unit(s: Stage) -> object:
    return unit_actions.give_to_unit(order=s.order(), unit=_unit(s), **s.who)


def close_unit_of(s: Stage) -> object:
    return close_unit(unit=_unit(s), organiser_id=s.side.organiser.pk, ends_on=s.at.date(), **s.who)


def _price(s: Stage) -> Price:
    prices = Price.objects.filter(offer=s.offer, superseded_at__isnull=True)
    return prices.select_related("band").order_by("pk")[0]


def announce(s: Stage) -> object:
    price, day = _price(s), s.at.date() + timedelta(days=40)
    return announce_price(
        offer=s.offer, band=price.band.code, amount=Money(price.cents - 1), starts_on=day, **s.who
    )


def change(s: Stage) -> object:
    """Of an offer whose orders end before the new prices hold: nobody has to be written to."""
    price, offer = _price(s), s.offer
    day = price_days(offer, s.at.date())[0]
    for order in Order.objects.filter(offer=offer):
        order.valid = (order.valid.lower, min(order.valid.upper or day, day))
        order.save(update_fields=["valid"])
    return change_prices(
        offer=offer, prices={price.band.code: Money(price.cents - 1)}, starts_on=day, **s.who
    )


def reprice(s: Stage) -> object:
    """Of an order that gives back a cent, and of what lacks nothing else."""
    order = s.order()
    changes = dict.fromkeys(order.slices.values_list("pk", flat=True), -1)
    return hold_at_new_price(order=order, changes=changes, **s.who)


def reprice_all(s: Stage) -> object:
    order = s.order()
    parts = dict.fromkeys(order.slices.values_list("pk", flat=True), -1)
    hold_new_prices(rises=[Rise(order, parts, 0)], **s.who)
    return None


def hold_lacking_of(s: Stage) -> object:
    order = s.order()
    order.slices.update(lacking_cents=1)
    return hold_what_lacks(order=order, **s.who)


def hold_lacking_all(s: Stage) -> object:
    s.order().slices.update(lacking_cents=1)
    return hold_lacking(organiser_id=s.side.organiser.pk, **s.who)


def write(s: Stage) -> object:
    return write_to_client(
        provider=s.order().provider, client=s.client, subject="Koe", words="Koe", **s.who
    )


def tell_end(s: Stage) -> object:
    order = s.order()
    tell_of_end(
        provider=order.provider,
        client=s.client,
        orders=[order],
        ends_on=s.at.date(),
        reason="Koe",
        **s.who,
    )
    return None


def call_off(s: Stage) -> object:
    order = s.order()
    day = max(order.valid.lower, s.at.date() + timedelta(days=1))
    return call_off_as_company(order=order, served_on=day, by_company=True, **s.who)


def stop(s: Stage) -> object:
    """Of orders that go on for long enough, and from whom nobody is to be lost yet."""
    order = s.order()
    Moving.objects.filter(client=s.client).delete()
    _go_on(order)
    day = earliest_end(order.enrolment.programme, s.at.date())
    return stop_serving(
        provider=order.provider, client=s.client, ends_on=day, reason="Koe", **s.who
    )


def leave(s: Stage) -> object:
    day = earliest_leave(s.approval.programme, s.at.date())
    return leave_as_company(approval=s.approval, ends_on=day, reason="Koe", **s.who)


def decline_late(s: Stage) -> object:
    """With an order that nobody has answered."""
    order = s.order("placed")
    Order.objects.filter(pk=order.pk).update(placed_at=s.at - timedelta(days=60))
    return decline_unanswered(organiser_id=s.side.organiser.pk, **s.who)


def tell_news(s: Stage) -> object:
    """With an order that somebody of the company is told of."""
    order = s.order("placed")
    Order.objects.filter(pk=order.pk).update(placed_at=s.at)
    user = s.side.users["company's office"]
    NoticeChoice.objects.get_or_create(
        organiser=s.side.organiser, user_id=user,
        defaults={"email": "koe@example.fi", "chosen_at": s.at, "confirmed_at": s.at},
    )  # fmt: skip
    return tell_companies(organiser_id=s.side.organiser.pk, **s.who)


def _go_on(order: Order) -> None:
    far = (order.valid.lower, order.valid.lower + timedelta(days=400))
    Order.objects.filter(pk=order.pk).update(valid=far)
    order.refresh_from_db()
