"""Write settlement runs: prepare, cancel, approve by another person, sent, answered by the bank."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction

from valinta.audit.actions import Note, record
from valinta.ledger.kinds import AccountKind, CauseKind, TransferKind
from valinta.ledger.posting import Posting, open_account, post, post_selected
from valinta.programmes.models import Programme
from valinta.providers.models import ProviderAccount
from valinta.settlements import preparing
from valinta.settlements.models import Payment, Run, RunCorrection, RunVisit, Statement
from valinta.settlements.states import PAYMENT, RUN, PaymentState, RunState
from valinta.shared.ids import payment_reference, rf_reference
from valinta.shared.money import Money
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class RunAlreadyPrepared(ValueError):
    """Another run of the programme waits for approval; approve or cancel it first."""


class SamePerson(PermissionError):
    """Who prepared a run cannot approve it."""


class NoUser(PermissionError):
    """A run is prepared and approved by people, each under their own name."""


@transaction.atomic
def prepare_run(
    *,
    programme: Programme,
    cut_off_on: date,
    execute_on: date,
    confirm_window_days: int,
    by: Actor,
    at: datetime,
) -> Run:
    """Freeze what is to be paid for service before the cut-off day, with statements and lines.

    A visit is taken when it is confirmed, or accepted and silent for the programme's window.
    Raises RunAlreadyPrepared.
    """
    by.must(Permission.PREPARE_RUNS, programme.organiser_id)
    # A client who disputes a visit holds the programme too, so no disputed visit gets in.
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    run = _new_run(programme, cut_off_on, execute_on, by, at)
    parameters: dict[str, int | datetime | date | None] = {
        "run": run.pk,
        "organiser": programme.organiser_id,
        "programme": programme.pk,
        "cut_off": cut_off_on,
        "silent_since": at - timedelta(days=confirm_window_days),
        "at": at,
    }
    with connection.cursor() as cursor:
        for statement in (
            preparing.FREEZE,
            preparing.FREEZE_CORRECTIONS,
            preparing.TAKE_RETURNED,
            preparing.STATEMENTS,
            preparing.LINES,
        ):
            cursor.execute(statement, parameters)
            if statement == preparing.FREEZE and cursor.rowcount > 10_000:
                cursor.execute("ANALYZE settlements_runvisit")
    _note(run, "prepare_run", "", RunState.PREPARED, by, at)
    return run


def _new_run(
    programme: Programme, cut_off_on: date, execute_on: date, by: Actor, at: datetime
) -> Run:
    if by.user_id is None:
        raise NoUser("A run is prepared by a person. Sign in as a finance officer.")
    try:
        with transaction.atomic():
            return Run.objects.create(
                organiser_id=programme.organiser_id,
                programme=programme,
                cut_off_on=cut_off_on,
                execute_on=execute_on,
                state=RunState.PREPARED,
                prepared_at=at,
                prepared_by_id=by.user_id,
            )
    except IntegrityError as error:
        raise RunAlreadyPrepared(
            "A run of this programme waits for approval. Approve or cancel it first."
        ) from error


@transaction.atomic
def cancel_run(*, run: Run, by: Actor, at: datetime) -> Run:
    """Cancel a prepared run; its visits and corrections are free for the next one."""
    by.must(Permission.PREPARE_RUNS, run.organiser_id)
    locked = _move(run, RunState.CANCELLED, "cancel_run", by, at)
    Payment.objects.filter(repaid_in=locked).update(repaid_in=None)
    RunVisit.objects.filter(run=locked).delete()
    RunCorrection.objects.filter(run=locked).delete()
    Statement.objects.filter(run=locked).delete()
    return locked


@transaction.atomic
def approve_run(*, run: Run, by: Actor, at: datetime) -> Run:
    """Approve a run prepared by another: its payments are made and their money is in transit.

    Raises SamePerson; the database refuses it too.
    """
    by.must(Permission.APPROVE_RUNS, run.organiser_id)
    if by.user_id is None:
        raise NoUser("A run is approved by a person. Sign in as a finance approver.")
    if by.user_id == run.prepared_by_id:
        raise SamePerson("You prepared this run, so another person has to approve it.")
    locked = Run.objects.select_for_update().get(pk=run.pk)
    locked.approved_at, locked.approved_by_id = at, by.user_id
    locked.in_transit_id = open_account(organiser_id=run.organiser_id, kind=AccountKind.IN_TRANSIT)
    locked.paid_id = open_account(organiser_id=run.organiser_id, kind=AccountKind.PAID)
    locked = _move(locked, RunState.APPROVED, "approve_run", by, at)
    parameters: dict[str, int | datetime | date | None] = {
        "run": run.pk,
        "in_transit": locked.in_transit_id,
    }
    post_selected(
        select=preparing.SETTLE,
        parameters=parameters,
        organiser_id=run.organiser_id,
        by_id=by.user_id,
        at=at,
    )
    _make_payments(locked)
    return locked


def _make_payments(run: Run) -> None:
    statements = run.statements.filter(payment_cents__gt=0).select_related("provider")
    Payment.objects.bulk_create(
        (
            Payment(
                organiser_id=run.organiser_id,
                statement=statement,
                state=PaymentState.IN_TRANSIT,
                creditor_name=statement.provider.name,
                iban=statement.provider.iban,
                bic=statement.provider.bic,
                postal_address=statement.provider.postal_address,
                reference=rf_reference(payment_reference(statement.pk)),
                cents=statement.payment_cents,
            )
            for statement in statements.order_by("pk").iterator(chunk_size=2000)
        ),
        batch_size=2000,
    )


@transaction.atomic
def mark_sent(*, run: Run, sha256: str, by: Actor, at: datetime) -> Run:
    """Note that the payment file was handed over. Doing it again changes nothing."""
    by.must(Permission.SEND_PAYMENTS, run.organiser_id)
    locked = Run.objects.select_for_update().get(pk=run.pk)
    if locked.state == RunState.SENT:
        return locked
    locked.sent_at, locked.file_sha256 = at, sha256
    return _move(locked, RunState.SENT, "mark_sent", by, at)


@transaction.atomic
def mark_paid(*, payment: Payment, by: Actor, at: datetime) -> Payment:
    """The bank says the payment was made."""
    by.must(Permission.RECORD_BANK_ANSWERS, payment.organiser_id)
    run = payment.statement.run
    return _answer(payment, PaymentState.PAID, TransferKind.PAY, run.paid_id, "", by, at)


@transaction.atomic
def mark_returned(*, payment: Payment, reason: str, by: Actor, at: datetime) -> Payment:
    """The bank returned the payment: the organiser owes it to the provider again."""
    by.must(Permission.RECORD_BANK_ANSWERS, payment.organiser_id)
    payable = ProviderAccount.objects.get(
        organiser_id=payment.organiser_id, provider_id=payment.statement.provider_id
    ).payable_id
    return _answer(payment, PaymentState.RETURNED, TransferKind.RETURN, payable, reason, by, at)


def _answer(
    payment: Payment,
    state: PaymentState,
    kind: TransferKind,
    to_account_id: int | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Payment:
    locked = Payment.objects.select_for_update().get(pk=payment.pk)
    PAYMENT.check(PaymentState(locked.state), state)
    run = locked.statement.run
    if run.in_transit_id is None or to_account_id is None:
        raise ValueError("A payment exists only in an approved run, which has its accounts.")
    posting = Posting(
        kind,
        run.in_transit_id,
        to_account_id,
        Money(locked.cents),
        CauseKind.PAYMENT,
        locked.pk,
        f"{kind}:payment:{locked.pk}",
    )
    post(organiser_id=locked.organiser_id, postings=[posting], by_id=by.user_id, at=at)
    before = locked.state
    locked.state, locked.answered_at, locked.return_reason = state, at, reason
    locked.save()
    note = Note("bank_answer", "payment", locked.pk, before, state)
    record(organiser_id=locked.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return locked


def _move(run: Run, state: RunState, verb: str, by: Actor, at: datetime) -> Run:
    before = RunState(Run.objects.select_for_update().get(pk=run.pk).state)
    RUN.check(before, state)
    run.state = state
    run.save()
    _note(run, verb, before, state, by, at)
    return run


def _note(run: Run, verb: str, before: str, after: str, by: Actor, at: datetime) -> None:
    note = Note(verb, "run", run.pk, before, after)
    record(organiser_id=run.organiser_id, by_id=by.user_id, at=at, notes=[note])
