"""The tables of this room: providers and their approvals, applications, evidence, registers."""

from __future__ import annotations

from valinta.providers.applying import (
    Application,
    ApplicationLine,
    Clarification,
    Evidence,
    Keeper,
    RegisterEntry,
    Suspension,
)
from valinta.providers.companies import Approval, Provider, ProviderAccount, Sector, Worker

__all__ = [
    "Application",
    "ApplicationLine",
    "Approval",
    "Clarification",
    "Evidence",
    "Keeper",
    "Provider",
    "ProviderAccount",
    "RegisterEntry",
    "Sector",
    "Suspension",
    "Worker",
]
