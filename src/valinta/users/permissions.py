"""Permissions as data: which role may do what, and who may hold the role, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One thing a person can be allowed to do."""

    SEE_OWN_BUDGET = "see_own_budget"
    COME_FORWARD = "come_forward"
    WRITE_SUPPORT_PLANS = "write_support_plans"
    GIVE_MANDATES = "give_mandates"
    ORDER_SERVICES = "order_services"
    CONFIRM_VISITS = "confirm_visits"
    WRITE_MESSAGES = "write_messages"
    ANSWER_QUESTIONS = "answer_questions"
    WITHDRAW_CONSENT = "withdraw_consent"
    SEE_CLIENTS = "see_clients"
    DIVIDE_CLIENTS = "divide_clients"
    SEE_OPENINGS = "see_openings"
    LOG_CONTACTS = "log_contacts"
    ENROL_CLIENTS = "enrol_clients"
    ASSESS_NEEDS = "assess_needs"
    WRITE_PLANS = "write_plans"
    SIGN_PLANS = "sign_plans"
    PREPARE_DECISIONS = "prepare_decisions"
    MAKE_DECISIONS = "make_decisions"
    GIVE_POWERS = "give_powers"
    SEND_LETTERS = "send_letters"
    MAKE_CLAIMS = "make_claims"
    ANSWER_CLAIMS = "answer_claims"
    REVIEW_VISITS = "review_visits"
    ANSWER_REQUESTS = "answer_requests"
    REPORT_VISITS = "report_visits"
    SEE_OWN_ORDERS = "see_own_orders"
    ANSWER_ORDERS = "answer_orders"
    APPLY_AS_PROVIDER = "apply_as_provider"
    APPROVE_PROVIDERS = "approve_providers"
    SET_PRICES = "set_prices"
    KEEP_PROVIDER_PAGES = "keep_provider_pages"
    SEE_OWN_STATEMENTS = "see_own_statements"
    KEEP_COMPANY = "keep_company"
    CHANGE_OWN_PRICES = "change_own_prices"
    LOAD_PROGRAMMES = "load_programmes"
    IMPORT_TABLES = "import_tables"
    GIVE_ROLES = "give_roles"
    PREPARE_RUNS = "prepare_runs"
    APPROVE_RUNS = "approve_runs"
    SEND_PAYMENTS = "send_payments"
    RECORD_BANK_ANSWERS = "record_bank_answers"
    SEE_FUNDING = "see_funding"
    SEE_FIGURES = "see_figures"


