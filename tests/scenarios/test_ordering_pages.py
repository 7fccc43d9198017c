"""Ordering, changing and choosing through the client's own pages, in four programmes."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import Settings

from tests.cast import Stage
from tests.mission import shows
from tests.order_pages import PRICES, back_in_scope, order_stage, plain, reader, set_day
from valinta.orders.actions import accept_order
from valinta.orders.models import Order, OrderKind
from valinta.plans.states import Way
from valinta.processes.verify_books import verify_books
from valinta.providers.actions import end_approval
from valinta.providers.models import Sector
from valinta.shared.periods import Period

MONDAYS = {"weekdays": ["1"], "starts": "09:00", "minutes": "60"}


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    settings.DEMO = True


def accept(stage: Stage, order: Order) -> Order:
    back_in_scope(stage)
    return accept_order(order=order, by=stage.worker(order.provider), at=stage.now)


@shows("KEU-9")
def test_aino_orders_one_visit_and_a_weekly_service_on_her_own_pages(db: None) -> None:
    stage = order_stage("keusote", date(2019, 3, 1))
    client = stage.client("Aino", municipality="Järvenpää")
    stage.grant(client, {"home-care": (Way.BUDGET, 12_00, False)})
    care = stage.offer(stage.provider("Kotiapu Oy"), "home-care", PRICES)
    aino = reader(stage, client)
    once = aino.order(care, "once", {"first_on": "2019-03-07", "starts": "10:00", "minutes": "90"})
    weekly = aino.order(
        care, "week", {**MONDAYS, "first_on": "2019-03-04", "last_on": "2019-04-30"}
    )
    back_in_scope(stage)
    assert (once.kind, weekly.kind) == (OrderKind.ONE_OFF, OrderKind.PERIOD)
    # An hour and a half; four Mondays in March; five in April, of which Easter Monday at 50.00.
    assert [one.reserved_cents for one in once.slices.all()] == [45_00]
    assert [one.reserved_cents for one in weekly.slices.order_by("valid")] == [120_00, 170_00]
    assert stage.left(client).cents == 464_40 - 45_00 - 120_00
    text = aino.get("orders/")
    assert "One time, Thu 7 Mar 10:00–11:30" in text
    assert "Mondays 9:00–10:00, next Mon 4 Mar" in text
    assert text.count("waits for the provider") == 2
    accept(stage, once)
    assert aino.get("orders/").count("waits for the provider") == 1
    back_in_scope(stage)
    assert verify_books() == []


@shows("KEU-10")
def test_aino_sees_the_notice_and_the_money_before_she_changes_provider(db: None) -> None:
    stage = order_stage("keusote", date(2019, 3, 1))
    client = stage.client("Aino")
    stage.grant(client, {"home-care": (Way.BUDGET, 12_00, False)})
    care = stage.offer(stage.provider("Kotiapu Oy"), "home-care", PRICES)
    aino = reader(stage, client)
    order = accept(
        stage,
        aino.order(care, "week", {**MONDAYS, "first_on": "2019-03-04", "last_on": "2019-05-31"}),
    )
    better = stage.offer(
        stage.provider("Siisti Oy"), "home-care",
        {"weekday-day": "28.00", "sunday-holiday": "45.00"},
    )  # fmt: skip
    set_day(stage, date(2019, 3, 28))
    address = f"orders/{order.pk}/change/?offer={better.pk}"
    look = plain(aino.browser.get(aino.at(address)).content)
    # 14 days of notice: 10 April is the last. April gives back 19 days of 30, May the whole.
    assert "Wed 10 Apr 2019" in look
    assert "Thu 11 Apr 2019" in look
    april, may = 170_00, 120_00
    back_in_scope(stage)
    before = stage.left(client, on=date(2019, 5, 1)).cents
    assert before == 464_40 - may
    done = aino.post(address, {"reason": "Aina eri hoitaja."}, follow=True)
    assert "The new one answers your order next." in plain(done.content)
    back_in_scope(stage)
    order.refresh_from_db()
    new = Order.objects.get(offer=better)
    assert order.close_reason == "Aina eri hoitaja."
    assert order.valid.upper == new.valid.lower == date(2019, 4, 11)
    # Of April's three Mondays that are left, Easter Monday is one; May has four.
    new_held = [2 * 28_00 + 45_00, 4 * 28_00]
    assert [one.reserved_cents for one in new.slices.order_by("valid")] == new_held
    assert stage.left(client, on=date(2019, 5, 1)).cents == 464_40 - new_held[1]
    kept = (april * 10 * 2 + 30) // (2 * 30)
    assert stage.left(client, on=date(2019, 4, 1)).cents == 464_40 - kept - new_held[0]
    assert f"€{(april - kept + may) / 100:.2f}" in look
    assert verify_books() == []


@shows("KAI-5")
def test_veli_chooses_among_all_three_kinds_of_providers_on_his_page(db: None) -> None:
    stage = order_stage("kainuu", date(2019, 9, 1))
    client = stage.client("Veli", municipality="Kuhmo")
    stage.grant(
        client,
        {"home-nursing": (Way.BUDGET, 6_00, False)},
        period=Period(date(2019, 9, 1), date(2019, 11, 1)),
    )
    offers = [
        stage.offer(stage.provider(name, sector=sector), "home-nursing", "42.00")
        for name, sector in (
            ("Kuhmon Hoiva Oy", Sector.PRIVATE),
            ("Hoiva-apu ry", Sector.THIRD),
            ("Kainuun kotisairaanhoito", Sector.PUBLIC),
        )
    ]
    veli = reader(stage, client)
    text = veli.get("order/", service="home-nursing")
    for words in ("company", "association or foundation", "public provider"):
        assert f"<span>{words}</span>" in text
    for day, offer in zip((2, 3, 4), offers, strict=True):
        once = {"first_on": f"2019-09-0{day}", "starts": "09:00", "minutes": "45"}
        veli.order(offer, "once", once)
    back_in_scope(stage)
    ordered = Order.objects.filter(client=client).order_by("pk")
    assert [one.provider.sector for one in ordered] == ["private", "third_sector", "public"]
    # Another day gives another order of the list, and nobody is always first.
    first = set()
    for day in range(1, 15):
        set_day(stage, date(2019, 9, day))
        listed = veli.get("order/", service="home-nursing")
        names = ("Kuhmon Hoiva Oy", "Hoiva-apu ry", "Kainuun kotisairaanhoito")
        first.add(min(names, key=listed.index))
    assert len(first) > 1


@shows("HAM-3")
def test_elli_orders_with_her_voucher_and_sees_what_she_pays_beside_it(db: None) -> None:
    stage = order_stage("kanta-hame", date(2019, 3, 1))
    client = stage.client("Elli", municipality="Forssa")
    stage.grant(
        client,
        {"home-service": (Way.VOUCHER, 6_00, False)},
        period=Period(date(2019, 3, 1), date(2019, 5, 1)),
    )
    dear = stage.offer(stage.provider("Kotiapu Oy"), "home-service", "34.00")
    cheap = stage.offer(stage.provider("Arjen Apu Oy"), "home-service", "29.00")
    elli = reader(stage, client)
    text = elli.get("order/", service="home-service")
    # The voucher's value of an hour is 30.90.
    assert "you pay €3.10" in text
    assert "you pay €0.00" in text
    week = {**MONDAYS, "first_on": "2019-03-04", "last_on": "2019-03-31"}
    address = f"order/?service=home-service&offer={dear.pk}&how=week"
    look = plain(elli.post(address, week).content)
    assert "is held from your voucher" in look
    assert "€123.60" in look  # 4 hours at 30.90
    assert "€12.40" in look  # and 4 times 3.10 by herself
    order = elli.order(dear, "week", week)
    # Eight hours of the twelve are left: more is refused, at any provider and kindly.
    much = {**week, "minutes": "180"}
    other = elli.post(address.replace(str(dear.pk), str(cheap.pk)), much)
    assert other.status_code == 422
    assert "The voucher does not reach so far." in plain(other.content)
    late = elli.post(address, {**week, "last_on": "2019-05-31"})
    assert "no budget or voucher for all of these days" in plain(late.content)
    back_in_scope(stage)
    assert [one.reserved_cents for one in order.slices.all()] == [123_60]
    assert Order.objects.count() == 1
    assert verify_books() == []


@shows("SIU-7")
def test_tapio_finds_only_approved_providers_on_his_page(db: None) -> None:
    stage = order_stage("siun-sote", date(2019, 10, 1))
    client = stage.client("Tapio", municipality="Joensuu")
    stage.grant(client, {"supported-housing": (Way.BUDGET, 10_00, False)})
    near, far = stage.provider("Kotipolku Oy"), stage.provider("Asumisapu ry")
    gone = stage.offer(near, "supported-housing", "34.60")
    good = stage.offer(far, "supported-housing", "33.00")
    tapio = reader(stage, client)
    text = tapio.get("order/", service="supported-housing")
    assert "Kotipolku Oy" in text
    assert "Asumisapu ry" in text
    back_in_scope(stage)
    end_approval(
        approval=near.approvals.get(), on=date(2019, 10, 10),
        by=stage.staff.office.actor, at=stage.now,
    )  # fmt: skip
    set_day(stage, date(2019, 10, 10))
    text = tapio.get("order/", service="supported-housing")
    assert "Kotipolku Oy" not in text
    assert "Asumisapu ry" in text
    week = {**MONDAYS, "first_on": "2019-10-14", "last_on": "2019-10-31"}
    address = f"order/?service=supported-housing&offer={gone.pk}&how=week"
    refused = tapio.post(address, week)
    assert "may not work on all of these days" in plain(refused.content)
    order = accept(stage, tapio.order(good, "week", week))
    back_in_scope(stage)
    visit = stage.report(order, date(2019, 10, 14), 1_00)
    assert visit.payable_cents == 33_00
    assert visit.self_pay_cents == 0
