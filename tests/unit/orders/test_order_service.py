"""An order of a week holds each month what its visits cost; what was previewed is what is done."""

from __future__ import annotations

import json
from datetime import date, time

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import Stage, moment, open_stage
from valinta.audit.models import Entry
from valinta.catalogue.models import Offer
from valinta.catalogue.queries import NoPrice
from valinta.clients.models import Client
from valinta.ledger.models import Account, Transfer
from valinta.orders.actions import (
    BudgetSpent,
    OrderNotOpen,
    accept_order,
    end_order,
    keep_week,
)
from valinta.orders.calendar import WeeklyVisit, from_json
from valinta.orders.models import Order, OrderKind, Slice
from valinta.plans.states import Way
from valinta.processes.look_ahead import look_at_stop, look_at_switch
from valinta.processes.order_service import (
    NoVisitsThen,
    OrderPreview,
    Wanted,
    order_service,
    preview_order,
)
from valinta.processes.place_order import NoBudgetThen, NothingOrdered, NotInPlan, place_order
from valinta.processes.stop_order import TooLateToStop, stop_order
from valinta.processes.switch_provider import OrderEndsFirst, switch_provider
from valinta.processes.verify_books import verify_books
from valinta.processes.voucher_quantity import VoucherUsed
from valinta.shared.periods import Period

SPRING = Period(date(2019, 3, 1), date(2019, 6, 1))
# Tuesdays and Fridays: 9 in March, 9 in April (of which Good Friday), 9 in May.
TUE_FRI = (WeeklyVisit(2, time(9), 60), WeeklyVisit(5, time(9), 60))
PRICES = {"weekday-day": "30.00", "sunday-holiday": "50.00"}


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("keusote", on=date(2019, 3, 1))


@pytest.fixture
def aino(stage: Stage) -> Client:
    aino = stage.client("Aino")
    stage.grant(
        aino,
        {
            "home-care": (Way.BUDGET, 12_00, False),
            "shower-help": (Way.BUDGET, 4_00, True),
        },
    )
    return aino


@pytest.fixture
def care(stage: Stage) -> Offer:
    return stage.offer(stage.provider("Kotiapu Oy"), "home-care", PRICES)


def wanted(
    offer: Offer, week: tuple[WeeklyVisit, ...] = TUE_FRI, period: Period = SPRING
) -> Wanted:
    return Wanted(offer, OrderKind.PERIOD, period, week)


def place(stage: Stage, client: Client, what: Wanted) -> Order:
    return order_service(
        enrolment=stage.enrolment(client), wanted=what, by=stage.actor(client), at=stage.now
    )


def look(stage: Stage, client: Client, what: Wanted) -> OrderPreview:
    return preview_order(enrolment=stage.enrolment(client), wanted=what, at=stage.now)


def traces() -> tuple[int, ...]:
    """How much there is of all that an order leaves behind."""
    return tuple(model.objects.count() for model in (Order, Slice, Transfer, Entry, Account))


def held(order: Order) -> list[int]:
    return list(order.slices.order_by("valid").values_list("reserved_cents", flat=True))


def test_each_month_holds_what_its_own_visits_cost(stage: Stage, aino: Client, care: Offer) -> None:
    order = place(stage, aino, wanted(care))
    slices = order.slices.order_by("valid").values_list("quantity_hundredths", "reserved_cents")
    # Nine visits a month; Good Friday, 19 April 2019, is in the band of public holidays.
    assert list(slices) == [(9_00, 270_00), (9_00, 290_00), (9_00, 270_00)]
    order.refresh_from_db()
    assert from_json(order.pattern) == TUE_FRI
    assert Entry.objects.filter(verb="keep_week", subject_id=order.pk).exists()
    assert verify_books() == []


def test_a_month_that_is_begun_late_holds_only_what_is_left_of_it(
    stage: Stage, aino: Client, care: Offer
) -> None:
    late = Period(date(2019, 3, 25), date(2019, 5, 1))
    assert held(place(stage, aino, wanted(care, period=late))) == [60_00, 290_00]


