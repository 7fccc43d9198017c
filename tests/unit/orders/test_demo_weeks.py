"""The demo's orders get weeks that fit what is ordered, and stars only for what was had."""

from __future__ import annotations

import random
from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest

from tests.cast import Stage, open_stage
from valinta.catalogue.models import Offer
from valinta.demo.clients import Lived
from valinta.demo.weeks import keep_weeks, rate_services
from valinta.orders.calendar import from_json
from valinta.orders.models import Rating
from valinta.plans.states import Way


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("keusote", on=date(2019, 3, 10))


def test_demo_orders_get_a_week_and_stars(stage: Stage) -> None:
    aino = stage.client("Aino")
    stage.grant(aino, {"cleaning": (Way.BUDGET, 20_00, False)})
    offer = stage.offer(stage.provider("Kiilto Oy"), "cleaning", "30.00")
    # Fifteen hours are ten visits in a month: two a week; half an hour is no visit at all.
    orders = [stage.order(aino, offer, 15_00), stage.order(aino, offer, 50)]
    stage.report(orders[0], date(2019, 3, 5), 1_50)
    lived = [cast(Lived, SimpleNamespace(client=aino, person=stage.people[aino.pk]))]
    keep_weeks(lived, orders, stage.now)
    for order in orders:
        order.refresh_from_db()
    assert [one.weekday for one in from_json(orders[0].pattern)] == [1, 4]
    assert orders[1].pattern == []
    for number in range(8):
        rate_services(lived, orders, random.Random(number), stage.now)
    assert set(Rating.objects.values_list("order_id", flat=True)) == {orders[0].pk}
    assert Offer.objects.get(pk=offer.pk).rating_count == 1
