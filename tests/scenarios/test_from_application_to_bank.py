"""One company's whole way: it applies, serves, reports in three ways, and sees every cent."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests import desk as by
from tests.api import System
from tests.cast import Stage
from tests.cast_clients import SERIAL
from tests.order_pages import back_in_scope
from tests.payment_files import payments_in
from tests.scenarios.test_applying_by_pages import (
    approve,
    begin,
    fill_in,
    hand_in_all,
    newcomer,
    office,
    paper,
    sign,
)
from tests.unit.processes.changing import live_on
from valinta.api.models import ApiClient
from valinta.catalogue.models import Offer
from valinta.demo.identities import business_id
from valinta.plans.states import Way
from valinta.processes.verify_books import verify_books
from valinta.providers.models import Application, Provider
from valinta.shared.money import Money
from valinta.visits.models import RefusedLine, Visit

APPLIES, SERVES, LOOKS = date(2019, 3, 1), date(2019, 3, 8), date(2019, 5, 6)


@pytest.fixture
def stage(db: None, settings: Any) -> Stage:
    settings.DEMO = True
    return by.stage_of("keusote", APPLIES)


def test_a_new_company_sees_every_cent_from_the_visit_to_the_bank(
    stage: Stage, tmp_path: Path
) -> None:
    maria = newcomer(stage, "Maria Hakija", "fi")
    provider = approved(stage, maria)
    home = f"/provider/{provider.pk}/"

    # Aino orders eight hours a month; the company accepts.
    aino = stage.client("Aino")
    stage.grant(aino, {"home-care": (Way.BUDGET, 40_00, False)})
    offer = Offer.objects.get(approval__provider=provider)
    order = stage.order(aino, offer, 8_00, accepted=False)
    live_on(stage, SERVES)
    assert "Aino" in by.text(maria.get(f"{home}orders/"))
    assert maria.post(f"{home}orders/{order.pk}/accept/").status_code == 302

    # One visit on the page, two in a table of which one is wrong, one from the company's system.
    entered = {"order": order.pk, "reference": "v-1", "day": "2019-03-04"}
    maria.post(f"{home}today/enter/", {**entered, "starts": "09:00", "ends": "10:00"})
    table = f"tilaus;viite;päivä;alkoi;päättyi\n{order.pk};T-1;5.3.2019;9:00;10:30\n"
    table += f"{order.pk};T-2;28.2.2019;9:00;9:20\n"
    batch = maria.post(f"{home}visits/table/", {"words": table, "do": "send"})
    assert "ei ole avoinna" in by.text(maria.get(batch["Location"]))
    wrong = RefusedLine.objects.get()
    mended = {"order": order.pk, "reference": "T-2", "day": "2019-03-06"}
    maria.post(f"{home}visits/lines/{wrong.pk}/mend/", {**mended, "starts": "9:00", "ends": "9:20"})
    system = connected(stage, maria, home)
    sent = {"order": order.pk, "reference": "S-1", "served_on": "2019-03-07", "quantity": "0.25"}
    assert system.post("/visits", {"lines": [sent]}).said["counts"]["taken"] == 1
    back_in_scope(stage)

    # A month's run pays them; the statement, its visits and the bank agree to the cent.
    file = stage.pay(stage.settle(cut_off_on=date(2019, 4, 1)), tmp_path)
    (paid,) = payments_in(file)
    visits = [Money.of(one) for one in ("25.00", "37.50", "8.25", "6.25")]
    assert (paid.iban, Money.of(paid.euros)) == (provider.iban, Money.total(visits))
    live_on(stage, LOOKS)
    listed = by.text(maria.get(f"{home}statements/"))
    assert "77,00 €" in listed
    at = re.findall(rf'href="({home}statements/\d+/)"', listed)[0]
    statement = by.text(maria.get(at))
    assert "Työ: 4 käyntiä" in statement and "Pankki maksoi sen" in statement
    lines = re.findall(r'href="([^"]*statements/\d+/[^"]*\d+/)"', statement)[0]
    shown = by.text(maria.get(lines))
    assert all(f"{euros} €" in shown for euros in ("25,00", "37,50", "8,25", "6,25"))
    assert set(Visit.objects.values_list("reference", flat=True)) == {"v-1", "T-1", "T-2", "S-1"}
    assert verify_books() == []


def approved(stage: Stage, maria: by.Desk) -> Provider:
    """Maria applies in Finnish, is asked for a certificate, answers, and is approved."""
    number = next(SERIAL)
    company = business_id(6_000_000 + number * 13)
    at = begin(stage, maria, company)
    service = fill_in(stage, maria, at, "Kotiapu Koivu", number)
    hand_in_all(stage, maria, at, without=("pension-certificate",))
    assert "Järjestäjä päättää viimeistään" in sign(maria, at)
    application = Application.objects.get(business_id=company)
    root = f"/office/{stage.programme.pk}/providers/applications/{application.pk}/"
    asked = {"questions": "Eläkevakuutuksen todistus puuttuu.", "answer_by": "2019-03-15"}
    office(stage).post(f"{root}ask/", asked)
    assert "Eläkevakuutuksen todistus puuttuu." in by.text(maria.get(at))
    maria.post(f"{at}papers/pension-certificate/", paper(stage, 3))
    maria.post(f"{at}answer/", {"answer": "Tässä se on."})
    approve(stage, application, service)
    assert "Avaa yrityksen sivut" in by.text(maria.get(at))
    return Provider.objects.get(business_id=company)


def connected(stage: Stage, maria: by.Desk, home: str) -> System:
    """The company connects its own system, which signs in."""
    given = {
        "name": "Kello", "organiser": stage.organiser.pk, "scopes": ["visits:write"],
        "last_on": "31.12.2019",
    }  # fmt: skip
    page = by.text(maria.post(f"{home}company/systems/connect/", given))
    system = System(ApiClient.objects.get(), re.findall(r"(vs_[\w-]+)", page)[0])
    system.sign_in()
    return system