def test_a_month_without_a_visit_holds_nothing(stage: Stage, aino: Client, care: Offer) -> None:
    mondays = (WeeklyVisit(1, time(9), 60),)
    order = place(stage, aino, wanted(care, mondays, Period(date(2019, 3, 30), date(2019, 4, 3))))
    (only,) = order.slices.all()
    assert (only.valid.lower, only.reserved_cents) == (date(2019, 4, 1), 30_00)


def test_the_preview_is_what_happens_and_leaves_no_trace(
    stage: Stage, aino: Client, care: Offer
) -> None:
    before = traces()
    seen = look(stage, aino, wanted(care))
    assert traces() == before
    order = place(stage, aino, wanted(care))
    assert [part.held for part in seen.parts] == held(order)
    assert [part.period.starts_on for part in seen.parts] == [
        one.valid.lower for one in order.slices.order_by("valid")
    ]
    assert seen.held == 830_00
    assert len(seen.visits) == 27
    # Home care for 12 hours at 38.70 is the month's free money.
    assert [part.left for part in seen.parts] == [194_40, 174_40, 194_40]
    assert stage.left(aino).cents == seen.parts[0].left


def test_an_amount_in_a_month_is_held_as_by_the_plain_order(
    stage: Stage, aino: Client, care: Offer
) -> None:
    plain = place_order(
        enrolment=stage.enrolment(aino), offer=care, kind=OrderKind.PERIOD, period=SPRING,
        quantities={"": 3_33}, by=stage.actor(aino), at=stage.now,
    )  # fmt: skip
    same = place(stage, aino, Wanted(care, OrderKind.PERIOD, SPRING, quantities={"": 3_33}))
    assert held(same) == held(plain)
    assert same.pattern == []


def test_money_that_falls_short_is_told_month_by_month_and_nothing_is_ordered(
    stage: Stage, aino: Client, care: Offer
) -> None:
    long = (WeeklyVisit(2, time(9), 120), WeeklyVisit(5, time(9), 90))
    seen = look(stage, aino, wanted(care, long))
    # March: 4 times 60.00 and 5 times 45.00; April: 5 times 60.00, 3 times 45.00 and 75.00.
    assert [part.held for part in seen.parts] == [465_00, 510_00, 465_00]
    assert [part.left for part in seen.short] == [-60, -45_60, -60]
    before = traces()
    with pytest.raises(BudgetSpent):
        place(stage, aino, wanted(care, long))
    assert traces() == before


def test_kept_money_pays_for_its_own_service_only(stage: Stage, aino: Client) -> None:
    shower = stage.offer(stage.provider("Suihkuapu ry"), "shower-help", "32.60")
    mondays = (WeeklyVisit(1, time(9), 45),)
    seen = look(stage, aino, wanted(shower, mondays, Period.month(2019, 3)))
    (part,) = seen.parts
    assert (part.held, part.left, part.keeps_for_service) == (130_40, 0, True)


@pytest.mark.parametrize(
    ("week", "period", "refusal"),
    [
        ((WeeklyVisit(1, time(9), 60),), Period(date(2019, 3, 5), date(2019, 3, 8)), NoVisitsThen),
        # Nobody gives home care at three in the night.
        ((WeeklyVisit(1, time(3), 60),), SPRING, NoVisitsThen),
        ((), SPRING, NothingOrdered),
        (TUE_FRI, Period.month(2019, 6), NoBudgetThen),
        # The provider has given no price for Saturdays, so it does not come then.
        ((WeeklyVisit(6, time(9), 60),), SPRING, NoVisitsThen),
    ],
)
def test_what_cannot_be_ordered_is_refused_in_the_preview_and_in_the_order(
    week: tuple[WeeklyVisit, ...],
    period: Period,
    refusal: type[Exception],
    stage: Stage,
    aino: Client,
    care: Offer,
) -> None:
    for act in (look, place):
        with pytest.raises(refusal):
            act(stage, aino, wanted(care, week, period))


