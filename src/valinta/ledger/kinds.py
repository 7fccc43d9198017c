"""The closed lists of the ledger: kinds of account, kinds of transfer, kinds of cause.

There is no kind for a client's bank account, so no row can ever say that money went to one.
"""

from __future__ import annotations

from enum import StrEnum


class AccountKind(StrEnum):
    """Whose money an account stands for."""

    FUNDING = "funding"
    POT = "pot"
    VOUCHER = "voucher"
    HOLD = "hold"
    PAYABLE = "payable"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FEE_RECEIVABLE = "fee_receivable"


# Cents below which the balance may not go; None means no floor.
FLOORS: dict[AccountKind, int | None] = {
    AccountKind.FUNDING: None,
    AccountKind.POT: 0,
    AccountKind.VOUCHER: 0,
    AccountKind.HOLD: 0,
    AccountKind.PAYABLE: None,
    AccountKind.IN_TRANSIT: 0,
    AccountKind.PAID: 0,
    AccountKind.FEE_RECEIVABLE: 0,
}


class TransferKind(StrEnum):
    """What a transfer does."""

    GRANT = "grant"
    RESERVE = "reserve"
    CAPTURE = "capture"
    RELEASE = "release"
    SETTLE = "settle"
    PAY = "pay"
    RETURN = "return"
    EXPIRE = "expire"
    CORRECT = "correct"


class CauseKind(StrEnum):
    """The kind of row that a transfer's cause is."""

    DECISION = "decision"
    ORDER = "order"
    VISIT = "visit"
    RUN = "run"
    PAYMENT = "payment"
    CORRECTION = "correction"
    BUDGET = "budget"


# From which kinds of account to which a kind of transfer may go: debit side, credit side.
ROUTES: dict[TransferKind, frozenset[tuple[AccountKind, AccountKind]]] = {}

_A, _T = AccountKind, TransferKind
_PLACES = (_A.POT, _A.VOUCHER)
ROUTES[_T.GRANT] = frozenset((_A.FUNDING, place) for place in _PLACES)
ROUTES[_T.RESERVE] = frozenset((place, _A.HOLD) for place in _PLACES)
ROUTES[_T.CAPTURE] = frozenset({(_A.HOLD, _A.PAYABLE), (_A.FUNDING, _A.PAYABLE)})
ROUTES[_T.RELEASE] = frozenset((_A.HOLD, place) for place in _PLACES)
ROUTES[_T.SETTLE] = frozenset({(_A.PAYABLE, _A.IN_TRANSIT)})
ROUTES[_T.PAY] = frozenset({(_A.IN_TRANSIT, _A.PAID)})
ROUTES[_T.RETURN] = frozenset({(_A.IN_TRANSIT, _A.PAYABLE)})
ROUTES[_T.EXPIRE] = frozenset((place, _A.FUNDING) for place in _PLACES)
_CORRECTED = (*_PLACES, _A.HOLD, _A.FUNDING)
ROUTES[_T.CORRECT] = frozenset(
    pair for place in _CORRECTED for pair in ((place, _A.PAYABLE), (_A.PAYABLE, place))
)
