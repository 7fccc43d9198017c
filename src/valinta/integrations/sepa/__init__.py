"""ISO 20022 files for a bank: payments to make (pain.001) and answers to them (pain.002)."""

from valinta.integrations.sepa.pain001 import write_pain001
from valinta.integrations.sepa.pain002 import (
    BatchStatus,
    PaymentStatus,
    StatusReport,
    read_report,
    read_status,
)
from valinta.integrations.sepa.payments import (
    CreditTransfer,
    Debtor,
    PaymentFile,
    StructuredAddress,
)

__all__ = [
    "BatchStatus",
    "CreditTransfer",
    "Debtor",
    "PaymentFile",
    "PaymentStatus",
    "StatusReport",
    "StructuredAddress",
    "read_report",
    "read_status",
    "write_pain001",
]
