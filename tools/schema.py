"""Write out the schema and fixed rows that the migrations lead to: `make schema`.

    python -m tools.schema

Runs every migration on an empty database of the embedded server, which brings pg_dump along.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from valinta.config.database import EmbeddedServer, program, with_name

# What belongs to whoever runs it, not to the schema; what only some versions know; and headings.
_LEFT_OUT = re.compile(
    r"^(\\(un)?restrict |--$|-- (Name|Dumped|PostgreSQL|Type)\b|SET [a-z_]+ = [^ ]+;$"
    r"|SELECT pg_catalog\.(set_config|setval\(.*, 1, false\))"
    r"|ALTER DEFAULT PRIVILEGES|COMMENT ON EXTENSION)"
)
# Django writes these itself, before or after the migrations.
_ROWS_OF_DJANGO = ("django_migrations*", "django_content_type*", "auth_permission*")


def dumped(url: str) -> str:
    """The schema and the fixed rows of the database at a URL, as the statements that make them."""
    less = [f"--exclude-table-data=public.{one}" for one in _ROWS_OF_DJANGO]
    command = [program("pg_dump"), "--inserts", "--no-owner", *less, f"--dbname={url}"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    kept = [line for line in text.splitlines() if not _LEFT_OUT.match(line)]
    return re.sub(r"\n{2,}", "\n\n", "\n".join(kept)).strip() + "\n"


def settled(url: str) -> str:
    """What a database that starts from this one's schema is dumped as.

    PostgreSQL writes some expressions in another way once they have been read from a dump, and
    in that way from then on.
    """
    name = f"valinta_test_settled_{os.getpid()}"
    text = f"SET check_function_bodies = false;SET search_path = '';{dumped(url)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    again = with_name(url, name)
    try:
        with psycopg.connect(again) as connection:
            connection.execute(text.encode())
        return dumped(again)
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def written(url: str, migrations: list[tuple[str, str]]) -> str:
    """The file: which migrations led to it, then the statements."""
    from valinta.config.starting_schema import MARK

    marks = "".join(f"{MARK}{app} {name}\n" for app, name in migrations)
    return (
        "-- The schema as the migrations below make it. Written by `make schema`; do not edit.\n"
        f"{marks}SET LOCAL check_function_bodies = false;\n"
        f"SET LOCAL search_path = '';\n\n{settled(url)}"
    )


def main() -> int:
    """Migrate an empty database one by one and write what came of it."""
    with TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder) / "postgres", settings={"fsync": "off"})
        url = server.start()
        try:
            os.environ["DATABASE_URL"] = url
            os.environ["DJANGO_SETTINGS_MODULE"] = "valinta.config.settings"
            text = _migrated(url)
        finally:
            server.stop()
    from valinta.config.starting_schema import FILE

    FILE.write_text(text)
    print(f"{FILE.name}: {len(text.splitlines()):,} lines")
    return 0


def _migrated(url: str) -> str:
    import django
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    django.setup()
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    rows = MigrationRecorder(connections["owner"]).migration_qs.order_by("id")
    text = written(url, list(rows.values_list("app", "name")))
    connections["owner"].close()
    return text


if __name__ == "__main__":
    sys.exit(main())
