"""Calls of the verbs of baskets and of requests for what the tray does not have."""

from __future__ import annotations

from tests.permissions.stage import Stage
from valinta.wishes import actions as wishes
from valinta.wishes.models import Basket, BasketLine, TrayRequest
from valinta.wishes.states import RequestKind


def choice(s: Stage) -> wishes.Choice:
    offer = s.offer
    first = s.side.played.today.replace(day=1)
    return wishes.Choice(offer.service, offer, {"": 1_00}, True, first)


def basket(s: Stage) -> Basket:
    """A basket with a line, that the case manager has made."""
    who = {"by": s.side.actor("case manager"), "at": s.at}
    made = wishes.start_basket(enrolment=s.enrolment, name="Koe", **who)
    wishes.put_line(basket=made, choice=choice(s), **who)
    return made


def line(s: Stage) -> BasketLine:
    return basket(s).lines.get()


def wished(s: Stage) -> Basket:
    return wishes.wish_for_basket(
        basket=basket(s), words="", by=s.side.actor("case manager"), at=s.at
    )


def ask(s: Stage) -> TrayRequest:
    return wishes.ask_for_tray(
        enrolment=s.enrolment, kind=RequestKind.SERVICE, words="Koe", municipality_code="", **s.who
    )  # fmt: skip


def request(s: Stage) -> TrayRequest:
    return ask(Stage(s.side, s.side.actor("case manager"), s.folder))
