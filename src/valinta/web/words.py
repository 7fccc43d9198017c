"""Words for the closed lists of the house: roles, states, ways, units and scopes of a mandate."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.clients.states import EnrolmentState, MandateKind
from valinta.plans.states import Way
from valinta.users.permissions import Role

Words = str | Promise

ROLES: dict[Role, Words] = {
    Role.CLIENT: _("Client"),
    Role.REPRESENTATIVE: _("Representative"),
    Role.CASE_MANAGER: _("Case manager"),
    Role.DECISION_MAKER: _("Decision maker"),
    Role.PROVIDER: _("Provider"),
    Role.FINANCE_PREPARER: _("Finance, prepares payments"),
    Role.FINANCE_APPROVER: _("Finance, approves payments"),
    Role.OFFICE: _("Programme office"),
    Role.EVALUATOR: _("Evaluator"),
    Role.SYSTEM: _("The software itself"),
}

ENROLMENT: dict[EnrolmentState, Words] = {
    EnrolmentState.INTERESTED: _("interested"),
    EnrolmentState.QUEUED: _("in the queue"),
    EnrolmentState.ENROLLED: _("in the programme"),
    EnrolmentState.WITHDRAWN: _("withdrew"),
    EnrolmentState.ENDED: _("has left"),
}

WAYS: dict[Way, Words] = {
    Way.BUDGET: _("budget"),
    Way.VOUCHER: _("voucher"),
    Way.OWN_SERVICE: _("own service"),
    Way.PURCHASED: _("purchased service"),
    Way.EMPLOYER: _("client as employer"),
}

UNITS: dict[str, Words] = {
    "hour": _("hour"),
    "visit": _("visit"),
    "day": _("day"),
    "week": _("week"),
    "month": _("month"),
}

MANDATE_KINDS: dict[str, Words] = {
    MandateKind.GUARDIAN: _("guardian"),
    MandateKind.AUTHORISED: _("representative"),
    MandateKind.CLOSE: _("person close"),
    MandateKind.EXPERT: _("expert by experience"),
    MandateKind.WORKER: _("worker who helps"),
}

SCOPES: dict[str, Words] = {
    "see": _("look"),
    "see_plan": _("look at the plan"),
    "see_budget": _("look at the money and orders"),
    "write": _("help to write the support plan"),
    "plan": _("plan"),
    "order": _("order"),
    "confirm": _("confirm visits"),
}

# Languages that have no name in the common lists.
SIGNED: dict[str, Words] = {
    "fse": _("Finnish Sign Language"),
    "fss": _("Finland-Swedish Sign Language"),
}
