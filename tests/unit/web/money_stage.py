"""A client with a budget of a real pack, seen through the pages: the stage's day is the demo's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.test import Client as Browser
from django.urls import reverse

from tests.cast import Stage, open_stage
from valinta.catalogue.models import Offer
from valinta.clients.models import Client
from valinta.organisers.models import Organiser
from valinta.plans.states import Way
from valinta.users.models import User

ON = date(2019, 3, 20)
NEEDS = {
    "home-care": (Way.BUDGET, 12_50, False),
    "cleaning": (Way.BUDGET, 10_00, False),
    "shower-help": (Way.BUDGET, 8_00, True),
    "meals": (Way.PURCHASED, 10_00, False),
}


@dataclass
class MoneyScene:
    """The stage, Aino who lives on it, and offers by service."""

    stage: Stage
    aino: Client
    offers: Mapping[str, Offer]

    def address(self, name: str, **more: int) -> str:
        return reverse(f"client:{name}", kwargs={"client_id": self.aino.pk, **more})

    def browser(self) -> Browser:
        """Aino's own."""
        return self.stage_browser(self.aino.user_id)

    def stage_browser(self, user_id: int | None) -> Browser:
        """A browser in which the user has signed in, in English."""
        browser = Browser(headers={"accept-language": "en"})
        browser.force_login(User.objects.get(pk=user_id))
        browser.cookies["django_language"] = "en"
        return browser

    def visits(self, code: str, many: int) -> None:
        """An order of the month, and so many visits on the days before today."""
        with self.stage.scope():
            order = self.stage.order(self.aino, self.offers[code], many * 1_00)
            for number in range(many):
                self.stage.report(order, ON - timedelta(days=number + 1))


def money_scene() -> MoneyScene:
    """Central Uusimaa in March 2019: Aino's budget is granted, nothing is ordered."""
    stage = open_stage("keusote", on=date(2019, 3, 1))
    aino = stage.client("Aino", municipality="Järvenpää")
    stage.grant(aino, NEEDS)
    helper, other = stage.provider("Kotiapu Oy"), stage.provider("Naapuriapu ry")
    offers = {
        "home-care": stage.offer(helper, "home-care", "36.90"),
        "cleaning": stage.offer(helper, "cleaning", "29.95"),
        "shower-help": stage.offer(other, "shower-help", "32.60"),
    }
    stage.offer(other, "cleaning", "31.20")
    Organiser.objects.filter(pk=stage.organiser.pk).update(demo_today=ON)
    return MoneyScene(stage, aino, offers)
