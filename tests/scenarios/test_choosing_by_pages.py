"""What is told before choosing, and choosing itself, through the pages of three programmes."""

from __future__ import annotations

import re
from datetime import date

import pytest
from pytest_django import Settings

from tests.cast import Stage
from tests.mission import shows
from tests.order_pages import PRICES, back_in_scope, order_stage, plain, reader
from tests.unit.web.public import OSTERBOTTEN
from valinta.messages.actions import write_message
from valinta.messages.models import Thread
from valinta.orders.models import Order, OrderKind
from valinta.plans.states import Way
from valinta.processes.verify_books import verify_books
from valinta.providers.models import Sector
from valinta.shared.periods import Period

ONCE = {"first_on": "2019-03-05", "starts": "10:00", "minutes": "60"}
VOUCHERS = ("home-service", "home-care", "voucher-housing", "social-rehabilitation")


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    settings.DEMO = True


@shows("KEU-7")
def test_aino_follows_the_tray_to_an_order(db: None) -> None:
    stage = order_stage("keusote", date(2019, 3, 1))
    aino = stage.client("Aino", municipality="Hyvinkää")
    stage.grant(aino, {"home-care": (Way.BUDGET, 10_00, False)})
    offer = stage.offer(stage.provider("Hoiva Helmi Oy"), "home-care", PRICES)
    hers = reader(stage, aino)
    tray = plain(hers.browser.get("/tray/?q=kotihoito").content)
    (link,) = re.findall(rf'href="(/my/{aino.pk}/order/\?[^"]*offer={offer.pk}[^"]*)"', tray)
    # The link goes on from the provider she chose: only how often is asked next.
    how = plain(hers.browser.get(link.replace("&amp;", "&")).content)
    assert "Hoiva Helmi Oy" in how
    assert "How often do you need it?" in how
    order = hers.order(offer, "once", ONCE)
    back_in_scope(stage)
    assert (order.provider.name, order.kind) == ("Hoiva Helmi Oy", OrderKind.ONE_OFF)
    assert verify_books() == []


@shows("KAI-5")
def test_veli_asks_his_case_manager_while_he_chooses(db: None) -> None:
    stage = order_stage("kainuu", date(2019, 9, 1))
    veli = stage.client("Veli", municipality="Kuhmo")
    autumn = Period(date(2019, 9, 1), date(2019, 11, 1))
    stage.grant(veli, {"home-nursing": (Way.BUDGET, 6_00, False)}, period=autumn)
    sectors = {"Kuhmon Hoiva Oy": Sector.PRIVATE, "Hoiva-apu ry": Sector.THIRD}
    sectors["Kainuun kotisairaanhoito"] = Sector.PUBLIC
    offers = {
        name: stage.offer(stage.provider(name, sector=sector), "home-nursing", "42.00")
        for name, sector in sectors.items()
    }
    his = reader(stage, veli)
    choosing = his.get("order/", service="home-nursing")
    assert all(name in choosing for name in sectors)
    # Help is on the same page: it opens a message to his case manager, and the answer comes back.
    assert "Your case manager helps you to choose." in choosing
    assert f'href="/my/{veli.pk}/messages/new/?to=case_manager"' in choosing
    writing = his.get("messages/new/", to="case_manager")
    assert re.search(r'value="case_manager"[^>]* checked', writing)
    asked = {"to": "case_manager", "subject": "Kenet valitsen?", "words": "Kuka tulee iltaisin?"}
    assert his.post("messages/new/", asked).status_code == 302
    back_in_scope(stage)
    thread = Thread.objects.get(client=veli)
    write_message(thread=thread, words="Hoiva-apu ry.", by=stage.manager, at=stage.now)
    assert "Hoiva-apu ry." in his.get(f"messages/{thread.pk}/")
    back_in_scope(stage)
    once = {"first_on": "2019-09-02", "starts": "18:00", "minutes": "45"}
    order = his.order(offers["Hoiva-apu ry"], "once", once)
    assert order.provider.sector == Sector.THIRD


