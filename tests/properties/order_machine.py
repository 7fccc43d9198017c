"""The half of the money machine that gives and holds money, with what holds after every step."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests import money_scene as ms
from tests.properties.money_model import Model, Part, Placed
from valinta.budgets.actions import end_budget
from valinta.budgets.models import Budget, Pot
from valinta.catalogue.actions import announce_price
from valinta.ledger.models import Account
from valinta.orders.actions import BudgetSpent, accept_order, decline_order, end_order
from valinta.orders.models import OrderKind, Slice
from valinta.processes.hold_new_prices import hold_new_prices, what_prices_change
from valinta.processes.leave_programme import leave_programme
from valinta.processes.place_order import NoBudgetThen, NotEnrolled, place_order
from valinta.processes.switch_provider import switch_provider
from valinta.processes.voucher_quantity import VoucherUsed
from valinta.providers.models import ProviderAccount
from valinta.settlements.funding import funding_report
from valinta.settlements.models import Run
from valinta.shared.money import Money
from valinta.shared.periods import Period

OFFERS = ("home-a", "home-b", "care-a", "clean-b")
MONTHS = {"march": (ms.MARCH, [3]), "term": (ms.TERM, [2, 3, 4])}
LATE = ms.on(10, month=4)
PICK = st.integers(0, 1_000_000)
QUANTITY = st.integers(1, 30).map(lambda quarters: quarters * 25)


class OrderMachine(RuleBasedStateMachine):
    """Budgets, vouchers and orders from the first to the last; each example is rolled back."""

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
        self.gone: set[int] = set()

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

        if plan is None or number in self.gone:
            with pytest.raises((BudgetSpent, VoucherUsed, NoBudgetThen, NotEnrolled)):
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
        april = next(one for one in placed.parts if one.month == 4)
        surplus = self.model.cut_april(placed)
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
            self.model.free(april, -surplus)
            placed.row.refresh_from_db()
            return
        self.model.free(april, -surplus)
        self.model.cut_quantity(placed)
        self.model.free(april, surplus)
        switched = switch()
        placed.row, placed.whole_term = switched.old, False
        self._placed(switched.new, placed.member, to, placed.band, quantity, plan)

    @rule(
        offer=st.sampled_from(OFFERS),
        band=st.sampled_from(("day", "evening")),
        cents=st.integers(1500, 4500),
    )
    def tell_price(self, offer: str, band: str, cents: int) -> None:
        told, by = self.scene.offers[offer], self.scene.system
        april = Period(ms.MARCH.ends_on or ms.TODAY, ms.OPEN.ends_on)
        rises = what_prices_change(offer=told, prices={band: cents}, period=april)
        announce_price(
            offer=told, band=band, amount=Money(cents), starts_on=april.starts_on, by=by, at=ms.NOW
        )
        hold_new_prices(rises=rises, by=by, at=ms.NOW)
        short = self.model.tell_price(offer, band, cents)
        assert sum(one.lacking > 0 for one in rises) == short

    @invariant()
    def what_lacks_at_new_prices_is_what_the_model_says(self) -> None:
        rows = dict(Slice.objects.values_list("hold", "lacking_cents"))
        parts = [part for one in self._open() for part in one.parts]
        assert [rows[part.hold] for part in parts] == [part.lacking for part in parts]

    def _here(self) -> list[int]:
        return [number for number in range(len(self.members)) if number not in self.gone]

    @precondition(lambda self: self._here())
    @rule(who=PICK)
    def leave(self, who: int) -> None:
        number = self._here()[who % len(self._here())]
        leave_programme(
            enrolment=self.members[number].enrolment,
            withdrawn=True,
            reason="moves away",
            planner=self.scene.staff.case_managers[0].actor,
            by=self.scene.system,
            at=ms.NOW,
        )
        for placed in self._open():
            if placed.member == number:
                self.model.leave(placed)
        voucher = self.model.vouchers[number]
        assert voucher is not None
        for account in [voucher.account_id, *(pot.account_id for pot in self.model.pots[number])]:
            self._expire(account)
        self.gone.add(number)

    @precondition(lambda self: self._here())
    @rule(who=PICK)
    def budget_ends(self, who: int) -> None:
        number = self._here()[who % len(self._here())]
        if not self.model.pots[number]:
            return
        budget = Budget.objects.get(enrolment=self.members[number].enrolment)
        funding = self.model.funding
        end_budget(budget=budget, funding_account_id=funding, by=self.scene.system, at=ms.NOW)
        for pot in self.model.pots[number]:
            self._expire(pot.account_id)
        self.model.pots[number] = []

    def _expire(self, account: int) -> None:
        self.model.move(account, self.model.funding, self.model.cents[account])
        self.model.over.add(account)

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
