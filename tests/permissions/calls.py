"""Calls of verbs that take more than a line; the table is in `verbs.py`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.permissions.cast import PACKS
from tests.permissions.stage import Stage
from valinta.budgets import actions as budgets
from valinta.catalogue import actions as catalogue
from valinta.catalogue.models import Offer, Price
from valinta.clients import actions as clients
from valinta.clients.models import Enrolment, Mandate
from valinta.demo.identities import identity_code
from valinta.needs import actions as needs
from valinta.orders import actions as orders
from valinta.orders.models import Order, OrderKind
from valinta.plans import actions as plans
from valinta.plans import decision_actions as decisions
from valinta.plans import support_actions
from valinta.plans.states import Signer, Way
from valinta.processes import (
    close_month,
    decline_voucher,
    enrol_client,
    grant_budget,
    invite_supporter,
    leave_programme,
    load_programme,
    place_order,
    switch_provider,
    take_in_visits,
)
from valinta.programmes.pack import read_pack
from valinta.providers import actions as providers
from valinta.rules.voucher import split_quantity
from valinta.settlements import actions as settlements
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.visits import actions as visits
from valinta.visits.models import Visit


def register(s: Stage) -> object:
    born = date(1950, 1, 1)
    return clients.register_client(
        organiser_id=s.side.organiser.pk, given_name="Uusi", family_name="Asiakas",
        identity_code=identity_code(born, 999), born_on=born, language="fi",
        municipality_code="000", **s.who,
    )  # fmt: skip


def interest(s: Stage) -> object:
    old = s.place_of("interested")
    Enrolment.objects.filter(pk=old.pk).update(state="ended", ended_on=s.side.played.today)
    return clients.note_interest(
        client=s.client, programme=s.side.programme, municipality=old.municipality,
        target_group=old.target_group, **s.who,
    )  # fmt: skip


def mandate(s: Stage) -> object:
    return clients.give_mandate(
        client=s.client, user=s.nobody_yet, kind="authorised", scope=["see"],
        period=s.later(0), **s.who,
    )  # fmt: skip


def invite(s: Stage) -> object:
    return invite_supporter.invite_supporter(
        client=s.client, name="Tukija", kind="supporter_expert", scope=["see_plan", "write"],
        last_on=s.later(30).starts_on, **s.who,
    )  # fmt: skip


def take_back(s: Stage) -> object:
    given = Mandate.objects.get(user_id=s.side.users["representative who may only see"])
    return clients.end_mandate(mandate=given, **s.who)


def finish_support_plan(s: Stage) -> object:
    s.enrolment.support_plans.update(finished_at=None)
    return support_actions.finish_support_plan(enrolment=s.enrolment, **s.who)


def write_plan(s: Stage) -> object:
    return plans.write_plan(
        enrolment=s.enrolment, allocation=s.allocation, support_plan=None,
        lines=[plans.LineChosen(s.line.service, Way.VOUCHER, 100, Money(100))], **s.who,
    )  # fmt: skip


def decide(s: Stage) -> object:
    plan = s.plan_of("signed")
    return decisions.decide(
        plan=plan, period=s.later(0), monthly=Money(1), legal_basis=[], **s.who
    )  # fmt: skip


def open_budget(s: Stage) -> object:
    decision = s.bare_decision()
    period = Period(decision.valid[0], decision.valid[1])
    return budgets.open_budget(
        decision=decision, period=period, shares=[budgets.Share(None, Money(100))],
        funding_account_id=s.funding, **s.who,
    )  # fmt: skip


def open_voucher(s: Stage) -> object:
    decision = s.bare_decision()
    return budgets.open_voucher(
        decision=decision, service=s.line.service, period=s.later(400), quantity_hundredths=100,
        units=[], granted=Money(100), funding_account_id=s.funding, **s.who,
    )  # fmt: skip


def place(s: Stage) -> object:
    voucher = s.voucher()
    part = orders.SliceWanted(s.later(0), 100, Money(0), voucher.account_id, voucher_id=voucher.pk)
    days = s.later(0)
    return orders.place(
        orders.OrderWanted(s.enrolment, s.offer, OrderKind.ONE_OFF, days, **s.who), [part]
    )


def place_an_order(s: Stage) -> object:
    # A visit's worth is freed first, so that the money reaches.
    orders.end_order(order=s.order(), reason="Koe", by=s.side.actor("case manager"), at=s.at)
    offer = Order.objects.get(pk=s.side.order_id).offer
    return place_order.place_order(
        enrolment=s.enrolment, offer=offer, kind=OrderKind.ONE_OFF, period=s.later(0),
        quantities={"": 100}, **s.who,
    )  # fmt: skip


def switch(s: Stage) -> object:
    return switch_provider.switch_provider(
        order=s.order(), offer=s.other_offer, quantities={"": 1}, reason="Koe", **s.who
    )


def reprice(s: Stage) -> object:
    visit = Visit.objects.get(pk=s.visit("in_review"))
    split = split_quantity(100, 100, visit.quantity_hundredths, free_by_law=False)
    return visits.reprice_reviewed(visit=visit, price_cents=100, split=split, **s.who)


def correct(s: Stage) -> object:
    return visits.correct_visit(
        visit=Visit.objects.get(pk=s.visit()), amount=Money(-1), cause="price", reason="Koe",
        funding_account_id=s.funding, **s.who,
    )  # fmt: skip


def close_a_month(s: Stage) -> object:
    day = s.side.played.today - timedelta(days=70)
    month = Period.month(day.year, day.month)
    return close_month.close_month(programme=s.side.programme, month=month, **s.who)


def offer(s: Stage) -> object:
    service = s.order().service
    Offer.objects.filter(approval=s.approval, service=service).update(
        valid=(s.later(-2).starts_on, s.later(-1).starts_on)
    )
    return catalogue.make_offer(
        approval=s.approval, service=service, prices={}, period=s.later(0), **s.who
    )


def price(s: Stage) -> dict[str, Any]:
    price = Price.objects.filter(offer=s.offer, superseded_at=None).order_by("pk")[0]
    return {
        "offer": s.offer, "band": price.band.code, "amount": Money(price.cents - 1),
        "period": s.later(0), **s.who,
    }  # fmt: skip


def approve(s: Stage) -> object:
    old = s.approval
    return providers.approve_provider(
        provider=s.new_provider(), programme=s.side.programme, period=s.later(0),
        register=old.register, register_number="R-1", rulebook_accepted_at=s.at, **s.who,
    )  # fmt: skip


def eligibility(s: Stage) -> object:
    answer = needs.LegAnswer("leg", True, "Koe")
    return needs.record_eligibility(
        enrolment=s.enrolment, legs=["leg"], answers=[answer], **s.who
    )  # fmt: skip


def enrol(s: Stage) -> object:
    items = [item["code"] for item in s.side.programme.terms.get("consent", [])]
    place = s.place_of("interested")
    return enrol_client.enrol_client(
        client=s.client, programme=s.side.programme, target_group=place.target_group.code,
        consent_items=items, **s.who,
    )  # fmt: skip


def grant(s: Stage) -> object:
    plan = s.plan_of("signed")
    manager = s.side.actor("case manager")
    for order in Order.objects.filter(client=s.client, state__in=["placed", "accepted"]):
        orders.end_order(order=order, reason="Koe", by=manager, at=s.at)
    return grant_budget.grant_budget(plan=plan, period=s.later(0), **s.who)


def leave(s: Stage) -> object:
    return leave_programme.leave_programme(
        enrolment=s.enrolment, withdrawn=True, reason="Koe",
        planner=s.side.actor("case manager"), **s.who,
    )  # fmt: skip


def decline(s: Stage) -> object:
    ways = s.line.service.ways
    to = next(way for way in (Way.OWN_SERVICE, Way.PURCHASED) if way in ways)
    return decline_voucher.decline_voucher(
        voucher=s.voucher(), to=to, reason="Koe", planner=s.side.actor("case manager"), **s.who
    )


def report(s: Stage) -> object:
    provider = s.order().provider
    return take_in_visits.take_in_visits(
        programme=s.side.programme, provider=provider, lines=[{"reference": "koe"}], **s.who
    )


def load(s: Stage) -> object:
    pack = read_pack(PACKS / "kanta-hame")
    changed = pack.model_copy(update={"names": pack.names.model_copy(update={"en": "New name"})})
    return load_programme.load_programme(pack=changed, by=s.by, at=s.at)


def approve_run(s: Stage) -> object:
    return settlements.approve_run(run=s.new_run(), **s.who)


def end_order(s: Stage) -> object:
    return orders.end_order(order=s.order(), reason="Koe", **s.who)


def shorten(s: Stage) -> object:
    return orders.shorten_order(
        order=s.order(), ends_on=s.later(1).starts_on, reason="Koe", **s.who
    )


def close(s: Stage) -> object:
    past = s.later(-90)
    Order.objects.filter(pk=s.side.order_id).update(
        state="accepted", valid=(past.starts_on, past.ends_on)
    )
    return switch_provider.close_ended_orders(organiser_id=s.side.organiser.pk, **s.who)


def sign(signer: Signer) -> Callable[[Stage], object]:
    return lambda s: plans.sign_plan(plan=s.plan_of("draft"), signer=signer, **s.who)


def refuse(s: Stage) -> object:
    return budgets.refuse_voucher(
        voucher=s.voucher("offered"), reason="Koe", funding_account_id=s.funding, **s.who
    )


def reviewed(s: Stage) -> dict[str, Any]:
    return {"visit_id": s.visit("disputed"), "funding_account_id": s.funding, **s.who}
