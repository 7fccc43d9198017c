"""The client withdraws, and the worker records it for them with proof (KEU-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.orders.change_actions import Said, keep_change
from valinta.orders.models import Change
from valinta.orders.states import ChangeKind
from valinta.processes.leave_programme import Left, leave_programme
from valinta.processes.planner import planner_of
from valinta.users.actor import Actor


class ProofMissing(ValueError):
    """A withdrawal that somebody else records says how the client said so, and where that is."""


class NoPlaceToLeave(ValueError):
    """The client has no place in the programme now."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The change that was kept, and what leaving did."""

    change: Change
    left: Left


@transaction.atomic
def withdraw_for_client(
    *,
    enrolment: Enrolment,
    way: str,
    proof: str,
    said_on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> Withdrawn:
    """Let the client leave on what they said to the worker; no service is lost.

    `way` is how they said so, `proof` where it is kept, such as the mark of a letter. The client's
    reason may be empty. Raises ProofMissing or NoPlaceToLeave.
    """
    if not way.strip() or not proof.strip():
        raise ProofMissing("Tell how the client said so, and where the proof is kept.")
    client = enrolment.client
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if locked.state != EnrolmentState.ENROLLED:
        raise NoPlaceToLeave("The client has no place in the programme now.")
    left = leave_programme(
        enrolment=enrolment,
        withdrawn=True,
        reason=reason,
        planner=planner_of(client, at.date()),
        by=by,
        at=at,
    )
    facts = {"way": way, "said_on": said_on.isoformat()}
    said = Said(ChangeKind.WITHDRAWAL, at.date(), None, reason, proof, facts)
    change = keep_change(client=client, enrolment=enrolment, said=said, by=by, at=at)
    return Withdrawn(change, left)
