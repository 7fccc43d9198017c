"""What makes orders of the demo alive: their weeks, and stars for services that were had."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, time

from valinta.demo.clients import Lived
from valinta.orders.actions import keep_week
from valinta.orders.calendar import WeeklyVisit
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.processes.rate_service import rate_service, was_had

# How long a visit is, and how much of the unit it takes in hundredths.
_MINUTES = {"hour": 90, "visit": 45}
_PER_VISIT = {"hour": 150, "visit": 100}
_LONGEST_MONTH = 31
_DAYS = {1: (4,), 2: (1, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}


def keep_weeks(lived: Sequence[Lived], orders: Sequence[Order], at: datetime) -> None:
    """Give open orders a week with at most as many visits as they have in a month."""
    people = {one.client.pk: one.person for one in lived}
    for turn, order in enumerate(orders):
        unit = order.service.unit
        month = order.slices.order_by("valid").last()
        still_open = Order.objects.filter(pk=order.pk, state__in=OPEN).exists()
        if unit not in _MINUTES or month is None or not still_open:
            continue
        count = min(month.quantity_hundredths // _PER_VISIT[unit] * 7 // _LONGEST_MONTH, 5)
        starts = time(8 + turn % 6 * 2)
        week = [WeeklyVisit(day, starts, _MINUTES[unit]) for day in _DAYS.get(count, ())]
        if week:
            keep_week(order=order, week=week, by=people[order.client_id].actor, at=at)


def rate_services(
    lived: Sequence[Lived], orders: Sequence[Order], chance: random.Random, at: datetime
) -> None:
    """Most clients give stars to the services they have had; few are unhappy."""
    people = {one.client.pk: one.person for one in lived}
    for order in orders:
        stars = chance.choices((5, 4, 3, 2), weights=(5, 4, 2, 1))[0]
        if chance.random() < 0.8 and was_had(order):
            by = people[order.client_id].actor
            rate_service(order=order, stars=stars, words="", by=by, at=at)
