"""What a person may do inside a company they work for: levels, as data."""

from __future__ import annotations

from enum import StrEnum

from valinta.users.permissions import Permission


class Level(StrEnum):
    """A hat inside a company. Each may do what the one before it may, and more."""

    WORKER = "worker"
    OFFICE = "office"
    ADMIN = "admin"


_P = Permission
_WORKER = frozenset({_P.SEE_OWN_ORDERS, _P.REPORT_VISITS, _P.WRITE_MESSAGES})
_OFFICE = _WORKER | {_P.ANSWER_ORDERS, _P.KEEP_PROVIDER_PAGES, _P.SEE_OWN_STATEMENTS}

# Of what the provider's role gives, what each level may do for the company. An admin signs for it
# and may do all that the role gives, so a new permission is the admin's until it is named here.
LEVELS: dict[Level, frozenset[Permission]] = {
    Level.WORKER: _WORKER,
    Level.OFFICE: _OFFICE,
    Level.ADMIN: frozenset(Permission),
}
# What nobody does who works in one unit: it is about the whole company.
OF_THE_WHOLE = frozenset({_P.KEEP_PROVIDER_PAGES, _P.SEE_OWN_STATEMENTS, _P.CHANGE_OWN_PRICES})


def may_at(level: Level, permission: Permission, *, in_unit: bool) -> bool:
    """Whether a level lets its holder do this; `in_unit`: they work in one unit of the company."""
    return permission in LEVELS[level] and not (in_unit and permission in OF_THE_WHOLE)
