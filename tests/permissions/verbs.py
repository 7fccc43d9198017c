"""Who may do what: each verb, the people for whom it works, and how it is called.

The table is the rule in plain sight. People are those of `cast.py`; all who are not named are
refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.permissions.cast import PACKS, Side
from valinta.budgets import actions as budgets
from valinta.budgets.models import Budget, Voucher
from valinta.catalogue import actions as catalogue
from valinta.catalogue.models import Offer, Price
from valinta.clients import actions as clients
from valinta.clients.models import Client, Enrolment, Mandate
from valinta.demo.identities import business_id, iban, identity_code
from valinta.needs import actions as needs
from valinta.needs.models import Allocation
from valinta.orders import actions as orders
from valinta.orders.models import Order, OrderKind
from valinta.plans import actions as plans
from valinta.plans.models import Decision, PlanLine, ServicePlan
from valinta.plans.states import Signer, Way
from valinta.processes import (
    allocate_budget,
    correct_price,
    decline_voucher,
    enrol_client,
    grant_budget,
    leave_programme,
    load_programme,
    place_order,
    settle_period,
    switch_provider,
    take_in_visits,
)
from valinta.programmes.pack import read_pack
from valinta.providers import actions as providers
from valinta.providers.models import Approval, Provider, Sector
from valinta.settlements import actions as settlements
from valinta.settlements.models import Payment, Run
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.models import User
from valinta.visits import actions as visits
from valinta.visits.models import Visit

CLIENT = frozenset({"client"})
MAY_ACT = frozenset({"representative", "representative who may all but see"})
CASE_MANAGER = frozenset({"case manager"})
DECIDER = frozenset({"decision maker"})
PROVIDER = frozenset({"provider"})
FINANCE = frozenset({"finance preparer", "finance approver"})
OFFICE = frozenset({"office"})
SYSTEM = frozenset({"system"})


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
        Order.objects.filter(pk=self.side.order_id).update(state=state)
        return Order.objects.get(pk=self.side.order_id)

    @property
    def offer(self) -> Offer:
        return self.order().offer

    @property
    def other_offer(self) -> Offer:
        order = self.order()
        return Offer.objects.filter(service_id=order.service_id).exclude(pk=order.offer_id).get()

    @property
    def approval(self) -> Approval:
        return self.offer.approval

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
        own = Visit.objects.filter(order_id=self.side.order_id, state="accepted").order_by("pk")
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
        one = Payment.objects.order_by("pk")[0]
        Payment.objects.filter(pk=one.pk).update(state="in_transit")
        return Payment.objects.get(pk=one.pk)

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


@dataclass(frozen=True)
class Verb:
    """A verb: its function, for whom it works, and a call that works for them."""

    function: Callable[..., object]
    works_for: frozenset[str]
    call: Callable[[Stage], object]
    # Verbs about the subject client or the subject provider, for the table of wrong people.
    about: str = ""


def _register(s: Stage) -> object:
    born = date(1950, 1, 1)
    return clients.register_client(
        organiser_id=s.side.organiser.pk, given_name="Uusi", family_name="Asiakas",
        identity_code=identity_code(born, 999), born_on=born, language="fi",
        municipality_code="000", **s.who,
    )  # fmt: skip


def _interest(s: Stage) -> object:
    old = s.place_of("interested")
    Enrolment.objects.filter(pk=old.pk).update(state="ended", ended_on=s.side.played.today)
    return clients.note_interest(
        client=s.client, programme=s.side.programme, municipality=old.municipality,
        target_group=old.target_group, **s.who,
    )  # fmt: skip


def _mandate(s: Stage) -> object:
    return clients.give_mandate(
        client=s.client, user=s.nobody_yet, kind="authorised", scope=["see"],
        period=s.later(0), **s.who,
    )  # fmt: skip


def _take_back(s: Stage) -> object:
    given = Mandate.objects.get(user_id=s.side.users["representative who may only see"])
    return clients.end_mandate(mandate=given, **s.who)


def _write_plan(s: Stage) -> object:
    return plans.write_plan(
        enrolment=s.enrolment, allocation=s.allocation, support_plan=None,
        lines=[plans.LineChosen(s.line.service, Way.VOUCHER, 100, Money(100))], **s.who,
    )  # fmt: skip


def _decide(s: Stage) -> object:
    plan = s.plan_of("signed")
    return plans.decide(
        plan=plan, period=s.later(0), monthly=Money(1), legal_basis=[], **s.who
    )  # fmt: skip


def _open_budget(s: Stage) -> object:
    decision = s.bare_decision()
    period = Period(decision.valid[0], decision.valid[1])
    return budgets.open_budget(
        decision=decision, period=period, shares=[budgets.Share(None, Money(100))],
        funding_account_id=s.funding, **s.who,
    )  # fmt: skip


def _open_voucher(s: Stage) -> object:
    decision = s.bare_decision()
    return budgets.open_voucher(
        decision=decision, service=s.line.service, period=s.later(400), quantity_hundredths=100,
        units=[], granted=Money(100), funding_account_id=s.funding, **s.who,
    )  # fmt: skip


def _place(s: Stage) -> object:
    part = orders.SliceWanted(s.later(0), 100, Money(0), voucher=s.voucher())
    return orders.place(
        enrolment=s.enrolment, offer=s.offer, kind=OrderKind.ONE_OFF, period=s.later(0),
        slices=[part], **s.who,
    )  # fmt: skip


def _place_order(s: Stage) -> object:
    # A visit's worth is freed first, so that the money reaches.
    orders.end_order(order=s.order(), reason="Koe", by=s.side.actor("case manager"), at=s.at)
    offer = Order.objects.get(pk=s.side.order_id).offer
    return place_order.place_order(
        enrolment=s.enrolment, offer=offer, kind=OrderKind.ONE_OFF, period=s.later(0),
        quantities={"": 100}, **s.who,
    )  # fmt: skip


def _switch(s: Stage) -> object:
    return switch_provider.switch_provider(
        order=s.order(), offer=s.other_offer, quantities={"": 1}, reason="Koe", **s.who
    )


def _correct(s: Stage) -> object:
    return visits.correct_visit(
        visit=Visit.objects.get(pk=s.visit()), amount=Money(-1), cause="price", reason="Koe",
        funding_account_id=s.funding, **s.who,
    )  # fmt: skip


def _offer(s: Stage) -> object:
    service = s.order().service
    Offer.objects.filter(approval=s.approval, service=service).update(
        valid=(s.later(-2).starts_on, s.later(-1).starts_on)
    )
    return catalogue.make_offer(
        approval=s.approval, service=service, prices={}, period=s.later(0), **s.who
    )


def _price(s: Stage) -> dict[str, Any]:
    price = Price.objects.filter(offer=s.offer, superseded_at=None).order_by("pk")[0]
    return {
        "offer": s.offer, "band": price.band.code, "amount": Money(price.cents - 1),
        "period": s.later(0), **s.who,
    }  # fmt: skip


def _approve(s: Stage) -> object:
    old = s.approval
    return providers.approve_provider(
        provider=s.new_provider(), programme=s.side.programme, period=s.later(0),
        register=old.register, register_number="R-1", rulebook_accepted_at=s.at, **s.who,
    )  # fmt: skip


def _eligibility(s: Stage) -> object:
    answer = needs.LegAnswer("leg", True, "Koe")
    return needs.record_eligibility(
        enrolment=s.enrolment, legs=["leg"], answers=[answer], **s.who
    )  # fmt: skip


def _enrol(s: Stage) -> object:
    items = [item["code"] for item in s.side.programme.terms.get("consent", [])]
    place = s.place_of("interested")
    return enrol_client.enrol_client(
        client=s.client, programme=s.side.programme, target_group=place.target_group.code,
        consent_items=items, **s.who,
    )  # fmt: skip


def _grant(s: Stage) -> object:
    plan = s.plan_of("signed")
    manager = s.side.actor("case manager")
    for order in Order.objects.filter(client=s.client, state__in=["placed", "accepted"]):
        orders.end_order(order=order, reason="Koe", by=manager, at=s.at)
    return grant_budget.grant_budget(plan=plan, period=s.later(0), **s.who)


def _leave(s: Stage) -> object:
    return leave_programme.leave_programme(
        enrolment=s.enrolment, withdrawn=True, reason="Koe",
        planner=s.side.actor("case manager"), **s.who,
    )  # fmt: skip


def _decline(s: Stage) -> object:
    ways = s.line.service.ways
    to = next(Way(way) for way in ways if way not in (Way.VOUCHER, Way.BUDGET))
    return decline_voucher.decline_voucher(
        voucher=s.voucher(), to=to, reason="Koe", planner=s.side.actor("case manager"), **s.who
    )


def _report(s: Stage) -> object:
    provider = s.order().provider
    return take_in_visits.take_in_visits(
        programme=s.side.programme, provider=provider, lines=[{"reference": "koe"}], **s.who
    )


def _load(s: Stage) -> object:
    pack = read_pack(PACKS / "kanta-hame")
    changed = pack.model_copy(update={"names": pack.names.model_copy(update={"en": "New name"})})
    return load_programme.load_programme(pack=changed, by=s.by, at=s.at)


def _approve_run(s: Stage) -> object:
    return settlements.approve_run(run=s.new_run(), **s.who)


def _end_order(s: Stage) -> object:
    return orders.end_order(order=s.order(), reason="Koe", **s.who)


def _shorten(s: Stage) -> object:
    return orders.shorten_order(
        order=s.order(), ends_on=s.later(1).starts_on, reason="Koe", **s.who
    )


def _close(s: Stage) -> object:
    past = s.later(-90)
    Order.objects.filter(pk=s.side.order_id).update(
        state="accepted", valid=(past.starts_on, past.ends_on)
    )
    return switch_provider.close_ended_orders(organiser_id=s.side.organiser.pk, **s.who)


def _sign(signer: Signer) -> Callable[[Stage], object]:
    return lambda s: plans.sign_plan(plan=s.plan_of("draft"), signer=signer, **s.who)


def _refuse(s: Stage) -> object:
    return budgets.refuse_voucher(
        voucher=s.voucher("offered"), reason="Koe", funding_account_id=s.funding, **s.who
    )


def _reviewed(s: Stage) -> dict[str, Any]:
    return {"visit_id": s.visit("disputed"), "funding_account_id": s.funding, **s.who}


ORDERERS = CLIENT | MAY_ACT | CASE_MANAGER | SYSTEM
ENDERS = CLIENT | CASE_MANAGER | DECIDER | SYSTEM

VERBS: dict[str, Verb] = {
    "register a client": Verb(clients.register_client, CASE_MANAGER | SYSTEM, _register),
    "note interest": Verb(clients.note_interest, ORDERERS, _interest, "client"),
    "put in the queue": Verb(
        clients.queue_enrolment, CASE_MANAGER | SYSTEM,
        lambda s: clients.queue_enrolment(enrolment=s.place_of("interested"), **s.who),
    ),
    "start a place": Verb(
        clients.start_enrolment, CASE_MANAGER | SYSTEM,
        lambda s: clients.start_enrolment(
            enrolment=s.place_of("interested"), consent_items=[], required_items=[], **s.who
        ),
    ),
    "withdraw": Verb(
        clients.end_enrolment, CLIENT | CASE_MANAGER | SYSTEM,
        lambda s: clients.end_enrolment(
            enrolment=s.enrolment, withdrawn=True, reason="Koe", **s.who
        ),
        "client",
    ),
    "end a place": Verb(
        clients.end_enrolment, CASE_MANAGER | SYSTEM,
        lambda s: clients.end_enrolment(
            enrolment=s.enrolment, withdrawn=False, reason="Koe", **s.who
        ),
    ),
    "record an absence": Verb(
        clients.record_absence, ORDERERS,
        lambda s: clients.record_absence(
            client=s.client, kind="hospital", period=s.later(0), **s.who
        ),
        "client",
    ),
    "give a mandate": Verb(
        clients.give_mandate, CLIENT | CASE_MANAGER | SYSTEM, _mandate, "client"
    ),
    "take a mandate back": Verb(
        clients.end_mandate, CLIENT | CASE_MANAGER | SYSTEM, _take_back, "client"
    ),
    "check eligibility": Verb(needs.record_eligibility, CASE_MANAGER | SYSTEM, _eligibility),
    "assess needs": Verb(
        needs.assess_needs, CASE_MANAGER | SYSTEM,
        lambda s: needs.assess_needs(
            enrolment=s.enrolment, participants=[], goals=[], needs=[], **s.who
        ),
    ),
    "save an allocation": Verb(
        needs.save_allocation, CASE_MANAGER | SYSTEM,
        lambda s: needs.save_allocation(
            assessment=s.allocation.assessment, rule=s.allocation.rule, lines=[], **s.who
        ),
    ),
    "adjust an allocation": Verb(
        needs.adjust_allocation, CASE_MANAGER | SYSTEM,
        lambda s: needs.adjust_allocation(
            allocation=s.allocation, service=s.line.service, amount=Money(1), reason="Koe", **s.who
        ),
    ),
    "write a support plan": Verb(
        plans.write_support_plan, ORDERERS,
        lambda s: plans.write_support_plan(
            enrolment=s.enrolment, sections={}, helpers=[], **s.who
        ),
        "client",
    ),
    "write a plan": Verb(plans.write_plan, CASE_MANAGER | SYSTEM, _write_plan),
    "change a way": Verb(
        plans.change_way, CASE_MANAGER | SYSTEM,
        lambda s: plans.change_way(
            line=s.line, reason="Koe",
            to=next(Way(way) for way in s.line.service.ways if way != Way.VOUCHER), **s.who
        ),
    ),
    "sign as the client": Verb(plans.sign_plan, CLIENT, _sign(Signer.CLIENT)),
    "sign as a representative": Verb(plans.sign_plan, MAY_ACT, _sign(Signer.REPRESENTATIVE)),
    "sign as a worker": Verb(plans.sign_plan, CASE_MANAGER, _sign(Signer.WORKER)),
    "decide": Verb(plans.decide, DECIDER | SYSTEM, _decide),
    "end a decision": Verb(
        plans.end_decision, ENDERS,
        lambda s: plans.end_decision(decision=s.decision, **s.who), "client",
    ),
    "open a budget": Verb(budgets.open_budget, DECIDER | SYSTEM, _open_budget),
    "open a voucher": Verb(budgets.open_voucher, DECIDER | SYSTEM, _open_voucher),
    "accept a voucher": Verb(
        budgets.accept_voucher, ORDERERS,
        lambda s: budgets.accept_voucher(voucher=s.voucher("offered"), **s.who), "client",
    ),
    "refuse a voucher": Verb(budgets.refuse_voucher, ORDERERS, _refuse, "client"),
    "end a voucher": Verb(
        budgets.end_voucher, ENDERS,
        lambda s: budgets.end_voucher(
            voucher=s.voucher(), funding_account_id=s.funding, **s.who
        ),
        "client",
    ),
    "end a budget": Verb(
        budgets.end_budget, ENDERS,
        lambda s: budgets.end_budget(budget=s.budget, funding_account_id=s.funding, **s.who),
        "client",
    ),
    "hold money for an order": Verb(orders.place, ORDERERS, _place, "client"),
    "accept an order": Verb(
        orders.accept_order, PROVIDER | SYSTEM,
        lambda s: orders.accept_order(order=s.order("placed"), **s.who), "provider",
    ),
    "decline an order": Verb(
        orders.decline_order, PROVIDER | SYSTEM,
        lambda s: orders.decline_order(order=s.order("placed"), reason="Koe", **s.who), "provider",
    ),
    "end an order": Verb(orders.end_order, ORDERERS, _end_order, "client"),
    "shorten an order": Verb(orders.shorten_order, ORDERERS, _shorten, "client"),
    "call off a visit": Verb(
        orders.cancel_visit, ORDERERS,
        lambda s: orders.cancel_visit(
            order=s.order(), served_on=s.later(1).starts_on, notice_hours=24, **s.who
        ),
        "client",
    ),
    "confirm a visit": Verb(
        visits.confirm_visit, ORDERERS,
        lambda s: visits.confirm_visit(visit_id=s.visit(), **s.who), "client",
    ),
    "dispute a visit": Verb(
        visits.dispute_visit, ORDERERS,
        lambda s: visits.dispute_visit(visit_id=s.visit(), reason="Koe", **s.who), "client",
    ),
    "accept a visit after review": Verb(
        visits.accept_reviewed, CASE_MANAGER | SYSTEM,
        lambda s: visits.accept_reviewed(**_reviewed(s)),
    ),
    "reject a visit after review": Verb(
        visits.reject_reviewed, CASE_MANAGER | SYSTEM,
        lambda s: visits.reject_reviewed(reason="Koe", **_reviewed(s)),
    ),
    "correct a visit": Verb(visits.correct_visit, CASE_MANAGER | OFFICE | SYSTEM, _correct),
    "make an offer": Verb(catalogue.make_offer, OFFICE | SYSTEM, _offer),
    "set a price": Verb(
        catalogue.set_price, OFFICE | SYSTEM, lambda s: catalogue.set_price(**_price(s))
    ),
    "approve a provider": Verb(providers.approve_provider, OFFICE | SYSTEM, _approve),
    "end an approval": Verb(
        providers.end_approval, OFFICE | SYSTEM,
        lambda s: providers.end_approval(approval=s.approval, on=s.later(1).starts_on, **s.who),
    ),
    # A run is prepared and approved by people under their own names: never by the system.
    "prepare a run": Verb(
        settlements.prepare_run, frozenset({"finance preparer"}),
        lambda s: settlements.prepare_run(
            programme=s.side.programme, cut_off_on=s.side.played.today,
            execute_on=s.side.played.today, confirm_window_days=7, **s.who
        ),
    ),
    "cancel a run": Verb(
        settlements.cancel_run, frozenset({"finance preparer"}) | SYSTEM,
        lambda s: settlements.cancel_run(run=s.new_run(), **s.who),
    ),
    "approve a run": Verb(
        settlements.approve_run, frozenset({"finance approver"}), _approve_run
    ),
    "note that a file was sent": Verb(
        settlements.mark_sent, FINANCE | SYSTEM,
        lambda s: settlements.mark_sent(run=s.run("approved"), sha256="", **s.who),
    ),
    "note that a payment was made": Verb(
        settlements.mark_paid, FINANCE | SYSTEM,
        lambda s: settlements.mark_paid(payment=s.payment(), **s.who),
    ),
    "note that a payment came back": Verb(
        settlements.mark_returned, FINANCE | SYSTEM,
        lambda s: settlements.mark_returned(payment=s.payment(), reason="Koe", **s.who),
    ),
    "enrol a client": Verb(enrol_client.enrol_client, CASE_MANAGER | SYSTEM, _enrol),
    "allocate a budget": Verb(
        allocate_budget.allocate_budget, CASE_MANAGER | SYSTEM,
        lambda s: allocate_budget.allocate_budget(assessment=s.allocation.assessment, **s.who),
    ),
    "grant a budget": Verb(grant_budget.grant_budget, DECIDER | SYSTEM, _grant),
    "decline a voucher": Verb(decline_voucher.decline_voucher, ORDERERS, _decline, "client"),
    "leave the programme": Verb(
        leave_programme.leave_programme, CLIENT | CASE_MANAGER | SYSTEM, _leave, "client"
    ),
    "place an order": Verb(place_order.place_order, ORDERERS, _place_order, "client"),
    "switch the provider": Verb(switch_provider.switch_provider, ORDERERS, _switch, "client"),
    "close orders whose days are over": Verb(
        switch_provider.close_ended_orders, CASE_MANAGER | SYSTEM, _close
    ),
    "report visits": Verb(
        take_in_visits.take_in_visits, PROVIDER | SYSTEM, _report, "provider"
    ),
    "mend a price backwards": Verb(
        correct_price.correct_price, OFFICE | SYSTEM,
        lambda s: correct_price.correct_price(reason="Koe", **_price(s)),
    ),
    "settle a period": Verb(
        settle_period.settle_period, frozenset({"finance preparer"}),
        lambda s: settle_period.settle_period(
            programme=s.side.programme, cut_off_on=s.side.played.today, **s.who
        ),
    ),
    "send the payments": Verb(
        settle_period.send_payments, FINANCE | SYSTEM,
        lambda s: settle_period.send_payments(run=s.run("approved"), folder=s.folder, **s.who),
    ),
    "load a programme": Verb(load_programme.load_programme, OFFICE | SYSTEM, _load),
}  # fmt: skip