@shows("HAM-1", "HAM-3")
def test_elli_uses_both_instruments_on_her_pages(db: None) -> None:
    stage = order_stage("kanta-hame", date(2019, 3, 1))
    offers = {
        service: stage.offer(stage.provider(f"Tuottaja {number} Oy"), service, "20.00")
        for number, service in enumerate((*VOUCHERS, "personal-assistance"))
    }
    # The tray tells which services go by voucher and which by budget.
    elli = stage.client("Elli", municipality="Forssa")
    needs = {
        "home-service": (Way.VOUCHER, 6_00, False),
        "personal-assistance": (Way.BUDGET, 10_00, False),
    }
    spring = Period(date(2019, 3, 1), date(2019, 5, 1))
    (voucher,) = stage.grant(elli, needs, period=spring).vouchers
    hers = reader(stage, elli)
    for instrument, services in (("voucher", VOUCHERS), ("budget", ("personal-assistance",))):
        listed = plain(hers.browser.get(f"/tray/?instrument={instrument}").content)
        found = {name for name in offers if offers[name].approval.provider.name in listed}
        assert found == set(services)
    # The voucher names its service, its value and its period; she is told of every provider.
    page = hers.get(f"vouchers/{voucher.pk}/")
    for words in ("Home service", "€30.90", "Tue 30 Apr", "Tuottaja 0 Oy"):
        assert words in page, words
    # One order with each.
    by_voucher = hers.order(offers["home-service"], "once", ONCE)
    by_budget = hers.order(offers["personal-assistance"], "once", ONCE | {"starts": "14:00"})
    back_in_scope(stage)
    paid_by = {
        order.service.code: order.slices.get().voucher_id for order in (by_voucher, by_budget)
    }
    assert paid_by == {"home-service": voucher.pk, "personal-assistance": None}
    assert Order.objects.filter(client=elli).count() == 2
    assert verify_books() == []


@shows("HAM-10")
def test_ellis_plan_page_names_versions_authors_and_signatures(db: None) -> None:
    stage = order_stage("kanta-hame", date(2019, 3, 1))
    elli = stage.client("Elli", municipality="Forssa")
    needs = {"home-service": (Way.VOUCHER, 6_00, False)}
    stage.grant(elli, needs, period=Period(date(2019, 3, 1), date(2019, 4, 1)), accept=False)
    more = needs | {"personal-assistance": (Way.BUDGET, 10_00, False)}
    stage.grant(elli, more, period=Period(date(2019, 4, 1), date(2019, 5, 1)), accept=False)
    page = reader(stage, elli).get("plan/")
    in_force, earlier = page.split('id="earlier"')
    worker = stage.staff.case_managers[0].user.display_name
    for part, version in ((in_force, "version 2"), (earlier, "Version 1")):
        assert version in part
        assert f"Written by {worker}, Fri 1 Mar." in part
        assert "Signed by Elli Esimerkki, Fri 1 Mar" in part
        assert f"Signed by {worker}, Fri 1 Mar" in part
    assert "The plan in force" in in_force
    assert "The plan in force" not in earlier


@shows("OST-5")
def test_greta_reads_of_the_model_and_her_plan_meets_her_needs_in_two_ways(db: None) -> None:
    stage: Stage = order_stage("osterbotten", date(2019, 3, 1))
    greta = stage.client("Greta", municipality="Pietarsaari")
    hers = reader(stage, greta, "sv")
    # The options, before anything is decided: what the model is, and what it is not.
    model = plain(hers.browser.get("/personal-budget/").content)
    for words in (
        "Vad är en personlig budget?",
        "En personlig budget är frivillig.",
        "Alla dina tjänster kan ingå i budgeten, eller bara en del av dem.",
    ):
        assert words in model, words
    assert "Personlig budget" in plain(hers.browser.get(OSTERBOTTEN).content)
    back_in_scope(stage)
    needs = {
        "home-service": (Way.BUDGET, 1_00, False),
        "carer-leave": (Way.OWN_SERVICE, 1_00, False),
    }
    stage.grant(greta, needs, points={"home-service": 9, "carer-leave": 4})
    plan = hers.get("plan/")
    in_budget = plan.index("Pengarna finns i din budget.")
    own = plan.index("sköter det här med egen personal. Det tar ingenting av din budget.")
    assert in_budget < plan.index("Hemservice") < own < plan.index("närståendevårdarens ledighet")
    # Nine points at 22.00 are hers to choose with; only that service is offered for ordering.
    assert "198,00 €" in hers.get("budget/")
    back_in_scope(stage)
    stage.offer(stage.provider("Vardagshjälp Ab"), "home-service", "33.35")
    ordering = hers.get("order/")
    assert "service=home-service" in ordering
    assert "service=carer-leave" not in ordering


@shows("OST-6")
def test_different_services_are_side_by_side_too(db: None) -> None:
    stage = order_stage("osterbotten", date(2019, 3, 1))
    care = stage.offer(stage.provider("Omsorg Ab"), "home-care", "34.00")
    help_ = stage.offer(stage.provider("Vardagsstöd rf", sector=Sector.THIRD), "home-service", "31")
    greta = stage.client("Greta", municipality="Pietarsaari")
    page = reader(stage, greta, "sv").browser.get(f"/tray/compare/?pick={care.pk}&pick={help_.pk}")
    text = plain(page.content)
    assert "Hemvård och Hemservice" in text
    row = text[text.index('<th scope="row">Pris') :]
    assert row.index("34,00 €") < row.index("31,00 €")
