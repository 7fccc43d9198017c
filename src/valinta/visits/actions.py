"""Write about visits one by one: confirm, dispute, decide a review, credit after settlement."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum

from valinta.audit.actions import Note, record
from valinta.clients.access import must_act_for
from valinta.clients.states import MandateScope
from valinta.ledger.kinds import CauseKind, TransferKind
from valinta.ledger.models import Account
from valinta.ledger.posting import Posting, post
from valinta.programmes.models import Programme
from valinta.programmes.queries import rulebook_on
from valinta.providers.access import must_not_profit
from valinta.providers.models import ProviderAccount
from valinta.rules.voucher import PriceSplit
from valinta.shared.money import Money
from valinta.users.actor import Actor
from valinta.users.permissions import Permission
from valinta.visits.differences import post_difference, slice_of
from valinta.visits.models import Correction, Visit
from valinta.visits.states import VISIT, VisitState


class DisputeTooLate(ValueError):
    """The rulebook's time for disputing the visit has passed."""


class DisputeNeedsReason(ValueError):
    """A visit is disputed with a reason, so that the provider can answer."""


class RejectionNeedsReason(ValueError):
    """A visit is rejected with a reason that the provider will read."""


class SettledAlready(ValueError):
    """The visit is in a settlement run; it can only be credited, by the organiser."""


@transaction.atomic
def confirm_visit(*, visit_id: int, by: Actor, at: datetime) -> Visit:
    """The client, or someone for them, says the visit took place.

    Raises NotYourClient, or OwnCompany when the provider's own worker says so for the client.
    """
    visit = _locked(visit_id, Permission.CONFIRM_VISITS, by, at)
    must_not_profit(client=visit.client, provider_id=visit.provider_id, by=by, at=at)
    return _move(visit, VisitState.CONFIRMED, "confirm_visit", "", by, at)


@transaction.atomic
def dispute_visit(*, visit_id: int, reason: str, by: Actor, at: datetime) -> Visit:
    """The client says the visit is not as reported; it is not paid until that is settled.

    Raises NotYourClient, DisputeNeedsReason, DisputeTooLate or SettledAlready.
    """
    if not reason.strip():
        raise DisputeNeedsReason(
            "Say what was wrong with the visit: it did not take place, the"
            " time was wrong, or something else."
        )
    # A run that is being prepared holds the programme: the dispute comes before it or after it.
    services = Visit.objects.filter(pk=visit_id).values("order__service__programme_id")
    list(Programme.objects.select_for_update(no_key=True).filter(pk__in=services))
    visit = _locked(visit_id, Permission.CONFIRM_VISITS, by, at)
    _check_window(visit, at)
    if Visit.objects.filter(pk=visit_id, runvisit__isnull=False).exists():
        raise SettledAlready(
            "This visit is being paid already. Tell the case manager what was wrong: the organiser"
            " can credit it."
        )
    return _move(visit, VisitState.DISPUTED, "dispute_visit", reason, by, at)


@transaction.atomic
def accept_reviewed(*, visit_id: int, funding_account_id: int, by: Actor, at: datetime) -> Visit:
    """A worker looked at a visit set aside or disputed and accepts it; now it is captured.

    When the order has ended meanwhile its money has gone back, and the organiser's funding pays:
    the client's other money is not taken because the review took long. Raises NotEnoughMoney when
    the hold of an open order has less than the visit costs.
    """
    visit = _locked(visit_id, Permission.REVIEW_VISITS, by, at)
    captured = visit.state == VisitState.DISPUTED
    _move(visit, VisitState.ACCEPTED, "accept_reviewed", "", by, at)
    if captured or visit.payable_cents == 0:
        return visit
    payable = ProviderAccount.objects.get(
        organiser_id=visit.organiser_id, provider_id=visit.provider_id
    ).payable_id
    one = slice_of(visit)
    hold = Account.objects.get(pk=one.hold_id)
    past_pot = one.order.service.is_right or one.order.closed_at is not None
    short = hold.balance_cents < visit.payable_cents and past_pot
    if short:
        visit.over_budget = True
        visit.save()
    capture = Posting(
        TransferKind.CAPTURE,
        funding_account_id if short else one.hold_id,
        payable,
        Money(visit.payable_cents),
        CauseKind.VISIT,
        visit.pk,
        f"capture:{visit.pk}",
    )
    post(organiser_id=visit.organiser_id, postings=[capture], by_id=by.user_id, at=at)
    return visit


