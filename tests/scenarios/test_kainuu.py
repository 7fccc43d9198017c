"""Kainuu, 2017-2019: a trial with firm dates, two payers of every cent, three legs to stand on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cast import Stage, moment, open_stage
from tests.mission import shows
from tests.payment_files import control_sum, payments_in
from valinta.needs.actions import LegAnswer, LegUnanswered, record_eligibility
from valinta.orders.models import Order
from valinta.plans.actions import LineChosen, PlanNotOpen, sign_plan, write_plan
from valinta.plans.states import PlanState, Signer, Way
from valinta.processes.correct_price import correct_price
from valinta.processes.grant_budget import NotEligible, grant_budget
from valinta.processes.settle_period import settle_period
from valinta.processes.verify_books import verify_books
from valinta.programmes.queries import ProgrammeClosed
from valinta.providers.actions import SectorNotAdmitted
from valinta.providers.models import Sector
from valinta.settlements.funding import funding_report
from valinta.settlements.models import Run
from valinta.shared.money import Money
from valinta.shared.periods import Period

CLEANING = {"cleaning": (Way.BUDGET, 10_00, False)}
OCTOBER = Period.month(2019, 10)
eur = Money.of


@shows("KAI-2", "KAI-5")
def test_velis_september_from_need_to_three_kinds_of_providers(db: None, tmp_path: Path) -> None:
    # Ten hours at 30.00, three visits at 42.00 and five meals at 9.50.
    stage = open_stage("kainuu", on=date(2019, 9, 1))
    veli = stage.client("Veli", municipality="Kuhmo")
    granted = stage.grant(
        veli,
        {
            "cleaning": (Way.BUDGET, 10_00, False),
            "home-nursing": (Way.BUDGET, 3_00, False),
            "meals": (Way.BUDGET, 5_00, False),
        },
        period=Period(date(2019, 9, 1), date(2019, 11, 1)),
    )
    assert Money(granted.decision.monthly_cents) == eur("473.50")  # 300.00 + 126.00 + 47.50

    # He chooses a company, an association and the joint authority's own unit.
    company = stage.provider("Kuhmon Siivous Oy")
    association = stage.provider("Ateria-apu ry", sector=Sector.THIRD)
    public = stage.provider("Kainuun kotisairaanhoito", sector=Sector.PUBLIC)
    cleaning = stage.order(veli, stage.offer(company, "cleaning", "30.55"), 6_00)
    meals = stage.order(veli, stage.offer(association, "meals", "9.47"), 5_00)
    nursing = stage.order(veli, stage.offer(public, "home-nursing", "42.79"), 3_00)
    assert stage.left(veli) == eur("114.48")  # 473.50 - 183.30 - 47.35 - 128.37

    # Three visits with odd cents: 1.5 x 30.55 = 45.825, half a cent up.
    stage.report(cleaning, date(2019, 9, 3), 1_50)
    stage.report(meals, date(2019, 9, 3), 1_00)
    stage.report(nursing, date(2019, 9, 4), 1_00)
    assert _shares(stage, Period.month(2019, 9)) == {
        "cost": "98.09 EUR",  # 45.83 + 9.47 + 42.79
        "ministry": "78.47 EUR",  # 78.472
        "own-share": "19.62 EUR",  # 19.618
    }
    file = stage.pay(stage.settle(cut_off_on=date(2019, 10, 1)), tmp_path)
    assert [(one.name, one.euros) for one in payments_in(file)] == [
        ("Kuhmon Siivous Oy", "45.83"),
        ("Ateria-apu ry", "9.47"),
        ("Kainuun kotisairaanhoito", "42.79"),
    ]
    assert control_sum(file) == "98.09"
    assert verify_books() == []


def _shares(stage: Stage, month: Period) -> dict[str, str]:
    report = funding_report(programme=stage.programme, month=month)
    shares = {share.source: str(share.amount) for share in report.shares}
    assert Money.total(share.amount for share in report.shares) == report.cost
    return {"cost": str(report.cost), **shares}


@shows("KAI-1")
@pytest.mark.parametrize("day", [date(2017, 11, 30), date(2019, 11, 1)])
def test_nobody_joins_before_the_trial_or_after_its_extension(db: None, day: date) -> None:
    stage = open_stage("kainuu", on=day)
    veli = stage.client("Veli")
    with pytest.raises(ProgrammeClosed, match="2017-12-01"):
        stage.join(veli)
    assert verify_books() == []


@shows("KAI-1")
def test_the_trial_runs_into_its_extension_without_a_gap(db: None) -> None:
    stage = open_stage("kainuu", on=date(2017, 12, 1))
    offer = stage.offer(stage.provider("Kuhmon Siivous Oy"), "cleaning", "30.00")
    for stage.on in (date(2017, 12, 1), date(2018, 12, 31), date(2019, 1, 1), date(2019, 10, 31)):
        veli = stage.client("Veli")
        stage.grant(veli, CLEANING, period=Period.month(stage.on.year, stage.on.month))
        order = stage.order(veli, offer, 2_00)
        assert stage.report(order, stage.on, 1_00).payable_cents == 30_00
    assert verify_books() == []


@pytest.fixture
def last_days(db: None) -> tuple[Stage, Order]:
    """The last month of the programme, with an order to its last day."""
    stage = open_stage("kainuu", on=date(2019, 10, 1))
    veli = stage.client("Veli")
    stage.grant(veli, CLEANING, period=OCTOBER)
    offer = stage.offer(stage.provider("Kuhmon Siivous Oy"), "cleaning", "30.00")
    return stage, stage.order(veli, offer, 5_00, period=OCTOBER)


@shows("KAI-1")
def test_nothing_is_granted_for_days_outside_the_programme(
    last_days: tuple[Stage, Order],
) -> None:
    stage, _ = last_days
    for period in (
        Period(date(2019, 10, 1), date(2019, 11, 2)),
        Period(date(2017, 11, 30), date(2018, 1, 1)),
    ):
        with pytest.raises(ProgrammeClosed):
            stage.grant(stage.client("Impi"), CLEANING, period=period)
    assert stage.grant(stage.client("Impi"), CLEANING, period=OCTOBER).budget is not None


@shows("KAI-1")
def test_nothing_is_ordered_for_or_on_days_outside_the_programme(
    last_days: tuple[Stage, Order],
) -> None:
    stage, order = last_days
    with pytest.raises(ProgrammeClosed, match="2019-11-01"):
        stage.order(
            order.client, order.offer, 1_00, period=Period(OCTOBER.starts_on, date(2019, 11, 2))
        )
    stage.on = date(2019, 11, 1)
    with pytest.raises(ProgrammeClosed, match="2019-11-01"):
        stage.order(order.client, order.offer, 1_00, period=OCTOBER)
    assert stage.left(order.client, on=date(2019, 10, 1)) == eur("150.00")  # 300.00 - 150.00


@shows("KAI-1")
def test_nothing_is_paid_for_days_outside_the_programme(
    last_days: tuple[Stage, Order], tmp_path: Path
) -> None:
    stage, order = last_days
    stage.report(order, date(2019, 10, 31), 1_00)
    taken = stage.report_lines(
        order.provider, [stage.line(order, date(2019, 11, 1))], at=moment(date(2019, 11, 2))
    )
    assert [answer.code for answer in taken.answers] == ["outside_programme_dates"]
    with pytest.raises(ProgrammeClosed, match="2019-11-30"):
        stage.settle(cut_off_on=date(2019, 12, 1))
    with pytest.raises(ProgrammeClosed, match="2017-11-30"):
        settle_period(
            programme=stage.programme,
            cut_off_on=date(2017, 12, 1),
            by=stage.staff.preparer.actor,
            at=moment(date(2019, 10, 31)),
        )
    assert not Run.objects.exists()
    # The last day of the programme is settled after its end; that is how the last bill is paid.
    run = stage.settle(cut_off_on=date(2019, 11, 1))
    assert control_sum(stage.pay(run, tmp_path)) == "30.00"
    assert verify_books() == []


@shows("KAI-2")
def test_both_payers_add_up_to_the_cent_over_odd_cents_and_corrections(
    last_days: tuple[Stage, Order],
) -> None:
    stage, order = last_days
    offer = stage.offer(stage.provider("Kajaanin Siivous Oy"), "cleaning", "0.01")
    small = stage.order(order.client, offer, 5_00)
    costs = []
    for number in range(1, 5):
        stage.report(small, date(2019, 10, number), 1_00)
        costs.append(_shares(stage, OCTOBER))
    assert [(one["ministry"], one["own-share"]) for one in costs] == [
        ("0.01 EUR", "0.00 EUR"),  # 0.8 and 0.2 of a cent
        ("0.02 EUR", "0.00 EUR"),  # 1.6 and 0.4
        ("0.02 EUR", "0.01 EUR"),  # 2.4 and 0.6
        ("0.03 EUR", "0.01 EUR"),  # 3.2 and 0.8
    ]
    stage.report(order, date(2019, 10, 29), 1_33)
    assert _shares(stage, OCTOBER) == {
        "cost": "39.94 EUR", "ministry": "31.95 EUR", "own-share": "7.99 EUR",
    }  # fmt: skip
    correct_price(
        offer=order.offer,
        band="weekday-day",
        amount=eur("29.97"),
        period=OCTOBER,
        reason="Hinta oli kirjattu väärin.",
        by=stage.staff.office.actor,
        at=moment(date(2019, 11, 4)),
    )
    # A price that was lower is less cost in the month in which that became known.
    assert _shares(stage, Period.month(2019, 11)) == {
        "cost": "-0.04 EUR", "ministry": "-0.03 EUR", "own-share": "-0.01 EUR",
    }  # fmt: skip
    assert verify_books() == []


LEGS = ("entitled", "continuous-need", "able-to-plan")


@shows("KAI-3")
@pytest.mark.parametrize("leg", LEGS)
def test_a_no_names_the_leg_and_nothing_is_granted(db: None, leg: str) -> None:
    stage = open_stage("kainuu", on=date(2018, 3, 1))
    veli = stage.client("Veli")
    unmet = stage.answer_legs(veli, **{leg.replace("-", "_"): "Ei täyty: keskustelu 1.3."})
    assert unmet == [leg]
    with pytest.raises(NotEligible, match=leg) as refused:
        stage.grant(veli, CLEANING)
    assert refused.value.legs == [leg]
    grounds = dict(stage.enrolment(veli).eligibility.values_list("leg", "ground"))
    assert set(grounds) == set(LEGS)
    assert grounds[leg] == "Ei täyty: keskustelu 1.3."
    # The need changed: the leg is answered anew, and now the same plan can be granted.
    stage.answer_legs(veli)
    assert stage.grant(veli, CLEANING).budget is not None


@shows("KAI-3")
def test_each_leg_needs_its_ground_and_the_first_rests_on_three_acts(db: None) -> None:
    stage = open_stage("kainuu", on=date(2018, 3, 1))
    legs = {leg["code"]: leg for leg in stage.programme.terms["eligibility"]}
    assert tuple(legs) == LEGS
    numbers = {act["code"]: act["number"] for act in stage.programme.terms["acts"]}
    assert [numbers[act] for act in legs["entitled"]["acts"]] == [
        "980/2012", "380/1987", "519/1977",
    ]  # fmt: skip
    veli = stage.client("Veli")
    with pytest.raises(LegUnanswered, match="able-to-plan"):
        record_eligibility(
            enrolment=stage.enrolment(veli),
            legs=LEGS,
            answers=[
                LegAnswer("entitled", True, "380/1987 8 §"),
                LegAnswer("continuous-need", True, "Päivittäinen apu."),
                LegAnswer("able-to-plan", True, "  "),
            ],
            by=stage.manager,
            at=stage.now,
        )
    assert not stage.enrolment(veli).eligibility.exists()


@shows("KAI-4")
def test_client_and_worker_both_sign_one_plan_for_social_and_health_services(db: None) -> None:
    stage = open_stage("kainuu", on=date(2018, 3, 1))
    veli = stage.client("Veli")
    stage.answer_legs(veli)
    needs = {**CLEANING, "physiotherapy": (Way.BUDGET, 2_00, False)}
    allocation = stage.assess(veli, needs)
    plan = write_plan(
        enrolment=stage.enrolment(veli),
        allocation=allocation,
        lines=[
            LineChosen(line.service, Way.BUDGET, line.quantity_hundredths, Money(line.cents))
            for line in allocation.lines.select_related("service")
        ],
        support_plan=None,
        by=stage.manager,
        at=stage.now,
    )
    assert set(plan.lines.values_list("service__sector", flat=True)) == {"social", "health"}
    march = Period.month(2018, 3)
    decision_maker = stage.staff.decision_maker.actor
    for signer, by in ((Signer.WORKER, stage.manager), (Signer.CLIENT, stage.actor(veli))):
        with pytest.raises(PlanNotOpen):
            grant_budget(plan=plan, period=march, by=decision_maker, at=stage.now)
        plan = sign_plan(plan=plan, signer=signer, by=by, at=stage.now)
    assert plan.state == PlanState.SIGNED
    granted = grant_budget(plan=plan, period=march, by=decision_maker, at=stage.now)
    assert Money(granted.decision.monthly_cents) == eur("410.00")  # 10 x 30.00 + 2 x 55.00
    assert plan.signatures.count() == 2


@shows("KAI-5")
def test_the_packs_that_leave_public_providers_out_refuse_them(db: None) -> None:
    kainuu, keusote = (open_stage(code, on=date(2019, 3, 1)) for code in ("kainuu", "keusote"))
    public = kainuu.provider("Kainuun kotisairaanhoito", sector=Sector.PUBLIC)
    assert public.approvals.filter(programme=kainuu.programme).exists()
    with pytest.raises(SectorNotAdmitted, match="public"):
        keusote.approve(public)
