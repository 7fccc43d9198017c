"""Take out everything that is kept about a client (article 15 and 20 of regulation (EU) 2016/679).

Rows are given as they are kept, by kind, with the names of their columns: complete rather than
pretty. Left out are keys of other people's rows that say nothing, digests of codes, the content of
files (their names and sizes are there), and what belongs to the books of the organiser.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from valinta.audit.actions import Note, record
from valinta.audit.models import Entry
from valinta.budgets.models import Budget, Pot, Voucher, VoucherInformation, VoucherUnit
from valinta.clients.access import NotYourClient, is_client
from valinta.clients.models import (
    Absence,
    AccessCode,
    AccessGrant,
    Client,
    Contact,
    Enrolment,
    HandOver,
    Invitation,
    Mandate,
    Mending,
)
from valinta.evaluation.models import Answer, AnswersShown, Round
from valinta.messages.models import Attachment, Message, Thread
from valinta.needs.models import (
    Allocation,
    AllocationLine,
    Assessment,
    AssessmentSave,
    ConsentPoint,
    EligibilityCheck,
    InstrumentResult,
    Need,
)
from valinta.orders.assigning import Assignment
from valinta.orders.models import Cancellation, Change, Moving, Order, Rating, Slice
from valinta.plans.models import (
    Claim,
    Decision,
    DecisionDocument,
    DecisionProposal,
    Delivery,
    Paper,
    PlanComment,
    PlanLine,
    ServicePlan,
    Signature,
    SupportPlan,
)
from valinta.users.actor import Actor
from valinta.users.permissions import Permission
from valinta.visits.checks import Check
from valinta.visits.models import Correction, StartedVisit, Visit, VisitCode
from valinta.visits.models import Mending as VisitMending
from valinta.wishes.models import Basket, BasketLine, RequestStep, TrayRequest

# Each kind of row about a client, and the way from it to the client.
KINDS: Mapping[str, tuple[type[Model], str]] = {
    "client": (Client, "pk"),
    "enrolments": (Enrolment, "client"),
    "mandates": (Mandate, "client"),
    "invitations": (Invitation, "client"),
    "access_letters": (AccessCode, "client"),
    "absences": (Absence, "client"),
    "contacts": (Contact, "client"),
    "openings": (AccessGrant, "client"),
    "hand_overs": (HandOver, "client"),
    "mendings": (Mending, "client"),
    "eligibility": (EligibilityCheck, "enrolment__client"),
    "consent_points": (ConsentPoint, "enrolment__client"),
    "assessments": (Assessment, "enrolment__client"),
    "assessment_savings": (AssessmentSave, "assessment__enrolment__client"),
    "instrument_results": (InstrumentResult, "enrolment__client"),
    "needs": (Need, "assessment__enrolment__client"),
    "allocations": (Allocation, "assessment__enrolment__client"),
    "allocation_lines": (AllocationLine, "allocation__assessment__enrolment__client"),
    "baskets": (Basket, "enrolment__client"),
    "basket_lines": (BasketLine, "basket__enrolment__client"),
    "requests": (TrayRequest, "client"),
    "request_steps": (RequestStep, "request__client"),
    "support_plans": (SupportPlan, "enrolment__client"),
    "service_plans": (ServicePlan, "enrolment__client"),
    "plan_lines": (PlanLine, "plan__enrolment__client"),
    "plan_comments": (PlanComment, "plan__enrolment__client"),
    "signatures": (Signature, "plan__enrolment__client"),
    "papers": (Paper, "enrolment__client"),
    "proposals": (DecisionProposal, "enrolment__client"),
    "decisions": (Decision, "enrolment__client"),
    "decision_letters": (DecisionDocument, "decision__enrolment__client"),
    "deliveries": (Delivery, "decision__enrolment__client"),
    "claims": (Claim, "decision__enrolment__client"),
    "budgets": (Budget, "enrolment__client"),
    "pots": (Pot, "budget__enrolment__client"),
    "vouchers": (Voucher, "enrolment__client"),
    "voucher_values": (VoucherUnit, "voucher__enrolment__client"),
    "voucher_information": (VoucherInformation, "voucher__enrolment__client"),
    "orders": (Order, "client"),
    "order_parts": (Slice, "order__client"),
    "cancellations": (Cancellation, "order__client"),
    "ratings": (Rating, "order__client"),
    "changes": (Change, "client"),
    "movings": (Moving, "client"),
    "visits": (Visit, "client"),
    "visit_codes": (VisitCode, "order__client"),
    "corrections": (Correction, "visit__client"),
    "visits_begun": (StartedVisit, "order__client"),
    "visits_taken_back": (VisitMending, "withdrawn__client"),
    "visits_mended": (VisitMending, "visit__client"),
    "visit_checks": (Check, "visit__client"),
    "company_workers": (Assignment, "client"),
    "threads": (Thread, "client"),
    "messages": (Message, "thread__client"),
    "attachments": (Attachment, "message__thread__client"),
    "wellbeing_rounds": (Round, "client"),
    "wellbeing_answers": (Answer, "round__client"),
    "wellbeing_shown": (AnswersShown, "client"),
}
_LEFT_OUT = frozenset({"organiser_id", "content", "code_digest", "digest", "account_id", "hold_id"})


@transaction.atomic
def take_data(*, client: Client, by: Actor, at: datetime) -> dict[str, Any]:
    """Everything about the client, by kind; it is the client's own right. Raises NotYourClient."""
    by.must(Permission.SEE_OWN_BUDGET, client.organiser_id)
    if not is_client(client, Permission.SEE_OWN_BUDGET, by):
        raise NotYourClient
    organiser = client.organiser.name(client.language)
    data: dict[str, Any] = {"taken_at": at.isoformat(), "organiser": organiser}
    for kind, (model, path) in KINDS.items():
        rows = model._default_manager.filter(**{path: client.pk}).order_by("pk")
        data[kind] = [_row(one) for one in rows]
    log = Entry.objects.filter(client_id=client.pk).order_by("pk")
    data["log"] = [_row(one) for one in log]
    note = Note("take_data", "client", client.pk, "", "taken", client.pk)
    record(organiser_id=client.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return data


def _row(row: Model) -> dict[str, Any]:
    return {
        field.attname: _plain(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.attname not in _LEFT_OUT
    }


def _plain(value: Any) -> Any:
    """The value as JSON has it; a period as its first day and the day after its last."""
    if isinstance(value, DateRange):
        return [_plain(value.lower), _plain(value.upper)]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    return str(value)
