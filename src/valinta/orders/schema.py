"""The foreign keys of orders that hold for several columns together, which Django cannot write."""

from __future__ import annotations

# Checked at once, not when the transaction ends: by then the pot is locked, and others wait for it.
_KEYS = (
    ("orders_order", "clients_enrolment", "enrolment_id, client_id", "id, client_id"),
    ("orders_order", "catalogue_offer", "offer_id, service_id", "id, service_id"),
    ("orders_slice", "budgets_pot", "pot_id, source_id", "id, account_id"),
    ("orders_slice", "budgets_voucher", "voucher_id, source_id", "id, account_id"),
)


def _name(table: str, other: str) -> str:
    return f"{table}_follows_{other}"


WHOLE_KEYS = "".join(
    f"ALTER TABLE {table} ADD CONSTRAINT {_name(table, other)}"
    f" FOREIGN KEY ({own}, organiser_id) REFERENCES {other} ({its}, organiser_id);"
    for table, other, own, its in _KEYS
)
WHOLE_KEYS_BACK = "".join(
    f"ALTER TABLE {table} DROP CONSTRAINT {_name(table, other)};" for table, other, _, _ in _KEYS
)
