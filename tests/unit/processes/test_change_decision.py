"""A new decision while services go on: what orders hold moves to the new money, to the cent."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from tests.cast import Stage, open_stage
from valinta.budgets.models import Budget, Pot
from valinta.budgets.states import BudgetState
from valinta.clients.models import Client
from valinta.ledger.models import Account
from valinta.orders.actions import end_order
from valinta.orders.models import Order, OrderKind, Slice
from valinta.plans.actions import LineChosen, sign_plan, write_plan
from valinta.plans.models import Decision, ServicePlan
from valinta.plans.states import DecisionState, PlanState, Signer, Way
from valinta.processes.change_decision import BeginsMidMonth, OrdersDoNotFit, change_decision
from valinta.processes.grant_budget import OrdersOpen, grant_budget
from valinta.processes.place_order import place_order
from valinta.processes.verify_books import verify_books
from valinta.processes.what_carries import WhyNot, what_carries
from valinta.shared.money import Money
from valinta.shared.periods import Period

pytestmark = pytest.mark.django_db
APRIL_JUNE = Period(date(2019, 4, 1), date(2019, 7, 1))
MARCH_JUNE = Period(date(2019, 3, 1), date(2019, 7, 1))
Lines = dict[str, tuple[Way, int, int, bool]]


def begun(mandatory: bool = False) -> tuple[Stage, Client, Order]:
    """Aino's budget from March to June, of which ten hours of cleaning a month are ordered."""
    stage = open_stage("keusote", on=date(2019, 3, 1))
    aino = stage.client("Aino", municipality="Hyvinkää")
    needs = {"cleaning": (Way.BUDGET, 20_00, False)}
    if mandatory:
        needs["shower-help"] = (Way.BUDGET, 4_00, True)
    stage.grant(aino, needs, period=MARCH_JUNE)
    offer = stage.offer(stage.provider("Kotiapu"), "cleaning", "30.00")
    order = stage.order(aino, offer, 10_00, period=MARCH_JUNE)
    stage.on = date(2019, 3, 15)
    return stage, aino, order


def new_plan(stage: Stage, client: Client, lines: Lines) -> ServicePlan:
    """Another version of the plan, signed by both: way, hundredths, cents, mandatory by service."""
    enrolment = stage.enrolment(client)
    old = enrolment.plans.order_by("-version")[0]
    plan = write_plan(
        enrolment=enrolment,
        allocation=old.allocation,
        lines=[
            LineChosen(stage.service(code), way, many, Money(cents), mandatory)
            for code, (way, many, cents, mandatory) in lines.items()
        ],
        support_plan=None,
        by=stage.manager,
        at=stage.now,
    )
    sign_plan(plan=plan, signer=Signer.CLIENT, by=stage.actor(client), at=stage.now)
    return sign_plan(plan=plan, signer=Signer.WORKER, by=stage.manager, at=stage.now)


def balance(account_id: int) -> int:
    return Account.objects.get(pk=account_id).balance_cents


def held(order: Order) -> list[int]:
    """What each slice holds, by month."""
    return [balance(one.hold_id) for one in order.slices.order_by("valid")]


GROWN: Lines = {"cleaning": (Way.BUDGET, 30_00, 900_00, False)}


def test_from_the_first_of_next_month_the_former_budget_holds_until_then() -> None:
    stage, aino, order = begun()
    stage.report(order, date(2019, 3, 4), 2_00)
    before = held(order)
    plan = new_plan(stage, aino, GROWN)
    with pytest.raises(OrdersOpen):
        grant_budget(
            plan=plan, period=APRIL_JUNE, by=stage.staff.decision_maker.actor, at=stage.now
        )
    changed = change_decision(
        plan=plan, period=APRIL_JUNE, by=stage.staff.decision_maker.actor, at=stage.now
    )
    assert held(order) == before == [240_00, 300_00, 300_00, 300_00]
    old, new = Budget.objects.order_by("pk")
    assert (old.state, old.valid.upper) == (BudgetState.IN_FORCE, date(2019, 4, 1))
    sources = [one.pot.budget_id for one in order.slices.select_related("pot").order_by("valid")]
    assert sources == [old.pk, new.pk, new.pk, new.pk]
    free = {one.valid.lower.month: balance(one.account_id) for one in new.pots.all()}
    assert free == {4: 600_00, 5: 600_00, 6: 600_00}
    # What was free for March stays to be ordered in March; later months of the old are empty.
    left = {one.valid.lower.month: balance(one.account_id) for one in old.pots.all()}
    assert left[4] == left[5] == left[6] == 0 < left[3]
    assert [one.pk for one in changed.carried] == [order.pk]
    assert verify_books() == []


def test_the_days_before_the_change_can_still_be_ordered_on_the_former_money() -> None:
    stage, aino, order = begun()
    stage.provider("Toinen")
    change_decision(
        plan=new_plan(stage, aino, GROWN),
        period=APRIL_JUNE,
        by=stage.staff.decision_maker.actor,
        at=stage.now,
    )
    for month in (
        Period(date(2019, 3, 20), date(2019, 3, 21)),
        Period(date(2019, 4, 20), date(2019, 4, 21)),
    ):
        more = place_order(
            enrolment=stage.enrolment(aino), offer=order.offer, kind=OrderKind.ONE_OFF,
            period=month, quantities={"": 1_00}, by=stage.actor(aino), at=stage.now,
        )  # fmt: skip
        pot = Slice.objects.get(order=more).pot
        assert pot is not None and pot.budget.valid.lower <= month.starts_on
        assert pot.budget.valid.upper >= month.ends_on
    assert verify_books() == []


