"""Statements that the server plans once for a connection and then only runs: for the hot paths.

Django sends every statement with its values inside, to be planned anew each time; with joins under
row-level security the planning costs more than the work.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, LiteralString

import psycopg
from django.db import connection


def run_planned(
    statement: LiteralString, parameters: Mapping[str, object]
) -> list[tuple[Any, ...]]:
    """Run a statement on Django's own connection, in its transaction, and return the rows.

    The text has to be made of the project's own constants, the same each time. Raises Django's
    database errors, as its cursors do.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, parameters, prepare=True)
        return cursor.fetchall() if cursor.description else []
