"""The round that the budgets of pages are measured on: the whole tour, and pages at their fullest.

The tour's addresses lead to each page once. Some pages show their lists only when the address asks
for them, so those addresses are gone round too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client as Browser
from django.urls import reverse

from tests.tour import Stop, stops
from tests.unit.web import plan_rows
from tests.unit.web.conftest import signed_in
from tests.unit.web.page_rows import aino
from tests.unit.web.rows import Scene
from valinta.clients.models import Client
from valinta.evaluation.models import Round
from valinta.organisers import tenancy

ORDERING = "service=kotihoito&offer={kotihoito}"
# What else an address can ask for, by page; a service's code in braces is its offer's id.
ASKED: dict[str, tuple[str, ...]] = {
    "public:tray": ("", "q=ulkoilu", "service=kotihoito"),
    "public:compare": (
        "pick={kotihoito}&pick={suihkuapu}&pick={ulkoilu}&pick={siivous}&voucher={voucher}",
    ),
    "client:order_new": (
        "",
        "service=kotihoito",
        f"{ORDERING}",
        f"{ORDERING}&how=period",
        f"{ORDERING}&how=one_off",
    ),
    "client:support_plan": ("", "question=1"),
    "client:call_off": ("day=2020-11-24",),
    "casework:clients": ("", "all"),
}
# Who looks, where that is not the client or nobody.
READERS = {"client:people": "kaisa", "client:left": "onni"}


@dataclass(frozen=True, slots=True)
class View:
    """A page as one reader opens it."""

    name: str
    path: str
    browser: Browser

    def open(self, **more: Any) -> Any:
        """The server's answer."""
        return self.browser.get(self.path, **more)


def views(world: Scene) -> list[View]:
    """Every page of the site, as one of its readers opens it."""
    tenancy.enter([world.organiser.pk], None)
    found, missing = stops(world.programme, aino(world))
    assert missing == []
    return [
        View(one.name, path, _reader(world, one)) for one in found for path in _paths(world, one)
    ]


def _paths(world: Scene, stop: Stop) -> Iterator[str]:
    ids = {code: offer.pk for code, offer in world.offers.items()}
    ids["voucher"] = plan_rows.place(world).vouchers.order_by("pk")[0].pk
    path = stop.path
    if stop.name == "client:wellbeing_thanks":
        answered = Round.objects.filter(client=aino(world), state="answered").order_by("pk")[0]
        path = path.replace("/1/thanks/", f"/{answered.pk}/thanks/")
    if stop.name == "client:left":
        path = reverse(
            stop.name, kwargs={"client_id": Client.objects.get(user=world.users["onni"]).pk}
        )
    for asked in ASKED.get(stop.name, ("",)):
        yield f"{path}?{asked.format(**ids)}" if asked else path


def _reader(world: Scene, stop: Stop) -> Browser:
    if stop.portal == "public":
        return Browser()
    if stop.portal == "casework":
        return signed_in(world, "leena")
    if stop.name in READERS:
        return signed_in(world, READERS[stop.name])
    reader = stop.client.user if stop.client else None
    browser = Browser()
    browser.force_login(reader or world.users["aino"])
    return browser


def is_page(answer: Any) -> bool:
    """Whether it is a page: no file, and not only for forms that are sent."""
    return answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]
