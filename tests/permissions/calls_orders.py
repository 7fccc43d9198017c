"""Calls of the verbs of ordering through the pages; the table is in `verbs.py`."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from tests.permissions.stage import Stage
from valinta.orders import actions as orders
from valinta.orders.calendar import WeeklyVisit
from valinta.orders.models import Order, OrderKind
from valinta.processes import dispute_visit, order_service, rate_service, stop_order
from valinta.visits import code_actions
from valinta.visits.models import Visit


def week(s: Stage) -> object:
    return orders.keep_week(order=s.order(), week=[WeeklyVisit(1, time(9), 60)], **s.who)


def order_by_page(s: Stage) -> object:
    # A visit's worth is freed first, so that the money reaches.
    orders.end_order(order=s.order(), reason="Koe", by=s.side.actor("case manager"), at=s.at)
    wanted = order_service.Wanted(
        Order.objects.get(pk=s.side.order_id).offer,
        OrderKind.ONE_OFF,
        s.later(0),
        quantities={"": 100},
    )
    return order_service.order_service(enrolment=s.enrolment, wanted=wanted, **s.who)


def stop(s: Stage) -> object:
    return stop_order.stop_order(order=s.order(), reason="Koe", **s.who)


def rate(s: Stage) -> object:
    s.visit()
    return rate_service.rate_service(order=s.order(), stars=4, words="", **s.who)


def make_code(s: Stage) -> object:
    return code_actions.make_code(order=s.order(), **s.who)


def use_code(s: Stage) -> object:
    maker = replace(s, by=s.side.actor("case manager"))
    shown = code_actions.make_code(order=maker.order(), by=maker.by, at=s.at - timedelta(minutes=1))
    return code_actions.use_code(order=s.order(), code=shown.code, **s.who)


def tie_code(s: Stage) -> object:
    """A code that has been used today, and a visit of today."""
    Visit.objects.filter(pk=s.visit()).update(served_on=s.at.date())
    visit = Visit.objects.get(pk=s.visit())
    manager, system = s.side.actor("case manager"), s.side.actor("system")
    shown = code_actions.make_code(order=visit.order, by=manager, at=s.at - timedelta(minutes=1))
    used = code_actions.use_code(order=visit.order, code=shown.code, by=system, at=s.at)
    return code_actions.tie_code(code=used, visit=visit, **s.who)


def dispute_in_words(s: Stage) -> object:
    return dispute_visit.dispute_in_words(
        visit_id=s.visit(), picked="Koe", words="Ei tullut.", **s.who
    )