def test_a_provider_without_a_price_for_holidays_does_not_come_on_them(
    stage: Stage, aino: Client
) -> None:
    offer = stage.offer(stage.provider("Arki Oy"), "home-care", {"weekday-day": "30.00"})
    seen = look(stage, aino, wanted(offer))
    assert seen.days_off == (date(2019, 4, 19),)
    assert [part.held for part in seen.parts] == [270_00, 240_00, 270_00]
    assert held(place(stage, aino, wanted(offer))) == [270_00, 240_00, 270_00]


def test_an_amount_in_a_band_without_a_price_is_refused(
    stage: Stage, aino: Client, care: Offer
) -> None:
    saturdays = Wanted(care, OrderKind.PERIOD, SPRING, quantities={"saturday": 2_00})
    for act in (look, place):
        with pytest.raises(NoPrice):
            act(stage, aino, saturdays)


def test_a_service_outside_the_plan_is_refused(stage: Stage, aino: Client) -> None:
    cleaning = stage.offer(stage.provider("Kiilto Oy"), "cleaning", "30.00")
    with pytest.raises(NotInPlan):
        look(stage, aino, wanted(cleaning))


def test_a_voucher_splits_the_price_and_ends_with_its_quantity(db: None) -> None:
    stage = open_stage("kanta-hame", on=date(2019, 9, 2))
    elli = stage.client("Elli")
    granted = stage.grant(elli, {"home-service": (Way.VOUCHER, 10_00, False)})
    value = granted.vouchers[0].units.order_by("band_id")[0].cents
    offer = stage.offer(
        stage.provider("Koti Oy"), "home-service", f"{(value + 250) // 100}.{value % 100:02d}"
    )
    period = Period(date(2019, 9, 9), date(2019, 10, 1))
    mondays = (WeeklyVisit(1, time(9), 120),)
    seen = look(stage, elli, wanted(offer, mondays, period))
    price = offer.prices.get().cents
    assert price > value
    assert (seen.way, seen.held) == (Way.VOUCHER, 8 * value)
    assert seen.self_pay == 8 * (price - value)
    order = place(stage, elli, wanted(offer, mondays, period))
    assert held(order) == [seen.held]
    every_day = tuple(WeeklyVisit(day, time(9), 600) for day in range(1, 6))
    for act in (look, place):
        with pytest.raises(VoucherUsed):
            act(stage, elli, wanted(offer, every_day, period))


def test_a_change_of_provider_is_shown_as_it_will_be(
    stage: Stage, aino: Client, care: Offer
) -> None:
    order = place(stage, aino, wanted(care))
    accept_order(order=order, by=stage.worker(order.provider), at=stage.now)
    stage.report(order, date(2019, 3, 5), 1_00)
    other = stage.offer(stage.provider("Siisti Oy"), "home-care", {
        "weekday-day": "28.00", "sunday-holiday": "45.00"})  # fmt: skip
    stage.on = date(2019, 3, 11)
    before = traces()
    seen = look_at_switch(order, other, {}, TUE_FRI, stage.actor(aino), stage.now)
    assert traces() == before
    left = stage.left(aino)
    done = switch_provider(
        order=order, offer=other, quantities={}, week=TUE_FRI, reason="Aina eri hoitaja.",
        by=stage.actor(aino), at=stage.now,
    )  # fmt: skip
    assert (seen.starts_on, seen.stop.ends_on) == (date(2019, 3, 25), date(2019, 3, 25))
    assert [month.cents for month in seen.holds] == held(done.new) == [56_00, 269_00, 252_00]
    # Of the 240.00 held in March the notice keeps 14 days of 21; April and May return whole.
    assert [(one.starts_on.month, one.cents) for one in seen.stop.returns] == [
        (3, 80_00), (4, 290_00), (5, 270_00),
    ]  # fmt: skip
    assert stage.left(aino).cents == left.cents + 80_00 - 56_00
    assert from_json(done.new.pattern) == TUE_FRI
    assert done.old.close_reason == "Aina eri hoitaja."
    assert verify_books() == []


def test_a_change_after_the_end_of_the_order_is_refused(
    stage: Stage, aino: Client, care: Offer
) -> None:
    order = place(stage, aino, wanted(care, period=Period.month(2019, 3)))
    other = stage.offer(stage.provider("Siisti Oy"), "home-care", PRICES)
    stage.on = date(2019, 3, 20)
    with pytest.raises(OrderEndsFirst):
        look_at_switch(order, other, {}, TUE_FRI, stage.actor(aino), stage.now)


