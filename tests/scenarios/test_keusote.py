"""Keusote, spring 2019: Aino's budget from the assessment to the bank, and the rows around it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage, moment, open_stage
from tests.mission import shows
from tests.payment_files import control_sum, payments_in
from valinta.catalogue.models import Offer
from valinta.clients.actions import ConsentIncomplete
from valinta.clients.models import Client
from valinta.clients.states import EnrolmentState
from valinta.needs.actions import AdjustmentNeedsReason, CannotBeMandatory, adjust_allocation
from valinta.orders.actions import BudgetSpent, end_order
from valinta.orders.models import Order, OrderKind
from valinta.orders.states import OrderState
from valinta.plans.states import PlanState, Way
from valinta.processes.enrol_client import GroupNotHere, MunicipalityNotIn
from valinta.processes.grant_budget import NotEligible
from valinta.processes.leave_programme import leave_programme
from valinta.processes.switch_provider import ReasonMissing, close_ended_orders, switch_provider
from valinta.processes.verify_books import verify_books
from valinta.programmes.queries import last_report_on, rulebook_on
from valinta.settlements.funding import funding_report
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.visits.actions import confirm_visit, dispute_visit, reject_reviewed

MARCH = Period.month(2019, 3)
SPRING = Period(date(2019, 3, 1), date(2019, 6, 1))
NEEDS = {
    "home-care": (Way.BUDGET, 12_50, False),
    "cleaning": (Way.BUDGET, 10_00, False),
    "shower-help": (Way.BUDGET, 8_00, True),
    "medicine-dispensing": (Way.BUDGET, 4_00, True),
}
eur = Money.of


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("keusote", on=date(2019, 3, 1))


@shows("KEU-4", "KEU-5", "KEU-9")
def test_ainos_march_from_need_to_paid_providers(stage: Stage, tmp_path: Path) -> None:
    # The assessment times the unit costs of 2019 gives the month's budget.
    aino = stage.client("Aino", municipality="Järvenpää")
    granted = stage.grant(aino, NEEDS)
    lines = granted.decision.plan.allocation.lines.order_by("number")
    assert [Money(line.cents) for line in lines] == [
        eur("483.75"),  # home care, 12.5 h at 38.70
        eur("306.00"),  # cleaning, 10 h at 30.60
        eur("260.80"),  # help with showering, 8 visits at 32.60, mandatory
        eur("24.40"),  # medicine dispensing, 4 weeks at 6.10, mandatory
    ]
    assert Money(granted.decision.monthly_cents) == eur("1074.95")
    assert stage.left(aino) == eur("789.75")
    assert stage.left(aino, "shower-help") == eur("260.80")

    # She orders for the month from two providers, and one cleaning just once.
    kotiapu, peseytyminen = stage.provider("Kotiapu Oy"), stage.provider("Suihkuapu ry")
    home_care = stage.order(aino, stage.offer(kotiapu, "home-care", "36.90"), 12_00)
    cleaning = stage.order(
        aino, stage.offer(kotiapu, "cleaning", "29.95"), 3_00, kind=OrderKind.ONE_OFF
    )
    shower = stage.order(aino, stage.offer(peseytyminen, "shower-help", "32.60"), 8_00)
    assert stage.left(aino) == eur("257.10")  # 789.75 - 442.80 - 89.85
    assert stage.left(aino, "shower-help") == eur("0.00")

    # Visits are captured from what was held, at the price of the day, to the cent.
    first = stage.report(home_care, date(2019, 3, 4), 1_50)
    second = stage.report(home_care, date(2019, 3, 6), 1_25)
    never = stage.report(home_care, date(2019, 3, 8), 1_50)
    third = stage.report(cleaning, date(2019, 3, 12), 2_75)
    fourth = stage.report(shower, date(2019, 3, 5))
    payable = [Money(one.payable_cents) for one in (first, second, never, third, fourth)]
    assert payable == [eur("55.35"), eur("46.13"), eur("55.35"), eur("82.36"), eur("32.60")]
    report = funding_report(programme=stage.programme, month=MARCH)
    assert report.cost == eur("271.79")
    assert {share.source: share.amount for share in report.shares} == {
        "state-grant": eur("217.43"),
        "own-share": eur("54.36"),
    }

    # She confirms one, disputes one, and says nothing of the others, which counts as a yes.
    confirm_visit(visit_id=first.pk, by=stage.actor(aino), at=moment(date(2019, 3, 9)))
    dispute_visit(
        visit_id=never.pk,
        reason="Kukaan ei tullut.",
        by=stage.actor(aino),
        at=moment(date(2019, 3, 9)),
    )
    run = stage.settle(cut_off_on=date(2019, 4, 1))
    file = stage.pay(run, tmp_path)
    assert [(one.name, one.iban, one.euros) for one in payments_in(file)] == [
        ("Kotiapu Oy", kotiapu.iban, "183.84"),  # 55.35 + 46.13 + 82.36
        ("Suihkuapu ry", peseytyminen.iban, "32.60"),
    ]
    assert control_sum(file) == "216.44"

    # The disputed visit is rejected, the orders end, and what was not used is hers again.
    reject_reviewed(
        visit_id=never.pk,
        reason="Tuottaja myöntää erehdyksen.",
        funding_account_id=stage.programme.funding_account_id,
        by=stage.manager,
        at=moment(date(2019, 5, 2)),
    )
    for order in (home_care, cleaning, shower):
        _end(stage, order)
    assert stage.left(aino) == eur("605.91")  # 789.75 - 183.84
    assert stage.left(aino, "shower-help") == eur("228.20")  # 260.80 - 32.60
    assert stage.left(aino, "medicine-dispensing") == eur("24.40")
    assert verify_books() == []


def _end(stage: Stage, order: Order) -> None:
    order.refresh_from_db()
    end_order(order=order, reason="Kuu on ohi.", by=stage.manager, at=moment(date(2019, 5, 2)))


FIRST_FIVE = ("Hyvinkää", "Järvenpää", "Nurmijärvi", "Mäntsälä", "Pornainen")
EXTENSION = ("Tuusula", "Lohja", "Porvoo", "Sipoo")


@shows("KEU-1")
def test_the_municipality_and_the_day_decide_who_can_enrol(db: None) -> None:
    stage = open_stage("keusote", on=date(2017, 12, 1))
    for town in FIRST_FIVE:
        outcome = stage.join(stage.client("Eino", municipality=town))
        assert outcome.enrolment.state == EnrolmentState.ENROLLED
    later = [stage.client("Helmi", municipality=town) for town in EXTENSION]
    elsewhere = stage.client("Veikko", municipality="091")
    for stage.on in (date(2017, 12, 1), date(2018, 12, 31)):
        for client in (*later, elsewhere):
            with pytest.raises(MunicipalityNotIn, match=client.municipality_code):
                stage.join(client)
    stage.on = date(2019, 1, 1)
    for client in later:
        assert stage.join(client).enrolment.state == EnrolmentState.ENROLLED
    with pytest.raises(MunicipalityNotIn, match="091"):
        stage.join(elsewhere)


@shows("KEU-2")
def test_clients_come_from_the_groups_fixed_in_advance_and_need_many_services(
    stage: Stage,
) -> None:
    aino, eino = stage.client("Aino"), stage.client("Eino")
    with pytest.raises(GroupNotHere, match="neighbours"):
        stage.join(aino, group="neighbours")
    assert stage.join(aino, group="informal-care").enrolment.target_group.code == "informal-care"
    unmet = stage.answer_legs(eino, many_services="Yksi palvelu riittää.")
    assert unmet == ["many-services"]
    with pytest.raises(NotEligible, match="many-services"):
        stage.grant(eino, {"cleaning": NEEDS["cleaning"]})


@shows("KEU-3")
def test_joining_needs_every_point_of_the_checklist_gone_through(stage: Stage) -> None:
    aino = stage.client("Aino")
    with pytest.raises(ConsentIncomplete) as refused:
        stage.join(aino, consent=["voluntary", "money", "choice", "data", "mandatory"])
    assert refused.value.missing == ("study", "withdraw")
    enrolment = stage.join(aino).enrolment
    assert enrolment.consent_given_at == stage.now
    assert len(enrolment.consent_items) == 7


@shows("KEU-3")
def test_withdrawing_loses_no_service_and_frees_the_months_ahead(stage: Stage) -> None:
    aino = stage.client("Aino")
    stage.grant(aino, NEEDS)
    offer = stage.offer(stage.provider("Kotiapu Oy"), "cleaning", "30.00")
    order = stage.order(aino, offer, 5_00, period=SPRING)
    stage.report(order, date(2019, 3, 4), 2_00)
    stage.on = date(2019, 3, 6)
    left = leave_programme(
        enrolment=stage.enrolment(aino),
        withdrawn=True,
        reason="Asiakas haluaa palvelut kuten ennen.",
        planner=stage.manager,
        by=stage.actor(aino),
        at=stage.now,
    )
    assert left.enrolment.state == EnrolmentState.WITHDRAWN
    assert left.enrolment.consent_withdrawn_at == stage.now
    # Every need of the plan goes on, now as the organiser's own service.
    assert left.next_plan is not None
    assert left.next_plan.state == PlanState.DRAFT
    carried = left.next_plan.lines.values_list("service__code", "way", "quantity_hundredths")
    assert set(carried) == {
        (code, Way.OWN_SERVICE, quantity) for code, (_, quantity, _) in NEEDS.items()
    }
    # All of three months' money went home but the visit that was made and what March's days hold.
    assert stage.left(aino) == stage.left(aino, "shower-help") == eur("0.00")
    assert Money(-_balance(stage)) == eur("150.00")
    assert verify_books() == []


@shows("KEU-3")
def test_aino_leaves_on_her_own_page_and_is_told_who_carries_on(
    stage: Stage, settings: Settings
) -> None:
    settings.DEMO = True
    stage.organiser.demo_today = stage.on
    stage.organiser.save()
    aino = stage.client("Aino")
    stage.grant(aino, NEEDS)
    stage.order(aino, stage.offer(stage.provider("Kotiapu Oy"), "cleaning", "30.00"), 5_00)
    browser = Browser(headers={"accept-language": "fi"})
    browser.force_login(stage.people[aino.pk].user)
    told = browser.get(f"/my/{aino.pk}/leave/").content.decode()
    assert "Siivouspalvelu, Kotiapu Oy" in told
    assert "järjestäjän oma palvelu" in told
    gone = browser.post(f"/my/{aino.pk}/leave/", {"reason": "Kuten ennen.", "sure": "1"})
    after = browser.get(gone.headers["Location"]).content.decode()
    assert f"{stage.staff.case_managers[0].user.display_name} ottaa sinuun yhteyttä" in after
    with stage.scope():
        place = aino.enrolments.get()
        assert (place.state, place.end_reason) == (EnrolmentState.WITHDRAWN, "Kuten ennen.")
        assert place.plans.filter(state=PlanState.DRAFT).exists()
        assert stage.left(aino) == eur("0.00")
        assert verify_books() == []


def _balance(stage: Stage) -> int:
    stage.programme.funding_account.refresh_from_db()
    return int(stage.programme.funding_account.balance_cents)


@shows("KEU-4")
def test_every_euro_of_the_budget_is_explained(stage: Stage) -> None:
    aino = stage.client("Aino")
    allocation = stage.assess(aino, NEEDS)
    lines = list(allocation.lines.order_by("number"))
    for line in lines:
        assert line.explanation == "hours_x_unit_cost"
        assert Money(line.unit_cents or 0).times(line.quantity_hundredths) == Money(line.cents)
    assert sum(line.cents for line in lines) == allocation.total_cents == 1074_95
    # A change by hand is one more line, with a reason that the client reads.
    cleaning, less = stage.service("cleaning"), eur("-30.60")
    with pytest.raises(AdjustmentNeedsReason):
        adjust_allocation(
            allocation=allocation, service=cleaning, amount=less, reason=" ",
            by=stage.manager, at=stage.now,
        )  # fmt: skip
    adjusted = adjust_allocation(
        allocation=allocation,
        service=cleaning,
        amount=less,
        reason="Tytär siivoaa tunnin kuussa.",
        by=stage.manager,
        at=stage.now,
    )
    assert Money(adjusted.total_cents) == eur("1044.35")
    assert sum(line.cents for line in adjusted.lines.all()) == adjusted.total_cents
    assert adjusted.lines.get(explanation="adjustment").reason == "Tytär siivoaa tunnin kuussa."


@shows("KEU-5")
def test_mandatory_services_are_decided_for_each_client_and_keep_their_money(
    stage: Stage,
) -> None:
    aino, eino = stage.client("Aino"), stage.client("Eino")
    stage.grant(aino, NEEDS)
    stage.grant(eino, {**NEEDS, "shower-help": (Way.BUDGET, 8_00, False)})
    assert stage.left(eino) == eur("1050.55")  # 789.75 and the 260.80 that is his to use
    kotiapu = stage.provider("Kotiapu Oy")
    care, cleaning = (
        stage.offer(kotiapu, "home-care", "38.70"),
        stage.offer(kotiapu, "cleaning", "30.60"),
    )
    stage.order(aino, care, 12_50)
    assert stage.left(aino) == eur("306.00")
    # There is 285.20 in Aino's kept pots, but not one cent of it for more cleaning.
    with pytest.raises(BudgetSpent):
        stage.order(aino, cleaning, 10_01)
    stage.order(aino, cleaning, 10_00)
    assert stage.left(aino) == eur("0.00")
    assert stage.left(aino, "shower-help") == eur("260.80")
    assert stage.left(aino, "medicine-dispensing") == eur("24.40")
    stage.order(eino, care, 12_50)
    stage.order(eino, cleaning, 18_00)
    with pytest.raises(CannotBeMandatory, match="cleaning"):
        stage.assess(eino, {"cleaning": (Way.BUDGET, 1_00, True)})
    assert verify_books() == []


@shows("KEU-9")
def test_a_purchase_is_one_off_or_for_a_period(stage: Stage) -> None:
    aino = stage.client("Aino")
    stage.grant(aino, NEEDS)
    offer = stage.offer(stage.provider("Kotiapu Oy"), "cleaning", "30.00")
    once = stage.order(aino, offer, 2_00, kind=OrderKind.ONE_OFF)
    assert [one.reserved_cents for one in once.slices.all()] == [60_00]
    monthly = stage.order(aino, offer, 4_00, period=SPRING)
    slices = monthly.slices.order_by("valid")
    assert [(one.valid.lower.month, one.reserved_cents) for one in slices] == [
        (3, 120_00), (4, 120_00), (5, 120_00),
    ]  # fmt: skip
    assert stage.left(aino) == eur("609.75")  # 789.75 - 60.00 - 120.00
    assert stage.left(aino, on=date(2019, 5, 1)) == eur("669.75")


@shows("KEU-10")
def test_a_dissatisfied_client_changes_provider_after_the_notice_period(stage: Stage) -> None:
    aino = stage.client("Aino")
    stage.grant(aino, NEEDS)
    order = stage.order(
        aino, stage.offer(stage.provider("Kotiapu Oy"), "cleaning", "30.60"), 4_00, period=SPRING
    )
    stage.report(order, date(2019, 3, 5), 1_00)
    better = stage.offer(stage.provider("Siisti Oy"), "cleaning", "30.00")
    notice = rulebook_on(stage.programme, stage.on).parameters["notice_period_days"]
    stage.on = date(2019, 3, 11)
    with pytest.raises(ReasonMissing):
        _switch(stage, aino, order, better, reason="")
    switched_from = _switch(stage, aino, order, better, reason="Aina eri siivooja.")
    assert notice == 14
    order.refresh_from_db()
    new = Order.objects.get(offer=better)
    assert order.valid.upper == new.valid.lower == date(2019, 3, 25) == switched_from
    assert order.close_reason == "Aina eri siivooja."
    # April and May are free of the old order at once: only the new one's 120.00 is held.
    assert stage.left(aino, on=date(2019, 4, 1)) == eur("669.75")
    # The old provider works its notice; after that time to report, the rest of March returns.
    stage.report(order, date(2019, 3, 20), 1_00)
    taken = stage.report_lines(
        order.provider, [stage.line(order, date(2019, 3, 26))], at=moment(date(2019, 3, 27))
    )
    assert [answer.code for answer in taken.answers] == ["outside_order_period"]
    # Of the 91.80 still held on 11.3., the 14 days of notice of 21 keep 61.20; 30.60 came back.
    assert stage.left(aino) == eur("577.95")  # 789.75 - 122.40 + 30.60 - 120.00
    last = last_report_on(stage.programme, date(2019, 3, 24))
    closed = [
        close_ended_orders(organiser_id=stage.organiser.pk, by=stage.manager, at=moment(day))
        for day in (last, last + timedelta(days=1))
    ]
    assert closed == [0, 1]
    order.refresh_from_db()
    assert order.state == OrderState.ENDED
    assert stage.left(aino) == eur("608.55")  # 789.75 - 61.20 - 120.00
    assert order.close_reason == "Aina eri siivooja."
    assert verify_books() == []


def _switch(stage: Stage, client: Client, order: Order, offer: Offer, *, reason: str) -> date:
    return switch_provider(
        order=order,
        offer=offer,
        quantities={"": 4_00},
        reason=reason,
        by=stage.actor(client),
        at=stage.now,
    ).ends_on
