"""Put budgets and vouchers in force, and end them. Their money is posted to the ledger here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from valinta.budgets.expiring import expire_rest
from valinta.budgets.models import Budget, Pot, Voucher, VoucherInformation, VoucherUnit
from valinta.budgets.states import BUDGET, VOUCHER, BudgetState, VoucherState
from valinta.catalogue.models import Service, TimeBand
from valinta.clients.access import must_act_for, must_end_grants
from valinta.clients.states import MandateScope
from valinta.clients.trail import note_step
from valinta.ledger.kinds import AccountKind, CauseKind, TransferKind
from valinta.ledger.posting import Posting, open_account, open_accounts, post
from valinta.plans.models import Decision
from valinta.programmes.ranges import as_range
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a month's budget: free (no service) or kept for one mandatory service."""

    service: Service | None
    amount: Money


class NotInformed(ValueError):
    """A voucher is accepted only after the information that act 569/2009 section 6 asks for."""


class RefusalNeedsReason(ValueError):
    """A refused voucher is kept with the client's reason (act 569/2009 section 6)."""


@transaction.atomic
def open_budget(
    *,
    decision: Decision,
    period: Period,
    shares: Sequence[Share],
    funding_account_id: int,
    by: Actor,
    at: datetime,
) -> Budget:
    """Open a budget with pots for each calendar month of the period, and grant their money.

    `shares` are the month's parts in cents; a month that the period covers only in part gets its
    full part, since the need of a plan is stated for a month.
    """
    by.must(Permission.MAKE_DECISIONS, decision.organiser_id)
    budget = Budget.objects.create(
        organiser_id=decision.organiser_id,
        enrolment=decision.enrolment,
        decision=decision,
        state=BudgetState.IN_FORCE,
        monthly_cents=Money.total(share.amount for share in shares).cents,
        valid=as_range(period),
    )
    wanted = [(month, share) for month in period.months() for share in shares]
    accounts = open_accounts(
        organiser_id=decision.organiser_id, kind=AccountKind.POT, count=len(wanted)
    )
    pots = Pot.objects.bulk_create(
        Pot(
            organiser_id=decision.organiser_id,
            budget=budget,
            service=share.service,
            account_id=account,
            granted_cents=share.amount.cents,
            valid=as_range(month),
        )
        for (month, share), account in zip(wanted, accounts, strict=True)
    )
    postings = [
        Posting(
            TransferKind.GRANT,
            funding_account_id,
            pot.account_id,
            Money(pot.granted_cents),
            CauseKind.DECISION,
            decision.pk,
            f"grant:pot:{pot.pk}",
        )
        for pot in pots
        if pot.granted_cents
    ]
    post(organiser_id=decision.organiser_id, postings=postings, by_id=by.user_id, at=at)
    note_step(decision.enrolment, "open_budget", "budget", budget.pk, "", budget.state, by, at)
    return budget


@transaction.atomic
def open_voucher(
    *,
    decision: Decision,
    service: Service,
    period: Period,
    quantity_hundredths: int,
    units: Sequence[tuple[TimeBand, Money]],
    granted: Money,
    funding_account_id: int,
    by: Actor,
    at: datetime,
) -> Voucher:
    """Offer a voucher for a named service, value and period (HAM-3), and grant its money."""
    by.must(Permission.MAKE_DECISIONS, decision.organiser_id)
    account = open_account(organiser_id=decision.organiser_id, kind=AccountKind.VOUCHER)
    voucher = Voucher.objects.create(
        organiser_id=decision.organiser_id,
        enrolment=decision.enrolment,
        decision=decision,
        service=service,
        state=VoucherState.OFFERED,
        account_id=account,
        quantity_hundredths=quantity_hundredths,
        granted_cents=granted.cents,
        valid=as_range(period),
    )
    VoucherUnit.objects.bulk_create(
        VoucherUnit(
            organiser_id=decision.organiser_id, voucher=voucher, band=band, cents=value.cents
        )
        for band, value in units
    )
    grant = Posting(
        TransferKind.GRANT,
        funding_account_id,
        account,
        granted,
        CauseKind.DECISION,
        decision.pk,
        f"grant:voucher:{voucher.pk}",
    )
    post(organiser_id=decision.organiser_id, postings=[grant], by_id=by.user_id, at=at)
    note_step(decision.enrolment, "open_voucher", "voucher", voucher.pk, "", voucher.state, by, at)
    return voucher


