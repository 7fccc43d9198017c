"""A company tells a new price: what was ordered before holds the new price from its first day.

Read by a finance officer: a visit costs the price of its day; the money for it is set aside when
the price is told, not when the visit is refused; and where the client's money does not reach, the
client, the case manager and the company know of it before the day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytest_django import Settings

from tests.cast import Stage
from tests.scenarios import deciding
from tests.unit.processes.changing import WEEK, begin, live_on, ordered, stage_of
from valinta.catalogue.models import Offer
from valinta.messages.models import Message
from valinta.orders.actions import end_order
from valinta.orders.models import Order
from valinta.plans.states import Way
from valinta.processes.change_prices import PriceChange, change_prices
from valinta.processes.hold_new_prices import hold_lacking
from valinta.processes.verify_books import verify_books
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor, system
from valinta.web.casework.work_kinds import Kind
from valinta.web.casework.work_list import Due, Sieve, Whose, work_list

pytestmark = pytest.mark.django_db
UNTIL_SEPTEMBER = Period(date(2019, 3, 1), date(2019, 9, 1))
TOLD_ON = date(2019, 5, 20)
FROM = date(2019, 7, 1)


def seen_as(stage: Stage, who: Actor) -> Actor:
    """A person who has signed in on the stage's day."""
    return replace(who, days=frozenset({(stage.organiser.pk, stage.on)}))


def tell(stage: Stage, offer: Offer, euros: str) -> PriceChange:
    """The company tells in May the price of a weekday's hour from the programme's July window."""
    live_on(stage, TOLD_ON)
    return change_prices(
        offer=Offer.objects.select_related("approval", "service__programme").get(pk=offer.pk),
        prices={stage.programme.terms["service_bands"][offer.service.code][0]: Money.of(euros)},
        starts_on=FROM,
        by=seen_as(stage, stage.worker(offer.approval.provider)),
        at=stage.now,
    )


def held(order: Order) -> dict[str, str]:
    """What the order holds by month, and what lacks where something does."""
    found = {}
    for one in order.slices.select_related("hold").order_by("valid"):
        lacks = f", lacks {Money(one.lacking_cents)}" if one.lacking_cents else ""
        found[f"{one.valid.lower:%B}"] = f"{Money(one.hold.balance_cents)}{lacks}"
    return found


def on_the_work_list(stage: Stage) -> list[Due]:
    reader = seen_as(stage, stage.manager)
    return work_list(reader, Sieve(Whose.ALL, Kind.ORDER_SHORT), stage.on).rows


def test_a_visit_at_the_new_price_is_paid_from_money_set_aside_when_it_was_told() -> None:
    stage = stage_of()
    aino, order = begin(stage, period=UNTIL_SEPTEMBER)
    # Mondays and Thursdays, an hour each at 30 euros: 9 visits in June and August, 9 in July.
    assert held(order)["June"] == "240.00 EUR"
    free = {month: stage.left(aino, on=date(2019, month, 1)).cents for month in (6, 7, 8)}
    look = tell(stage, order.offer, "33.00")
    assert [one.lacks for one in look.touched] == [False]
    # June is as it was; each visit from July on holds three euros more, out of the client's budget.
    assert held(order) == {
        "March": "240.00 EUR", "April": "240.00 EUR", "May": "240.00 EUR", "June": "240.00 EUR",
        "July": "297.00 EUR", "August": "297.00 EUR",
    }  # fmt: skip
    more = {month: free[month] - stage.left(aino, on=date(2019, month, 1)).cents for month in free}
    assert more == {6: 0, 7: 9 * 3_00, 8: 9 * 3_00}
    assert on_the_work_list(stage) == []
    # So all nine visits of July are paid at the new price; before, the last was refused.
    live_on(stage, date(2019, 8, 1))
    july = (date(2019, 7, 1) + timedelta(days=number) for number in range(31))
    days = [day for day in july if day.isoweekday() in (1, 4)]
    paid = [stage.report(order, day) for day in days]
    assert [one.payable_cents for one in paid] == [33_00] * 9
    assert held(order)["July"] == "0.00 EUR"
    assert verify_books() == []


