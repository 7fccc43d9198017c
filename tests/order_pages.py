"""A stage whose clients order through the pages, with the demo's clock on the stage's day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client as Browser

from tests.cast import Stage, open_stage
from valinta.catalogue.models import Offer
from valinta.clients.models import Client
from valinta.orders.models import Order
from valinta.organisers import tenancy

PRICES = {"weekday-day": "30.00", "sunday-holiday": "50.00"}
# Tuesdays and Fridays at nine for an hour, from 5 March to the end of May 2019.
WEEK: dict[str, Any] = {
    "first_on": "2019-03-05",
    "last_on": "2019-05-31",
    "weekdays": ["2", "5"],
    "starts": "09:00",
    "minutes": "60",
}


@dataclass
class Reader:
    """Someone at the pages of a client: opens, fills in, presses."""

    stage: Stage
    client: Client
    browser: Browser

    def at(self, path: str = "") -> str:
        """An address under the client's own."""
        return f"/my/{self.client.pk}/{path}"

    def get(self, path: str = "", **query: object) -> str:
        """The text of a page that opens."""
        answer = self.browser.get(self.at(path), query)
        assert answer.status_code == 200, (path, answer.status_code)
        return plain(answer.content)

    def post(self, path: str, data: Mapping[str, Any], **more: Any) -> Any:
        """The answer to a form."""
        return self.browser.post(self.at(path), data, **more)

    def order(self, offer: Offer, how: str, data: Mapping[str, Any]) -> Order:
        """Order through the pages: fill in, look, place. The newest order of the client."""
        address = f"?service={offer.service.code}&offer={offer.pk}&how={how}"
        look = self.post(f"order/{address}", data)
        assert look.status_code == 200, plain(look.content)
        once = look.context["once"]
        placed = self.post(f"order/place/{address}", {**data, "once": once})
        assert placed.status_code == 302, plain(placed.content)
        with self.stage.scope():
            newest = Order.objects.filter(client=self.client).order_by("-pk")
            return newest.select_related("client", "provider", "service", "offer")[0]


def order_stage(pack: str = "keusote", on: date = date(2019, 3, 1)) -> Stage:
    """The stage with its clock; the test has to set `settings.DEMO`."""
    stage = open_stage(pack, on=on)
    set_day(stage, on)
    return stage


def set_day(stage: Stage, on: date) -> None:
    """Move the stage and its pages to another day."""
    stage.on = on
    back_in_scope(stage)
    stage.organiser.demo_today = on
    stage.organiser.save()


def reader(stage: Stage, client: Client, language: str = "en") -> Reader:
    """The client at their own pages, in a language."""
    browser = Browser()
    browser.force_login(stage.people[client.pk].user)
    browser.cookies["django_language"] = language
    return Reader(stage, client, browser)


def plain(content: bytes) -> str:
    """A page's text with ordinary spaces."""
    return content.decode().replace("\u00a0", " ")


def back_in_scope(stage: Stage) -> None:
    """A page leaves the tenancy scope when it is done; enter the stage's again."""
    tenancy.enter({stage.organiser.pk}, None)