@transaction.atomic
def give_information(
    *,
    voucher: Voucher,
    language: str,
    content: Mapping[str, object],
    sha256: str,
    by: Actor,
    at: datetime,
) -> VoucherInformation:
    """Keep proof of what `by` was told about the voucher. The same again changes nothing.

    Raises NotYourClient.
    """
    _must_answer(voucher, by, at)
    given, is_new = VoucherInformation.objects.get_or_create(
        organiser_id=voucher.organiser_id,
        voucher=voucher,
        language=language,
        sha256=sha256,
        given_to_id=by.user_id,
        defaults={"content": dict(content), "given_at": at},
    )
    if is_new:
        kind, verb = "voucher_information", "give_information"
        note_step(voucher.enrolment, verb, kind, given.pk, "", "given", by, at)
    return given


@transaction.atomic
def accept_voucher(*, voucher: Voucher, by: Actor, at: datetime) -> Voucher:
    """The client accepts the voucher after getting the information the law asks for.

    Raises NotYourClient or NotInformed.
    """
    _must_answer(voucher, by, at)
    if not voucher.information.exists():
        raise NotInformed(
            "Go through the voucher's information first: its value, the providers' prices, what"
            " the client pays, and the right to refuse."
        )
    return _move_voucher(voucher, VoucherState.ACCEPTED, "accept_voucher", by, at)


@transaction.atomic
def refuse_voucher(
    *, voucher: Voucher, reason: str, funding_account_id: int, by: Actor, at: datetime
) -> Voucher:
    """The client refuses; the voucher's money goes back to the funding (HAM-4).

    Raises NotYourClient or RefusalNeedsReason.
    """
    _must_answer(voucher, by, at)
    if not reason.strip():
        raise RefusalNeedsReason("Write down why the client refuses the voucher.")
    voucher.refusal_reason = reason
    refused = _move_voucher(voucher, VoucherState.REFUSED, "refuse_voucher", by, at)
    expire_rest(voucher.account_id, refused.organiser_id, funding_account_id, refused.pk, by, at)
    return refused


@transaction.atomic
def end_voucher(*, voucher: Voucher, funding_account_id: int, by: Actor, at: datetime) -> Voucher:
    """End a voucher; what was not used goes back to the funding. Raises NotYourClient."""
    must_end_grants(client=voucher.enrolment.client, by=by, at=at)
    ended = _move_voucher(voucher, VoucherState.ENDED, "end_voucher", by, at)
    expire_rest(voucher.account_id, ended.organiser_id, funding_account_id, ended.pk, by, at)
    return ended


@transaction.atomic
def end_budget(*, budget: Budget, funding_account_id: int, by: Actor, at: datetime) -> Budget:
    """End a budget; what is left in its pots goes back to the funding. Raises NotYourClient."""
    must_end_grants(client=budget.enrolment.client, by=by, at=at)
    BUDGET.check(BudgetState(budget.state), BudgetState.ENDED)
    budget.state = BudgetState.ENDED
    budget.save()
    for account_id in budget.pots.order_by("account_id").values_list("account_id", flat=True):
        expire_rest(account_id, budget.organiser_id, funding_account_id, budget.pk, by, at)
    note_step(
        budget.enrolment,
        "end_budget",
        "budget",
        budget.pk,
        BudgetState.IN_FORCE,
        BudgetState.ENDED,
        by,
        at,
    )
    return budget


def _must_answer(voucher: Voucher, by: Actor, at: datetime) -> None:
    client, order = voucher.enrolment.client, Permission.ORDER_SERVICES
    must_act_for(client=client, permission=order, scope=MandateScope.ORDER, by=by, at=at)


def _move_voucher(
    voucher: Voucher, state: VoucherState, verb: str, by: Actor, at: datetime
) -> Voucher:
    before = VoucherState(Voucher.objects.select_for_update().get(pk=voucher.pk).state)
    VOUCHER.check(before, state)
    voucher.state = state
    voucher.save()
    note_step(voucher.enrolment, verb, "voucher", voucher.pk, before, state, by, at)
    return voucher
