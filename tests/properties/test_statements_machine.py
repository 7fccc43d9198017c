"""Whatever happens with money, statements tell every cent of it, and the ledger says the same."""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test
from lxml import etree

from tests import money_scene as ms
from tests.properties.order_machine import LATE, OFFERS
from tests.properties.test_money_machine import MoneyMachine
from valinta.processes.next_payment import next_payment
from valinta.processes.self_billing import NothingSold, self_billed_invoice
from valinta.processes.statement_story import steps_of
from valinta.processes.statement_table import statement_table
from valinta.providers.models import Provider
from valinta.settlements.models import Payment, Statement
from valinta.settlements.queries import (
    all_visits,
    corrections_of,
    lines_of,
    paid_again_in,
    statements_of,
    visits_of,
    with_self_pay,
)
from valinta.visits.models import Correction, Visit

AMOUNTS = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"


def last_column(statement: Statement) -> Decimal:
    text = "".join(statement_table(statement=statement, language="fi")).removeprefix("\ufeff")
    _header, *rows = csv.reader(io.StringIO(text), delimiter=";")
    return sum((Decimal(row[-1].replace(",", ".")) for row in rows), Decimal(0))


def check_statement(one: Statement) -> None:
    """Each level adds up to the one above it: visits, lines, work, steps, payment, papers."""
    lines = list(lines_of(one))
    assert sum(line.cents for line in lines) == one.work_cents
    for line in lines:
        sums = visits_of(line).aggregate(
            cents=Sum("payable_cents"), quantity=Sum("quantity_hundredths")
        )
        assert (sums["cents"], sums["quantity"]) == (line.cents, line.quantity_hundredths)
        assert visits_of(line).count() == line.visits
    told = with_self_pay(one, lines)
    own = all_visits(one).aggregate(own=Sum("self_pay_cents"))["own"] or 0
    assert sum(each.self_pay_cents for each in told) == own
    corrections = sum(each.correction.cents for each in corrections_of(one))
    assert corrections == one.correction_cents
    assert sum(each.cents for each in paid_again_in(one)) == one.returned_cents
    assert sum(step.cents for step in steps_of(one)) == one.payment_cents
    payment = Payment.objects.filter(statement=one).first()
    assert (payment.cents if payment else 0) == one.payment_cents
    assert last_column(one) * 100 == one.payment_cents
    check_invoice(one)


def check_invoice(one: Statement) -> None:
    """The invoice asks for what was sold and corrected, less what is set off."""
    total = one.work_cents + one.correction_cents
    try:
        root = etree.fromstring(self_billed_invoice(statement=one))
    except NothingSold:
        assert total == 0
        return
    credit = root.tag.endswith("CreditNote")
    assert credit is (total < 0)
    amount = {
        name: int(Decimal(root.findtext(f".//{{{AMOUNTS}}}{name}") or "0") * 100)
        for name in ("TaxExclusiveAmount", "PrepaidAmount", "PayableAmount")
    }
    assert amount["TaxExclusiveAmount"] == abs(total)
    assert amount["PayableAmount"] == abs(total) - amount["PrepaidAmount"]
    if credit:
        assert 0 <= amount["PayableAmount"] <= -one.carried_out_cents
    else:
        assert amount["PayableAmount"] == min(total, one.payment_cents)


class StatementMachine(MoneyMachine):
    """The money machine, with every statement read again after every step."""

    seen: Counter[str]

    @rule(
        offer=st.sampled_from(OFFERS),
        quantities=st.lists(st.integers(1, 8).map(lambda one: one * 25), min_size=1, max_size=3),
        cents=st.integers(1500, 4500),
        answers=st.lists(st.sampled_from(("paid", "returned", "")), min_size=4, max_size=4),
    )
    def live_a_month(
        self, offer: str, quantities: list[int], cents: int, answers: list[str]
    ) -> None:
        """Work, a run that is answered by the bank, and a price mended afterwards."""
        self.order(0, offer, sum(quantities), "day", "march", one_off=False, accept=True)
        if self.model.orders:
            newest = len(self.model.orders) - 1
            self.report(newest, quantities, "day", late=False, again=False)
        if self.run is None:
            self.prepare(silent=True)
        self.approve(answers)
        self.correct(offer, "day", cents)

    @invariant()
    def statements_tell_every_cent(self) -> None:
        organiser = self.scene.programme.organiser_id
        for letter, provider in self.scene.providers.items():
            for one in statements_of(provider, frozenset({organiser})):
                check_statement(one)
                self.seen["carried"] += bool(one.carried_out_cents)
                self.seen["paid again"] += bool(one.returned_cents)
                self.seen["corrected"] += bool(one.correction_cents)
                self.seen["paid"] += bool(one.payment_cents)
            self._check_next(letter, provider)

    def _check_next(self, letter: str, provider: Provider) -> None:
        """What is still to come, and what waits, is what the ledger owes the company."""
        coming = next_payment(programme=self.scene.programme, provider=provider, at=LATE)
        assert coming is not None
        if coming.is_prepared:
            planned = Statement.objects.filter(run=self.run, provider=provider).first()
            assert coming.least_cents == (planned.payment_cents if planned else 0)
            return
        disputed = Visit.objects.filter(provider=provider, state="disputed")
        corrections = Correction.objects.filter(visit__in=disputed)
        waits = disputed.aggregate(sum=Sum("payable_cents"))["sum"] or 0
        waits += corrections.aggregate(sum=Sum("cents"))["sum"] or 0
        known = coming.sure_cents + coming.open_cents + coming.other_cents + waits
        assert known == ms.owed(self.scene, letter)


@pytest.fixture
def machine(db: None) -> type[StatementMachine]:
    """The machine with its scene set, and nothing seen yet."""
    own = {"scene": ms.enter_scene(), "seen": Counter()}
    return type("Machine", (StatementMachine,), own)


def test_no_sequence_of_requests_makes_a_statement_that_does_not_add_up(
    machine: type[StatementMachine],
) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=6,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            print_blob=True,
        ),
    )


def test_returned_payments_and_a_balance_below_zero_add_up_month_after_month(
    machine: type[StatementMachine],
) -> None:
    """One sequence that is the same every time, so that each kind of money is sure to be there."""
    months = machine()
    months.first_member(50_000)
    returned, paid = ["returned"] * 4, ["paid"] * 4
    for offer, quantities, cents, answers in (
        ("home-a", [100, 50], 2500, returned),
        ("home-a", [100, 75], 1500, paid),
        ("home-a", [25], 1500, paid),
        ("clean-b", [100], 2400, paid),
        ("home-a", [50, 50, 50], 3000, paid),
    ):
        months.live_a_month(offer, quantities, cents, answers)
        months.statements_tell_every_cent()
    months.teardown()
    kinds = {kind for kind, count in machine.seen.items() if count}
    assert kinds == {"paid", "paid again", "corrected", "carried"}
