"""The days of a decision: in the programme, of this month or later, and not for ages."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import Stage
from tests.unit.processes.changing import WEEK, live_on, ordered, stage_of
from valinta.budgets.models import Budget, Pot
from valinta.clients.models import Client
from valinta.clients.states import EnrolmentState
from valinta.plans.days import BeginsTooEarly, LastsTooLong, NotInProgramme
from valinta.plans.models import Decision, DecisionProposal, ServicePlan
from valinta.plans.proposal_actions import prepare_decision
from valinta.plans.states import Way
from valinta.processes.change_decision import change_decision
from valinta.processes.end_programme import end_programme, what_the_end_does
from valinta.processes.verify_books import verify_books
from valinta.programmes.queries import ProgrammeClosed
from valinta.shared.periods import Period

pytestmark = pytest.mark.django_db
LINES = {"cleaning": (Way.BUDGET, 20_00, False)}
FAR = date(2109, 12, 31)


def signed(stage: Stage, name: str = "Aino") -> tuple[Client, ServicePlan]:
    client = stage.client(name, municipality="Hyvinkää")
    stage.answer_legs(client)
    return client, stage.plan(client, stage.assess(client, LINES), LINES)


def decide(stage: Stage, plan: ServicePlan, period: Period) -> Decision:
    changed = change_decision(
        plan=plan, period=period, by=stage.staff.decision_maker.actor, at=stage.now
    )
    return changed.granted.decision


def prepare(stage: Stage, plan: ServicePlan, period: Period) -> DecisionProposal:
    return prepare_decision(
        plan=plan, period=period, income_tested_cents={}, ends_orders=[], grounds="",
        by=stage.manager, at=stage.now,
    )  # fmt: skip


def refused(
    stage: Stage, plan: ServicePlan, period: Period, why: type[Exception]
) -> tuple[Exception, Exception]:
    """Neither prepared nor decided, and nothing has been written."""
    with pytest.raises(why) as preparing:
        prepare(stage, plan, period)
    with pytest.raises(why) as deciding:
        decide(stage, plan, period)
    assert not Pot.objects.exists() and not DecisionProposal.objects.exists()
    return preparing.value, deciding.value


def test_a_decision_ends_with_the_programme_at_the_latest() -> None:
    stage = stage_of()
    _, plan = signed(stage)
    end = stage.open_days().ends_on
    assert end is not None
    for told in refused(stage, plan, Period(stage.on, date(2020, 6, 1)), ProgrammeClosed):
        assert isinstance(told, ProgrammeClosed) and told.on == end
    assert decide(stage, plan, Period(stage.on, end)).valid.upper == end


def test_a_slip_of_the_pen_in_the_year_opens_no_thousand_pots() -> None:
    stage = stage_of("example-county-2026", date(2026, 3, 10))
    stage.programme.phases.update(valid=(date(2026, 1, 1), None))
    client = stage.client("Aino")
    stage.answer_legs(client)
    service = stage.programme.services.order_by("pk")[0].code
    lines = {service: (Way.BUDGET, 10_00, False)}
    plan = stage.plan(client, stage.assess(client, lines), lines)
    for period in (Period(stage.on, FAR), Period(stage.on), Period(stage.on, date(2029, 3, 2))):
        for told in refused(stage, plan, period, LastsTooLong):
            assert isinstance(told, LastsTooLong)
            assert (told.months, told.last_on) == (36, date(2029, 2, 28))
    decide(stage, plan, Period(stage.on, date(2029, 3, 1)))
    assert Pot.objects.count() == 36
    assert verify_books() == []


def test_nothing_is_granted_to_who_has_not_joined() -> None:
    stage = stage_of()
    client, plan = signed(stage)
    place = stage.enrolment(client)
    for state in (EnrolmentState.INTERESTED, EnrolmentState.QUEUED):
        type(place).objects.filter(pk=place.pk).update(state=state)
        plan = ServicePlan.objects.select_related("enrolment__programme").get(pk=plan.pk)
        refused(stage, plan, stage.months(3), NotInProgramme)
    type(place).objects.filter(pk=place.pk).update(state=EnrolmentState.ENROLLED)
    plan = ServicePlan.objects.select_related("enrolment__programme").get(pk=plan.pk)
    assert prepare(stage, plan, stage.months(3)).state == "prepared"


def test_a_decision_may_begin_this_month_but_not_in_one_gone_by() -> None:
    stage = stage_of()
    live_on(stage, date(2019, 3, 20))
    _, plan = signed(stage)
    gone = Period(date(2019, 2, 28), date(2019, 7, 1))
    for told in refused(stage, plan, gone, BeginsTooEarly):
        assert isinstance(told, BeginsTooEarly) and told.earliest_on == date(2019, 3, 1)
    assert decide(stage, plan, Period(date(2019, 3, 1), date(2019, 7, 1))).valid.lower.day == 1
    assert Budget.objects.get().pots.count() == 4


def test_what_was_prepared_last_month_for_last_month_is_prepared_anew() -> None:
    stage = stage_of()
    _, plan = signed(stage)
    prepare(stage, plan, stage.months(3))
    live_on(stage, date(2019, 4, 2))
    with pytest.raises(BeginsTooEarly):
        decide(stage, plan, Period(date(2019, 3, 1), date(2019, 6, 1)))


def test_every_day_lies_in_a_phase_also_between_the_first_and_the_last() -> None:
    stage = stage_of()
    _, plan = signed(stage)
    phase = stage.programme.phases.order_by("-valid")[0]
    end = phase.valid.upper
    type(phase).objects.filter(pk=phase.pk).update(valid=(phase.valid.lower, date(2019, 5, 16)))
    type(phase).objects.create(
        organiser=stage.organiser, programme=stage.programme, code="later", names=phase.names,
        status=phase.status, valid=(date(2019, 5, 20), end),
    )  # fmt: skip
    gap = Period(stage.on, date(2019, 7, 1))
    for told in refused(stage, plan, gap, ProgrammeClosed):
        assert isinstance(told, ProgrammeClosed) and told.on == date(2019, 5, 16)
    decide(stage, plan, Period(stage.on, date(2019, 5, 16)))


def test_a_programme_that_ends_in_the_middle_of_a_month_ends_whole() -> None:
    stage = stage_of()
    phase = stage.programme.phases.order_by("-valid")[0]
    end = date(2019, 5, 16)
    type(phase).objects.filter(pk=phase.pk).update(valid=(phase.valid.lower, end))
    client, plan = signed(stage)
    decide(stage, plan, Period(stage.on, end))
    last = Pot.objects.order_by("-valid")[0]
    # The last month is a part of one, with its whole sum: need is stated for a month.
    assert (last.valid.lower, last.valid.upper) == (date(2019, 5, 1), end)
    assert last.granted_cents == Pot.objects.order_by("valid")[0].granted_cents
    offer = stage.offer(stage.provider("Kotiapu"), "cleaning", "30.00")
    order = ordered(stage, client, offer, WEEK, Period(stage.on, end))
    assert order.valid.upper == end
    live_on(stage, date(2019, 5, 15))
    look = what_the_end_does(stage.programme)
    assert look is not None and look.last_on == date(2019, 5, 15)
    end_programme(programme=stage.programme, by=stage.staff.office.actor, at=stage.now)
    assert verify_books() == []
    assert not Decision.objects.filter(valid__endswith__gt=end).exists()
    order.refresh_from_db()
    assert order.valid.upper == end
