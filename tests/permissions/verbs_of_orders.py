"""The verbs of ordering services, of their visits, and of what is said of them."""

from __future__ import annotations

from tests.permissions import calls, calls_orders
from tests.permissions.verb import (
    CASE_MANAGER,
    DECIDER,
    OFFICE,
    ORDERERS,
    PROVIDER,
    SYSTEM,
    Verb,
)
from valinta.orders import actions as orders
from valinta.processes import (
    dispute_visit,
    order_service,
    place_order,
    rate_service,
    stop_order,
    switch_provider,
    take_in_visits,
)
from valinta.shared.money import Money
from valinta.visits import actions as visits
from valinta.visits import code_actions

VERBS: dict[str, Verb] = {
    "hold money for an order": Verb(orders.place, ORDERERS, calls.place, "client"),
    "accept an order": Verb(
        orders.accept_order, PROVIDER | SYSTEM,
        lambda s: orders.accept_order(order=s.order("placed"), **s.who), "provider",
    ),
    "decline an order": Verb(
        orders.decline_order, PROVIDER | SYSTEM,
        lambda s: orders.decline_order(order=s.order("placed"), reason="Koe", **s.who), "provider",
    ),
    "end an order": Verb(
        orders.end_order, ORDERERS | DECIDER | OFFICE, calls.end_order, "client"
    ),
    "shorten an order": Verb(
        orders.shorten_order, ORDERERS | DECIDER | OFFICE, calls.shorten, "client"
    ),
    "give back a part of an order": Verb(
        orders.give_back, ORDERERS | DECIDER | OFFICE,
        lambda s: orders.give_back(
            part=s.order().slices.order_by("pk")[0], quantity_hundredths=1, amount=Money(0), **s.who
        ),
        "client",
    ),
    "call off a visit": Verb(
        orders.cancel_visit, ORDERERS,
        lambda s: orders.cancel_visit(
            order=s.order(), served_on=s.later(1).starts_on, **s.who
        ),
        "client",
    ),
    "confirm a visit": Verb(
        visits.confirm_visit, ORDERERS,
        lambda s: visits.confirm_visit(visit_id=s.visit(), **s.who), "client",
    ),
    "dispute a visit": Verb(
        visits.dispute_visit, ORDERERS,
        lambda s: visits.dispute_visit(visit_id=s.visit(), reason="Koe", **s.who), "client",
    ),
    "accept a visit after review": Verb(
        visits.accept_reviewed, CASE_MANAGER | SYSTEM,
        lambda s: visits.accept_reviewed(**calls.reviewed(s)),
    ),
    "reject a visit after review": Verb(
        visits.reject_reviewed, CASE_MANAGER | SYSTEM,
        lambda s: visits.reject_reviewed(reason="Koe", **calls.reviewed(s)),
    ),
    "correct a visit": Verb(
        visits.correct_visit, CASE_MANAGER | OFFICE | SYSTEM, calls.correct
    ),
    "give a waiting visit another price": Verb(
        visits.reprice_reviewed, CASE_MANAGER | OFFICE | SYSTEM, calls.reprice
    ),
    "keep the week of an order": Verb(
        orders.keep_week, ORDERERS, calls_orders.week, "client"
    ),
    "order a service": Verb(
        order_service.order_service, ORDERERS, calls_orders.order_by_page, "client"
    ),
    "stop an order": Verb(stop_order.stop_order, ORDERERS, calls_orders.stop, "client"),
    "rate a service": Verb(rate_service.rate_service, ORDERERS, calls_orders.rate, "client"),
    "make a visit code": Verb(
        code_actions.make_code, ORDERERS, calls_orders.make_code, "client"
    ),
    "use a visit code": Verb(
        code_actions.use_code, PROVIDER | SYSTEM, calls_orders.use_code, "provider"
    ),
    "tie a visit code to its visit": Verb(
        code_actions.tie_code, PROVIDER | SYSTEM, calls_orders.tie_code, "provider"
    ),
    "dispute a visit in words": Verb(
        dispute_visit.dispute_in_words, ORDERERS, calls_orders.dispute_in_words, "client"
    ),
    "place an order": Verb(place_order.place_order, ORDERERS, calls.place_an_order, "client"),
    "switch the provider": Verb(
        switch_provider.switch_provider, ORDERERS, calls.switch, "client"
    ),
    "close orders whose days are over": Verb(
        switch_provider.close_ended_orders, CASE_MANAGER | SYSTEM, calls.close
    ),
    "report visits": Verb(
        take_in_visits.take_in_visits, PROVIDER | SYSTEM, calls.report, "provider"
    ),
}  # fmt: skip
