"""Ordering through the pages: step by step, faults that can be mended, a preview that is true."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from tests.cast import Stage
from tests.order_pages import (
    PRICES,
    WEEK,
    Reader,
    back_in_scope,
    plain,
    reader,
    set_day,
)
from valinta.audit.models import Entry
from valinta.catalogue.models import Offer
from valinta.orders.actions import accept_order, decline_order
from valinta.orders.calendar import WeeklyVisit, from_json
from valinta.orders.models import Order, OrderKind
from valinta.plans.states import Way


@pytest.fixture
def aino(stage: Stage) -> Reader:
    aino = stage.client("Aino")
    stage.grant(
        aino,
        {"home-care": (Way.BUDGET, 12_00, False), "shower-help": (Way.BUDGET, 4_00, True)},
    )
    return reader(stage, aino)


@pytest.fixture
def care(stage: Stage) -> Offer:
    return stage.offer(stage.provider("Kotiapu Oy"), "home-care", PRICES)


def form(offer: Offer, how: str) -> str:
    return f"order/?service={offer.service.code}&offer={offer.pk}&how={how}"


def test_ordering_asks_one_thing_at_a_time(stage: Stage, aino: Reader, care: Offer) -> None:
    first = aino.get("order/")
    assert "Step 1 of 5" in first
    assert "Home care" in first
    assert "Help with showering" in first
    assert "Cleaning" not in first
    second = aino.get("order/", service="home-care")
    assert "Kotiapu Oy" in second
    assert "€30.00 / hour" in second
    third = aino.get("order/", service="home-care", offer=care.pk)
    assert "How often do you need it?" in third
    fourth = aino.get("order/", service="home-care", offer=care.pk, how="week")
    assert 'name="weekdays"' in fourth
    # A day after today, and the last day of the budget.
    assert 'value="2019-03-02"' in fourth
    assert 'value="2019-05-31"' in fourth


def test_the_public_tray_and_the_basket_lead_to_the_amount(aino: Reader, care: Offer) -> None:
    text = aino.get("order/", service="home-care", offer=care.pk, quantity="4,5")
    assert 'name="quantity" value="4,5"' in text
    assert "At what time mostly?" in text


def test_a_service_outside_the_plan_is_not_offered(stage: Stage, aino: Reader) -> None:
    offer = stage.offer(stage.provider("Kiilto Oy"), "cleaning", "30.00")
    text = aino.get("order/", service="cleaning", offer=offer.pk)
    assert "not in your plan" in text


def test_the_preview_shows_days_price_and_what_is_left_and_orders_nothing(
    stage: Stage, aino: Reader, care: Offer
) -> None:
    look = aino.post(form(care, "week"), WEEK)
    text = plain(look.content)
    assert look.status_code == 200
    # 8 visits in March, 9 in April of which Good Friday at 50.00, 9 in May.
    assert "€800.00" in text
    assert "Tuesdays and Fridays 9:00–10:00" in text
    assert "8 hours × €30.00 (Weekday)" in text
    assert "1 hour × €50.00 (Sunday and public holiday)" in text
    # 12 hours at 38.70 a month less 240.00, 290.00 and 270.00.
    for left in ("€224.40", "€174.40", "€194.40"):
        assert left in text
    assert "The notice is 14 days" in text
    assert "24 hours before its day begins" in text
    assert "nothing in 10 days" in text
    back_in_scope(stage)
    assert not Order.objects.exists()


def test_an_order_for_a_period_waits_for_its_provider(
    stage: Stage, aino: Reader, care: Offer
) -> None:
    order = aino.order(care, "week", WEEK)
    back_in_scope(stage)
    assert from_json(order.pattern) == (
        WeeklyVisit(2, time(9), 60),
        WeeklyVisit(5, time(9), 60),
    )
    assert [one.reserved_cents for one in order.slices.order_by("valid")] == [
        240_00, 290_00, 270_00,
    ]  # fmt: skip
    page = aino.get(f"orders/{order.pk}/")
    assert "Your order is placed." in page
    assert "Kotiapu Oy answers your order next." in page
    assert "waits for the provider" in aino.get("orders/")
    home = aino.get()
    assert "Tuesdays and Fridays 9:00–10:00, next Tue 5 Mar" in home
    back_in_scope(stage)
    accept_order(order=order, by=stage.worker(order.provider), at=stage.now)
    assert "Kotiapu Oy comes next on Tue 5 Mar." in aino.get(f"orders/{order.pk}/")


def test_a_page_sent_twice_places_one_order(stage: Stage, aino: Reader, care: Offer) -> None:
    look = aino.post(form(care, "week"), WEEK)
    place = form(care, "week").replace("order/?", "order/place/?")
    data = {**WEEK, "once": look.context["once"]}
    first, second = (aino.post(place, data, follow=True) for _ in range(2))
    assert "Your order is placed." in plain(first.content)
    assert "placed already" in plain(second.content)
    back_in_scope(stage)
    assert Order.objects.count() == 1


def test_an_order_for_one_day_keeps_its_time(stage: Stage, aino: Reader, care: Offer) -> None:
    once = {"first_on": "15.3.2019", "starts": "13.30", "minutes": "120"}
    order = aino.order(care, "once", once)
    back_in_scope(stage)
    assert order.kind == OrderKind.ONE_OFF
    assert [one.reserved_cents for one in order.slices.all()] == [60_00]
    assert "One time, Fri 15 Mar 13:30–15:30" in aino.get("orders/")


def test_an_amount_for_each_month_can_be_ordered(stage: Stage, aino: Reader, care: Offer) -> None:
    amount = {"first_on": "2019-04-01", "last_on": "2019-05-31", "quantity": "4,5",
              "band": "weekday-day"}  # fmt: skip
    order = aino.order(care, "amount", amount)
    back_in_scope(stage)
    assert [one.reserved_cents for one in order.slices.all()] == [135_00, 135_00]
    assert "Days as agreed with the provider" in aino.get(f"orders/{order.pk}/")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"weekdays": []}, "Choose at least one day of the week."),
        ({"weekdays": ["9"]}, "Choose the days of the week from the list."),
        ({"starts": ""}, "Tell at what time the visit begins."),
        ({"starts": "puoli kymmenen"}, "Write the time like this"),
        ({"minutes": "7"}, "Choose the length from the list."),
        ({"first_on": ""}, "Choose the first day."),
        ({"first_on": "kohta"}, "Write the day like this"),
        ({"first_on": "2019-02-28"}, "This day has passed."),
        ({"last_on": "2019-03-04"}, "The last day is before the first."),
        ({"last_on": "2029-03-04"}, "This is too far away."),
        ({"last_on": "2019-07-31"}, "no budget or voucher for all of these days"),
        ({"starts": "03:00"}, "No visit falls on these days."),
        ({"weekdays": ["6"]}, "No visit falls on these days."),
        ({"minutes": "240"}, "In March this costs €960.00, but only €464.40 is free."),
    ],
)
def test_what_is_wrong_is_said_at_the_form_and_what_was_typed_is_kept(
    change: dict[str, Any], words: str, stage: Stage, aino: Reader, care: Offer
) -> None:
    typed = {**WEEK, **change}
    answer = aino.post(form(care, "week"), typed)
    text = plain(answer.content)
    assert answer.status_code == 422
    # Once in the summary and once at the field.
    assert text.count(words) == 2
    for name in ("first_on", "last_on", "starts"):
        assert f'name="{name}" value="{typed[name]}"' in text
    for day in typed["weekdays"]:
        assert day == "9" or f'value="{day}" checked' in text
    back_in_scope(stage)
    assert not Order.objects.exists()


def test_money_spent_meanwhile_is_said_when_placing(
    stage: Stage, aino: Reader, care: Offer
) -> None:
    look = aino.post(form(care, "week"), WEEK)
    back_in_scope(stage)
    stage.order(aino.client, care, 9_00)
    place = form(care, "week").replace("order/?", "order/place/?")
    answer = aino.post(place, {**WEEK, "once": look.context["once"]})
    assert answer.status_code == 422
    assert "The money does not reach." in plain(answer.content)


def test_a_declined_order_says_why_and_offers_another(
    stage: Stage, aino: Reader, care: Offer
) -> None:
    order = aino.order(care, "week", WEEK)
    back_in_scope(stage)
    decline_order(order=order, reason="Emme ehdi.", by=stage.worker(order.provider), at=stage.now)
    text = aino.get(f"orders/{order.pk}/")
    assert "Emme ehdi." in text
    assert "Choose another provider" in text
    assert "The money is free again." in text


def test_a_client_without_a_budget_sees_what_will_be_here(stage: Stage) -> None:
    eino = stage.client("Eino")
    assert "when you have a plan" in reader(stage, eino).get("order/")
    assert "Nothing is ordered yet." in reader(stage, eino).get("orders/")


def test_another_clients_order_is_not_there_and_the_attempt_is_noted(
    stage: Stage, aino: Reader, care: Offer
) -> None:
    order = aino.order(care, "week", WEEK)
    back_in_scope(stage)
    eino = reader(stage, stage.client("Eino"))
    for path in ("", "call-off/?day=2019-03-12", "end/", "change/", "rate/", "code/"):
        answer = eino.browser.get(eino.at(f"orders/{order.pk}/{path}"))
        assert answer.status_code == 404, path
    back_in_scope(stage)
    refused = Entry.objects.filter(verb="refused", subject_kind="order", subject_id=order.pk)
    assert refused.count() == 6
    assert set(refused.values_list("client_id", flat=True)) == {aino.client.pk}


def test_a_day_is_called_off_in_time_or_late(stage: Stage, aino: Reader, care: Offer) -> None:
    order = aino.order(care, "week", WEEK)
    set_day(stage, date(2019, 3, 11))
    late = f"orders/{order.pk}/call-off/?day=2019-03-12"
    early = f"orders/{order.pk}/call-off/?day=2019-03-15"
    assert "It costs nothing." in aino.get(early)
    assert "It is late" in aino.get(late)
    assert "It costs nothing." in plain(aino.post(early, {}, follow=True).content)
    assert "The provider may be paid" in plain(aino.post(late, {}, follow=True).content)
    again = aino.post(late, {}, follow=True)
    assert "was called off already" in plain(again.content)
    text = aino.get(f"orders/{order.pk}/")
    assert text.count('class="off-day"') == 2
    assert "next Tue 19 Mar" in aino.get()
    back_in_scope(stage)
    assert [one.in_time for one in order.cancellations.order_by("served_on")] == [False, True]


def test_an_order_is_ended_after_seeing_what_returns(
    stage: Stage, aino: Reader, care: Offer
) -> None:
    order = aino.order(care, "week", WEEK)
    back_in_scope(stage)
    accept_order(order=order, by=stage.worker(order.provider), at=stage.now)
    set_day(stage, date(2019, 4, 3))
    text = aino.get(f"orders/{order.pk}/end/")
    # Of April's 290.00 the 14 days of 28 keep a half; May's 270.00 returns whole.
    assert "€415.00" in text
    assert "Tue 16 Apr 2019" in text
    empty = aino.post(f"orders/{order.pk}/end/", {"reason": " "})
    assert empty.status_code == 422
    done = aino.post(f"orders/{order.pk}/end/", {"reason": "Pärjään itse."}, follow=True)
    assert "The last day is Tue 16 Apr." in plain(done.content)
    back_in_scope(stage)
    order.refresh_from_db()
    assert order.close_reason == "Pärjään itse."
