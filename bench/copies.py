"""Many rows like one: set-based copies of what the real verbs made once, for volume."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import psycopg

# Which new row stands for which old one in which copy.
MADE = """
CREATE TABLE IF NOT EXISTS bench_made (
    tab text, n int, old bigint, new bigint, PRIMARY KEY (tab, n, old))
"""


class Copier:
    """Copies rows `count` times, numbering copies from 1, and remembers which became which."""

    def __init__(self, connection: psycopg.Connection, count: int) -> None:
        self._connection = connection
        self._count = count
        connection.execute(MADE)

    def copy(
        self,
        table: str,
        ids: Sequence[int],
        *,
        follow: Mapping[str, str] | None = None,
        put: Mapping[str, str] | None = None,
    ) -> None:
        """Copy the rows. `follow` names the columns that point to a copied table; `put` gives SQL
        for other columns, in which `m.n` is the number of the copy.
        """
        self._connection.execute(
            "INSERT INTO bench_made SELECT %(tab)s, n, t.id,"
            " nextval(pg_get_serial_sequence(%(tab)s, 'id'))"
            f" FROM generate_series(1, %(count)s) n, {table} t WHERE t.id = ANY(%(ids)s)",
            {"tab": table, "count": self._count, "ids": list(ids)},
        )
        joins, values = [], []
        columns = self._columns(table)
        for column in columns:
            if column in (follow or {}):
                other = (follow or {})[column]
                joins.append(
                    f" JOIN bench_made x_{column} ON x_{column}.tab = '{other}'"
                    f" AND x_{column}.n = m.n AND x_{column}.old = t.{column}"
                )
                values.append(f"x_{column}.new")
            else:
                values.append((put or {}).get(column, f"t.{column}"))
        self._connection.execute(
            f"INSERT INTO {table} (id, {', '.join(columns)}) SELECT m.new, {', '.join(values)}"
            f" FROM bench_made m JOIN {table} t ON t.id = m.old{''.join(joins)}"
            " WHERE m.tab = %s ORDER BY m.new",
            [table],
        )
        self._connection.execute("ANALYZE bench_made")

    def _columns(self, table: str) -> list[str]:
        rows = self._connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = '' AND attname <> 'id' ORDER BY attnum",
            [table],
        ).fetchall()
        return [row[0] for row in rows]


def twin(connection: psycopg.Connection, table: str, name: str) -> None:
    """Make an empty table with the columns, checks, indexes and foreign keys of another."""
    connection.execute(f"DROP TABLE IF EXISTS {name}")
    connection.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING ALL)")
    keys = connection.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'f'",
        [table],
    ).fetchall()
    for (definition,) in keys:
        connection.execute(f"ALTER TABLE {name} ADD {definition}")
