"""Signatures given on paper, and the scans of papers that came."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from valinta.clients.trail import note_step
from valinta.plans.actions import PlanNotOpen
from valinta.plans.models import ServicePlan, Signature
from valinta.plans.moving import Scan, keep_paper, move_if_signed, must_be_somebody
from valinta.plans.states import PlanState, Signer, SigningWay
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class PaperNotFound(ValueError):
    """A signature on paper says where the paper is: a mark of the archive, or a scan."""


class SignerMissing(ValueError):
    """A signature on paper says whose it is, and that is the client's side."""


class SignedLater(ValueError):
    """A paper was signed on a day between the writing of the plan and today."""


class SignedOnPaper(ValueError):
    """The client's side has signed this version already."""


@transaction.atomic
def record_signature(
    *,
    plan: ServicePlan,
    signer: Signer,
    name: str,
    signed_on: date,
    archive_mark: str,
    scan: Scan | None,
    by: Actor,
    at: datetime,
) -> Signature:
    """Record that the client's side signed the draft on paper, and where the paper is (KAI-4).

    Raises WrongCapacity, PlanNotOpen, SignerMissing, PaperNotFound, SignedLater or SignedOnPaper.
    """
    by.must(Permission.PREPARE_DECISIONS, plan.organiser_id)
    recorder = must_be_somebody(by)
    locked = ServicePlan.objects.select_for_update().get(pk=plan.pk)
    if locked.state != PlanState.DRAFT:
        raise PlanNotOpen(f"This version is {locked.state}; only a draft can be signed.")
    if signer is Signer.WORKER or not name.strip():
        raise SignerMissing("Say who signed the paper: the client, or who acts for the client.")
    if not archive_mark.strip() and scan is None:
        raise PaperNotFound("Give the mark of the archive, or the scanned paper.")
    if not locked.written_at.date() <= signed_on <= at.date():
        raise SignedLater(
            f"The paper is signed between {locked.written_at.date()}, when the plan was written,"
            f" and {at.date()}."
        )
    if locked.signatures.exclude(signer=Signer.WORKER).exists():
        raise SignedOnPaper("The client's side has signed this version already.")
    signature = Signature.objects.create(
        organiser_id=plan.organiser_id,
        plan=locked,
        signer=signer,
        way=SigningWay.PAPER,
        signed_at=at,
        signed_on=signed_on,
        name=name.strip(),
        archive_mark=archive_mark.strip(),
        paper=keep_paper(locked.enrolment, scan, by, at) if scan else None,
        recorded_by_id=recorder,
    )
    enrolment, verb = locked.enrolment, "record_signature"
    note_step(enrolment, verb, "signature", signature.pk, "", signer, by, at)
    move_if_signed(locked, by, at)
    return signature
