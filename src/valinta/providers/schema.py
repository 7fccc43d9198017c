"""Foreign keys that hold for a unit and its company together, which Django cannot write."""

from __future__ import annotations

# From another room's migration too: whatever names a unit names the unit's company.


def of_its_company(table: str) -> str:
    """SQL: the table's unit, where it has one, is of the table's provider."""
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_unit_of_its_company"
        " FOREIGN KEY (unit_id, provider_id) REFERENCES providers_unit (id, provider_id);"
    )


def of_its_company_back(table: str) -> str:
    """SQL: undo `of_its_company`."""
    return f"ALTER TABLE {table} DROP CONSTRAINT {table}_unit_of_its_company;"
