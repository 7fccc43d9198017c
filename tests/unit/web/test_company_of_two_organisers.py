"""A company of two organisers at its pages: both are there, each on its own day, by one's hats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.cast import Stage
from tests.company_pages import PRICES, Clock, Company, company, visit_stage
from tests.order_pages import back_in_scope, order_stage
from valinta.orders.models import Order
from valinta.orders.states import OrderState
from valinta.plans.states import Way
from valinta.providers.levels import Level
from valinta.users.models import Holding
from valinta.users.permissions import Role


@dataclass
class Two:
    """The company, an order of each organiser's client, and an administrator with both hats."""

    here: Company
    there: Stage
    mine: Order
    theirs: Order


@pytest.fixture
def two(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Two:
    settings.DEMO = True
    Clock(monkeypatch)
    one = company(visit_stage())
    mine = _ordered(one.stage, one, "Aino", "home-care", PRICES)
    there = order_stage("siun-sote", date(2019, 3, 6))
    there.approve(one.provider)
    code = sorted(there.programme.terms["service_bands"])[0]
    theirs = _ordered(there, one, "Tapio", code, "30.00")
    Holding.objects.create(
        organiser=there.organiser, user=one.people[Level.ADMIN], role=Role.PROVIDER,
        valid=(date(2015, 1, 1), None),
    )  # fmt: skip
    return Two(one, there, mine, theirs)


def _ordered(stage: Stage, one: Company, name: str, service: str, price: Any) -> Order:
    client = stage.client(name)
    stage.grant(client, {service: (Way.BUDGET, 40_00, False)})
    offer = stage.offer(one.provider, service, price)
    return stage.order(client, offer, 8_00, accepted=False)


@pytest.mark.parametrize("path", ["orders/", "clients/"])
def test_both_organisers_clients_are_there_for_who_has_both_hats(two: Two, path: str) -> None:
    admin = two.here.at(Level.ADMIN).get(path)
    office = two.here.at(Level.OFFICE).get(path)
    assert "Aino" in admin and "Tapio" in admin
    assert "Aino" in office and "Tapio" not in office


def test_what_is_of_an_organiser_without_the_hat_is_not_there(two: Two) -> None:
    office = two.here.at(Level.OFFICE)
    for path in ("orders/{0.pk}/", "clients/{0.client_id}/", "prices/{0.offer_id}/change/"):
        office.get(path.format(two.theirs), 404 if "prices" not in path else 403)
    office.post(f"orders/{two.theirs.pk}/accept/", 404)
    admin = two.here.at(Level.ADMIN)
    for path in ("orders/{0.pk}/", "clients/{0.client_id}/", "prices/{0.offer_id}/change/"):
        admin.get(path.format(two.theirs))


def test_an_order_is_answered_at_its_own_organisers_moment(two: Two) -> None:
    two.here.at(Level.ADMIN).post(f"orders/{two.theirs.pk}/accept/")
    back_in_scope(two.there)
    two.theirs.refresh_from_db()
    assert two.theirs.state == OrderState.ACCEPTED
    assert two.theirs.organiser_id == two.there.organiser.pk


def test_home_names_every_programme_and_the_orders_of_both(two: Two) -> None:
    home = two.here.at(Level.ADMIN).get("")
    assert "2 orders to answer" in home
    for stage in (two.here.stage, two.there):
        assert stage.programme.names["en"] in home
    bills = two.here.at(Level.ADMIN).get("statements/")
    assert two.here.stage.organiser.ovt in bills and two.there.organiser.ovt in bills
