"""Bare SQL to compare with: tables of the same shape, no rooms, no policies, no trigger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString

import psycopg

from bench.copies import twin
from bench.world import ORDERED_AT, World

# One statement decides and writes: a guarded update that feeds the row of the ledger.
RESERVE: LiteralString = """
WITH spent AS (
    UPDATE bare_account SET debits = debits + %(cents)s
    WHERE id = %(account)s AND credits - debits >= %(cents)s RETURNING id, organiser_id
)
INSERT INTO bare_transfer (organiser_id, debit_id, credit_id, cents, kind, happened_at, cause_kind,
    cause_id, key)
SELECT organiser_id, id, 0, %(cents)s, 'reserve', %(at)s, 'order', 1, %(key)s FROM spent
"""

# The same thousand transfers at once: insert, then each account moved by its sum.
POST_MANY: LiteralString = """
WITH posted AS (
    INSERT INTO bare_transfer (organiser_id, debit_id, credit_id, cents, kind, happened_at,
        cause_kind, cause_id, key)
    SELECT %(organiser)s, debit_id, credit_id, cents, 'reserve', %(at)s, 'order', 1, key
    FROM unnest(%(debits)s::bigint[], %(credits)s::bigint[], %(cents)s::bigint[], %(keys)s::text[])
        AS p (debit_id, credit_id, cents, key)
    RETURNING debit_id, credit_id, cents
)
UPDATE bare_account a SET debits = a.debits + m.went, credits = a.credits + m.came
FROM (SELECT id, sum(went) AS went, sum(came) AS came FROM (
        SELECT debit_id AS id, cents AS went, 0 AS came FROM posted
        UNION ALL SELECT credit_id, 0, cents FROM posted) s GROUP BY id) m
WHERE a.id = m.id
"""


def make_books(connection: psycopg.Connection, world: World, accounts: Sequence[int]) -> None:
    """Bare accounts with the ids given, full of money, and an empty bare ledger beside them."""
    twin(connection, "ledger_account", "bare_account")
    twin(connection, "ledger_transfer", "bare_transfer")
    connection.execute("ALTER TABLE bare_account SET (fillfactor = 70)")
    connection.execute(
        "INSERT INTO bare_account (id, organiser_id, kind, debits, credits, floor)"
        " SELECT id, %s, 'pot', 0, 1000000000, 0 FROM unnest(%s::bigint[]) id",
        [world.programme.organiser_id, list(accounts)],
    )
    connection.execute("VACUUM ANALYZE bare_account")


def reserve(connection: psycopg.Connection, account: int, cents: int, key: str) -> bool:
    """Reserve in one statement and commit; whether there was enough."""
    given = {"account": account, "cents": cents, "key": key, "at": ORDERED_AT}
    return connection.execute(RESERVE, given).rowcount == 1
