"""A client with two visits of cleaning a week, for the tests of changes during the way."""

from __future__ import annotations

from datetime import date, time

from tests.cast import Stage, moment, open_stage
from valinta.catalogue.models import Offer
from valinta.clients.models import Client
from valinta.ledger.models import Account
from valinta.orders.actions import accept_order
from valinta.orders.calendar import WeeklyVisit
from valinta.orders.models import Order, OrderKind
from valinta.plans.states import Way
from valinta.processes.order_service import Wanted, order_service
from valinta.shared.periods import Period

MARCH_JUNE = Period(date(2019, 3, 1), date(2019, 7, 1))
# Mondays and Thursdays, an hour each.
WEEK = (WeeklyVisit(1, time(9), 60), WeeklyVisit(4, time(9), 60))


def stage_of(code: str = "keusote", on: date = date(2019, 3, 1)) -> Stage:
    """The programme's people, living on the day."""
    stage = open_stage(code, on=on)
    stage.organiser.demo_today = on
    stage.organiser.save()
    return stage


def live_on(stage: Stage, on: date) -> None:
    """The clock of everybody moves to another day."""
    stage.on = on
    stage.organiser.demo_today = on
    with stage.scope():
        stage.organiser.save()


def begin(
    stage: Stage,
    name: str = "Aino",
    offer: Offer | None = None,
    week: tuple[WeeklyVisit, ...] = WEEK,
    period: Period = MARCH_JUNE,
) -> tuple[Client, Order]:
    """A client with twenty hours a month granted, and the week ordered and accepted."""
    client = stage.client(name, municipality="Hyvinkää")
    stage.grant(client, {"cleaning": (Way.BUDGET, 20_00, False)}, period=period)
    chosen = offer or stage.offer(stage.provider("Kotiapu"), "cleaning", "30.00")
    return client, ordered(stage, client, chosen, week, period)


def ordered(
    stage: Stage, client: Client, offer: Offer, week: tuple[WeeklyVisit, ...], period: Period
) -> Order:
    """Order the week, and have the provider accept it."""
    order = order_service(
        enrolment=stage.enrolment(client),
        wanted=Wanted(offer, OrderKind.PERIOD, period, week),
        by=stage.actor(client),
        at=stage.now,
    )
    return accept_order(order=order, by=stage.worker(order.provider), at=stage.now)


def held(order: Order) -> int:
    """What the order's slices hold now, in cents."""
    accounts = Account.objects.filter(pk__in=order.slices.values("hold_id"))
    return sum(one.balance_cents for one in accounts)


__all__ = ["MARCH_JUNE", "WEEK", "begin", "held", "live_on", "moment", "ordered", "stage_of"]