@transaction.atomic
def reject_reviewed(
    *, visit_id: int, reason: str, funding_account_id: int, by: Actor, at: datetime
) -> Visit:
    """A worker rejects a visit set aside or disputed; what was captured for it goes back."""
    if not reason.strip():
        raise RejectionNeedsReason("Write why the visit is not accepted; the provider reads it.")
    visit = _locked(visit_id, Permission.REVIEW_VISITS, by, at)
    captured = visit.state == VisitState.DISPUTED
    _move(visit, VisitState.REJECTED, "reject_reviewed", reason, by, at)
    corrected = visit.corrections.aggregate(cents=Sum("cents"))["cents"] or 0
    worth = Money(visit.payable_cents + corrected)
    if captured and worth:
        correct_visit(
            visit=visit,
            amount=-worth,
            cause="rejected",
            reason=reason,
            funding_account_id=funding_account_id,
            by=by,
            at=at,
        )
    return visit


@transaction.atomic
def correct_visit(
    *,
    visit: Visit,
    amount: Money,
    cause: str,
    reason: str,
    funding_account_id: int,
    by: Actor,
    at: datetime,
) -> Correction:
    """Post the difference of a visit, never an edit: plus is owed to the provider, minus returns.

    What comes back goes to the order's hold while the order is open, else to the funding. What is
    owed more comes from the hold as far as it reaches, and the rest from the funding: the client's
    other money is not taken for a mistake of the past. For who reviews visits or sets prices.
    """
    if not by.may(Permission.SET_PRICES, visit.organiser_id):
        by.must(Permission.REVIEW_VISITS, visit.organiser_id)
    return post_difference(
        visit=visit,
        amount=amount,
        cause=cause,
        reason=reason,
        funding_account_id=funding_account_id,
        by=by,
        at=at,
    )


@transaction.atomic
def reprice_reviewed(
    *, visit: Visit, price_cents: int, split: PriceSplit, by: Actor, at: datetime
) -> Visit:
    """Give a visit that waits for a person the price that is known now; nothing is posted yet.

    For who reviews visits or sets prices.
    """
    if not by.may_for_all(Permission.REVIEW_VISITS, visit.organiser_id):
        by.must(Permission.SET_PRICES, visit.organiser_id)
    before = visit.price_cents
    visit.price_cents = price_cents
    visit.payable_cents, visit.self_pay_cents = split.payable_cents, split.self_pay_cents
    visit.save()
    note = Note(
        "reprice_reviewed",
        "visit",
        visit.pk,
        visit.state,
        visit.state,
        client_id=visit.client_id,
        facts={"from_cents": before, "to_cents": price_cents},
    )
    record(organiser_id=visit.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return visit


def _check_window(visit: Visit, at: datetime) -> None:
    programme = visit.order.enrolment.programme
    days = int(rulebook_on(programme, visit.served_on).parameters["dispute_window_days"])
    last = visit.recorded_at + timedelta(days=days)
    if at > last:
        raise DisputeTooLate(
            f"This visit could be disputed until {last:%d.%m.%Y}. Tell the case manager what was"
            " wrong: the organiser can still credit it."
        )


def _locked(visit_id: int, permission: Permission, by: Actor, at: datetime) -> Visit:
    visit = Visit.objects.select_for_update().get(pk=visit_id)
    must_act_for(
        client=visit.client, permission=permission, scope=MandateScope.CONFIRM, by=by, at=at
    )
    return visit


def _move(
    visit: Visit, state: VisitState, verb: str, reason: str, by: Actor, at: datetime
) -> Visit:
    before = VisitState(visit.state)
    VISIT.check(before, state)
    visit.state = state
    visit.decided_at = at
    visit.decided_by_id = by.user_id
    visit.reason = reason or visit.reason
    visit.save()
    note = Note(verb, "visit", visit.pk, before, state, client_id=visit.client_id)
    record(organiser_id=visit.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return visit
