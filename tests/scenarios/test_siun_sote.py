"""Siun sote, autumn 2019: the trial ends, the way of organising begins, and the clients go on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cast import Stage, open_stage
from tests.mission import shows
from tests.payment_files import control_sum, payments_in
from valinta.catalogue.queries import offers_on, price_on
from valinta.clients.models import Enrolment
from valinta.orders.models import Order
from valinta.plans.states import Way
from valinta.processes.grant_budget import NotEligible
from valinta.processes.place_order import NotInPlan, ProviderNotApproved
from valinta.processes.verify_books import verify_books
from valinta.programmes.queries import ProgrammeClosed, phase_on
from valinta.providers.actions import end_approval
from valinta.settlements.funding import funding_report
from valinta.shared.money import Money
from valinta.shared.periods import Period

AUTUMN = Period(date(2019, 10, 1), date(2020, 1, 1))
NEEDS = {
    "supported-housing": (Way.BUDGET, 10_00, False),
    "personal-assistance": (Way.BUDGET, 12_00, False),
    "day-activity": (Way.OWN_SERVICE, 4_00, False),
}
eur = Money.of


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("siun-sote", on=date(2019, 10, 1))


def _shares(stage: Stage, month: int) -> dict[str, Money]:
    report = funding_report(programme=stage.programme, month=Period.month(2019, month))
    assert Money.total(share.amount for share in report.shares) == report.cost
    return {share.source: share.amount for share in report.shares}


@shows("SIU-1", "SIU-6", "SIU-7")
def test_tapios_autumn_over_the_change_of_status(stage: Stage, tmp_path: Path) -> None:
    # He takes housing support and assistance into the budget; day activity stays as it is.
    tapio = stage.client("Tapio", municipality="Joensuu")
    granted = stage.grant(tapio, NEEDS, period=AUTUMN)
    assert Money(granted.decision.plan.allocation.total_cents) == eur("934.80")
    assert Money(granted.decision.monthly_cents) == eur("682.00")  # 346.00 + 336.00
    assert stage.left(tapio) == eur("682.00")
    joined = stage.enrolment(tapio)

    # He orders for the whole autumn, over the day on which the trial ends.
    housing_offer = stage.offer(stage.provider("Kotipolku Oy"), "supported-housing", "33.95")
    helping_offer = stage.offer(stage.provider("Avustajat ry"), "personal-assistance", "27.95")
    housing = stage.order(tapio, housing_offer, 6_00, period=AUTUMN)
    helping = stage.order(tapio, helping_offer, 8_00, period=AUTUMN)
    assert stage.left(tapio) == eur("254.70")  # 682.00 - 203.70 - 223.60

    # October belongs to the trial: four fifths from the state.
    assert phase_on(stage.programme, date(2019, 10, 31)).status == "trial"
    stage.report(housing, date(2019, 10, 15), 2_00)
    assert _shares(stage, 10) == {"state-grant": eur("54.32"), "own-share": eur("13.58")}

    # From November the same programme is a way of organising, paid by the joint authority alone.
    stage.on = date(2019, 11, 1)
    assert phase_on(stage.programme, stage.on).status == "way_of_organising"
    stage.report(housing, date(2019, 11, 5), 2_50)
    stage.report(helping, date(2019, 11, 6), 3_00)
    assert _shares(stage, 11) == {"own-share": eur("168.73")}  # 84.88 + 83.85

    # Nobody enrolled him anew: the same place, the same consent, the same decision and orders.
    carried = Enrolment.objects.get(client=tapio)
    assert carried.pk == joined.pk
    assert (carried.state, carried.started_on) == ("enrolled", date(2019, 10, 1))
    assert carried.consent_given_at == joined.consent_given_at
    assert carried.decisions.get() == granted.decision
    assert stage.order(tapio, housing_offer, 1_00).state == "accepted"

    october = stage.pay(stage.settle(cut_off_on=date(2019, 11, 1)), tmp_path)
    november = stage.pay(stage.settle(cut_off_on=date(2019, 12, 1)), tmp_path)
    assert [(one.name, one.euros) for one in payments_in(october)] == [("Kotipolku Oy", "67.90")]
    assert [(one.name, one.euros) for one in payments_in(november)] == [
        ("Kotipolku Oy", "84.88"),
        ("Avustajat ry", "83.85"),
    ]
    assert control_sum(november) == "168.73"
    assert verify_books() == []


@shows("SIU-1")
def test_new_clients_can_come_after_the_change_but_not_after_the_last_day(stage: Stage) -> None:
    stage.on = date(2019, 12, 31)
    december = Period.month(2019, 12)
    assert stage.grant(stage.client("Impi"), NEEDS, period=december).budget is not None
    stage.on = date(2020, 1, 1)
    with pytest.raises(ProgrammeClosed):
        stage.join(stage.client("Sulo"))


@shows("SIU-2")
def test_it_is_for_people_entitled_under_the_two_disability_acts(stage: Stage) -> None:
    (leg,) = stage.programme.terms["eligibility"]
    numbers = {act["code"]: act["number"] for act in stage.programme.terms["acts"]}
    assert [numbers[act] for act in leg["acts"]] == ["380/1987", "519/1977"]
    tapio = stage.client("Tapio")
    stage.answer_legs(tapio, entitled="Ei päätöstä kummankaan lain nojalla.")
    with pytest.raises(NotEligible) as refused:
        stage.grant(tapio, NEEDS)
    assert refused.value.legs == ["entitled"]
    stage.answer_legs(tapio)
    assert stage.grant(tapio, NEEDS).budget is not None
    assert stage.enrolment(tapio).eligibility.get().ground == "Keskustelu kotona."


@shows("SIU-3")
def test_each_of_the_eight_services_can_be_granted_and_bought(stage: Stage) -> None:
    prices = {
        "supported-housing": "34.60",
        "service-housing": "89.70",
        "intensified-service-housing": "141.70",
        "temporary-round-the-clock-housing": "158.10",
        "additional-housing-hours": "31.60",
        "day-activity": "63.20",
        "personal-assistance": "28.00",
        "home-care": "38.70",
    }
    assert set(stage.programme.services.values_list("code", flat=True)) == set(prices)
    assert stage.service("home-care").legal_basis["act"] == "1301/2014"
    tapio = stage.client("Tapio")
    granted = stage.grant(tapio, dict.fromkeys(prices, (Way.BUDGET, 100, False)))
    assert Money(granted.decision.monthly_cents) == eur("585.60")
    provider = stage.provider("Kotipolku Oy")
    for code, price in prices.items():
        order = stage.order(tapio, stage.offer(provider, code, price), 1_00)
        assert order.slices.get().reserved_cents == eur(price).cents
    assert stage.left(tapio) == eur("0.00")
    assert verify_books() == []


@shows("SIU-5")
def test_the_plan_is_made_from_the_assessment_and_the_clients_own_support_plan(
    stage: Stage,
) -> None:
    tapio = stage.client("Tapio")
    plan = stage.grant(tapio, NEEDS).decision.plan
    assert plan.support_plan is not None
    assert plan.support_plan.sections == {"wishes": "Haluan asua kotona."}
    assert plan.support_plan.written_by_id == stage.actor(tapio).user_id
    assert plan.allocation.assessment.enrolment == stage.enrolment(tapio)
    lines = plan.lines.order_by("id").values_list(
        "service__code", "way", "quantity_hundredths", "monthly_cents"
    )
    assert list(lines) == [
        ("supported-housing", "budget", 10_00, 346_00),
        ("personal-assistance", "budget", 12_00, 336_00),
        ("day-activity", "own_service", 4_00, 252_80),
    ]


@shows("SIU-6")
def test_all_services_or_only_a_part_go_into_the_budget(stage: Stage) -> None:
    tapio, impi = stage.client("Tapio"), stage.client("Impi")
    everything = {code: (Way.BUDGET, quantity, False) for code, (_, quantity, _) in NEEDS.items()}
    assert Money(stage.grant(impi, everything).decision.monthly_cents) == eur("934.80")
    assert Money(stage.grant(tapio, NEEDS).decision.monthly_cents) == eur("682.00")
    offer = stage.offer(stage.provider("Päivätoiminta Oy"), "day-activity", "63.20")
    stage.order(impi, offer, 4_00)
    with pytest.raises(NotInPlan):  # what he left out stays with the organiser
        stage.order(tapio, offer, 4_00)
    assert stage.left(impi) == eur("682.00")


@shows("SIU-7")
def test_the_client_finds_the_approved_providers_and_they_are_paid_directly(
    stage: Stage, tmp_path: Path
) -> None:
    tapio = stage.client("Tapio")
    stage.grant(tapio, NEEDS)
    service = stage.service("supported-housing")
    assert offers_on(service, stage.on) == []
    near, far = stage.provider("Kotipolku Oy"), stage.provider("Asumisapu ry")
    stage.offer(near, "supported-housing", "34.60")
    stage.offer(far, "supported-housing", "33.00")
    found = offers_on(service, stage.on)
    assert [
        (one.approval.provider.name, price_on(one, "", stage.on).cents) for one in found
    ] == [("Asumisapu ry", 33_00), ("Kotipolku Oy", 34_60)]  # fmt: skip
    # One approval ends: it is found no more, and nothing can be ordered beyond it.
    end_approval(
        approval=near.approvals.get(),
        on=date(2019, 10, 10),
        by=stage.staff.office.actor,
        at=stage.now,
    )
    assert [one.approval.provider for one in offers_on(service, date(2019, 10, 10))] == [far]
    with pytest.raises(ProviderNotApproved):
        stage.order(tapio, near.approvals.get().offers.get(), 1_00)
    order = stage.order(tapio, found[0], 2_00)
    stage.report(order, date(2019, 10, 2), 2_00)
    file = stage.pay(stage.settle(cut_off_on=date(2019, 11, 1)), tmp_path)
    assert [(one.name, one.iban, one.euros) for one in payments_in(file)] == [
        ("Asumisapu ry", far.iban, "66.00"),
    ]
    assert Order.objects.filter(client=tapio).count() == 1
    assert verify_books() == []
