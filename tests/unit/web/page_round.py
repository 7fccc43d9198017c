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
from tests.tour_readers import STAFF
from tests.unit.web import plan_rows
from tests.unit.web.conftest import signed_in
from tests.unit.web.page_rows import aino
from tests.unit.web.rows import Scene
from valinta.clients.models import Client
from valinta.evaluation.models import Round
from valinta.organisers import tenancy
from valinta.users.permissions import ROLES, Role
from valinta.web.routes import ROUTES

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
    "casework:work": (
        "",
        "whose=all",
        "whose=all&numbers=1",
        "kind=request",
        "whose=unassigned&kind=interest",
    ),
    "casework:messages": ("", "all"),
    "casework:services_new": (
        "",
        "service=kotihoito",
        f"{ORDERING}",
        f"{ORDERING}&how=period",
        f"{ORDERING}&how=one_off",
    ),
    "office:letters": ("", "kind=claim_answer&language=sv"),
    "office:prices": ("", "service=ulkoilu"),
    "provider:orders": ("", "over=1"),
    "provider:visits": ("", "state=refused", "state=disputed"),
    "provider:today": ("", "day=2020-11-18"),
    "provider:orders_call_off": ("day=2020-11-23",),
}
# Pages that a decision maker sees otherwise than the case manager.
TWICE = {"casework:decisions", "casework:decisions_claim", "casework:client"}
# What is sent to a page that shows what would come of it, and changes nothing.
SENT: dict[str, dict[str, str]] = {
    "casework:search": {"words": "Esimerkki"},
    "casework:changes_away": {
        "kind": "hospital",
        "first_on": "2021-01-10",
        "last_on": "2021-01-20",
        "reason": "Leikkaus.",
    },
    "casework:changes_death": {"died_on": "2020-11-18", "reason": "Omainen kertoi."},
    "casework:changes_withdrawal": {
        "said_on": "2020-11-18",
        "way": "phone",
        "reason": "Haluaa lopettaa.",
        "proof": "Puhelu.",
    },
    "casework:changes_home": {"to": "205", "on": "2020-11-30"},
}
# Who looks, where that is not the client or nobody.
READERS = {"client:people": "kaisa", "client:left": "onni"}
WORKERS = {
    Role.CASE_MANAGER: "leena",
    Role.DECISION_MAKER: "paavo",
    Role.OFFICE: "oili",
    Role.PROVIDER: "helmi",
}


@dataclass(frozen=True, slots=True)
class View:
    """A page as one reader opens it."""

    name: str
    path: str
    browser: Browser
    reader: str = ""
    sent: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """What sets it apart from the others."""
        return f"{self.path} {self.reader}{' sent' if self.sent else ''}".strip()

    def open(self, **more: Any) -> Any:
        """The server's answer."""
        if self.sent:
            return self.browser.post(self.path, dict(self.sent), **more)
        return self.browser.get(self.path, **more)


def views(world: Scene) -> list[View]:
    """Every page of the site, as one of its readers opens it."""
    tenancy.enter([world.organiser.pk], None)
    found, missing = stops(world.programme, aino(world))
    assert missing == [], [str(one) for one in missing]
    opened = [
        View(one.name, path, browser, reader)
        for one in found
        for path in _paths(world, one)
        for browser, reader in _readers(world, one)
    ]
    asked = [
        View(one.name, one.path, _reader(world, one), sent=tuple(SENT[one.name].items()))
        for one in found
        if one.name in SENT
    ]
    return opened + asked


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


def _readers(world: Scene, stop: Stop) -> Iterator[tuple[Browser, str]]:
    yield _reader(world, stop), ""
    if stop.name in TWICE:
        yield signed_in(world, "paavo"), "paavo"


def _reader(world: Scene, stop: Stop) -> Browser:
    if stop.portal == "public":
        return Browser()
    if stop.portal in STAFF:
        return signed_in(world, _worker(stop))
    if stop.name in READERS:
        return signed_in(world, READERS[stop.name])
    reader = stop.client.user if stop.client else None
    browser = Browser()
    browser.force_login(reader or world.users["aino"])
    return browser


def _worker(stop: Stop) -> str:
    """The one of the portal's own role; who decides, where that role may not open the page."""
    role = STAFF[stop.portal]
    needs = ROUTES[stop.name].needs
    return WORKERS[role if needs in ROLES[role].permissions else Role.DECISION_MAKER]


def is_page(answer: Any) -> bool:
    """Whether it is a page: no file, and not only for forms that are sent."""
    return answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]
