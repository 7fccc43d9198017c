"""Statements that the server plans once for a connection and then only runs: for the hot paths.

Django sends every statement with its values inside, to be planned anew each time; with joins under
row-level security the planning costs more than the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, LiteralString

import psycopg
from django.db import connection


def run_planned(
    statement: LiteralString, parameters: Mapping[str, object]
) -> list[tuple[Any, ...]]:
    """Run a statement on Django's own connection, in its transaction, and return the rows.

    The text has to be made of the project's own constants, the same each time, and to say the types
    of its numbers (`%(id)s::bigint`). Raises Django's database errors, as its cursors do.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    # A number goes as text: psycopg would give small and large ones different types, and the server
    # would plan the statement for each mixture of them.
    given = {
        name: str(value) if type(value) is int else value for name, value in parameters.items()
    }
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, given, prepare=True)
        return cursor.fetchall() if cursor.pgresult and cursor.pgresult.nfields else []


def array(values: Iterable[int | date | str | None]) -> str:
    """Values as one text that PostgreSQL reads as an array (`%(days)s::date[]`)."""
    return "{" + ",".join(map(_element, values)) + "}"


def _element(value: int | date | str | None) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"'
    return str(value)
