"""Units on a company's pages: people and orders in them, systems bound to them, and the end."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Stage
from tests.company_pages import (
    Clock,
    Company,
    Desk,
    company,
    hired,
    served,
    visit_stage,
)
from valinta.api.models import ApiClient
from valinta.demo.identities import iban
from valinta.providers.levels import Level
from valinta.providers.models import Unit, Worker


@pytest.fixture
def stage(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Stage:
    settings.DEMO = True
    Clock(monkeypatch)
    return visit_stage()


@pytest.fixture
def kotiapu(stage: Stage) -> Company:
    return company(stage)


def unit(one: Company, name: str = "Pohjoinen") -> Unit:
    one.at(Level.ADMIN).post("company/units/", name=name)
    return one.provider.units.get(name=name)


def northern(one: Company, where: Unit) -> Desk:
    """Somebody of the office in a unit, moved there by the page."""
    user = hired(one.stage, one.provider, Level.OFFICE, "Pohjoisen toimisto")
    row = Worker.objects.get(user=user)
    one.at(Level.ADMIN).post(f"company/people/{row.pk}/", level="office", unit=where.pk)
    return Company(one.stage, one.provider, {Level.OFFICE: user}).at(Level.OFFICE)


def test_somebody_of_a_unit_sees_its_clients_and_orders_on_every_page(kotiapu: Company) -> None:
    mine, other = served(kotiapu, "Aino"), served(kotiapu, "Veli")
    north = unit(kotiapu)
    kotiapu.at(Level.OFFICE).post(f"orders/{mine.pk}/unit/", unit=north.pk)
    desk = northern(kotiapu, north)
    for path in ("orders/", "clients/", "today/", "orders/week/"):
        shown = desk.get(path, **({"day": "2019-03-05"} if "week" in path else {}))
        assert mine.client.given_name in shown, path
        assert other.client.given_name not in shown, path
    for path in ("orders/{0.pk}/", "clients/{0.client_id}/", "clients/{0.client_id}/write/"):
        desk.get(path.format(mine))
        desk.get(path.format(other), 404)
    desk.get("statements/", 403)
    desk.get("prices/", 403)
    assert "Which unit serves" not in desk.get(f"orders/{mine.pk}/")


def test_the_office_gives_an_order_to_a_unit_and_takes_it_back(kotiapu: Company) -> None:
    order, north = served(kotiapu), unit(kotiapu)
    office = kotiapu.at(Level.OFFICE)
    office.post(f"orders/{order.pk}/unit/", unit=north.pk)
    assert "The unit sees the order" in office.get(f"orders/{order.pk}/")
    office.post(f"orders/{order.pk}/unit/", unit="")
    assert "whole company's again" in office.get(f"orders/{order.pk}/")
    foreign = unit(company(kotiapu.stage, "Toinen Oy"))
    office.post(f"orders/{order.pk}/unit/", unit=foreign.pk)
    assert "Choose one of the company's units" in office.get(f"orders/{order.pk}/")
    order.refresh_from_db()
    assert order.unit is None
    kotiapu.at(Level.WORKER).post(f"orders/{order.pk}/unit/", 403, unit=north.pk)


def test_a_unit_in_use_does_not_end(kotiapu: Company) -> None:
    order, north = served(kotiapu), unit(kotiapu)
    office, admin = kotiapu.at(Level.OFFICE), kotiapu.at(Level.ADMIN)
    office.post(f"orders/{order.pk}/unit/", unit=north.pk)
    admin.post(f"company/units/{north.pk}/end/")
    assert "Move them to another unit first" in admin.get("company/")
    assert "1 open order" in admin.get("company/")
    office.post(f"orders/{order.pk}/unit/", unit="")
    admin.post(f"company/units/{north.pk}/end/")
    assert "The company works as one" in admin.get("company/")


def test_a_system_is_bound_to_a_unit_and_not_to_the_companys_money(kotiapu: Company) -> None:
    served(kotiapu)
    north, admin = unit(kotiapu), kotiapu.at(Level.ADMIN)
    asked: dict[str, Any] = {
        "name": "Raportti", "organiser": kotiapu.stage.organiser.pk, "unit": north.pk,
        "scopes": ["orders:read", "statements:read"], "last_on": "2019-12-31",
    }  # fmt: skip
    wrong = admin.post("company/systems/connect/", 422, **asked)
    assert "whole company" in wrong.content.decode()
    admin.post("company/systems/connect/", 200, **asked | {"scopes": ["orders:read"]})
    assert ApiClient.objects.get().unit == north
    assert "Pohjoinen" in admin.get("company/systems/")


def test_everybody_who_sees_money_sees_that_the_account_is_being_changed(
    kotiapu: Company,
) -> None:
    kotiapu.at(Level.ADMIN).post("company/account/", iban=iban(77))
    said = "The bank account is being changed"
    assert said in kotiapu.at(Level.OFFICE).get("")
    assert said not in kotiapu.at(Level.WORKER).get("")


def test_one_of_the_company_chooses_e_mails_and_confirms_the_address(kotiapu: Company) -> None:
    browser = kotiapu.at(Level.OFFICE).browser
    where = kotiapu.stage.organiser.pk
    assert browser.get("/provider/notices/").status_code == 200
    asked = {"organiser": where, "wanted": "yes", "email": "toimisto@example.fi"}
    assert browser.post("/provider/notices/", asked | {"email": ""}).status_code == 422
    assert browser.post("/provider/notices/", asked).status_code == 302
    assert "toimisto@example.fi" in browser.get("/provider/notices/").content.decode()
    wrong = browser.post("/provider/notices/", {"organiser": where, "code": "000000"})
    assert wrong.status_code == 422
    assert browser.post("/provider/notices/", asked | {"organiser": 0}).status_code == 404
