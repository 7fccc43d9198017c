"""The journey to a first order: try it in a basket, see that the money is enough, order it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Hand, Keys
from tests.browser.site import Site
from tests.browser.stages import Build
from tests.unit.web.money_stage import MoneyScene, money_scene
from valinta.orders.models import Order
from valinta.users.models import User
from valinta.wishes.models import Basket

pytestmark = pytest.mark.browser


@pytest.fixture
def build() -> Build:
    return money_scene


@pytest.fixture
def scene(site: Site) -> MoneyScene:
    """The stage, with Aino at her pages in Finnish."""
    found: MoneyScene = site.cast
    site.be(User.objects.get(pk=found.aino.user_id)).speak("fi")
    return found


def test_the_first_order_begins_by_trying_what_the_money_is_enough_for(
    hand: Hand, scene: MoneyScene, site: Site
) -> None:
    page = site.open(scene.address("budget"))
    hand.press(page.get_by_role("link", name="Kokeile, mitä rahalla saa"))

    # Choosing the service shows providers and prices without another press, once the page's
    # scripts are there; before that the button does it.
    page.wait_for_load_state("load")
    hand.choose(page.get_by_label("Palvelu", exact=True), "Siivouspalvelu")
    page.get_by_label("Kotiapu Oy").wait_for()
    hand.tick(page.get_by_label("Kotiapu Oy"))
    hand.write(page.get_by_label("Kuinka monta tuntia"), "40")
    site.sound()
    hand.press_here(page.get_by_role("button", name="Laita koriin"))
    basket = page.get_by_role("listitem").filter(has_text="Kotiapu Oy")
    basket.get_by_text("Tähän puuttuu").wait_for()

    # Forty hours are too much; ten fit, and the page counts again in place.
    hand.write(basket.get_by_label("Kuinka monta tuntia"), "10")
    hand.press_here(basket.get_by_role("button", name="Laske uudelleen"))
    page.get_by_text("rahat riittävät", exact=True).wait_for()
    assert page.get_by_text("490,25").count()
    site.sound()

    # The basket is saved as a wish, and its line goes on to ordering with its amount.
    hand.write(page.get_by_label("Omin sanoin"), "Näin haluaisin.")
    hand.press_here(page.get_by_role("button", name="Tallenna toiveeksi"))
    page.get_by_text("Asiakasohjaajasi näkee tämän toiveen").wait_for()
    site.sound()
    hand.press(page.get_by_role("link", name="Tilaa tämä"))
    assert page.locator("#quantity").input_value() == "10"
    _order(page, hand)
    site.sound()
    with scene.stage.scope():
        assert Basket.objects.get().state == "ordered"
        order = Order.objects.get()
        assert (order.state, order.provider.name) == ("placed", "Kotiapu Oy")
        assert order.slices.order_by("valid")[0].quantity_hundredths == 10_00


def _order(page: Page, hand: Hand) -> None:
    hand.press(page.get_by_role("button", name="Katso tilaus"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Onko tilaus oikein?")
    hand.press(page.get_by_role("button", name="Tilaa", exact=True))
    expect(page.get_by_role("status")).to_contain_text("Tilauksesi on tehty.")


def test_a_request_for_what_the_tray_lacks_is_sent_by_keyboard(
    scene: MoneyScene, site: Site
) -> None:
    hand = Keys(site.wide(360, 740).page)
    page = site.open(scene.address("requests"))
    hand.tick(page.get_by_label("Palvelu, jota ei ole tarjottimella"))
    hand.press(page.get_by_role("button", name="Lähetä toive"))
    hand.press_here(page.get_by_role("alert").get_by_role("link"))
    hand.write(page.get_by_label("Mitä toivot?"), "Musiikkia kotiin.")
    hand.press(page.get_by_role("button", name="Lähetä toive"))
    page.get_by_role("status").get_by_text("Toive on vastaanotettu").wait_for()
    assert page.get_by_role("listitem").filter(has_text="Musiikkia kotiin.").count()
    site.sound()
