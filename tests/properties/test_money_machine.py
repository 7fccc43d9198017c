"""The whole money machine, played at random on a real database beside a model in plain Python.

After every step all invariants hold (`verify_books`) and every account has what the model says.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests import money_scene as ms
from tests.properties.money_model import Model, Part, Placed, Seen
from valinta.budgets.actions import end_budget
from valinta.budgets.models import Pot
from valinta.budgets.states import BudgetState
from valinta.ledger.models import Account
from valinta.ledger.posting import NotEnoughMoney
from valinta.orders.actions import BudgetSpent, accept_order, decline_order, end_order
from valinta.orders.models import OrderKind
from valinta.processes.correct_price import correct_price
from valinta.processes.leave_programme import leave_programme
from valinta.processes.place_order import NoBudgetThen, place_order
from valinta.processes.settle_period import payment_file, settle_period
from valinta.processes.switch_provider import switch_provider
from valinta.processes.voucher_quantity import VoucherUsed
from valinta.providers.models import ProviderAccount
from valinta.settlements.actions import (
    RunAlreadyPrepared,
    approve_run,
    cancel_run,
    mark_paid,
    mark_returned,
    mark_sent,
)
from valinta.settlements.funding import funding_report
from valinta.settlements.models import Payment, Run
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.visits.actions import (
    SettledAlready,
    accept_reviewed,
    confirm_visit,
    dispute_visit,
    reject_reviewed,
)

OFFERS = ("home-a", "home-b", "care-a", "clean-b")
MONTHS = {"march": (ms.MARCH, [3]), "term": (ms.TERM, [2, 3, 4])}
LATE = ms.on(10, month=4)
PICK = st.integers(0, 1_000_000)
QUANTITY = st.integers(1, 30).map(lambda quarters: quarters * 25)


class MoneyMachine(RuleBasedStateMachine):
    """Every verb that moves money, in any order. Each example is rolled back at its end."""

    scene: ms.Scene

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        programme = self.scene.programme
        accounts = ProviderAccount.objects.filter(organiser_id=programme.organiser_id)
        letters = {row.pk: letter for letter, row in self.scene.providers.items()}
        payables = {letters[one.provider_id]: one.payable_id for one in accounts}
        self.model = Model(programme.funding_account_id, payables)
        self.members: list[ms.Member] = []
        self.references = 0
        self.run: Run | None = None
        self.sums: dict[str, int] = {}

    def teardown(self) -> None:
        """Let the database check what it checks at commit, and forget the example."""
        try:
            connection.check_constraints()
        finally:
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    @initialize(cents=st.integers(5_000, 60_000))
    def first_member(self, cents: int) -> None:
        self._join(cents, 3_000, mandatory=False)

    @precondition(lambda self: len(self.members) < 3)
    @rule(home=st.integers(0, 60_000), care=st.integers(0, 8_000), mandatory=st.booleans())
    def grant(self, home: int, care: int, mandatory: bool) -> None:
        self._join(home, care, mandatory)

    def _join(self, home: int, care: int, mandatory: bool) -> None:
        wanted = [
            ms.Wanted("home", home, mandatory=mandatory),
            ms.Wanted("care", care),
            ms.Wanted("clean", 0, quantity=400),
        ]
        number = len(self.members)
        member = ms.join(self.scene, number + 1, wanted)
        self.members.append(member)
        pots = list(Pot.objects.filter(budget=member.granted.budget).select_related("service"))
        self.model.pots[number] = pots
        for pot in pots:
            own = home if pot.service else care
            amount = own if mandatory else home + care
            self.model.move(self.model.funding, pot.account_id, amount)
        (voucher,) = member.granted.vouchers
        self.model.vouchers[number] = voucher
        self.model.move(self.model.funding, voucher.account_id, 3 * 400 * 4000 // 100)

    @rule(
        who=PICK,
        offer=st.sampled_from(OFFERS),
        quantity=QUANTITY,
        band=st.sampled_from(("day", "evening")),
        span=st.sampled_from(("march", "term")),
        one_off=st.booleans(),
        accept=st.booleans(),
    )
    def order(
        self, who: int, offer: str, quantity: int, band: str, span: str, one_off: bool, accept: bool
    ) -> None:
        number = who % len(self.members)
        period, months = MONTHS[span]
        kind = OrderKind.ONE_OFF if one_off and span == "march" else OrderKind.PERIOD
        plan = self.model.plan_order(number, offer, band, quantity, months)

        def place() -> Any:
            with transaction.atomic():
                return place_order(
                    enrolment=self.members[number].enrolment,
                    offer=self.scene.offers[offer],
                    kind=kind,
                    period=period,
                    quantities={band: quantity},
                    by=self.members[number].person.actor,
                    at=ms.NOW,
                )

        if plan is None:
            with pytest.raises((BudgetSpent, VoucherUsed, NoBudgetThen)):
                place()
            return
        row = place()
        if accept:
            accept_order(order=row, by=self.scene.system, at=ms.NOW)
        placed = self._placed(row, number, offer, band, quantity, plan)
        placed.whole_term = span == "term"

    def _placed(
        self,
        row: Any,
        member: int,
        offer: str,
        band: str,
        quantity: int,
        plan: list[tuple[int, int]],
    ) -> Placed:
        parts = []
        for one, (source, cost) in zip(row.slices.order_by("valid"), plan, strict=True):
            self.model.move(source, one.hold_id, cost)
            parts.append(Part(one.hold_id, source, one.valid.lower.month, quantity))
        placed = Placed(row, member, offer.split("-")[0], offer, band, parts, quantity)
        self.model.orders.append(placed)
        return placed

    def _open(self) -> list[Placed]:
        return [one for one in self.model.orders if one.open]

    @precondition(lambda self: self._open())
    @rule(which=PICK, decline=st.booleans())
    def end(self, which: int, decline: bool) -> None:
        placed = self._open()[which % len(self._open())]
        verb = decline_order if decline and placed.row.state == "placed" else end_order
        verb(order=placed.row, reason="no longer", by=self.scene.system, at=ms.NOW)
        self.model.close(placed)

    @precondition(lambda self: any(one.whole_term for one in self._open()))
    @rule(which=PICK, quantity=QUANTITY)
    def switch(self, which: int, quantity: int) -> None:
        orders = [one for one in self._open() if one.whole_term and one.service == "home"]
        if not orders:
            return
        placed = orders[which % len(orders)]
        to = "home-b" if placed.offer == "home-a" else "home-a"
        plan = self.model.plan_order(placed.member, to, placed.band, quantity, [4])

        def switch() -> Any:
            with transaction.atomic():
                return switch_provider(
                    order=placed.row,
                    offer=self.scene.offers[to],
                    quantities={placed.band: quantity},
                    reason="closer to home",
                    by=self.scene.system,
                    at=ms.NOW,
                )

        if plan is None:
            with pytest.raises((BudgetSpent, NoBudgetThen)):
                switch()
            placed.row.refresh_from_db()
            return
        switched = switch()
        placed.row, placed.whole_term = switched.old, False
        self._placed(switched.new, placed.member, to, placed.band, quantity, plan)

    @precondition(lambda self: self.model.orders)
    @rule(
        which=PICK,
        quantities=st.lists(QUANTITY, min_size=1, max_size=5),
        band=st.sampled_from(("day", "evening")),
        late=st.booleans(),
        again=st.booleans(),
    )
    def report(self, which: int, quantities: list[int], band: str, late: bool, again: bool) -> None:
        placed = self.model.orders[which % len(self.model.orders)]
        lines, expected = [], list[Seen | None]()
        for quantity in quantities:
            self.references += 1
            more = {"late_reason": "Ill."} if late else {}
            day = 14 if late else 18
            line = ms.line(placed.row, f"v{self.references}", day, band=band, **more)
            lines.append(line | {"quantity": f"{quantity / 100:.2f}"})
            expected.append(self.model.take(placed, band, quantity, late))
        bad = ms.line(placed.row, "bad", 21)
        taken = ms.report(self.scene, [*lines, bad], placed.offer[-1])
        *answers, last = taken.answers
        assert last.outcome == "refused"
        for seen, answer in zip(expected, answers, strict=True):
            if seen is None:
                assert answer.outcome == "refused", answer
            else:
                assert answer.outcome == ("in_review" if late else "taken"), answer
                assert answer.visit_id is not None
                seen.pk = answer.visit_id
        if again:
            repeated = ms.report(self.scene, lines, placed.offer[-1]).counts
            assert repeated.repeated == sum(seen is not None for seen in expected)
            assert repeated.taken == repeated.in_review == 0

    def _visits(self, *states: str) -> list[Seen]:
        return [one for one in self.model.visits if one.state in states]

    @precondition(lambda self: self._visits("accepted"))
    @rule(which=PICK, dispute=st.booleans())
    def answer(self, which: int, dispute: bool) -> None:
        seen = self._visits("accepted")[which % len(self._visits("accepted"))]
        by = self.members[seen.of.member].person.actor
        if not dispute:
            confirm_visit(visit_id=seen.pk, by=by, at=ms.NOW)
            seen.state = "confirmed"
        elif seen.run is not None:
            with pytest.raises(SettledAlready):
                dispute_visit(visit_id=seen.pk, reason="Late.", by=by, at=ms.NOW)
        else:
            dispute_visit(visit_id=seen.pk, reason="Late.", by=by, at=ms.NOW)
            seen.state = "disputed"

    @precondition(lambda self: self._visits("in_review", "disputed"))
    @rule(which=PICK, reject=st.booleans())
    def review(self, which: int, reject: bool) -> None:
        waiting = self._visits("in_review", "disputed")
        seen = waiting[which % len(waiting)]
        given = {
            "visit_id": seen.pk,
            "funding_account_id": self.model.funding,
            "by": self.scene.system,
            "at": ms.NOW,
        }
        if reject:
            reject_reviewed(reason="Not as ordered.", **given)
            self.model.reject(seen)
        elif self.model.accept(seen):
            accept_reviewed(**given)
        else:
            with pytest.raises(NotEnoughMoney), transaction.atomic():
                accept_reviewed(**given)

    @rule(
        offer=st.sampled_from(OFFERS),
        band=st.sampled_from(("day", "evening")),
        cents=st.integers(1500, 4500),
    )
    def correct(self, offer: str, band: str, cents: int) -> None:
        correct_price(
            offer=self.scene.offers[offer],
            band=band,
            amount=Money(cents),
            period=ms.MARCH,
            reason="The list was wrong.",
            by=self.scene.system,
            at=ms.NOW,
        )
        self.model.correct_price(offer, band, cents)

    @rule(silent=st.booleans())
    def prepare(self, silent: bool) -> None:
        def settle() -> Run:
            return settle_period(
                programme=self.scene.programme,
                cut_off_on=ms.MARCH.ends_on,
                by=self.scene.staff.preparer.actor,
                at=LATE if silent else ms.NOW,
            )

        if self.run is not None:
            with pytest.raises(RunAlreadyPrepared):
                settle()
            return
        self.run = settle()
        self.sums = self.model.freeze(self.run.pk, silent)

    @precondition(lambda self: self.run is not None)
    @rule()
    def cancel(self) -> None:
        assert self.run is not None
        cancel_run(run=self.run, by=self.scene.staff.preparer.actor, at=LATE)
        self.model.thaw(self.run.pk)
        self.run = None

    @precondition(lambda self: self.run is not None)
    @rule(answers=st.lists(st.sampled_from(("paid", "returned", "")), min_size=4, max_size=4))
    def approve(self, answers: list[str]) -> None:
        assert self.run is not None
        run = approve_run(run=self.run, by=self.scene.staff.approver.actor, at=LATE)
        model = self.model
        for letter, cents in self.sums.items():
            model.move(model.payables[letter], run.in_transit_id or 0, max(cents, 0))
            model.carried[letter], model.returned[letter] = min(cents, 0), 0
        payments = list(Payment.objects.filter(statement__run=run).order_by("pk"))
        expected = sorted(cents for cents in self.sums.values() if cents > 0)
        assert sorted(payment.cents for payment in payments) == expected
        if payments:
            assert payment_file(run) == payment_file(Run.objects.get(pk=run.pk))
        mark_sent(run=run, sha256="", by=self.scene.staff.approver.actor, at=LATE)
        for payment, answer in zip(payments, answers, strict=False):
            self._bank(run, payment, answer)
        self.run = None

    def _bank(self, run: Run, payment: Payment, answer: str) -> None:
        by, model = self.scene.staff.preparer.actor, self.model
        letters = {row.pk: letter for letter, row in self.scene.providers.items()}
        letter = letters[payment.statement.provider_id]
        if answer == "paid":
            mark_paid(payment=payment, by=by, at=LATE)
            model.move(run.in_transit_id or 0, run.paid_id or 0, payment.cents)
        elif answer == "returned":
            mark_returned(payment=payment, reason="AC04", by=by, at=LATE)
            model.move(run.in_transit_id or 0, model.payables[letter], payment.cents)
            model.returned[letter] += payment.cents

    @precondition(lambda self: any(self.model.pots.values()))
    @rule(who=PICK, leave=st.booleans())
    def stop(self, who: int, leave: bool) -> None:
        here = [number for number, pots in self.model.pots.items() if pots]
        number = here[who % len(here)]
        member, model = self.members[number], self.model
        if leave:
            leave_programme(
                enrolment=member.enrolment,
                withdrawn=True,
                reason="moves away",
                planner=self.scene.staff.case_managers[0].actor,
                by=self.scene.system,
                at=ms.NOW,
            )
            for placed in self._open():
                if placed.member == number:
                    model.close(placed)
            self._expire(model.vouchers[number].account_id)
            model.vouchers[number] = None
            # Who left is no member any more; another may come.
            self.members[number] = self._replaced(number)
        else:
            budget = member.granted.budget
            assert budget is not None
            budget.refresh_from_db()
            if budget.state == BudgetState.ENDED:
                return
            end_budget(
                budget=budget, funding_account_id=model.funding, by=self.scene.system, at=ms.NOW
            )
            for pot in model.pots[number]:
                self._expire(pot.account_id)
            model.pots[number] = []

    def _replaced(self, number: int) -> ms.Member:
        for pot in self.model.pots[number]:
            self._expire(pot.account_id)
        self.model.pots[number] = []
        return self.members[number]

    def _expire(self, account: int) -> None:
        self.model.move(account, self.model.funding, self.model.cents[account])

    @invariant()
    def the_books_verify(self) -> None:
        assert ms.faults() == []

    @invariant()
    def every_account_has_what_the_model_says(self) -> None:
        rows = Account.objects.order_by("pk").values_list("pk", "kind", "credits", "debits")
        actual = {pk: (kind, came - went) for pk, kind, came, went in rows}
        wrong = {
            pk: (kind, cents, self.model.cents[pk])
            for pk, (kind, cents) in actual.items()
            if cents != self.model.cents[pk]
        }
        assert not wrong, f"account: kind, has, should have: {wrong}"

    @invariant()
    def the_shares_of_funding_add_up_to_what_is_owed_and_paid(self) -> None:
        months = [Period(ms.MARCH.starts_on, ms.MARCH.ends_on), Period.month(2019, 4)]
        reports = [funding_report(programme=self.scene.programme, month=one) for one in months]
        for report in reports:
            assert Money.total(share.amount for share in report.shares) == report.cost
        worth = sum(
            one.worth for one in self.model.visits if one.state not in ("in_review", "rejected")
        )
        assert sum(report.cost.cents for report in reports) == worth


@pytest.mark.django_db
def test_no_sequence_of_requests_loses_a_cent() -> None:
    scene = ms.enter_scene()
    machine = type("Machine", (MoneyMachine,), {"scene": scene})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
