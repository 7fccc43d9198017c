"""A county under the law of 2026: a value by income, a right past an empty pot, a late price."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cast import Stage, moment, open_stage
from tests.payment_files import control_sum, payments_in
from valinta.budgets.models import VoucherUnit
from valinta.catalogue.actions import PriceAboveCeiling
from valinta.plans.states import Way
from valinta.processes.correct_price import correct_price
from valinta.processes.verify_books import verify_books
from valinta.rules.home_care_fee import ConfirmedLimits, monthly_fee
from valinta.rules.income_tested_voucher import value_by_client_fee
from valinta.settlements.funding import funding_report
from valinta.settlements.models import Statement
from valinta.shared.money import Money
from valinta.shared.periods import Period

eur = Money.of


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("example-county-2026", on=date(2026, 3, 1))


def test_ainos_voucher_follows_her_income(stage: Stage, tmp_path: Path) -> None:
    # Alone at home with 1 900 euros a month: the fee of sixteen hours sets the hour's value.
    # The limits of 2026 are made up; a county confirms its own until sourced ones are entered.
    limits = ConfirmedLimits(
        (683_00, 1260_00, 1976_00, 2443_00, 2957_00, 3396_00), 412_00, "made up for this test"
    )
    fee = monthly_fee(
        monthly_income_cents=1900_00,
        household_size=1,
        service_hours_per_month=16,
        on=stage.on,
        confirmed_limits=limits,
    )
    value = value_by_client_fee(
        full_value_cents=46_10,
        floor_value_cents=7_00,
        monthly_fee_cents=fee.cents,
        monthly_hours=16,
    )
    assert (Money(fee.cents), Money(value)) == (eur("292.08"), eur("27.84"))
    aino = stage.client("Aino")
    (voucher,) = stage.grant(
        aino, {"home-care": (Way.VOUCHER, 16_00, False)}, income_tested_cents={"home-care": value}
    ).vouchers
    units = VoucherUnit.objects.filter(voucher=voucher).values_list("band__code", "cents")
    assert dict(units) == dict.fromkeys(
        ("weekday-day", "weekday-evening", "saturday", "sunday-holiday"), value
    )
    order = stage.order(aino, stage.offer(stage.provider("Hoiva Oy"), "home-care", "48.60"), 16_00)
    visit = stage.report(order, date(2026, 3, 3), 1_25)
    assert (Money(visit.payable_cents), Money(visit.self_pay_cents)) == (eur("34.80"), eur("25.95"))
    file = stage.pay(stage.settle(cut_off_on=date(2026, 3, 16)), tmp_path)
    assert [(one.name, one.euros) for one in payments_in(file)] == [("Hoiva Oy", "34.80")]
    assert verify_books() == []


def test_einos_assistance_is_his_right_also_past_an_empty_pot(stage: Stage, tmp_path: Path) -> None:
    # Four hours were assessed; he needs six, and the right does not stop at the pot.
    eino = stage.client("Eino")
    stage.grant(eino, {"personal-assistance": (Way.BUDGET, 4_00, False)})
    provider = stage.provider("Avustajat Osk")
    with pytest.raises(PriceAboveCeiling):
        stage.offer(provider, "personal-assistance", "35.21")
    offer = stage.offer(provider, "personal-assistance", "35.20")
    order = stage.order(eino, offer, 6_00)
    assert order.slices.get().reserved_cents == 140_80
    assert stage.left(eino) == eur("0.00")
    within = stage.report(order, date(2026, 3, 3), 3_00)
    past = stage.report(order, date(2026, 3, 5), 2_00)
    assert [(one.payable_cents, one.over_budget) for one in (within, past)] == [
        (105_60, False),
        (70_40, True),
    ]
    assert within.self_pay_cents == past.self_pay_cents == 0
    march = stage.settle(cut_off_on=date(2026, 4, 1))
    assert control_sum(stage.pay(march, tmp_path)) == "176.00"

    # The price of March turns out to be 34.00: the settled month stays, the next one is less.
    order = stage.order(eino, offer, 2_00, period=Period.month(2026, 4))
    stage.report(order, date(2026, 4, 2), 2_00)
    corrected = correct_price(
        offer=offer,
        band="weekday-day",
        amount=eur("34.00"),
        period=Period.month(2026, 3),
        reason="Tuottajan hinnasto oli väärä.",
        by=stage.staff.office.actor,
        at=moment(date(2026, 5, 2)),
    )
    assert [one.cents for one in corrected.corrections] == [-3_60, -2_40]
    april = stage.settle(cut_off_on=date(2026, 5, 1))
    assert control_sum(stage.pay(april, tmp_path)) == "64.40"  # 70.40 - 6.00
    told = Statement.objects.order_by("id").values_list(
        "work_cents", "correction_cents", "payment_cents"
    )
    assert list(told) == [(176_00, 0, 176_00), (70_40, -6_00, 64_40)]
    report = funding_report(programme=stage.programme, month=Period.month(2026, 3))
    assert [(one.source, one.amount) for one in report.shares] == [("county", eur("176.00"))]
    assert verify_books() == []
