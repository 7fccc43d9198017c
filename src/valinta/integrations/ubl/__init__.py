"""Invoices in UBL 2.1 after the European standard EN 16931, as the buyer writes them."""

from __future__ import annotations

from valinta.integrations.ubl.invoice import (
    Exemption,
    InvoiceIncomplete,
    InvoiceLine,
    Part,
    Party,
    Preceding,
    SelfBilling,
    ToPay,
)
from valinta.integrations.ubl.write import write_self_billing

__all__ = [
    "Exemption",
    "InvoiceIncomplete",
    "InvoiceLine",
    "Part",
    "Party",
    "Preceding",
    "SelfBilling",
    "ToPay",
    "write_self_billing",
]
