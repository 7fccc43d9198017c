"""What-if: a basket that fits costs exactly what it said when its lines are ordered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Stage, open_stage
from valinta.catalogue.models import Offer
from valinta.clients.models import Client
from valinta.ledger.models import Account
from valinta.orders.actions import BudgetSpent
from valinta.orders.models import OrderKind, Slice
from valinta.plans.states import Way
from valinta.processes.place_order import NoBudgetThen, place_order
from valinta.processes.try_basket import LineTried, Obstacle, Payer, Tried, try_basket
from valinta.wishes.actions import Choice, put_line, start_basket
from valinta.wishes.models import Basket, BasketLine

MARCH = date(2019, 3, 1)
NEEDS = {
    "home-care": (Way.BUDGET, 12_50, False),
    "cleaning": (Way.BUDGET, 10_00, False),
    "shower-help": (Way.BUDGET, 8_00, True),
}


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("keusote", on=date(2019, 3, 8))


@pytest.fixture
def aino(stage: Stage) -> Client:
    one = stage.client("Aino", municipality="Järvenpää")
    stage.grant(one, NEEDS)
    return one


@pytest.fixture
def offers(stage: Stage) -> dict[str, Offer]:
    helper = stage.provider("Kotiapu Oy")
    prices = {"home-care": "36.95", "cleaning": "29.95", "shower-help": "31.35"}
    return {code: stage.offer(helper, code, price) for code, price in prices.items()}


def basket_of(stage: Stage, client: Client, *choices: Choice) -> Basket:
    who: dict[str, Any] = {"by": stage.actor(client), "at": stage.now}
    basket = start_basket(enrolment=stage.enrolment(client), name="Kokeilu", **who)
    for choice in choices:
        put_line(basket=basket, choice=choice, **who)
    return basket


def choice(offer: Offer, many: int, **more: Any) -> Choice:
    whole: dict[str, Any] = {"each_month": True, "first_month": MARCH, "months": 1} | more
    return Choice(offer.service, offer, {"": many}, **whole)


def tried(stage: Stage, basket: Basket) -> Tried:
    lines = basket.lines.select_related("service", "offer__approval").order_by("pk")
    return try_basket(enrolment=basket.enrolment, lines=list(lines), at=stage.now)


def ordered(stage: Stage, client: Client, line: LineTried) -> int:
    """Order the line as it stands; the cents that are then held."""
    assert line.period is not None
    offer = line.line.offer
    assert offer is not None
    made = place_order(
        enrolment=stage.enrolment(client),
        offer=offer,
        kind=OrderKind.PERIOD if line.line.each_month else OrderKind.ONE_OFF,
        period=line.period,
        quantities=line.line.quantities,
        by=stage.actor(client),
        at=stage.now,
    )
    holds = Account.objects.filter(pk__in=Slice.objects.filter(order=made).values("hold_id"))
    return sum(one.balance_cents for one in holds)


amounts = st.integers(1, 14_00)
lines = st.lists(
    st.tuples(st.sampled_from(list(NEEDS)), amounts, st.booleans(), st.integers(1, 4)),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one[0],
)


def test_a_basket_that_fits_costs_what_it_said_and_one_that_does_not_is_refused(
    stage: Stage, aino: Client, offers: dict[str, Offer]
) -> None:
    outcomes = set()

    @settings(
        max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    @given(lines)
    def look_then_order(wanted: list[tuple[str, int, bool, int]]) -> None:
        with transaction.atomic():
            choices = [
                choice(offers[code], many, each_month=monthly, months=months if monthly else 1)
                for code, many, monthly, months in wanted
            ]
            looked = tried(stage, basket_of(stage, aino, *choices))
            outcomes.add(looked.fits)
            for line in looked.lines:
                if line.fits:
                    assert ordered(stage, aino, line) == line.held
                else:
                    with pytest.raises((BudgetSpent, NoBudgetThen)):
                        ordered(stage, aino, line)
                    break
            else:
                for month in looked.months:
                    assert stage.left(aino, on=month.month.replace(day=9)).cents == month.free.after
            transaction.set_rollback(True)

    look_then_order()
    assert outcomes == {True, False}


def test_a_month_is_counted_pot_by_pot_and_what_lacks_is_told(
    stage: Stage, aino: Client, offers: dict[str, Offer]
) -> None:
    looked = tried(
        stage,
        basket_of(
            stage,
            aino,
            choice(offers["cleaning"], 25_00, months=2),
            choice(offers["shower-help"], 8_00),
        ),
    )
    first, second = looked.months
    # 483.75 + 306.00 of free money; 25 hours at 29.95 leave 41.00 of it.
    assert (first.free.before, first.free.after) == (789_75, 41_00)
    # 8 visits at 31.35 of the 260.80 kept for them.
    assert [(one.before, one.after) for one in first.kept] == [(260_80, 10_00)]
    assert second.free.after == 41_00
    assert [one.payer for one in looked.lines] == [Payer.FREE, Payer.KEPT]
    more = tried(stage, basket_of(stage, aino, choice(offers["cleaning"], 30_00)))
    assert more.beyond == 30 * 29_95 - 789_75
    assert not more.fits


def test_nothing_is_written_or_held_by_looking(
    stage: Stage, aino: Client, offers: dict[str, Offer]
) -> None:
    basket = basket_of(stage, aino, choice(offers["cleaning"], 10_00))
    before = stage.left(aino)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        tried(stage, basket)
    assert all(one["sql"].startswith("SELECT") for one in seen.captured_queries)
    assert stage.left(aino) == before


def test_the_queries_do_not_grow_with_the_lines(
    stage: Stage, aino: Client, offers: dict[str, Offer]
) -> None:
    counts = []
    for many in (1, 3):
        some = [choice(one, 1_00, months=3) for one in list(offers.values())[:many]]
        basket = basket_of(stage, aino, *some)
        with CaptureQueriesContext(connection) as seen:
            tried(stage, basket)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_line_says_what_stands_in_its_way(
    stage: Stage, aino: Client, offers: dict[str, Offer]
) -> None:
    walks = stage.offer(stage.provider("Asiointiapu ry"), "errands", "20.00")
    no_provider = Choice(offers["cleaning"].service, None, {"": 1_00}, True, MARCH)
    found = tried(
        stage,
        basket_of(
            stage,
            aino,
            choice(walks, 2_00),
            choice(offers["cleaning"], 1_00, first_month=date(2019, 9, 1)),
            choice(offers["home-care"], 1_00, first_month=date(2019, 1, 1)),
            no_provider,
        ),
    )
    assert [one.obstacle for one in found.lines] == [
        Obstacle.NOT_IN_PLAN,
        Obstacle.NO_MONEY_THEN,
        Obstacle.PAST,
        None,
    ]
    assert found.outside == 40_00
    assert found.lines[3].is_estimated
    assert found.lines[3].payable == 29_95


def test_the_clients_own_part_of_a_voucher_is_told_before_ordering(db: None) -> None:
    stage = open_stage("kanta-hame", on=date(2019, 2, 4))
    elli = stage.client("Elli")
    voucher = stage.grant(elli, {"home-care": (Way.VOUCHER, 10_00, False)}).vouchers[0]
    unit = voucher.units.select_related("band").order_by("band_id")[0]
    dear = f"{(unit.cents + 350) / 100:.2f}"
    offer = stage.offer(stage.provider("Hoiva Oy"), "home-care", dear)
    basket = basket_of(stage, elli, choice(offer, 4_00, first_month=date(2019, 2, 1), months=2))
    looked = tried(stage, basket)
    (line,) = looked.lines
    assert (line.payer, line.self_pay, looked.fits) == (Payer.VOUCHER, 2 * 4 * 350, True)
    assert ordered(stage, elli, line) == line.held == 2 * 4 * unit.cents
    assert [(one.before, one.after) for one in looked.vouchers] == [(30_00, 22_00)]
    assert BasketLine.objects.count() == 1
