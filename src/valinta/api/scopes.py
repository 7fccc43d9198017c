"""Scopes: what a provider lets one of its systems do, and the permissions behind each."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from valinta.users.permissions import ROLES, Permission, Role


class Scope(StrEnum):
    """One thing a system can be allowed to do. The names are part of API v1 and stay."""

    ORDERS_READ = "orders:read"
    ORDERS_ANSWER = "orders:answer"
    VISITS_READ = "visits:read"
    VISITS_WRITE = "visits:write"
    STATEMENTS_READ = "statements:read"
    PRICES_READ = "prices:read"
    PRICES_WRITE = "prices:write"
    WEBHOOKS_MANAGE = "webhooks:manage"


_P = Permission
# A scope never gives more than the provider's role: see `without`.
GIVES: dict[Scope, frozenset[Permission]] = {
    Scope.ORDERS_READ: frozenset({_P.SEE_OWN_ORDERS}),
    Scope.ORDERS_ANSWER: frozenset({_P.ANSWER_ORDERS}),
    Scope.VISITS_READ: frozenset({_P.SEE_OWN_ORDERS}),
    Scope.VISITS_WRITE: frozenset({_P.REPORT_VISITS}),
    Scope.STATEMENTS_READ: frozenset({_P.SEE_OWN_STATEMENTS}),
    Scope.PRICES_READ: frozenset({_P.SEE_OWN_ORDERS}),
    # The clients are written to about it.
    Scope.PRICES_WRITE: frozenset({_P.CHANGE_OWN_PRICES, _P.WRITE_MESSAGES}),
    Scope.WEBHOOKS_MANAGE: frozenset({_P.KEEP_PROVIDER_PAGES}),
}


# About the whole company, so no system that is bound to a unit has them.
OF_THE_WHOLE = frozenset({Scope.STATEMENTS_READ, Scope.PRICES_WRITE})


def without(scopes: Iterable[Scope]) -> frozenset[Permission]:
    """What the provider's role would give and these scopes do not."""
    given = {permission for scope in scopes for permission in GIVES[scope]}
    return ROLES[Role.PROVIDER].permissions - given
