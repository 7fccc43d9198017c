"""The verbs of applying, deciding on applications, registers, suspensions and workers' roles."""

from __future__ import annotations

from tests.permissions import calls_providers as calls
from tests.permissions.verb import CASE_MANAGER, OFFICE, SYSTEM, Verb
from valinta.clients import interest_actions
from valinta.processes import approve_application, change_accounts, invite_worker
from valinta.providers import (
    account_actions,
    application_actions,
    company_actions,
    deciding_actions,
    membership_actions,
    passport_actions,
    register_actions,
    suspending_actions,
)
from valinta.users import role_actions
from valinta.wishes import actions as wishes

DECIDES = OFFICE | SYSTEM
# The applicant of the calls' application, and the office for what comes by post.
APPLIES = DECIDES | {"provider"}
ANY_APPLICANT = APPLIES | {"another provider", "worker who has left"}

VERBS: dict[str, Verb] = {
    "start an application": Verb(application_actions.start_application, ANY_APPLICANT, calls.start),
    "save an application": Verb(application_actions.save_application, APPLIES, calls.save),
    "hand in evidence": Verb(application_actions.hand_in, APPLIES, calls.hand_in),
    "send an application": Verb(application_actions.send_application, APPLIES, calls.send),
    "answer a clarification": Verb(application_actions.answer_clarification, APPLIES, calls.answer),
    "take an application back": Verb(
        application_actions.withdraw_application, APPLIES, calls.withdraw
    ),
    "begin with a passport": Verb(
        passport_actions.start_with_passport, ANY_APPLICANT, calls.start_with_passport
    ),
    "save and keep": Verb(passport_actions.save_and_keep, APPLIES, calls.save_and_keep),
    "hand in and keep": Verb(passport_actions.hand_in_and_keep, APPLIES, calls.hand_in_and_keep),
    # What a company has kept is used by its own people alone.
    "use a kept paper": Verb(passport_actions.use_paper, {"provider"}, calls.use_paper),
    "ask for another account": Verb(
        account_actions.ask_account_change, APPLIES, calls.ask_account, "provider"
    ),
    # The software itself is no second person.
    "confirm another account": Verb(
        account_actions.confirm_account_change,
        OFFICE | {"provider"},
        calls.confirm_account,
        "provider",
    ),
    "take an account's change back": Verb(
        account_actions.withdraw_account_change, APPLIES, calls.withdraw_account, "provider"
    ),
    "take an account into use": Verb(
        account_actions.apply_account_change, APPLIES, calls.apply_account, "provider"
    ),
    "take due accounts into use": Verb(
        change_accounts.change_accounts, SYSTEM, calls.apply_accounts
    ),
    "write a company's facts": Verb(
        company_actions.update_company, APPLIES, calls.update_company, "provider"
    ),
    "begin a unit": Verb(company_actions.open_unit, APPLIES, calls.open_unit, "provider"),
    "end a unit": Verb(company_actions.end_unit, APPLIES, calls.end_unit, "provider"),
    "list a worker": Verb(membership_actions.add_worker, APPLIES, calls.list_worker, "provider"),
    "change a worker's level": Verb(
        membership_actions.change_level, APPLIES, calls.change_level, "provider"
    ),
    "move a worker to a unit": Verb(
        membership_actions.change_unit, APPLIES, calls.change_unit, "provider"
    ),
    "end a worker's days": Verb(membership_actions.end_worker, APPLIES, calls.end_days, "provider"),
    "judge evidence": Verb(deciding_actions.judge_evidence, DECIDES, calls.judge),
    "ask for a clarification": Verb(deciding_actions.ask_clarification, DECIDES, calls.ask),
    "refuse a provider": Verb(deciding_actions.refuse_application, DECIDES, calls.refuse),
    "note an approval": Verb(deciding_actions.note_approval, DECIDES, calls.note_approval),
    "approve an application": Verb(approve_application.approve_application, DECIDES, calls.approve),
    "add a register entry": Verb(register_actions.add_entry, DECIDES, calls.add_entry),
    "move a register entry": Verb(register_actions.move_entry, DECIDES, calls.move_entry),
    "suspend a provider": Verb(suspending_actions.suspend_approval, DECIDES, calls.suspend),
    "end a suspension": Verb(suspending_actions.end_suspension, DECIDES, calls.resume),
    "give a role": Verb(role_actions.give_role, DECIDES, calls.give_role),
    "end a role": Verb(role_actions.end_role, DECIDES, calls.end_role),
    "invite a worker": Verb(invite_worker.invite_worker, DECIDES, calls.invite),
    "take a worker's invitation back": Verb(
        invite_worker.withdraw_role_invitation, DECIDES, calls.take_back
    ),
    "end a reception": Verb(interest_actions.end_reception, DECIDES, calls.end_reception),
    "note what came of a request": Verb(wishes.note_outcome, CASE_MANAGER | DECIDES, calls.outcome),
}
