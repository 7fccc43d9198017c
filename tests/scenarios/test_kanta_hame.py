"""Kanta-Häme, 2019: a voucher and a budget side by side, and no way for money to reach a client."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from tests.cast import Stage, moment, open_stage
from tests.mission import shows
from tests.payment_files import control_sum, payments_in
from valinta.budgets.actions import NotInformed, RefusalNeedsReason, accept_voucher
from valinta.budgets.models import VoucherUnit
from valinta.budgets.states import VoucherState
from valinta.catalogue.models import Offer
from valinta.clients.models import Absence, Client, Enrolment, Mandate
from valinta.demo.identities import iban
from valinta.ledger.kinds import ROUTES, AccountKind, CauseKind, TransferKind
from valinta.ledger.models import Account
from valinta.ledger.posting import Posting, PostingRefused, open_account, post
from valinta.orders.actions import end_order
from valinta.plans.actions import WayNotPossible
from valinta.plans.models import PlanLine, ServicePlan
from valinta.plans.states import PlanState, Way
from valinta.processes.decline_voucher import decline_voucher
from valinta.processes.grant_budget import NotEligible
from valinta.processes.place_order import NoBudgetThen, NotInPlan
from valinta.processes.settle_period import payment_file
from valinta.processes.verify_books import verify_books
from valinta.processes.voucher_quantity import VoucherUsed, quantity_left
from valinta.programmes.queries import coverage_on
from valinta.providers.actions import SectorNotAdmitted
from valinta.providers.models import Provider, ProviderAccount, Sector
from valinta.settlements.actions import approve_run
from valinta.settlements.funding import funding_report
from valinta.settlements.models import Payment
from valinta.shared.money import Money
from valinta.shared.periods import Period

MARCH_APRIL = Period(date(2019, 3, 1), date(2019, 5, 1))
BOTH = {
    "home-service": (Way.VOUCHER, 6_00, False),
    "personal-assistance": (Way.BUDGET, 10_00, False),
}
VOUCHER = {"home-service": BOTH["home-service"]}
BUDGET = {"personal-assistance": BOTH["personal-assistance"]}
eur = Money.of


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("kanta-hame", on=date(2019, 3, 1))


def _home_service(stage: Stage, name: str, weekday: str, sunday: str) -> Offer:
    prices = {"weekday-day": weekday, "sunday-holiday": sunday}
    return stage.offer(stage.provider(name), "home-service", prices)


@shows("HAM-1", "HAM-3", "HAM-9")
def test_ellis_voucher_and_budget_from_need_to_paid_providers(stage: Stage, tmp_path: Path) -> None:
    # One decision gives both: six hours of home service by voucher, ten of assistance by budget.
    elli = stage.client("Elli", municipality="Forssa")
    granted = stage.grant(elli, BOTH, period=MARCH_APRIL)
    assert Money(granted.decision.monthly_cents) == eur("481.60")  # 6 x 33.60 + 10 x 28.00
    assert stage.left(elli) == eur("280.00")
    (voucher,) = granted.vouchers
    assert voucher.service.code == "home-service"
    assert voucher.quantity_hundredths == 12_00  # two months
    assert (voucher.valid.lower, voucher.valid.upper) == (date(2019, 3, 1), date(2019, 5, 1))

    # She uses the voucher at two providers of the county; the dearer one she tops up herself.
    dear = _home_service(stage, "Kotiapu Oy", "34.00", "66.00")
    cheap = _home_service(stage, "Arjen Apu Oy", "29.00", "58.00")
    assistance = stage.offer(stage.provider("Avustajat Osk"), "personal-assistance", "27.80")
    at_dear = stage.order(elli, dear, 4_00)
    at_cheap = stage.order(elli, cheap, 2_00)
    assisted = stage.order(elli, assistance, 8_00)
    assert stage.left(elli) == eur("57.60")  # 280.00 - 222.40

    visits = [
        stage.report(at_dear, date(2019, 3, 4), 1_50),
        stage.report(at_dear, date(2019, 3, 10), 1_00, band="sunday-holiday"),
        stage.report(at_cheap, date(2019, 3, 5), 2_00),
        stage.report(assisted, date(2019, 3, 6), 3_25),
    ]
    assert [(Money(one.payable_cents), Money(one.self_pay_cents)) for one in visits] == [
        (eur("46.35"), eur("4.65")),  # 1.5 h: the value 30.90 of the price 34.00
        (eur("61.80"), eur("4.20")),  # a Sunday hour: 61.80 of 66.00
        (eur("58.00"), eur("0.00")),  # below the value, the price is paid
        (eur("90.35"), eur("0.00")),  # free by law: never a top-up
    ]
    report = funding_report(programme=stage.programme, month=Period.month(2019, 3))
    assert [(one.source, one.share, one.amount) for one in report.shares] == [
        ("state-grant", 10_000, eur("256.50")),
    ]
    assert report.cost == eur("256.50")

    file = stage.pay(stage.settle(cut_off_on=date(2019, 4, 1)), tmp_path)
    assert [(one.name, one.euros) for one in payments_in(file)] == [
        ("Kotiapu Oy", "108.15"),
        ("Arjen Apu Oy", "58.00"),
        ("Avustajat Osk", "90.35"),
    ]
    assert control_sum(file) == "256.50"
    assert verify_books() == []


@shows("HAM-2")
def test_the_pilot_covers_four_fifths_of_the_people_from_its_first_day(stage: Stage) -> None:
    wanted = float(stage.programme.terms["coverage"]["at_least_percent"])
    covered = {
        day: coverage_on(stage.programme, day).percent_hundredths / 100
        for day in (date(2017, 11, 30), date(2017, 12, 1), date(2018, 6, 1), date(2019, 3, 1))
    }
    assert list(covered.values()) == [0, 80.67, 97.27, 98.67]
    assert covered[date(2017, 12, 1)] >= wanted == 80


@shows("HAM-3")
def test_a_voucher_is_for_a_named_service_value_and_period_at_any_approved_provider(
    stage: Stage,
) -> None:
    elli = stage.client("Elli", municipality="Ypäjä")
    (voucher,) = stage.grant(elli, VOUCHER, period=MARCH_APRIL, accept=False).vouchers
    values = VoucherUnit.objects.filter(voucher=voucher).values_list("band__code", "cents")
    assert dict(values) == {
        "weekday-day": 30_90,
        "weekday-evening": 35_50,
        "saturday": 37_05,
        "sunday-holiday": 61_80,
    }
    offers = [
        _home_service(stage, f"Kotiapu {number} Oy", "30.00", "60.00") for number in (1, 2, 3)
    ]
    with pytest.raises(NoBudgetThen):
        stage.order(elli, offers[0], 1_00)  # she has not accepted it yet
    with pytest.raises(NotInformed):
        accept_voucher(voucher=voucher, by=stage.actor(elli), at=stage.now)
    stage.inform(elli, voucher)
    accept_voucher(voucher=voucher, by=stage.actor(elli), at=stage.now)
    for offer in offers:
        assert stage.order(elli, offer, 1_00).slices.get().reserved_cents == 30_00
    # Not for another service, not after its period, not past its quantity.
    with pytest.raises(NotInPlan):
        stage.order(elli, stage.offer(stage.provider("Hoiva Oy"), "home-care", "38.00"), 1_00)
    with pytest.raises(NoBudgetThen):
        stage.order(elli, offers[0], 1_00, period=Period.month(2019, 5))
    with pytest.raises(VoucherUsed, match="9.00 left of its 12.00"):
        stage.order(elli, offers[0], 9_01)
    # An hour that was not delivered can be ordered again once its order has ended.
    order = stage.order(elli, offers[1], 9_00)
    stage.report(order, date(2019, 3, 5), 2_50)
    end_order(order=order, reason="Muutto.", by=stage.manager, at=moment(date(2019, 3, 8)))
    assert quantity_left(voucher) == 6_50
    stage.order(elli, offers[2], 3_25, period=MARCH_APRIL)
    assert quantity_left(voucher) == 0
    assert verify_books() == []


@shows("HAM-4")
@pytest.mark.parametrize("way", [Way.OWN_SERVICE, Way.PURCHASED])
@pytest.mark.parametrize("accepted", [False, True], ids=["offered", "accepted"])
def test_a_declined_voucher_leads_to_another_way_and_its_money_returns(
    stage: Stage, way: Way, accepted: bool
) -> None:
    elli = stage.client("Elli")
    (voucher,) = stage.grant(elli, VOUCHER, period=MARCH_APRIL, accept=accepted).vouchers
    if accepted:
        stage.order(elli, _home_service(stage, "Kotiapu Oy", "30.00", "60.00"), 2_00)
    with pytest.raises(RefusalNeedsReason):
        _decline(stage, elli, "", way)
    for no_way in (Way.VOUCHER, Way.BUDGET, Way.EMPLOYER):
        with pytest.raises(WayNotPossible, match="own_service or purchased_service"):
            _decline(stage, elli, "En halua seteliä.", no_way)
    line = _decline(stage, elli, "Haluan tutun hoitajan.", way)
    voucher.refresh_from_db()
    assert voucher.state == VoucherState.REFUSED
    assert voucher.refusal_reason == "Haluan tutun hoitajan."
    assert (line.way, line.refused_way, line.reason) == (
        way, Way.VOUCHER, "Haluan tutun hoitajan.",
    )  # fmt: skip
    assert Account.objects.get(pk=voucher.account_id).balance_cents == 0
    assert line.plan.state == PlanState.IN_FORCE
    assert verify_books() == []


def _decline(stage: Stage, client: Client, reason: str, way: Way) -> PlanLine:
    voucher = stage.enrolment(client).vouchers.get()
    return decline_voucher(
        voucher=voucher,
        to=way,
        reason=reason,
        by=stage.actor(client),
        planner=stage.manager,
        at=stage.now,
    )


@shows("HAM-6")
def test_a_budget_needs_continuous_need_and_ability_to_choose_a_voucher_does_not(
    stage: Stage,
) -> None:
    elli = stage.client("Elli")
    unmet = stage.answer_legs(
        elli, continuous_need="Tilapäinen tarve.", able_to_plan="Ei tällä hetkellä."
    )
    assert unmet == ["continuous-need", "able-to-plan"]
    with pytest.raises(NotEligible) as refused:
        stage.grant(elli, BUDGET)
    assert refused.value.legs == ["continuous-need", "able-to-plan"]
    assert stage.grant(elli, VOUCHER).vouchers


@shows("HAM-7")
def test_a_budget_is_spent_only_on_the_plan_at_a_company_or_an_association(stage: Stage) -> None:
    elli = stage.client("Elli")
    stage.grant(elli, BUDGET)
    company = stage.provider("Avustajat Oy")
    association = stage.provider("Avustajat ry", sector=Sector.THIRD)
    for provider in (company, association):
        stage.order(elli, stage.offer(provider, "personal-assistance", "28.00"), 2_00)
    with pytest.raises(SectorNotAdmitted, match="public"):
        stage.provider("Kaupungin avustajat", sector=Sector.PUBLIC)
    # Day activity is in the tray but not in her plan.
    with pytest.raises(NotInPlan):
        stage.order(elli, stage.offer(company, "day-activity", "60.00"), 1_00)
    assert set(stage.programme.services.values_list("sector", flat=True)) <= {"social", "health"}
    assert stage.left(elli) == eur("168.00")  # 280.00 - 2 x 56.00


@shows("HAM-8")
def test_no_kind_of_account_and_no_route_leads_to_a_client(stage: Stage) -> None:
    reached = {AccountKind.FUNDING}
    while (
        more := {to for pairs in ROUTES.values() for source, to in pairs if source in reached}
        - reached
    ):
        reached |= more
    # All that money can ever reach: the programme's own places, what providers are owed, the bank.
    assert reached == {
        AccountKind.FUNDING, AccountKind.POT, AccountKind.VOUCHER, AccountKind.HOLD,
        AccountKind.PAYABLE, AccountKind.IN_TRANSIT, AccountKind.PAID,
    }  # fmt: skip
    to_bank = {pair for pairs in ROUTES.values() for pair in pairs if AccountKind.PAID in pair}
    assert to_bank == {(AccountKind.IN_TRANSIT, AccountKind.PAID)}
    into_transit = {
        source for pairs in ROUTES.values() for source, to in pairs if to == "in_transit"
    }
    assert into_transit == {AccountKind.PAYABLE}
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_account (organiser_id, kind, debits, credits)"
            " VALUES (%s, 'client', 0, 0)",
            [stage.organiser.pk],
        )
    for model in (Client, Enrolment, Mandate, Absence):
        assert not [name for name in _columns(model) if "iban" in name or "account" in name]


def _columns(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.get_fields()]


@shows("HAM-8")
def test_the_ledger_refuses_to_move_a_clients_money_to_the_bank(stage: Stage) -> None:
    elli = stage.client("Elli")
    granted = stage.grant(elli, BUDGET)
    assert granted.budget is not None
    pot = granted.budget.pots.order_by("valid")[0].account_id
    bank = open_account(organiser_id=stage.organiser.pk, kind=AccountKind.PAID)
    for kind in TransferKind:
        posting = Posting(
            kind, pot, bank, eur("10.00"), CauseKind.DECISION, granted.decision.pk, f"try:{kind}"
        )
        with pytest.raises(PostingRefused):
            post(organiser_id=stage.organiser.pk, postings=[posting], by_id=None, at=stage.now)
    # Nor is there an account of what is owed that belongs to anyone but a provider.
    stage.provider("Avustajat Oy")
    owed = Account.objects.filter(kind=AccountKind.PAYABLE).values_list("pk", flat=True)
    assert set(owed) == set(ProviderAccount.objects.values_list("payable_id", flat=True))
    assert stage.left(elli) == eur("280.00")


@shows("HAM-8")
def test_a_payment_can_be_turned_to_no_other_bank_account(stage: Stage) -> None:
    elli = stage.client("Elli")
    stage.grant(elli, BUDGET)
    provider = stage.provider("Avustajat Oy")
    order = stage.order(elli, stage.offer(provider, "personal-assistance", "28.00"), 2_00)
    stage.report(order, date(2019, 3, 4), 2_00)
    run = stage.settle(cut_off_on=date(2019, 4, 1))
    approved = approve_run(run=run, by=stage.staff.approver.actor, at=moment(date(2019, 5, 2)))
    payment = Payment.objects.get(statement__run=run)
    ellis_own = iban(99_999_999)
    with pytest.raises(IntegrityError, match="receiver"), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(iban=ellis_own)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(cents=5_00)
    with pytest.raises(IntegrityError, match="provider"), transaction.atomic():
        payment.pk, payment.reference, payment.iban = None, "RF00", ellis_own
        payment.save(force_insert=True)
    # A provider's account that changes later changes no payment that was approved before.
    Provider.objects.filter(pk=provider.pk).update(iban=iban(12_345_678))
    assert [one.iban for one in payments_in(payment_file(approved))] == [provider.iban]
    assert verify_books() == []


@shows("HAM-10")
def test_which_plan_is_in_force_who_wrote_it_and_who_signed_is_never_in_doubt(
    stage: Stage,
) -> None:
    elli = stage.client("Elli")
    first = stage.grant(elli, VOUCHER).decision.plan
    stage.on = date(2019, 4, 1)
    second = stage.grant(elli, BOTH).decision.plan
    draft = stage.plan(elli, stage.assess(elli, BUDGET), BUDGET)
    versions = ServicePlan.objects.filter(enrolment__client=elli).order_by("version")
    assert [(one.version, one.state) for one in versions] == [
        (1, PlanState.SUPERSEDED), (2, PlanState.IN_FORCE), (3, PlanState.SIGNED),
    ]  # fmt: skip
    for plan in (first, second, draft):
        signed = plan.signatures.order_by("id").values_list("signer", "signed_by_id")
        assert list(signed) == [
            ("client", stage.actor(elli).user_id), ("worker", stage.manager.user_id),
        ]  # fmt: skip
        assert plan.written_by_id == stage.manager.user_id
    with pytest.raises(IntegrityError, match="one_plan_is_in_force"), transaction.atomic():
        ServicePlan.objects.filter(pk=first.pk).update(state=PlanState.IN_FORCE)
    assert stage.enrolment(elli).decisions.get(state="in_force").plan_id == second.pk
