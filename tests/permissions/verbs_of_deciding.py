"""The verbs of preparing, making, sending and challenging decisions."""

from __future__ import annotations

from tests.permissions import calls_deciding as calls
from tests.permissions.stage import Stage
from tests.permissions.verb import (
    CASE_MANAGER,
    CLIENT,
    DECIDER,
    ENDERS,
    MAY_ACT,
    OFFICE,
    SYSTEM,
    Verb,
)
from valinta.budgets import cutting_actions, information_actions
from valinta.budgets.states import InformationWay
from valinta.orders import carrying_actions
from valinta.plans import (
    claim_actions,
    decision_actions,
    delivery_actions,
    power_actions,
    proposal_actions,
    signing_actions,
)
from valinta.processes import answer_claim, change_decision, decide_proposal, inform_of_voucher

DECIDES = DECIDER | SYSTEM
SENDS = CASE_MANAGER | DECIDER
SEES = {"representative", "representative who may only see"}


def _informed(s: Stage) -> object:
    return information_actions.record_information(
        voucher=s.voucher(), way=InformationWay.POST, language="fi", content={}, sha256="koe",
        **s.who,
    )  # fmt: skip


def _told(s: Stage) -> object:
    return inform_of_voucher.record_voucher_information(
        voucher=s.voucher(), way=InformationWay.IN_PERSON, language="fi", **s.who
    )


def _refusal(s: Stage) -> object:
    return proposal_actions.prepare_refusal(enrolment=s.enrolment, grounds="Koe", **s.who)


# People sign, prepare, send and answer under their own names: the software itself does not.
VERBS: dict[str, Verb] = {
    "record a signature on paper": Verb(
        signing_actions.record_signature, CASE_MANAGER, calls.paper
    ),
    "prepare a decision": Verb(proposal_actions.prepare_decision, CASE_MANAGER, calls.prepare),
    "prepare a refusal": Verb(proposal_actions.prepare_refusal, CASE_MANAGER, _refusal),
    # Who prepared it takes it back.
    "return a proposal": Verb(proposal_actions.return_proposal, SENDS, calls.return_it),
    "close a proposal": Verb(proposal_actions.close_proposal, DECIDER, calls.close),
    "decide on a proposal": Verb(decide_proposal.decide_proposal, DECIDER, calls.decide),
    "change a decision": Verb(change_decision.change_decision, DECIDER, calls.change),
    "cut a decision": Verb(decision_actions.cut_decision, DECIDES, calls.cut),
    "refuse an application": Verb(decision_actions.refuse_application, DECIDER, calls.refuse),
    "give a power to decide": Verb(power_actions.give_power, OFFICE | SYSTEM, calls.power),
    "end a power to decide": Verb(power_actions.end_power, OFFICE | SYSTEM, calls.end_power),
    "send a letter": Verb(delivery_actions.send_letter, SENDS, calls.send),
    "mark a letter posted": Verb(delivery_actions.mark_posted, SENDS, calls.post),
    "note a letter opened": Verb(
        delivery_actions.note_opened, CLIENT | SEES | SYSTEM, calls.opened, "client"
    ),
    "make a claim": Verb(
        claim_actions.make_claim, CLIENT | MAY_ACT | CASE_MANAGER, calls.claim_it, "client"
    ),
    "take a claim": Verb(claim_actions.take_claim, DECIDER, calls.take),
    "answer a claim": Verb(claim_actions.answer_claim, DECIDER, calls.answer),
    "answer a claim by letter": Verb(
        answer_claim.answer_claim_by_letter, DECIDER, calls.answer_by_letter
    ),
    "cut a budget": Verb(cutting_actions.cut_budget, ENDERS, calls.cut_budget, "client"),
    "cut a voucher": Verb(cutting_actions.cut_voucher, ENDERS, calls.cut_voucher, "client"),
    "record information on a voucher": Verb(
        information_actions.record_information, SENDS, _informed
    ),
    "record that a voucher was told of": Verb(
        inform_of_voucher.record_voucher_information, SENDS, _told
    ),
    "lift what orders hold": Verb(carrying_actions.lift_holds, DECIDES, calls.lift),
    "hold it again": Verb(carrying_actions.set_holds, DECIDES, calls.set_again),
}
