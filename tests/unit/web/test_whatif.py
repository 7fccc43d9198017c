"""The what-if page: baskets are tried, compared, wished for; nothing is held."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.unit.web.money_stage import MoneyScene, money_scene
from valinta.audit.models import Entry
from valinta.clients.actions import give_mandate
from valinta.demo.people import person
from valinta.orders.models import Order
from valinta.shared.periods import Period
from valinta.users.permissions import Role
from valinta.wishes.models import Basket, BasketLine


@pytest.fixture
def scene(db: None, settings: Settings) -> MoneyScene:
    settings.DEMO = True
    return money_scene()


def fields(scene: MoneyScene, code: str = "cleaning", **more: Any) -> dict[str, Any]:
    offer = scene.offers[code]
    band = "weekday-day" if code in ("cleaning", "home-care") else "any-time"
    return {
        "service": offer.service_id,
        "offer": offer.pk,
        f"amount_{band}": "8",
        "kind": "period",
        "first_month": "2019-03",
        "months": "2",
    } | more


def follow(scene: MoneyScene, name: str, data: dict[str, Any]) -> str:
    answer = scene.browser().post(scene.address(name), data, follow=True)
    assert answer.status_code == 200, answer.content
    return html.unescape(answer.content.decode())


def test_a_service_put_in_the_basket_shows_what_would_be_left(scene: MoneyScene) -> None:
    page = follow(scene, "basket_put", fields(scene))
    assert "€550.15" in page  # 789.75 less 8 hours at 29.95
    assert "would be free in March, now €789.75" in page
    assert "the money is enough" in page
    assert "Order this" in page
    with scene.stage.scope():
        assert Order.objects.count() == 0
        assert scene.stage.left(scene.aino).cents == 789_75


def test_the_amount_can_be_changed_and_written_with_a_comma(scene: MoneyScene) -> None:
    follow(scene, "basket_put", fields(scene))
    with scene.stage.scope():
        basket = Basket.objects.get()
    page = follow(
        scene, "basket_put", fields(scene, basket=basket.pk, **{"amount_weekday-day": "30,5"})
    )
    assert "There is no money for" in page
    assert "€247.46" in page  # twice 30.5 hours at 29.95, half up, less 789.75
    with scene.stage.scope():
        assert BasketLine.objects.get().quantities == {"weekday-day": 30_50}


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("amount_weekday-day", "many", "Write the amount as a number."),
        ("amount_weekday-day", "0", "Say how much: more than zero."),
        ("months", "99", "36 months is the most."),
    ],
)
def test_a_fault_is_told_at_its_field_and_what_was_typed_stays(
    field: str, typed: str, said: str, scene: MoneyScene
) -> None:
    answer = scene.browser().post(scene.address("basket_put"), fields(scene, **{field: typed}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count(said) == 2
    assert f'value="{typed}"' in page
    with scene.stage.scope():
        assert BasketLine.objects.count() == 0


def test_two_baskets_stand_side_by_side(scene: MoneyScene) -> None:
    follow(scene, "basket_put", fields(scene))
    with scene.stage.scope():
        first = Basket.objects.get()
    page = follow(scene, "basket_change", {"basket": first.pk, "do": "copy"})
    assert page.count("would be free in March") == 2
    with scene.stage.scope():
        copied = BasketLine.objects.get(basket__name="Basket 2")
    page = follow(scene, "basket_take", {"other": first.pk, "line": copied.pk})
    assert page.count("would be free in March") == 1
    assert "The basket is empty." in page


def test_a_wish_is_saved_taken_back_renamed_and_discarded(scene: MoneyScene) -> None:
    follow(scene, "basket_put", fields(scene))
    with scene.stage.scope():
        basket = Basket.objects.get()
    page = follow(scene, "basket_change", {"basket": basket.pk, "do": "wish", "words": "Kiitos!"})
    assert "The basket is saved as a wish." in page
    assert "Put in the basket" not in page
    closed = follow(scene, "basket_put", fields(scene, basket=basket.pk))
    assert "Basket 2" in closed  # a wish is not changed: a new basket begins
    page = follow(scene, "basket_change", {"basket": basket.pk, "do": "rethink"})
    assert "Save as a wish" in page
    page = follow(scene, "basket_change", {"basket": basket.pk, "do": "rename", "name": "Kevät"})
    assert "Kevät" in page
    answer = scene.browser().post(
        scene.address("basket_change"), {"basket": basket.pk, "do": "rename", "name": ""}
    )
    assert answer.status_code == 422
    page = follow(scene, "basket_change", {"basket": basket.pk, "do": "discard"})
    assert "The basket is discarded." in page
    assert "Kevät" not in page


def test_an_empty_basket_is_no_wish(scene: MoneyScene) -> None:
    follow(scene, "basket_start", {})
    with scene.stage.scope():
        basket = Basket.objects.get()
    page = follow(scene, "basket_change", {"basket": basket.pk, "do": "wish"})
    assert "Put at least one service in the basket first." in page


def test_another_clients_basket_is_not_there_and_the_attempt_is_kept(scene: MoneyScene) -> None:
    follow(scene, "basket_put", fields(scene))
    with scene.stage.scope():
        line = BasketLine.objects.get()
        other = scene.stage.client("Eino")
        scene.stage.join(other)
    browser = scene.stage_browser(other.user_id)
    own = f"/my/{other.pk}/try"
    assert browser.post(f"{own}/take/", {"line": line.pk}).status_code == 404
    posted = {"basket": line.basket_id, "do": "discard"}
    assert browser.post(f"{own}/change/", posted).status_code == 404
    assert "Basket 1" not in browser.get(f"{own}/?basket={line.basket_id}").content.decode()
    with scene.stage.scope():
        assert Entry.objects.filter(verb="refused", by_id=other.user_id).count() == 2
        assert Basket.objects.get().state == "draft"


def test_who_may_only_see_tries_nothing(scene: MoneyScene) -> None:
    with scene.stage.scope():
        made = person(scene.stage.organiser, "Kaisa Katsoja", Role.REPRESENTATIVE, "fi")
        day = scene.stage.on
        give_mandate(
            client=scene.aino,
            user=made.user,
            kind="authorised",
            scope=["see"],
            period=Period(day),
            by=scene.stage.actor(scene.aino),
            at=scene.stage.now,
        )
    browser = scene.stage_browser(made.user.pk)
    assert browser.get(scene.address("whatif")).status_code == 200
    assert browser.post(scene.address("basket_put"), fields(scene)).status_code == 404


def test_the_queries_do_not_grow_with_baskets_and_lines(scene: MoneyScene) -> None:
    def queries() -> int:
        browser = scene.browser()
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(scene.address("whatif")).status_code == 200
        return len(seen)

    follow(scene, "basket_put", fields(scene))
    few = queries()
    with scene.stage.scope():
        basket = Basket.objects.get()
        line = basket.lines.get()
        for _ in range(29):
            line.pk = None
            line._state.adding = True
            line.save()
        for number in range(5):
            basket.pk, basket.name = None, f"Kori {number}"
            basket._state.adding = True
            basket.save()
    answer = scene.browser().get(scene.address("whatif") + f"?basket={line.basket_id}")
    assert answer.content.decode().count("basket-line") == 30
    assert queries() <= few


def test_a_service_outside_the_plan_can_be_wished_for_but_not_ordered(scene: MoneyScene) -> None:
    with scene.stage.scope():
        errands = scene.stage.service("errands")
    wanted = fields(scene) | {"service": errands.pk, "offer": ""}
    page = follow(scene, "basket_put", wanted)
    assert "This is not in your plan with a budget or voucher." in page
    assert "Order this" not in page
    assert "The provider is not chosen yet" in page


def test_a_line_is_ordered_from_the_basket_at_the_sum_that_was_shown(scene: MoneyScene) -> None:
    page = follow(scene, "basket_put", fields(scene, first_month="2019-04"))
    (query,) = re.findall(r"/order/\?([^\"]+)\"", page)
    given = dict(parse_qsl(query))
    assert (given["quantity"], given["first_on"], given["last_on"]) == (
        "8",
        "2019-04-01",
        "2019-05-31",
    )
    browser = scene.browser()
    data = {name: given[name] for name in ("quantity", "band", "first_on", "last_on")}
    looked = browser.post(f"{scene.address('order_new')}?{query}", data).content.decode()
    (once,) = re.findall(r'name="once" value="([^"]+)"', looked)
    placed = browser.post(f"{scene.address('order_place')}?{query}", data | {"once": once})
    assert placed.status_code == 302
    with scene.stage.scope():
        order = Order.objects.get()
        assert [part.reserved_cents for part in order.slices.all()] == [239_60, 239_60]
        assert Basket.objects.get().state == "ordered"
