"""Who may do what: each verb, the people for whom it works, and how it is called.

The table is the rule in plain sight. People are those of `cast.py`; all who are not named are
refused.
"""

from __future__ import annotations

from tests.permissions import (
    calls,
    calls_interest,
    verbs_of_api,
    verbs_of_assessing,
    verbs_of_casework,
    verbs_of_changes,
    verbs_of_companies,
    verbs_of_deciding,
    verbs_of_orders,
    verbs_of_portals,
    verbs_of_programme,
    verbs_of_providers,
    verbs_of_visits,
)
from tests.permissions.verb import (
    CASE_MANAGER,
    CLIENT,
    DECIDER,
    ENDERS,
    EVERY_REPRESENTATIVE,
    FINANCE,
    MAY_ACT,
    MAY_WRITE,
    OFFICE,
    ORDERERS,
    PROVIDER,
    SYSTEM,
    Verb,
)
from valinta.budgets import actions as budgets
from valinta.catalogue import actions as catalogue
from valinta.clients import actions as clients
from valinta.clients import interest_actions
from valinta.needs import actions as needs
from valinta.plans import actions as plans
from valinta.plans import decision_actions as decisions
from valinta.plans import support_actions
from valinta.plans.merging import Typed, mark
from valinta.plans.states import Signer, Way
from valinta.processes import (
    allocate_budget,
    close_month,
    come_forward,
    correct_price,
    decline_voucher,
    enrol_client,
    grant_budget,
    inform_of_voucher,
    invite_supporter,
    leave_programme,
    load_programme,
    settle_period,
    write_access_letter,
)
from valinta.providers import actions as providers
from valinta.settlements import actions as settlements
from valinta.shared.money import Money

