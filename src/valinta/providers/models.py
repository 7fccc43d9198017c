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
from valinta.providers.inside import AccountChange, Unit
from valinta.providers.passports import Passport, PassportPaper
from valinta.providers.withdrawing import WithdrawalWork

__all__ = [
    "AccountChange",
    "Application",
    "ApplicationLine",
    "Approval",
    "Clarification",
    "Evidence",
    "Keeper",
    "Passport",
    "PassportPaper",
    "Provider",
    "ProviderAccount",
    "RegisterEntry",
    "Sector",
    "Suspension",
    "Unit",
    "WithdrawalWork",
    "Worker",
]