class Role(StrEnum):
    """A hat a user wears for one organiser."""

    CLIENT = "client"
    REPRESENTATIVE = "representative"
    CASE_MANAGER = "case_manager"
    DECISION_MAKER = "decision_maker"
    PROVIDER = "provider"
    FINANCE_PREPARER = "finance_preparer"
    FINANCE_APPROVER = "finance_approver"
    OFFICE = "office"
    EVALUATOR = "evaluator"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a role may do, and who may hold it.

    `own_only`: the permissions reach only what is the holder's own (a client's own budget, those a
    representative has a mandate for, a provider's own orders), not everything of the organiser.
    """

    who: str
    permissions: frozenset[Permission]
    own_only: bool = False


_P = Permission
_CLIENT = {
    _P.SEE_OWN_BUDGET,
    _P.COME_FORWARD,
    _P.WRITE_SUPPORT_PLANS,
    _P.ORDER_SERVICES,
    _P.CONFIRM_VISITS,
    _P.WRITE_MESSAGES,
    _P.ANSWER_QUESTIONS,
    _P.SIGN_PLANS,
    _P.MAKE_CLAIMS,
}
_CASEWORK = {
    _P.SEE_CLIENTS,
    _P.DIVIDE_CLIENTS,
    _P.LOG_CONTACTS,
    _P.COME_FORWARD,
    _P.ENROL_CLIENTS,
    _P.GIVE_MANDATES,
    _P.ASSESS_NEEDS,
    _P.WRITE_SUPPORT_PLANS,
    _P.WRITE_PLANS,
    _P.SIGN_PLANS,
    _P.PREPARE_DECISIONS,
    _P.SEND_LETTERS,
    _P.MAKE_CLAIMS,
    _P.ORDER_SERVICES,
    _P.CONFIRM_VISITS,
    _P.WRITE_MESSAGES,
    _P.REVIEW_VISITS,
    _P.ANSWER_REQUESTS,
    _P.WITHDRAW_CONSENT,
}

ROLES: dict[Role, Grant] = {
    Role.CLIENT: Grant(
        "The person whose budget or voucher it is; sees and does only what is their own.",
        frozenset(_CLIENT | {_P.WITHDRAW_CONSENT, _P.GIVE_MANDATES}),
        own_only=True,
    ),
    Role.REPRESENTATIVE: Grant(
        "A guardian or a person the client has authorised, within the mandate's scope and dates.",
        frozenset(_CLIENT),
        own_only=True,
    ),
    Role.CASE_MANAGER: Grant(
        "The organiser's worker who plans with clients; employed by the organiser.",
        frozenset(_CASEWORK),
    ),
    Role.DECISION_MAKER: Grant(
        "The official with the power to decide on services (act 812/2000 section 45 onwards).",
        frozenset(
            {
                _P.SEE_CLIENTS,
                _P.DIVIDE_CLIENTS,
                _P.SEE_OPENINGS,
                _P.MAKE_DECISIONS,
                _P.SEND_LETTERS,
                _P.ANSWER_CLAIMS,
            }
        ),
    ),
    Role.PROVIDER: Grant(
        "A worker of an approved provider; sees only that provider's own orders.",
        frozenset(
            {
                _P.SEE_OWN_ORDERS,
                _P.ANSWER_ORDERS,
                _P.REPORT_VISITS,
                _P.APPLY_AS_PROVIDER,
                _P.KEEP_PROVIDER_PAGES,
                _P.SEE_OWN_STATEMENTS,
                _P.KEEP_COMPANY,
                _P.CHANGE_OWN_PRICES,
                _P.WRITE_MESSAGES,
            }
        ),
        own_only=True,
    ),
    Role.FINANCE_PREPARER: Grant(
        "Finance officer who prepares payment runs; can never approve a run they prepared.",
        frozenset({_P.PREPARE_RUNS, _P.SEND_PAYMENTS, _P.SEE_FUNDING, _P.RECORD_BANK_ANSWERS}),
    ),
    Role.FINANCE_APPROVER: Grant(
        "A second finance officer who approves runs prepared by another.",
        frozenset({_P.APPROVE_RUNS, _P.SEND_PAYMENTS, _P.SEE_FUNDING, _P.RECORD_BANK_ANSWERS}),
    ),
    Role.OFFICE: Grant(
        "Programme staff who approve providers and keep the tray, prices and rulebook.",
        frozenset(
            {
                _P.APPLY_AS_PROVIDER,
                _P.APPROVE_PROVIDERS,
                _P.GIVE_ROLES,
                _P.SET_PRICES,
                _P.KEEP_PROVIDER_PAGES,
                _P.KEEP_COMPANY,
                _P.CHANGE_OWN_PRICES,
                _P.LOAD_PROGRAMMES,
                _P.IMPORT_TABLES,
                _P.GIVE_POWERS,
                _P.SEE_FUNDING,
                _P.ANSWER_REQUESTS,
                _P.WRITE_MESSAGES,
            }
        ),
    ),
    Role.EVALUATOR: Grant(
        "Researcher or board member; sees figures with small cells hidden, never a person.",
        frozenset({_P.SEE_FIGURES}),
    ),
    Role.SYSTEM: Grant(
        "The software's own timed work; no person holds it.",
        frozenset(Permission),
    ),
}

# What a client may do who signed in with a letter's code instead of a password or an electronic
# identification: look, answer about visits and wellbeing, write messages. Nothing that binds or
# moves money.
BY_LETTER = frozenset(
    {_P.SEE_OWN_BUDGET, _P.CONFIRM_VISITS, _P.WRITE_MESSAGES, _P.ANSWER_QUESTIONS}
)
