"""What addresses name, and which row of it is an example with something to show.

A page about a client may take an example of any client; a page of the office takes one of its
programme's organiser.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from valinta.api.models import ApiClient
from valinta.budgets.models import Voucher
from valinta.budgets.states import VoucherState
from valinta.catalogue.models import Offer
from valinta.clients.models import (
    Contact,
    Cover,
    Interest,
    Invitation,
    Mandate,
    Reception,
)
from valinta.clients.states import InterestState
from valinta.evaluation.models import Round
from valinta.evaluation.states import RoundState
from valinta.messages.models import Attachment, Thread
from valinta.messages.states import Route
from valinta.orders.models import Change, Moving, Order
from valinta.orders.states import ChangeKind, OrderState
from valinta.plans.models import (
    Claim,
    Decision,
    DecisionPower,
    DecisionProposal,
    Delivery,
    Paper,
    ServicePlan,
)
from valinta.plans.states import ClaimState
from valinta.programmes.models import ImportRun, PackDraft, Phase
from valinta.providers.models import (
    AccountChange,
    Application,
    Approval,
    Evidence,
    RegisterEntry,
    Unit,
    Worker,
)
from valinta.providers.states import ApplicationState
from valinta.users.models import Holding, RoleInvitation
from valinta.users.permissions import Role
from valinta.visits.files import VisitFile
from valinta.visits.models import Batch, RefusedLine, Visit
from valinta.visits.states import VisitState
from valinta.wishes.models import TrayRequest

# What an address names, and the way from it to the client whose it is.
THINGS: dict[str, tuple[type[Model], str]] = {
    "order_id": (Order, "client"),
    "voucher_id": (Voucher, "enrolment__client"),
    "decision_id": (Decision, "enrolment__client"),
    "proposal_id": (DecisionProposal, "enrolment__client"),
    "delivery_id": (Delivery, "decision__enrolment__client"),
    "claim_id": (Claim, "decision__enrolment__client"),
    "plan_id": (ServicePlan, "enrolment__client"),
    "paper_id": (Paper, "enrolment__client"),
    "thread_id": (Thread, "client"),
    "attachment_id": (Attachment, "message__thread__client"),
    "contact_id": (Contact, "client"),
    "visit_id": (Visit, "client"),
    "change_id": (Change, "client"),
    "moving_id": (Moving, "client"),
    "mandate_id": (Mandate, "client"),
    "invitation_id": (Invitation, "client"),
    "round_id": (Round, "enrolment__client"),
}

# What an address of workers names without naming a client.
OF_ORGANISER: dict[str, type[Model]] = {
    "interest_id": Interest,
    "cover_id": Cover,
    "draft_id": PackDraft,
    "run_id": ImportRun,
    "application_id": Application,
    "evidence_id": Evidence,
    "approval_id": Approval,
    "entry_id": RegisterEntry,
    "request_id": TrayRequest,
    "holding_id": Holding,
    "invitation_id": RoleInvitation,
    "reception_id": Reception,
    "phase_id": Phase,
    "power_id": DecisionPower,
    "thread_id": Thread,
    "attachment_id": Attachment,
    "change_id": AccountChange,
}

# What the address of a company's page names, the way to the company, and which rows will do.
OF_COMPANIES: dict[str, tuple[type[Model], str, dict[str, Any]]] = {
    "order_id": (Order, "provider", {"state": OrderState.ACCEPTED}),
    "visit_id": (Visit, "provider", {"runvisit": None, "withdrawn_at": None}),
    "line_id": (RefusedLine, "batch__provider", {"mending": None}),
    "batch_id": (Batch, "provider", {"refused__gt": 0}),
    "file_id": (VisitFile, "provider", {}),
    "unit_id": (Unit, "provider", {}),
    "worker_id": (Worker, "provider", {}),
    "change_id": (AccountChange, "provider", {"applied_at": None, "withdrawn_at": None}),
    "system_id": (ApiClient, "provider", {"revoked_at": None}),
    "offer_id": (Offer, "approval__provider", {}),
    "approval_id": (Approval, "provider", {}),
    "thread_id": (Thread, "provider", {"route": Route.PROVIDER}),
    "attachment_id": (Attachment, "message__thread__provider", {}),
}

# What is no number: one of the values that an address takes.
WORDS: dict[str, dict[str, object]] = {
    "provider:apply_hand_in": {"condition": "insurance"},
    "client:wellbeing_question": {"number": 1},
    "client:support_plan_version": {"number": 1},
    "office:imports_template": {"kind": "clients"},
    "office:letters_text": {"kind": "decision", "language": "fi", "key": "intro"},
}

# Only such a row is what the page is about.
ONLY: dict[str, dict[str, Any]] = {
    "client:claim_letter": {"state": ClaimState.ANSWERED},
    "casework:thread": {"route": Route.CASE_MANAGER},
    "casework:attachment": {"message__thread__route": Route.CASE_MANAGER},
    "casework:changes_away_end": {"kind": ChangeKind.INTERRUPTION, "undone_at": None},
    "casework:changes_death_undo": {"kind": ChangeKind.DEATH, "undone_at": None},
    "casework:changes_provider": {"settled_at": None},
    "casework:services_visit": {"state__in": [VisitState.IN_REVIEW, VisitState.DISPUTED]},
    "office:messages_thread": {"route": Route.OFFICE},
    "office:messages_attachment": {"message__thread__route": Route.OFFICE},
    "office:providers_evidence": {"words": ""},
    "office:people_end": {"role": Role.CASE_MANAGER},
}

# Of these, one that still waits for somebody is the better example.
WAITING: dict[type[Model], dict[str, Any]] = {
    Round: {"state": RoundState.OPEN},
    Voucher: {"state": VoucherState.OFFERED},
    Application: {"state": ApplicationState.SENT},
    Interest: {"state": InterestState.RECEIVED},
    TrayRequest: {"state": "received"},
}
