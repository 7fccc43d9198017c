"""Differences of a visit's cost that become known later: kept, posted, and noted."""

from __future__ import annotations

from datetime import datetime

from valinta.audit.actions import Note, record
from valinta.ledger.kinds import CauseKind, TransferKind
from valinta.ledger.models import Account
from valinta.ledger.posting import Posting, post
from valinta.orders.models import Order, Slice
from valinta.providers.models import ProviderAccount
from valinta.shared.money import Money
from valinta.users.actor import Actor
from valinta.visits.models import Correction, Visit


def post_difference(
    *,
    visit: Visit,
    amount: Money,
    cause: str,
    reason: str,
    funding_account_id: int,
    by: Actor,
    at: datetime,
) -> Correction:
    """Keep and post a difference, for verbs of this room that have asked who may.

    What comes back goes to the order's hold while the order is open, else to the funding. What is
    owed more comes from the hold as far as it reaches, and the rest from the funding. Runs inside
    the caller's transaction.
    """
    correction = Correction.objects.create(
        organiser_id=visit.organiser_id,
        visit=visit,
        cents=amount.cents,
        cause=cause,
        reason=reason,
        known_at=at,
        known_by_id=by.user_id,
    )
    payable = ProviderAccount.objects.get(
        organiser_id=visit.organiser_id, provider_id=visit.provider_id
    ).payable_id
    one = slice_of(visit)
    open_order = one.order.closed_at is None and not visit.over_budget
    if amount.cents < 0:
        place = one.hold_id if open_order else funding_account_id
        parts = [(payable, place, Money(-amount.cents))]
    else:
        left = Account.objects.get(pk=one.hold_id).balance_cents if open_order else 0
        held = min(left, amount.cents)
        parts = [
            (one.hold_id, payable, Money(held)),
            (funding_account_id, payable, Money(amount.cents - held)),
        ]
    postings = [
        Posting(
            TransferKind.CORRECT,
            debit,
            credit,
            part,
            CauseKind.CORRECTION,
            correction.pk,
            f"correct:{correction.pk}:{number}",
        )
        for number, (debit, credit, part) in enumerate(parts)
        if part.cents
    ]
    post(organiser_id=visit.organiser_id, postings=postings, by_id=by.user_id, at=at)
    note = Note(
        "correct_visit",
        "visit",
        visit.pk,
        visit.state,
        visit.state,
        client_id=visit.client_id,
        facts={"cents": amount.cents, "cause": cause, "correction": correction.pk},
    )
    record(organiser_id=visit.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return correction


def slice_of(visit: Visit) -> Slice:
    """The slice that pays the visit, locked with its order: nobody ends it under our hands.

    The order goes first, as where it is ended, so that nobody waits in a ring.
    """
    Order.objects.select_for_update(no_key=True).get(pk=visit.order_id)
    slices = Slice.objects.select_for_update(no_key=True, of=("self",))
    return slices.select_related("order__service").get(pk=visit.slice_id)
