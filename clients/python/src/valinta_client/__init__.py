"""A provider's orders, visits and statements in Valinta: see `Valinta`."""

from __future__ import annotations

from valinta_client.answers import (
    BandChange,
    Batch,
    Check,
    Client,
    Correction,
    Counts,
    Line,
    LineAnswer,
    Me,
    Message,
    Order,
    Part,
    Payment,
    Price,
    PriceChange,
    Service,
    Statement,
    StatementCorrection,
    StatementLine,
    Visit,
    VisitFile,
    Webhook,
)
from valinta_client.client import Valinta
from valinta_client.connection import NoConnection, Refused, TakesTooLong
from valinta_client.genuine import is_genuine

__all__ = [
    "BandChange",
    "Batch",
    "Check",
    "Client",
    "Correction",
    "Counts",
    "Line",
    "LineAnswer",
    "Me",
    "Message",
    "NoConnection",
    "Order",
    "Part",
    "Payment",
    "Price",
    "PriceChange",
    "Refused",
    "Service",
    "Statement",
    "StatementCorrection",
    "StatementLine",
    "TakesTooLong",
    "Valinta",
    "Visit",
    "VisitFile",
    "Webhook",
    "is_genuine",
]