def test_from_today_on_the_month_under_way_moves_with_what_it_still_holds() -> None:
    stage, aino, order = begun()
    stage.report(order, date(2019, 3, 4), 2_00)
    period = Period(date(2019, 3, 15), date(2019, 7, 1))
    change_decision(
        plan=new_plan(stage, aino, GROWN), period=period,
        by=stage.staff.decision_maker.actor, at=stage.now,
    )  # fmt: skip
    assert held(order) == [240_00, 300_00, 300_00, 300_00]
    old, new = Budget.objects.order_by("pk")
    assert old.state == BudgetState.ENDED
    assert all(balance(one.account_id) == 0 for one in old.pots.all())
    free = {one.valid.lower: balance(one.account_id) for one in new.pots.all()}
    assert free[date(2019, 3, 15)] == 660_00
    # A visit of before the change, reported after it, is paid of what was held for it.
    stage.report(order, date(2019, 3, 11), 2_00)
    assert held(order)[0] == 180_00
    assert verify_books() == []


def test_a_released_hold_returns_to_the_new_money() -> None:
    stage, aino, order = begun()
    changed = change_decision(
        plan=new_plan(stage, aino, GROWN), period=APRIL_JUNE,
        by=stage.staff.decision_maker.actor, at=stage.now,
    )  # fmt: skip
    end_order(order=order, reason="Koe", by=stage.actor(aino), at=stage.now)
    assert changed.granted.budget is not None
    pots = Pot.objects.filter(budget=changed.granted.budget)
    assert [balance(one.account_id) for one in pots] == [900_00] * 3
    assert verify_books() == []


@pytest.mark.parametrize(
    ("lines", "why", "lacks"),
    [
        ({"shower-help": (Way.BUDGET, 10_00, 400_00, False)}, WhyNot.NOT_IN_PLAN, 0),
        ({"cleaning": (Way.BUDGET, 5_00, 150_00, False)}, WhyNot.NO_MONEY, 150_00),
    ],
)
def test_what_does_not_fit_is_named_first_and_nothing_changes(
    lines: Lines, why: WhyNot, lacks: int
) -> None:
    stage, aino, order = begun()
    plan = new_plan(stage, aino, lines)
    decider = stage.staff.decision_maker.actor
    with pytest.raises(OrdersDoNotFit) as refused, transaction.atomic():
        change_decision(plan=plan, period=APRIL_JUNE, by=decider, at=stage.now)
    (misfit,) = refused.value.misfits
    assert (misfit.order.pk, misfit.why, misfit.lacks) == (order.pk, why, lacks)
    assert held(order) == [300_00] * 4
    assert Decision.objects.get().state == DecisionState.IN_FORCE
    changed = change_decision(
        plan=plan, period=APRIL_JUNE, ends_orders=[order.pk], by=decider, at=stage.now
    )
    assert [one.pk for one in changed.ended] == [order.pk]
    assert held(order) == [0] * 4
    assert verify_books() == []


def test_an_order_past_the_new_decision_is_named_with_its_day() -> None:
    stage, aino, order = begun()
    plan = new_plan(stage, aino, GROWN)
    short = Period(date(2019, 4, 1), date(2019, 6, 1))
    carried = what_carries(plan=plan, period=short, today=stage.on)
    (misfit,) = carried.misfits
    assert (misfit.why, misfit.on) == (WhyNot.OUTSIDE, date(2019, 6, 1))
    assert carried.moves == ()
    assert order.pk == misfit.order.pk


def test_with_services_going_on_a_later_change_begins_on_the_first_of_a_month() -> None:
    stage, aino, _ = begun()
    plan = new_plan(stage, aino, GROWN)
    period = Period(date(2019, 4, 10), date(2019, 7, 1))
    with pytest.raises(BeginsMidMonth), transaction.atomic():
        change_decision(plan=plan, period=period, by=stage.staff.decision_maker.actor, at=stage.now)
    plan.refresh_from_db()
    assert plan.state == PlanState.SIGNED


def test_a_change_after_a_change_ends_what_was_cut_and_is_over() -> None:
    stage, aino, _ = begun()
    decider = stage.staff.decision_maker.actor
    change_decision(plan=new_plan(stage, aino, GROWN), period=APRIL_JUNE, by=decider, at=stage.now)
    stage.on = date(2019, 4, 20)
    may_june = Period(date(2019, 5, 1), date(2019, 7, 1))
    change_decision(plan=new_plan(stage, aino, GROWN), period=may_june, by=decider, at=stage.now)
    states = list(Decision.objects.order_by("pk").values_list("state", flat=True))
    assert states == [DecisionState.ENDED, DecisionState.IN_FORCE, DecisionState.IN_FORCE]
    ended = list(Budget.objects.order_by("pk").values_list("state", flat=True))
    assert ended == [BudgetState.ENDED, BudgetState.IN_FORCE, BudgetState.IN_FORCE]
    assert verify_books() == []
