"""What a call of a verb needs: the client, plan, order or run, in the state that it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.permissions.cast import Side
from valinta.budgets.models import Budget, Voucher
from valinta.catalogue.models import Offer
from valinta.clients.models import Client, Enrolment, Invitation
from valinta.demo.identities import business_id, iban
from valinta.needs.models import Allocation
from valinta.orders.models import Order
from valinta.plans.models import Decision, PlanLine, ServicePlan
from valinta.plans.states import Way
from valinta.processes import (
    settle_period,
)
from valinta.providers import actions as providers
from valinta.providers.models import Approval, Provider, Sector
from valinta.settlements import actions as settlements
from valinta.settlements.models import Payment, Run
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.visits.models import Visit


@dataclass
class Stage:
    """One call of a verb: the side, who calls, and the moment."""

    side: Side
    by: Actor
    folder: Path

    @property
    def at(self) -> datetime:
        return self.side.now

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}

    @property
    def client(self) -> Client:
        return Client.objects.get(pk=self.side.client_id)

    @property
    def enrolment(self) -> Enrolment:
        return Enrolment.objects.get(client_id=self.side.client_id)

    def place_of(self, state: str) -> Enrolment:
        """The client's place, as it would be in another state."""
        Enrolment.objects.filter(client_id=self.side.client_id).update(state=state)
        return self.enrolment

    def order(self, state: str = "accepted") -> Order:
        closed_at = None if state in ("placed", "accepted") else self.at
        Order.objects.filter(pk=self.side.order_id).update(state=state, closed_at=closed_at)
        return Order.objects.get(pk=self.side.order_id)

    @property
    def offer(self) -> Offer:
        return self.order().offer

    @property
    def other_offer(self) -> Offer:
        order = self.order()
        others = Offer.objects.filter(service_id=order.service_id).exclude(pk=order.offer_id)
        return others.order_by("pk")[0]

    @property
    def approval(self) -> Approval:
        return self.offer.approval

    def invitation(self) -> Invitation:
        """An invitation that waits for its answer."""
        return Invitation.objects.create(
            organiser=self.side.organiser, client=self.client, name="Tukija",
            kind="supporter_close", scope=["see"], ends_on=self.later(9).starts_on,
            code_digest="0" * 64, invited_at=self.at, expires_at=self.at + timedelta(days=1),
        )  # fmt: skip

    @property
    def plan(self) -> ServicePlan:
        return ServicePlan.objects.get(enrolment=self.enrolment, state="in_force")

    def plan_of(self, state: str) -> ServicePlan:
        """A new version of the plan in a state, with the lines of the one in force."""
        old = self.plan
        lines = list(old.lines.all())
        new = old
        new.pk, new.version, new.state = None, old.version + 1, state
        new.save()
        for line in lines:
            line.pk, line.plan = None, new
            line.save()
        return new

    @property
    def line(self) -> PlanLine:
        return self.plan.lines.filter(way=Way.VOUCHER).get()

    @property
    def allocation(self) -> Allocation:
        return self.plan.allocation

    @property
    def decision(self) -> Decision:
        return Decision.objects.get(enrolment=self.enrolment, state="in_force")

    def bare_decision(self) -> Decision:
        """A decision that has given no money yet, for the time after the one in force."""
        one = self.decision
        later = self.later(400)
        one.pk, one.valid = None, (later.starts_on, later.ends_on)
        one.save()
        return one

    @property
    def budget(self) -> Budget:
        return Budget.objects.get(enrolment=self.enrolment, state="in_force")

    def voucher(self, state: str = "accepted") -> Voucher:
        own = Voucher.objects.filter(enrolment=self.enrolment)
        own.update(state=state)
        return own.get()

    @property
    def funding(self) -> int:
        return self.side.programme.funding_account_id

    def visit(self, state: str = "accepted") -> int:
        own = Visit.objects.filter(order_id=self.side.order_id, state="accepted").order_by("-pk")
        chosen = own[0]
        if state != "accepted":
            Visit.objects.filter(pk=chosen.pk).update(state=state, reason="Koe", decided_at=self.at)
        return int(chosen.pk)

    def run(self, state: str) -> Run:
        Run.objects.filter(pk=self.side.played.run.pk).update(state=state)
        return Run.objects.get(pk=self.side.played.run.pk)

    def new_run(self) -> Run:
        """A run that the preparer has prepared."""
        return settle_period.settle_period(
            programme=self.side.programme,
            cut_off_on=self.side.played.today,
            by=self.side.actor("finance preparer"),
            at=self.at,
        )

    def payment(self) -> Payment:
        """A payment that the bank has not answered yet."""
        approver = self.side.actor("finance approver")
        run = settlements.approve_run(run=self.new_run(), by=approver, at=self.at)
        return Payment.objects.filter(statement__run=run).order_by("pk")[0]

    def later(self, days: int) -> Period:
        first = self.side.played.today + timedelta(days=days)
        return Period(first, first + timedelta(days=1))

    def new_provider(self) -> Provider:
        return providers.register_provider(
            business_id=business_id(4_400_000),
            name="Uusi Apu",
            sector=Sector.PRIVATE,
            founded_year=2015,
            languages=["fi"],
            iban=iban(4_400),
        )

    @property
    def nobody_yet(self) -> User:
        return User.objects.get(pk=self.side.users["representative of nobody"])
