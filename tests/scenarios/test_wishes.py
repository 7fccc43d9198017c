"""Central Uusimaa: trying before ordering with the case manager, and asking for what is missing."""

from __future__ import annotations

import html
from typing import Any

import pytest
from pytest_django import Settings

from tests.mission import shows
from tests.unit.web.money_stage import MoneyScene, money_scene
from valinta.orders.models import Order, OrderKind
from valinta.plans.states import Way
from valinta.processes.place_order import place_order
from valinta.processes.try_basket import try_basket
from valinta.wishes.models import Basket, TrayRequest


@pytest.fixture
def scene(db: None, settings: Settings) -> MoneyScene:
    settings.DEMO = True
    return money_scene()


def put(scene: MoneyScene, code: str, amount: str, **more: Any) -> str:
    offer = scene.offers[code]
    band = "any-time" if code == "shower-help" else "weekday-day"
    data = {"service": offer.service_id, "offer": offer.pk, f"amount_{band}": amount}
    data |= {"kind": "period", "first_month": "2019-04", "months": "2"} | more
    return said(scene.browser().post(scene.address("basket_put"), data, follow=True))


def said(answer: Any) -> str:
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@shows("KEU-6")
def test_aino_thinks_through_the_spring_with_the_case_manager_before_ordering(
    scene: MoneyScene,
) -> None:
    # She tries cleaning and showering for April and May, and sees what would be left.
    put(scene, "cleaning", "10")
    with scene.stage.scope():
        basket = Basket.objects.get()
    page = put(scene, "shower-help", "8", basket=basket.pk)
    assert "would be free in April, now €789.75" in page
    assert "€490.25" in page  # 789.75 less 10 hours at 29.95
    assert "the money is enough" in page
    # The mandatory part pays for the showering and for nothing else.
    assert "Help with showering €0.00" in page

    # In a copy she tries more cleaning: it would not be enough, and how much lacks is told.
    change = scene.address("basket_change")
    scene.browser().post(change, {"basket": basket.pk, "do": "copy"})
    with scene.stage.scope():
        copied = Basket.objects.exclude(pk=basket.pk).get()
    page = put(scene, "cleaning", "30", basket=copied.pk, other=basket.pk)
    assert "€108.75 too little" in page  # 30 hours at 29.95 less 789.75, in each month
    assert page.count("would be free in April") == 2

    # She saves the first as a wish; the case manager sees it, with its sums, on her page.
    wish = {"basket": basket.pk, "do": "wish", "words": "Näin haluaisin."}
    said(scene.browser().post(change, wish, follow=True))
    manager = scene.stage_browser(scene.stage.manager.user_id)
    seen = said(manager.get(f"/casework/clients/{scene.aino.pk}/"))
    assert "Näin haluaisin." in seen
    assert "From the budget and vouchers in all €1,120.60" in seen
    assert "Basket 2" not in seen

    # Nothing was ordered or held meanwhile. Ordering the wish costs what the what-if said.
    with scene.stage.scope():
        assert not Order.objects.exists()
        lines = basket.lines.select_related("service", "offer__approval").order_by("pk")
        enrolment = scene.stage.enrolment(scene.aino)
        looked = try_basket(enrolment=enrolment, lines=list(lines), at=scene.stage.now)
        for line in looked.lines:
            offer, period = line.line.offer, line.period
            assert offer is not None
            assert period is not None
            assert enrolment.plans.get().lines.get(service=offer.service).way == Way.BUDGET
            order = place_order(
                enrolment=enrolment,
                offer=offer,
                kind=OrderKind.PERIOD,
                period=period,
                quantities=line.line.quantities,
                by=scene.stage.actor(scene.aino),
                at=scene.stage.now,
            )
            assert sum(part.reserved_cents for part in order.slices.all()) == line.payable
        day = looked.months[0].month
        assert scene.stage.left(scene.aino, on=day).cents == looked.months[0].free.after == 490_25


@shows("KEU-8")
def test_a_wish_for_a_missing_service_is_followed_to_its_answer(scene: MoneyScene) -> None:
    browser = scene.browser()
    asked = {"kind": "service", "words": "Musiikkia kotiin joka viikko.", "municipality": "186"}
    page = said(browser.post(scene.address("request_ask"), asked, follow=True))
    assert "Musiikkia kotiin joka viikko." in page
    assert "received" in page

    # The case manager sees it, begins to look for it, and answers; an empty answer is refused.
    manager = scene.stage_browser(scene.stage.manager.user_id)
    client_page = f"/casework/clients/{scene.aino.pk}/"
    assert "Musiikkia kotiin joka viikko." in said(manager.get(client_page))
    with scene.stage.scope():
        request = TrayRequest.objects.get()
    answer = f"{client_page}answer-request/"
    said(manager.post(answer, {"request": request.pk, "do": "look"}, follow=True))
    assert "being looked for" in said(browser.get(scene.address("requests")))
    empty = manager.post(answer, {"request": request.pk, "do": "found", "answer": ""})
    assert empty.status_code == 422
    words = "Soiva Olohuone ry on nyt tarjottimella."
    said(manager.post(answer, {"request": request.pk, "do": "found", "answer": words}, follow=True))

    # She reads the answer, and every step says when and by whom.
    page = said(browser.get(scene.address("requests")))
    assert words in page
    assert "found" in page
    with scene.stage.scope():
        steps = request.steps.values_list("state", "taken_by_id")
        assert list(steps) == [
            ("received", scene.aino.user_id),
            ("looking", scene.stage.manager.user_id),
            ("found", scene.stage.manager.user_id),
        ]

    # A no is an answer too, with its reason.
    asked = {"kind": "provider", "words": "Naapurini yritys.", "municipality": ""}
    said(browser.post(scene.address("request_ask"), asked, follow=True))
    with scene.stage.scope():
        second = TrayRequest.objects.exclude(pk=request.pk).get()
    no = {"request": second.pk, "do": "not_possible", "answer": "Yritys ei ole rekisterissä."}
    said(manager.post(answer, no, follow=True))
    page = said(browser.get(scene.address("requests")))
    assert "not possible" in page
    assert "Yritys ei ole rekisterissä." in page
