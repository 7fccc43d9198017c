"""Settle a period by the rulebook in force, and hand the approved run's file to the bank."""

from __future__ import annotations

import hashlib
import os
from datetime import date, datetime, timedelta
from pathlib import Path

from valinta.integrations.sepa.pain001 import write_pain001
from valinta.integrations.sepa.payments import (
    LONGEST_NAME,
    CreditTransfer,
    Debtor,
    PaymentFile,
    StructuredAddress,
)
from valinta.organisers.models import Organiser
from valinta.programmes.models import Programme
from valinta.programmes.queries import must_be_open, rulebook_on
from valinta.rules.bank_days import bank_day_from
from valinta.settlements.actions import mark_sent, prepare_run
from valinta.settlements.models import Payment, Run
from valinta.settlements.states import RunState
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class NotApproved(ValueError):
    """A run becomes a payment file only after a second person has approved it."""


def settle_period(*, programme: Programme, cut_off_on: date, by: Actor, at: datetime) -> Run:
    """Prepare the run of a programme for service before the cut-off day.

    The confirmation window and the days to payment come from the rulebook in force; a day on which
    banks carry out nothing becomes the next one on which they do. Raises ProgrammeClosed when the
    last day settled lies outside every phase (KAI-1).
    """
    must_be_open(programme, cut_off_on - timedelta(days=1))
    terms = rulebook_on(programme, cut_off_on - timedelta(days=1)).parameters
    return prepare_run(
        programme=programme,
        cut_off_on=cut_off_on,
        execute_on=bank_day_from(
            at.date() + timedelta(days=int(terms["payment_days_after_approval"]))
        ),
        confirm_window_days=int(terms["confirm_window_days"]),
        by=by,
        at=at,
    )


def message_id(run: Run) -> str:
    """The message id of the run's payment file: the same for every making of the file."""
    return f"VALINTA-{run.organiser_id}-{run.pk}"


def payment_file(run: Run) -> bytes:
    """The run's payments as ISO 20022 pain.001.001.09. The same run gives the same bytes.

    Receivers are the accounts of approved providers, copied when the run was approved; there is no
    way for another account to get in. Raises NotApproved.
    """
    if run.state not in (RunState.APPROVED, RunState.SENT) or run.approved_at is None:
        raise NotApproved("Have a second person approve the run first.")
    payments = Payment.objects.filter(statement__run=run).order_by("pk")
    return write_pain001(
        PaymentFile(
            message_id=message_id(run),
            created_at=run.approved_at,
            execute_on=run.execute_on,
            debtor=_debtor(run.organiser),
            transfers=tuple(_transfer(payment) for payment in payments),
        )
    )


class SandboxPaysNothing(PermissionError):
    """A sandbox is for trying things out; no payment file is ever made there."""


def send_payments(*, run: Run, folder: Path, by: Actor, at: datetime) -> Path | None:
    """Hand the file over by putting it in the folder that the bank connection watches.

    Its name is the message id and its bytes never differ, so doing this again after a crash, at any
    point, leaves one file. A run in which nobody is paid has no file (None). Raises
    SandboxPaysNothing.
    """
    by.must(Permission.SEND_PAYMENTS, run.organiser_id)
    if run.organiser.sandbox:
        raise SandboxPaysNothing("This is a sandbox. Its payment runs end here: nothing is sent.")
    if not Payment.objects.filter(statement__run=run).exists():
        mark_sent(run=run, sha256="", by=by, at=at)
        return None
    content = payment_file(run)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{message_id(run)}.xml"
    half_written = target.with_suffix(".part")
    with half_written.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half_written.replace(target)
    mark_sent(run=run, sha256=hashlib.sha256(content).hexdigest(), by=by, at=at)
    return target


def _name(text: str) -> str:
    """SEPA names have at most 70 characters; a longer one is cut, as banks themselves do."""
    return text[:LONGEST_NAME].rstrip()


def _debtor(organiser: Organiser) -> Debtor:
    return Debtor(
        name=_name(organiser.name_fi),
        business_id=organiser.business_id,
        iban=organiser.paying_iban,
        bic=organiser.paying_bic or None,
        address=_address(organiser.postal_address),
    )


def _transfer(payment: Payment) -> CreditTransfer:
    return CreditTransfer(
        end_to_end_id=payment.reference,
        instruction_id=f"P{payment.pk}",
        creditor_name=_name(payment.creditor_name),
        creditor_iban=payment.iban,
        creditor_bic=payment.bic or None,
        cents=payment.cents,
        reference=payment.reference,
        address=_address(payment.postal_address),
    )


def _address(parts: dict[str, str]) -> StructuredAddress | None:
    """A structured address, or none: banks refuse unstructured ones since 15 November 2026."""
    if not parts.get("town"):
        return None
    return StructuredAddress(
        street=parts.get("street") or None,
        building=parts.get("building_number") or None,
        postcode=parts.get("postcode") or None,
        town=parts["town"],
        country=parts.get("country", "FI"),
    )
