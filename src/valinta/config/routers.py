"""Which database alias may migrate: only the owner of the tables."""

from __future__ import annotations

from typing import Any


class OwnerMigrates:
    """Both aliases are the same database; the schema is changed by its owner alone."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return True