def test_an_order_ends_after_the_notice_and_shows_before_what_returns(
    stage: Stage, aino: Client, care: Offer
) -> None:
    order = place(stage, aino, wanted(care))
    accept_order(order=order, by=stage.worker(order.provider), at=stage.now)
    stage.on = date(2019, 3, 11)
    seen = look_at_stop(order, stage.actor(aino), stage.now)
    left = stage.left(aino)
    stopped = stop_order(order=order, reason="Pärjään itse.", by=stage.actor(aino), at=stage.now)
    assert seen.ends_on == stopped.ends_on == date(2019, 3, 25)
    assert seen.stays == 180_00
    assert stage.left(aino).cents - left.cents == seen.returns[0].cents == 90_00
    assert verify_books() == []


def test_an_order_that_waits_for_its_provider_ends_at_once(
    stage: Stage, aino: Client, care: Offer
) -> None:
    order = place(stage, aino, wanted(care))
    seen = look_at_stop(order, stage.actor(aino), stage.now)
    assert (seen.ends_on, seen.returned, seen.stays) == (stage.on, 830_00, 0)
    stop_order(order=order, reason="Erehdys.", by=stage.actor(aino), at=stage.now)
    order.refresh_from_db()
    assert order.state == "ended"


def test_a_one_off_visit_ends_at_once_while_its_hours_are_left(
    stage: Stage, aino: Client, care: Offer
) -> None:
    day = date(2019, 3, 8)
    once = Wanted(
        care,
        OrderKind.ONE_OFF,
        Period(day, date(2019, 3, 9)),
        (WeeklyVisit(5, time(13), 120),),
    )
    first = place(stage, aino, once)
    second = place(stage, aino, once)
    for order in (first, second):
        assert held(order) == [60_00]
        accept_order(order=order, by=stage.worker(order.provider), at=stage.now)
    # The rulebook asks for 24 hours before the day begins.
    with pytest.raises(TooLateToStop):
        stop_order(
            order=first, reason="Sairas.", by=stage.actor(aino), at=moment(date(2019, 3, 7), 1)
        )
    stop_order(
        order=second, reason="Sairas.", by=stage.actor(aino), at=moment(date(2019, 3, 6), 23)
    )
    assert stage.left(aino).cents == 464_40 - 60_00


def test_a_closed_order_keeps_its_week(stage: Stage, aino: Client, care: Offer) -> None:
    order = place(stage, aino, wanted(care))
    end_order(order=order, reason="Koe", by=stage.actor(aino), at=stage.now)
    with pytest.raises(OrderNotOpen):
        keep_week(order=order, week=(), by=stage.actor(aino), at=stage.now)


@pytest.mark.parametrize(
    "pattern",
    [
        {},
        [{}],
        [{"weekday": 0, "starts": "09:00", "minutes": 60}],
        [{"weekday": 1.5, "starts": "09:00", "minutes": 60}],
        [{"weekday": "1", "starts": "09:00", "minutes": 60}],
        [{"weekday": 1, "starts": "24:00", "minutes": 60}],
        [{"weekday": 1, "starts": "9:00", "minutes": 60}],
        [{"weekday": 1, "starts": "09:00"}],
        [{"weekday": 1, "starts": "09:00", "minutes": 0}],
        [{"weekday": 1, "starts": "09:00", "minutes": 60, "quantity": 100}],
        [{"weekday": 1, "starts": "09:00", "minutes": 60}, {"weekday": 8}],
        [[{"weekday": 1, "starts": "09:00", "minutes": 60}]],
    ],
)
def test_the_database_refuses_a_week_that_cannot_be_read(
    pattern: object, stage: Stage, aino: Client, care: Offer
) -> None:
    order = place(stage, aino, wanted(care))
    with (
        pytest.raises(IntegrityError, match="pattern_is_a_week_of_visits"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE orders_order SET pattern = %s WHERE id = %s", [json.dumps(pattern), order.pk]
        )