def test_where_the_money_does_not_reach_everybody_knows_it_before_the_day() -> None:
    stage = stage_of()
    aino, order = begin(stage, period=UNTIL_SEPTEMBER)
    # A second order takes all but ten euros of what is left of July.
    july = Period.month(2019, 7)
    rest = stage.left(aino, on=FROM)
    other = stage.offer(stage.provider("Toinen"), "cleaning", "30.00")
    second = stage.order(aino, other, (rest.cents - 10_00) // 30, period=july)
    left = stage.left(aino, on=FROM)
    assert Money(10_00) <= left < Money(11_00)
    look = tell(stage, order.offer, "33.00")
    # The company sees that it does not reach, and for whom; not what the client has.
    assert [(one.order.pk, one.lacks) for one in look.touched] == [(order.pk, True)]
    lacks = Money(9 * 3_00) - left
    assert held(order)["July"] == f"{Money(297_00) - lacks}, lacks {lacks}"
    assert held(order)["August"] == "297.00 EUR"
    # The client is told in the company's message, the case manager by the work list.
    assert "rahasi eivät riitä" in Message.objects.get().words
    (row,) = on_the_work_list(stage)
    assert (row.client_id, row.cents, row.due_on) == (aino.pk, lacks.cents, FROM)
    assert verify_books() == []
    # The client does without the second order: next morning the rest is held, and the row is gone.
    end_order(order=second, reason="Ei tarvita", by=stage.manager, at=stage.now)
    assert (
        hold_lacking(organiser_id=stage.organiser.pk, by=system(stage.organiser.pk), at=stage.now)
        == 0
    )
    assert held(order)["July"] == "297.00 EUR"
    assert on_the_work_list(stage) == []
    assert verify_books() == []


def test_a_lower_price_gives_the_client_the_difference_at_once() -> None:
    stage = stage_of()
    aino, order = begin(stage, period=UNTIL_SEPTEMBER)
    free = stage.left(aino, on=FROM)
    tell(stage, order.offer, "28.00")
    assert held(order)["June"] == "240.00 EUR"
    assert held(order)["July"] == "252.00 EUR"
    assert stage.left(aino, on=FROM) - free == Money(18_00)
    # The company thinks better of it before the day: the last word counts, and nothing is lost.
    tell(stage, order.offer, "31.00")
    assert held(order)["July"] == "279.00 EUR"
    tell(stage, order.offer, "30.00")
    assert held(order)["July"] == "270.00 EUR"
    assert stage.left(aino, on=FROM) == free
    assert verify_books() == []


def test_an_amount_without_days_is_held_at_the_new_price_too() -> None:
    stage = stage_of()
    aino, week = begin(stage, period=UNTIL_SEPTEMBER)
    order = stage.order(aino, week.offer, 4_00, period=UNTIL_SEPTEMBER)
    tell(stage, order.offer, "33.00")
    assert (held(order)["June"], held(order)["July"]) == ("120.00 EUR", "132.00 EUR")
    assert verify_books() == []


def test_each_organiser_has_its_own_prices_and_its_own_orders() -> None:
    here, there = stage_of("keusote"), stage_of("kainuu")
    company = here.provider("Kotiapu")
    with there.scope():
        there.approve(company)
        offer_there = there.offer(company, "cleaning", "30.00")
        veli = there.client("Veli")
        there.grant(veli, {"cleaning": (Way.BUDGET, 20_00, False)}, period=UNTIL_SEPTEMBER)
        order_there = ordered(there, veli, offer_there, WEEK, UNTIL_SEPTEMBER)
        before = held(order_there)
    with here.scope():
        offer = here.offer(company, "cleaning", "30.00")
        _, order = begin(here, "Aino", offer, period=UNTIL_SEPTEMBER)
        tell(here, offer, "33.00")
        assert held(order)["July"] == "297.00 EUR"
        assert verify_books() == []
    with there.scope():
        assert held(order_there) == before
        tell(there, offer_there, "31.00")
        assert held(order_there)["July"] == "279.00 EUR"
        assert verify_books() == []
    with here.scope():
        assert held(order)["July"] == "297.00 EUR"


def test_the_case_manager_sees_what_lacks_and_holds_it_when_there_is_money(
    settings: Settings,
) -> None:
    settings.DEMO = True
    stage = stage_of()
    aino, order = begin(stage, period=UNTIL_SEPTEMBER)
    part = order.slices.get(valid__contains=FROM)
    part.lacking_cents = 27_00
    part.save()
    desk = deciding.worker(stage)
    assert "€27.00 lacks" in deciding.text_of(desk, f"/casework/clients/{aino.pk}/services/")
    at = f"/casework/clients/{aino.pk}/services/{order.pk}/"
    assert "The money does not reach for all of it" in deciding.text_of(desk, at)
    done = deciding.read(desk.post(f"{at}hold/", follow=True))
    assert "Held. There is enough now." in done
    with stage.scope():
        assert held(order)["July"] == "297.00 EUR"
        assert verify_books() == []
