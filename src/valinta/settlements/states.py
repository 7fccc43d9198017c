"""States of a settlement run and of a payment."""

from __future__ import annotations

from enum import StrEnum

from valinta.shared.states import StateMachine


class RunState(StrEnum):
    """Prepared by one person, approved by another, sent to the bank."""

    PREPARED = "prepared"
    APPROVED = "approved"
    SENT = "sent"
    CANCELLED = "cancelled"


RUN = StateMachine(
    "settlement run",
    {
        RunState.PREPARED: {RunState.APPROVED, RunState.CANCELLED},
        RunState.APPROVED: {RunState.SENT},
        RunState.SENT: set(),
        RunState.CANCELLED: set(),
    },
)


class PaymentState(StrEnum):
    """A payment is on its way until the bank says it was paid or returned."""

    IN_TRANSIT = "in_transit"
    PAID = "paid"
    RETURNED = "returned"


PAYMENT = StateMachine(
    "payment",
    {
        PaymentState.IN_TRANSIT: {PaymentState.PAID, PaymentState.RETURNED},
        PaymentState.PAID: set(),
        PaymentState.RETURNED: set(),
    },
)