VERBS: dict[str, Verb] = {
    "register a client": Verb(clients.register_client, CASE_MANAGER | SYSTEM, calls.register),
    "note interest": Verb(clients.note_interest, ORDERERS, calls.interest, "client"),
    # A visitor without any role may too; see the tests of the form.
    "come forward": Verb(
        come_forward.come_forward,
        CLIENT | {"another client"} | EVERY_REPRESENTATIVE | CASE_MANAGER | SYSTEM,
        calls_interest.come,
    ),
    "answer who came forward": Verb(
        interest_actions.answer_interest, CASE_MANAGER | SYSTEM, calls_interest.answer
    ),
    "remove old forms": Verb(
        interest_actions.remove_old_interests, CASE_MANAGER | SYSTEM, calls_interest.remove
    ),
    "name a receiver": Verb(
        interest_actions.name_receiver, OFFICE | SYSTEM, calls_interest.receiver
    ),
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
        clients.give_mandate, CLIENT | CASE_MANAGER | SYSTEM, calls.mandate, "client"
    ),
    "take a mandate back": Verb(
        clients.end_mandate, CLIENT | CASE_MANAGER | SYSTEM, calls.take_back, "client"
    ),
    "invite a supporter": Verb(
        invite_supporter.invite_supporter, CLIENT | CASE_MANAGER | SYSTEM, calls.invite, "client"
    ),
    "take an invitation back": Verb(
        invite_supporter.withdraw_invitation, CLIENT | CASE_MANAGER | SYSTEM,
        lambda s: invite_supporter.withdraw_invitation(invitation=s.invitation(), **s.who),
        "client",
    ),
    "write a letter with an access code": Verb(
        write_access_letter.write_access_letter, CASE_MANAGER | SYSTEM,
        lambda s: write_access_letter.write_access_letter(client=s.client, **s.who),
    ),
    "check eligibility": Verb(
        needs.record_eligibility, CASE_MANAGER | SYSTEM, calls.eligibility
    ),
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
        plans.write_support_plan, ORDERERS | MAY_WRITE,
        lambda s: plans.write_support_plan(
            enrolment=s.enrolment, sections={}, helpers=[], **s.who
        ),
        "client",
    ),
    "save a draft of a support plan": Verb(
        support_actions.save_support_plan, ORDERERS | MAY_WRITE,
        lambda s: support_actions.save_support_plan(
            enrolment=s.enrolment, typed={"koe": Typed("Koe", mark(""))}, **s.who
        ),
        "client",
    ),
    "finish a support plan": Verb(
        support_actions.finish_support_plan, ORDERERS, calls.finish_support_plan, "client"
    ),
    "comment on a plan": Verb(
        plans.comment_on_plan, CLIENT | MAY_ACT | MAY_WRITE | CASE_MANAGER,
        lambda s: plans.comment_on_plan(plan=s.plan, text="Koe", **s.who), "client",
    ),
    "write a plan": Verb(plans.write_plan, CASE_MANAGER | SYSTEM, calls.write_plan),
    "change a way": Verb(
        plans.change_way, CASE_MANAGER | SYSTEM,
        lambda s: plans.change_way(
            line=s.line, reason="Koe",
            to=next(Way(way) for way in s.line.service.ways if way != Way.VOUCHER), **s.who
        ),
    ),
    "sign as the client": Verb(plans.sign_plan, CLIENT, calls.sign(Signer.CLIENT)),
    "sign as a representative": Verb(
        plans.sign_plan, MAY_ACT, calls.sign(Signer.REPRESENTATIVE)
    ),
    "sign as a worker": Verb(plans.sign_plan, CASE_MANAGER, calls.sign(Signer.WORKER)),
    # Powers are kept here, and the software itself holds none.
    "decide": Verb(decisions.decide, DECIDER, calls.decide),
    "end a decision": Verb(
        decisions.end_decision, ENDERS,
        lambda s: decisions.end_decision(decision=s.decision, **s.who), "client",
    ),
    "open a budget": Verb(budgets.open_budget, DECIDER | SYSTEM, calls.open_budget),
    "open a voucher": Verb(budgets.open_voucher, DECIDER | SYSTEM, calls.open_voucher),
    "give information on a voucher": Verb(
        budgets.give_information, ORDERERS,
        lambda s: budgets.give_information(
            voucher=s.voucher(), language="fi", content={}, sha256="koe", **s.who
        ),
        "client",
    ),
    "tell of a voucher": Verb(
        inform_of_voucher.inform_of_voucher, ORDERERS,
        lambda s: inform_of_voucher.inform_of_voucher(
            voucher=s.voucher(), language="en", **s.who
        ),
        "client",
    ),
    "accept a voucher": Verb(
        budgets.accept_voucher, ORDERERS,
        lambda s: budgets.accept_voucher(voucher=s.voucher("offered"), **s.who), "client",
    ),
    "refuse a voucher": Verb(budgets.refuse_voucher, ORDERERS, calls.refuse, "client"),
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
    "make an offer": Verb(catalogue.make_offer, OFFICE | SYSTEM, calls.offer),
    "tell the capacity": Verb(
        catalogue.tell_capacity, OFFICE | PROVIDER | SYSTEM,
        lambda s: catalogue.tell_capacity(offer=s.offer, takes_new_clients=False, **s.who),
        "provider",
    ),
    "say where a provider works": Verb(
        providers.set_areas, OFFICE | SYSTEM,
        lambda s: providers.set_areas(approval=s.approval, municipality_codes=None, **s.who),
    ),
    "describe a provider": Verb(
        providers.describe_provider, OFFICE | PROVIDER | SYSTEM,
        lambda s: providers.describe_provider(
            approval=s.approval, descriptions={"fi": "Koe"}, contact={}, **s.who
        ),
        "provider",
    ),
    "set a price": Verb(
        catalogue.set_price, OFFICE | SYSTEM, lambda s: catalogue.set_price(**calls.price(s))
    ),
    "approve a provider": Verb(providers.approve_provider, OFFICE | SYSTEM, calls.approve),
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
        settlements.approve_run, frozenset({"finance approver"}), calls.approve_run
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
    "enrol a client": Verb(enrol_client.enrol_client, CASE_MANAGER | SYSTEM, calls.enrol),
    "allocate a budget": Verb(
        allocate_budget.allocate_budget, CASE_MANAGER | SYSTEM,
        lambda s: allocate_budget.allocate_budget(assessment=s.allocation.assessment, **s.who),
    ),
    "grant a budget": Verb(grant_budget.grant_budget, DECIDER, calls.grant),
    "decline a voucher": Verb(
        decline_voucher.decline_voucher, ORDERERS, calls.decline, "client"
    ),
    "leave the programme": Verb(
        leave_programme.leave_programme, CLIENT | CASE_MANAGER | SYSTEM, calls.leave, "client"
    ),
    "mend a price backwards": Verb(
        correct_price.correct_price, OFFICE | SYSTEM,
        lambda s: correct_price.correct_price(reason="Koe", **calls.price(s)),
    ),
    "close a month": Verb(
        close_month.close_month,
        frozenset({"finance preparer"}) | SYSTEM,
        calls.close_a_month,
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
    "load a programme": Verb(load_programme.load_programme, OFFICE | SYSTEM, calls.load),
    **verbs_of_portals.VERBS,
    **verbs_of_deciding.VERBS,
    **verbs_of_orders.VERBS,
    **verbs_of_changes.VERBS,
    **verbs_of_assessing.VERBS,
    **verbs_of_casework.VERBS,
    **verbs_of_companies.VERBS,
    **verbs_of_providers.VERBS,
    **verbs_of_programme.VERBS,
    **verbs_of_api.VERBS,
    **verbs_of_visits.VERBS,
}  # fmt: skip
