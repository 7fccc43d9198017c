"""What is left in a pot or voucher that has ended goes back to the funding, now or later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from valinta.budgets.models import Pot, Voucher
from valinta.budgets.states import BudgetState, VoucherState
from valinta.ledger.kinds import CauseKind, TransferKind
from valinta.ledger.models import Account
from valinta.ledger.posting import Posting, post
from valinta.shared.money import Money
from valinta.users.actor import Actor

OVER = (VoucherState.REFUSED, VoucherState.ENDED)


def expire_rest(
    account_id: int, organiser_id: int, funding_id: int, grant_id: int, by: Actor, at: datetime
) -> None:
    """Send what the account holds now back to the funding. `grant_id`: the budget or voucher.

    Whoever calls this has looked whether the actor may.
    """
    account = Account.objects.get(pk=account_id)
    if account.balance_cents == 0:
        return
    # The running total of debits makes the key name this emptying and no later one.
    expiry = Posting(
        TransferKind.EXPIRE,
        account_id,
        funding_id,
        Money(account.balance_cents),
        CauseKind.BUDGET,
        grant_id,
        f"expire:{account_id}:{account.debits}",
    )
    post(organiser_id=organiser_id, postings=[expiry], by_id=by.user_id, at=at)


def expire_what_came_back(
    accounts: Iterable[int], organiser_id: int, funding_id: int, by: Actor, at: datetime
) -> None:
    """Empty those of the accounts whose budget or voucher is over: nobody could order from them.

    Whoever calls this has looked whether the actor may.
    """
    found = list(accounts)
    pots = Pot.objects.filter(account__in=found, budget__state=BudgetState.ENDED)
    vouchers = Voucher.objects.filter(account__in=found, state__in=OVER)
    ended = pots.values_list("account_id", "budget_id").union(
        vouchers.values_list("account_id", "pk")
    )
    for account_id, grant_id in sorted(ended):
        expire_rest(account_id, organiser_id, funding_id, grant_id, by, at)
