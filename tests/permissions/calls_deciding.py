"""Calls of the verbs of preparing, making, sending and challenging decisions."""

from __future__ import annotations

from datetime import timedelta

from tests.permissions.stage import Stage
from valinta.budgets import cutting_actions
from valinta.budgets.models import Pot
from valinta.orders import carrying_actions
from valinta.orders.models import Order, Slice
from valinta.plans import (
    claim_actions,
    decision_actions,
    delivery_actions,
    power_actions,
    proposal_actions,
    signing_actions,
)
from valinta.plans.models import Claim, DecisionPower, DecisionProposal, Delivery
from valinta.plans.states import ClaimOutcome, ClaimWay, DeliveryWay, Signer
from valinta.processes import answer_claim, change_decision, decide_proposal
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.models import User

UPHELD = claim_actions.Answer(ClaimOutcome.UPHELD, "Koe")


def paper(s: Stage) -> object:
    draft = s.plan_of("draft")

    return signing_actions.record_signature(
        plan=draft, signer=Signer.CLIENT, name="Koe", signed_on=s.at.date(),
        archive_mark="K-1", scan=None, **s.who,
    )  # fmt: skip


def prepare(s: Stage) -> object:
    return proposal_actions.prepare_decision(
        plan=s.plan_of("signed"), period=s.later(0), income_tested_cents={}, ends_orders=[],
        grounds="", **s.who,
    )  # fmt: skip


def proposal(s: Stage) -> DecisionProposal:
    """A refusal that the case manager has prepared."""
    return proposal_actions.prepare_refusal(
        enrolment=s.enrolment, grounds="Koe", by=s.side.actor("case manager"), at=s.at
    )


def return_it(s: Stage) -> object:
    return proposal_actions.return_proposal(proposal=proposal(s), reason="Koe", **s.who)


def close(s: Stage) -> object:
    waiting = proposal(s)
    return proposal_actions.close_proposal(proposal=waiting, decision=s.bare_decision(), **s.who)


def decide(s: Stage) -> object:
    return decide_proposal.decide_proposal(proposal=proposal(s), **s.who)


def change(s: Stage) -> object:
    plan = s.plan_of("signed")
    ids = Order.objects.filter(client=s.client, state__in=["placed", "accepted"])
    return change_decision.change_decision(
        plan=plan, period=s.later(0), ends_orders=list(ids.values_list("pk", flat=True)), **s.who
    )


def cut(s: Stage) -> object:
    one = s.decision
    return decision_actions.cut_decision(
        decision=one, ends_on=one.valid.upper - timedelta(days=1), **s.who
    )


def refuse(s: Stage) -> object:
    return decision_actions.refuse_application(
        enrolment=s.enrolment, grounds="Koe", legal_basis=[], **s.who
    )


def power(s: Stage) -> object:
    return power_actions.give_power(
        organiser_id=s.side.organiser.pk,
        user=User.objects.get(pk=s.side.users["decision maker"]),
        monthly_limit=Money(100),
        period=Period(s.at.date()),
        **s.who,
    )


def end_power(s: Stage) -> object:
    held = DecisionPower.objects.get(user=s.side.users["decision maker"])
    power_actions.end_power(power=held, ends_on=s.at.date(), **s.who)
    return held


def send(s: Stage) -> object:
    Delivery.objects.all().delete()
    return delivery_actions.send_letter(
        decision=s.decision, claim=None, way=DeliveryWay.IN_PERSON, language="fi", **s.who
    )


def delivery(s: Stage, way: DeliveryWay) -> Delivery:
    Delivery.objects.all().delete()
    return delivery_actions.send_letter(
        decision=s.decision, claim=None, way=way, language="fi",
        by=s.side.actor("case manager"), at=s.at,
    )  # fmt: skip


def post(s: Stage) -> object:
    return delivery_actions.mark_posted(delivery=delivery(s, DeliveryWay.POST), **s.who)


def opened(s: Stage) -> object:
    delivery(s, DeliveryWay.PORTAL)
    delivery_actions.note_opened(decision=s.decision, claim=None, **s.who)
    return None


def claim_it(s: Stage) -> object:
    return claim_actions.make_claim(
        decision=s.decision, words="Koe", way=ClaimWay.PORTAL, received_on=s.at.date(), scan=None,
        **s.who,
    )  # fmt: skip


def claim(s: Stage) -> Claim:
    """A claim on a decision that somebody else than the decision maker of these tests made."""
    made = claim_actions.make_claim(
        decision=s.decision, words="Koe", way=ClaimWay.PORTAL, received_on=s.at.date(), scan=None,
        by=s.side.actor("client"), at=s.at,
    )  # fmt: skip
    Claim.objects.filter(pk=made.pk).update(decided_by_id=None)
    made.refresh_from_db()
    return made


def take(s: Stage) -> object:
    return claim_actions.take_claim(claim=claim(s), **s.who)


def answer(s: Stage) -> object:
    return claim_actions.answer_claim(claim=claim(s), answer=UPHELD, new_decision=None, **s.who)


def answer_by_letter(s: Stage) -> object:
    return answer_claim.answer_claim_by_letter(
        claim=claim(s), answer=UPHELD, new_decision=None, **s.who
    )


def cut_budget(s: Stage) -> object:
    return cutting_actions.cut_budget(
        budget=s.budget, ends_on=s.later(1).starts_on, funding_account_id=s.funding, **s.who
    )


def cut_voucher(s: Stage) -> object:
    return cutting_actions.cut_voucher(
        voucher=s.voucher(), ends_on=s.later(1).starts_on, funding_account_id=s.funding, **s.who
    )


def lift(s: Stage) -> object:
    part = Slice.objects.filter(order_id=s.side.order_id).order_by("-valid")[0]
    return carrying_actions.lift_holds(parts=[part], **s.who)


def set_again(s: Stage) -> object:
    part = Slice.objects.filter(order_id=s.side.order_id).order_by("-valid")[0]
    decider = s.side.actor("decision maker")
    lifted = carrying_actions.lift_holds(parts=[part], by=decider, at=s.at)
    source: Pot | object = part.pot or part.voucher
    carrying_actions.set_holds(lifted=lifted, sources={part.pk: source}, **s.who)
    return None
