"""Finding one client or visit for a page: what the actor may not see is not there, and is noted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from valinta.audit.actions import Note, read, record
from valinta.budgets.models import Voucher
from valinta.clients.models import Client, Contact, Invitation, Mandate, mandates_today
from valinta.clients.states import MandateScope
from valinta.evaluation.models import Round
from valinta.messages.models import Attachment, Thread
from valinta.orders.models import Change, Moving, Order
from valinta.organisers.models import Organiser
from valinta.plans.models import (
    Claim,
    Decision,
    DecisionProposal,
    Delivery,
    Paper,
    ServicePlan,
)
from valinta.users.permissions import Role
from valinta.visits.models import Visit
from valinta.web import clock
from valinta.web.middleware import Request
from valinta.wishes.models import Basket, BasketLine, TrayRequest

# The greatest id that the database's rows can have.
GREATEST_ID = 2**63 - 1

# Where the client is found of each kind of thing that an address can name.
OWNERS: dict[str, tuple[type[Model], str]] = {
    "client": (Client, "pk"),
    "mandate": (Mandate, "client_id"),
    "invitation": (Invitation, "client_id"),
    "visit": (Visit, "client_id"),
    "order": (Order, "client_id"),
    "plan": (ServicePlan, "enrolment__client_id"),
    "voucher": (Voucher, "enrolment__client_id"),
    "decision": (Decision, "enrolment__client_id"),
    "proposal": (DecisionProposal, "enrolment__client_id"),
    "paper": (Paper, "enrolment__client_id"),
    "delivery": (Delivery, "decision__enrolment__client_id"),
    "claim": (Claim, "decision__enrolment__client_id"),
    "basket": (Basket, "client_id"),
    "basket_line": (BasketLine, "basket__client_id"),
    "tray_request": (TrayRequest, "client_id"),
    "thread": (Thread, "client_id"),
    "attachment": (Attachment, "message__thread__client_id"),
    "contact": (Contact, "client_id"),
    "round": (Round, "client_id"),
    "change": (Change, "client_id"),
    "moving": (Moving, "client_id"),
}


def own_people(request: Request, *scopes: MandateScope) -> QuerySet[Client]:
    """The clients that the actor is, or acts for today with one of these scopes of mandate.

    Without a scope: those whose everything the actor may see.
    """
    user_id = reader_id(request)
    mandates = mandates_today(request.actor, *(scopes or (MandateScope.SEE,)))
    return Client.objects.visible_to(request.actor, *scopes).filter(
        Q(user_id=user_id, organiser_id__in=request.actor.organisers_as(Role.CLIENT))
        | Q(pk__in=mandates.values("client_id"))
    )


def casework_people(request: Request) -> QuerySet[Client]:
    """The clients that the actor meets as the organiser's worker, not as a private person."""
    return Client.objects.met_by(request.actor)


def find_client(request: Request, client_id: int, among: QuerySet[Client]) -> Client:
    """The client, from those given. Raises Http404 for any other, after noting the attempt."""
    found = among.select_related("organiser", "case_manager").filter(pk=client_id).first()
    if found is None:
        note_refusal(request, "client", client_id)
        raise Http404("There is no such client for this reader.")
    return found


def find_visit(request: Request, visit_id: int) -> Visit:
    """A visit that the actor may confirm or dispute. Raises Http404, after noting the attempt."""
    found = (
        Visit.objects.visible_to(request.actor)
        .filter(pk=visit_id, client__in=own_people(request, MandateScope.CONFIRM))
        .select_related("organiser", "provider", "order__service")
        .first()
    )
    if found is None:
        note_refusal(request, "visit", visit_id)
        raise Http404("There is no such visit for this reader.")
    return found


def note_reading(request: Request, client: Client, at: datetime, purpose: str) -> None:
    """Note in the audit log that the actor opened a client's page, and in which capacity."""
    read(
        organiser_id=client.organiser_id,
        by_id=reader_id(request),
        at=at,
        client_id=client.pk,
        purpose=purpose,
    )


def note_listing(request: Request, clients: Sequence[Client]) -> None:
    """Note in the audit log whose names and sums stood in a list that the actor was shown."""
    for organiser_id in {client.organiser_id for client in clients}:
        listed = [client for client in clients if client.organiser_id == organiser_id]
        notes = [
            Note("read", "client", client.pk, client_id=client.pk, purpose="casework list")
            for client in listed
        ]
        at = clock.now(listed[0].organiser)
        record(organiser_id=organiser_id, by_id=reader_id(request), at=at, notes=notes)


def note_refusal(request: Request, kind: str, subject_id: int) -> None:
    """Note in the audit log that something was asked for that the actor may not see.

    When the thing is of one of the actor's own organisers, the row goes to that client's log;
    otherwise it is kept with the first of the actor's organisers, without a client. A number that
    no row can have is kept as 0.
    """
    subject_id = subject_id if 0 <= subject_id <= GREATEST_ID else 0
    organiser_id, client_id = _whose(kind, subject_id, request.actor.organiser_ids)
    organiser = Organiser.objects.get(pk=organiser_id)
    record(
        organiser_id=organiser_id,
        by_id=request.actor.user_id,
        at=clock.now(organiser),
        notes=[Note("refused", kind, subject_id, client_id=client_id)],
    )


def is_stranger(request: Request, kind: str, subject_id: int) -> bool:
    """Whether the actor neither is the client whom the thing is about nor acts for them today."""
    _, client_id = _whose(kind, subject_id, request.actor.organiser_ids)
    return not own_people(request, *MandateScope).filter(pk=client_id or 0).exists()


def reader_id(request: Request) -> int:
    """The id of the reader; the guard lets only signed-in people as far as this."""
    if request.actor.user_id is None:
        raise PermissionDenied("Only signed-in people open a client's page.")
    return request.actor.user_id


def _whose(kind: str, subject_id: int, organisers: Collection[int]) -> tuple[int, int | None]:
    if kind not in OWNERS:
        return min(organisers), None
    model, client = OWNERS[kind]
    rows: QuerySet[Any] = model._default_manager.filter(pk=subject_id)
    return rows.values_list("organiser_id", client).first() or (min(organisers), None)
