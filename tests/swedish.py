"""Greta of Österbotten on her way through the pages in Swedish, and what she types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.cast import Stage
from tests.order_pages import back_in_scope
from tests.walk import Walk
from valinta.catalogue.models import Offer
from valinta.clients.models import Client
from valinta.orders.actions import accept_order
from valinta.orders.models import Order
from valinta.plans.actions import LineChosen, write_plan
from valinta.plans.models import ServicePlan
from valinta.plans.states import Way
from valinta.shared.money import Money

MARCH = date(2019, 3, 1)
NEEDS = {
    "home-service": (Way.BUDGET, 1_00, False),
    "older-day-activity": (Way.BUDGET, 1_00, False),
    "carer-leave": (Way.OWN_SERVICE, 1_00, False),
}
POINTS = {"home-service": 15, "older-day-activity": 8, "carer-leave": 4}
SITE = "/programmes/osterbotten/osterbotten/"
BORN = date(1942, 3, 1)
CODE = re.compile(r"[3-9A-Y]{4}-[3-9A-Y]{4}-[3-9A-Y]{4}")
BANDS = {"weekday-day": "33.00", "sunday-holiday": "60.00"}

MONDAYS = {
    "first_on": "2019-03-04", "last_on": "2019-04-30", "weekdays": ["1"], "starts": "09:00",
    "minutes": "60",
}  # fmt: skip
# How each kind of question is answered.
GIVEN = {
    "scale": {"do": "next", "number": "7"},
    "text": {"do": "next", "text": "Jag mår ganska bra."},
    "goal": {"do": "next", "text": "Jag vill gå ut varje dag.", "number": "4"},
}


def walk_of(stage: Stage, client: Client | None = None) -> Walk:
    walk = Walk("sv", (stage.organiser.pk,))
    if client is not None:
        walk.browser.force_login(stage.people[client.pk].user)
    return walk


def home_help(stage: Stage) -> tuple[Offer, Offer]:
    offers = [
        stage.offer(stage.provider(name), "home-service", BANDS)
        for name in ("Vardagshjälp Ab", "Nordanvind Ab")
    ]
    return offers[0], offers[1]


@dataclass
class Path:
    """Greta, her walk, and what she has ordered."""

    stage: Stage
    greta: Client
    walk: Walk

    @property
    def own(self) -> str:
        return f"/my/{self.greta.pk}/"

    def open(self, page: str = "", status: int = 200) -> str:
        return self.walk.open(self.own + page, status)

    def send(self, page: str, data: Mapping[str, Any], status: int = 200) -> str:
        return self.walk.send(self.own + page, data, status)

    def order(self, offer: Offer, how: str, data: Mapping[str, Any]) -> Order:
        """Order through the pages; the provider says yes."""
        query = f"?service={offer.service.code}&offer={offer.pk}&how={how}"
        look = self.send(f"order/{query}", data)
        (once,) = re.findall(r'name="once" value="(\w+)"', look)
        self.send(f"order/place/{query}", {**data, "once": once})
        back_in_scope(self.stage)
        placed = Order.objects.filter(client=self.greta).latest("pk")
        return accept_order(order=placed, by=self.stage.worker(placed.provider), at=self.stage.now)


def draft(stage: Stage, greta: Client) -> ServicePlan:
    """A new plan of another assessment, which nobody has signed."""
    back_in_scope(stage)
    allocation = stage.assess(greta, NEEDS, POINTS)
    return write_plan(
        enrolment=stage.enrolment(greta),
        allocation=allocation,
        lines=[
            LineChosen(
                line.service, NEEDS[line.service.code][0], line.quantity_hundredths,
                Money(line.cents), line.mandatory,
            )
            for line in allocation.lines.select_related("service").order_by("number")
        ],
        support_plan=None,
        by=stage.manager,
        at=stage.now,
    )  # fmt: skip
