"""A one-time visit code: shown by the client, entered by the worker, good once and not for long."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from tests.cast import Stage, open_stage
from valinta.audit.models import Entry
from valinta.clients.access import NotYourClient
from valinta.orders.actions import accept_order, end_order
from valinta.orders.models import Order, OrderKind
from valinta.plans.states import Way
from valinta.providers.access import NotYourProvider
from valinta.shared.periods import Period
from valinta.visits.code_actions import (
    DIGITS,
    MOST_TRIES,
    CodeNotGood,
    OrderHasNoVisits,
    make_code,
    use_code,
)
from valinta.visits.models import VisitCode


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("keusote", on=date(2019, 3, 1))


@pytest.fixture
def order(stage: Stage) -> Order:
    aino = stage.client("Aino")
    stage.grant(aino, {"cleaning": (Way.BUDGET, 10_00, False)})
    return stage.order(aino, stage.offer(stage.provider("Kiilto Oy"), "cleaning", "30.00"), 4_00)


def shown(stage: Stage, order: Order) -> str:
    return make_code(order=order, by=stage.actor(order.client), at=stage.now).code


def enter(stage: Stage, order: Order, code: str, *, later: int = 5) -> VisitCode:
    at = stage.now + timedelta(minutes=later)
    return use_code(order=order, code=code, by=stage.worker(order.provider), at=at)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**DIGITS:0{DIGITS}d}"


def test_a_code_is_six_digits_good_once_and_never_kept_as_such(stage: Stage, order: Order) -> None:
    code = shown(stage, order)
    assert len(code) == DIGITS
    assert code.isdigit()
    kept = VisitCode.objects.get()
    assert code not in kept.digest
    used = enter(stage, order, f"{code[:3]} {code[3:]} ")
    assert (used.pk, used.used_at) == (kept.pk, stage.now + timedelta(minutes=5))
    with pytest.raises(CodeNotGood):
        enter(stage, order, code)
    steps = Entry.objects.filter(subject_kind="visit_code").order_by("pk")
    assert [(one.verb, one.after) for one in steps] == [
        ("make_visit_code", "made"),
        ("use_visit_code", "used"),
    ]
    assert not Entry.objects.filter(facts__icontains=code).exists()


def test_a_new_code_puts_the_old_one_out_of_use(stage: Stage, order: Order) -> None:
    old = shown(stage, order)
    new = shown(stage, order)
    while new == old:
        new = shown(stage, order)
    with pytest.raises(CodeNotGood):
        enter(stage, order, old)
    enter(stage, order, new)


def test_a_code_is_good_for_the_minutes_of_the_setting(
    stage: Stage, order: Order, settings: Settings
) -> None:
    settings.VISIT_CODE_MINUTES = 10
    enter(stage, order, shown(stage, order), later=9)
    late = shown(stage, order)
    with pytest.raises(CodeNotGood):
        enter(stage, order, late, later=10)


def test_a_code_is_given_up_after_a_few_wrong_tries(stage: Stage, order: Order) -> None:
    code = shown(stage, order)
    for _ in range(MOST_TRIES - 1):
        with pytest.raises(CodeNotGood):
            enter(stage, order, wrong(code))
    assert VisitCode.objects.get().tries == MOST_TRIES - 1
    with pytest.raises(CodeNotGood):
        enter(stage, order, wrong(code))
    with pytest.raises(CodeNotGood):
        enter(stage, order, code)
    assert VisitCode.objects.get().used_at is None


def test_a_code_is_for_its_own_order_and_provider(stage: Stage, order: Order) -> None:
    other = stage.order(
        order.client, stage.offer(stage.provider("Siisti Oy"), "cleaning", "29.00"), 2_00
    )
    code = shown(stage, order)
    with pytest.raises(CodeNotGood):
        enter(stage, other, code)
    with pytest.raises(NotYourProvider):
        use_code(order=order, code=code, by=stage.worker(other.provider), at=stage.now)
    eino = stage.client("Eino")
    with pytest.raises(NotYourClient):
        make_code(order=order, by=stage.actor(eino), at=stage.now)


def test_there_is_no_code_for_a_closed_order_or_another_time(stage: Stage, order: Order) -> None:
    offer = order.offer
    later = stage.order(
        order.client,
        offer,
        1_00,
        period=Period(date(2019, 3, 20), date(2019, 3, 21)),
        kind=OrderKind.ONE_OFF,
        accepted=False,
    )
    with pytest.raises(OrderHasNoVisits):
        shown(stage, later)
    stage.on = date(2019, 3, 20)
    accept_order(order=later, by=stage.worker(later.provider), at=stage.now)
    shown(stage, later)
    end_order(order=order, reason="Koe", by=stage.actor(order.client), at=stage.now)
    with pytest.raises(OrderHasNoVisits):
        shown(stage, order)
